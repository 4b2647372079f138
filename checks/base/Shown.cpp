//===- Shown.cpp - Text of others, as it may be shown --------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "base/Shown.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/ConvertUTF.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace corolint {
namespace {

/// Controls, and what changes the direction in which others are written.
bool isUnsafe(UTF32 C) {
  return C < 0x20 || (C >= 0x7f && C < 0xa0) || (C >= 0x200b && C <= 0x200f) ||
         (C >= 0x2028 && C <= 0x202e) || (C >= 0x2060 && C <= 0x206f) || C == 0xfeff ||
         (C >= 0xfff0 && C <= 0xfffb) || C >= 0xe0000;
}

void append(std::string &Into, StringRef Text, bool KeepLines) {
  raw_string_ostream Out(Into);
  while (!Text.empty()) {
    const auto *Start = reinterpret_cast<const UTF8 *>(Text.begin()), *At = Start;
    const auto *End = reinterpret_cast<const UTF8 *>(Text.end());
    UTF32 C = 0;
    if (convertUTF8Sequence(&At, End, &C, strictConversion) != conversionOK) {
      Out << "\\x" << format_hex_no_prefix(static_cast<unsigned char>(Text.front()), 2);
      Text = Text.drop_front();
      continue;
    }
    StringRef Glyph = Text.take_front(At - Start);
    // Runners of Azure and of GitHub look for these anywhere in a line.
    bool IsOrder = Text.starts_with("##[") || Text.starts_with("##vso[");
    Text = Text.drop_front(Glyph.size());
    if (IsOrder)
      Out << "\\x23";
    else if (C == '\n' && !KeepLines)
      Out << "\\n";
    else if (C == '\r')
      Out << "\\r";
    else if (C == '\t')
      Out << (KeepLines ? "\t" : "\\t");
    else if (C != '\n' && C < 0x80 && isUnsafe(C))
      Out << "\\x" << format_hex_no_prefix(C, 2);
    else if (C != '\n' && isUnsafe(C))
      Out << "\\u{" << utohexstr(C, /*LowerCase=*/true) << "}";
    else
      Out << Glyph;
  }
}

/// A line keeps its columns, so that what is below it points where it did.
std::string sameWidth(StringRef Line) {
  std::string Result = Line.str();
  for (char &C : Result)
    if (C != '\t' && !isPrint(C))
      C = '?';
  return Result;
}

} // namespace

std::string shown(StringRef Text) {
  std::string Result;
  append(Result, Text, /*KeepLines=*/false);
  return Result;
}

std::string shownLines(StringRef Text) {
  std::string Result;
  append(Result, Text, /*KeepLines=*/true);
  return Result;
}

void printShown(const SMDiagnostic &D, raw_ostream &Out) {
  std::string File = shown(D.getFilename()), Message = shown(D.getMessage());
  if (StringRef(File).starts_with(":"))
    File = "./" + File;
  if (!D.getSourceMgr()) {
    SMDiagnostic(File, D.getKind(), Message).print(nullptr, Out, /*ShowColors=*/false);
    return;
  }
  SMDiagnostic(*D.getSourceMgr(), D.getLoc(), File, D.getLineNo(), D.getColumnNo(), D.getKind(),
               Message, sameWidth(D.getLineContents()), D.getRanges(), D.getFixIts())
      .print(nullptr, Out, /*ShowColors=*/false);
}

} // namespace corolint
