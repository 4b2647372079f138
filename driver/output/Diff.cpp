//===- Diff.cpp - What would change, as a patch ----------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "output/Diff.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include <algorithm>
#include <vector>

using namespace llvm;

namespace corolint {
namespace {

/// Lines with their ends; only the last one may have none.
std::vector<StringRef> linesOf(StringRef Text) {
  std::vector<StringRef> Result;
  while (!Text.empty()) {
    const size_t End = std::min(Text.find('\n'), Text.size() - 1) + 1;
    Result.push_back(Text.take_front(End));
    Text = Text.drop_front(End);
  }
  return Result;
}

/// As git and patch read names: quoted where one has what would end it, or a line.
std::string named(const Twine &Path) {
  const std::string Name = Path.str();
  if (all_of(Name, [](unsigned char C) { return C > 0x20 && C < 0x7f && C != '"' && C != '\\'; }))
    return Name;
  std::string Result = "\"";
  for (unsigned char C : Name)
    if (C == '"' || C == '\\')
      (Result += '\\') += char(C);
    else if (C < 0x20 || C >= 0x7f)
      for (char Digit : {'\\', char('0' + C / 64), char('0' + C / 8 % 8), char('0' + C % 8)})
        Result += Digit;
    else
      Result += char(C);
  return Result + "\"";
}

void printLine(char Mark, StringRef Line, raw_ostream &Out) {
  Out << Mark << Line;
  if (!Line.ends_with("\n"))
    Out << "\n\\ No newline at end of file\n";
}

} // namespace

void printDiff(StringRef Name, StringRef Before, StringRef After, raw_ostream &Out) {
  constexpr size_t Around = 3;
  const std::vector<StringRef> Old = linesOf(Before), New = linesOf(After);
  const size_t Count = std::min(Old.size(), New.size());
  Out << "--- " << named("a/" + Name) << "\n+++ " << named("b/" + Name) << "\n";
  for (size_t I = 0; I < Count;) {
    if (Old[I] == New[I]) {
      ++I;
      continue;
    }
    // Changes that are near each other share a hunk.
    const size_t Begin = I < Around ? 0 : I - Around;
    size_t End = I;
    for (size_t Next = I; Next < Count && Next <= End + 2 * Around; ++Next)
      if (Old[Next] != New[Next])
        End = Next;
    const size_t Stop = std::min(End + 1 + Around, Count);
    Out << "@@ -" << Begin + 1 << "," << Stop - Begin << " +" << Begin + 1 << "," << Stop - Begin
        << " @@\n";
    for (size_t Line = Begin; Line != Stop; ++Line)
      if (Old[Line] == New[Line]) {
        printLine(' ', Old[Line], Out);
      } else {
        // Old lines that are side by side come before the new ones.
        size_t Last = Line;
        while (Last != Stop && Old[Last] != New[Last])
          printLine('-', Old[Last++], Out);
        for (; Line != Last; ++Line)
          printLine('+', New[Line], Out);
        --Line;
      }
    I = Stop;
  }
}

} // namespace corolint
