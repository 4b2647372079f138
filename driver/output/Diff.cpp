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

/// Which lines of two texts are the same one, by Myers: "An O(ND) Difference Algorithm and Its
/// Variations" (1986). What differs in more than \p Most lines is not looked into.
class LineMatch {
public:
  LineMatch(ArrayRef<StringRef> Old, ArrayRef<StringRef> New) : Old(Old), New(New) {
    while (Begin < Old.size() && Begin < New.size() && Old[Begin] == New[Begin])
      ++Begin;
    size_t OldEnd = Old.size(), NewEnd = New.size();
    while (OldEnd > Begin && NewEnd > Begin && Old[OldEnd - 1] == New[NewEnd - 1])
      --OldEnd, --NewEnd;
    this->Old = Old.slice(Begin, OldEnd - Begin);
    this->New = New.slice(Begin, NewEnd - Begin);
    search();
  }

  /// Pairs of line numbers, rising; before the first and after the last all lines are the same.
  ArrayRef<std::pair<size_t, size_t>> pairs() const { return Pairs; }
  size_t begin() const { return Begin; }
  size_t oldEnd() const { return Begin + Old.size(); }
  size_t newEnd() const { return Begin + New.size(); }

private:
  static constexpr int Most = 2000;

  void search() {
    const int N = Old.size(), M = New.size(), Limit = std::min(N + M, Most);
    std::vector<int> Furthest(2 * Limit + 3);
    std::vector<std::vector<int>> Trace;
    for (int D = 0; D <= Limit; ++D) {
      Trace.push_back(Furthest);
      for (int K = -D; K <= D; K += 2) {
        const int At = K + Limit + 1;
        const bool Down = K == -D || (K != D && Furthest[At - 1] < Furthest[At + 1]);
        int X = Down ? Furthest[At + 1] : Furthest[At - 1] + 1;
        while (X < N && X - K < M && X - K >= 0 && Old[X] == New[X - K])
          ++X;
        Furthest[At] = X;
        if (X >= N && X - K >= M) {
          goBack(Trace, D, Limit);
          return;
        }
      }
    }
  }

  void goBack(ArrayRef<std::vector<int>> Trace, int D, int Limit) {
    int X = Old.size(), Y = New.size();
    for (; D >= 0; --D) {
      const std::vector<int> &Furthest = Trace[D];
      const int K = X - Y, At = K + Limit + 1;
      const bool Down = K == -D || (K != D && Furthest[At - 1] < Furthest[At + 1]);
      const int FromK = Down ? K + 1 : K - 1;
      const int FromX = D ? Furthest[FromK + Limit + 1] : 0, FromY = D ? FromX - FromK : 0;
      while (X > FromX && Y > FromY)
        Pairs.emplace_back(Begin + --X, Begin + --Y);
      X = FromX;
      Y = FromY;
    }
    std::reverse(Pairs.begin(), Pairs.end());
  }

  ArrayRef<StringRef> Old, New;
  size_t Begin = 0;
  std::vector<std::pair<size_t, size_t>> Pairs;
};

/// Lines [OldBegin, OldEnd) become [NewBegin, NewEnd).
struct Change {
  size_t OldBegin, OldEnd, NewBegin, NewEnd;
};

std::vector<Change> changesOf(ArrayRef<StringRef> Old, ArrayRef<StringRef> New) {
  LineMatch Same(Old, New);
  std::vector<Change> Result;
  size_t OldAt = Same.begin(), NewAt = Same.begin();
  auto Until = [&](size_t OldEnd, size_t NewEnd) {
    if (OldAt != OldEnd || NewAt != NewEnd)
      Result.push_back({OldAt, OldEnd, NewAt, NewEnd});
    OldAt = OldEnd + 1;
    NewAt = NewEnd + 1;
  };
  for (auto [OldLine, NewLine] : Same.pairs())
    Until(OldLine, NewLine);
  Until(Same.oldEnd(), Same.newEnd());
  return Result;
}

void printRange(char Mark, size_t First, size_t Count, raw_ostream &Out) {
  // Of no lines, the one before is named.
  Out << Mark << (Count ? First + 1 : First) << "," << Count;
}

} // namespace

void printDiff(StringRef Name, StringRef Before, StringRef After, raw_ostream &Out) {
  constexpr size_t Around = 3;
  const std::vector<StringRef> Old = linesOf(Before), New = linesOf(After);
  const std::vector<Change> Changes = changesOf(Old, New);
  if (Changes.empty())
    return;
  Out << "--- " << named("a/" + Name) << "\n+++ " << named("b/" + Name) << "\n";
  for (size_t I = 0; I < Changes.size();) {
    // Changes that are near each other share a hunk.
    size_t Last = I;
    while (Last + 1 < Changes.size() &&
           Changes[Last + 1].OldBegin - Changes[Last].OldEnd <= 2 * Around)
      ++Last;
    const size_t Lead = std::min(Changes[I].OldBegin, Around);
    const size_t Trail = std::min(Old.size() - Changes[Last].OldEnd, Around);
    const size_t OldBegin = Changes[I].OldBegin - Lead, NewBegin = Changes[I].NewBegin - Lead;
    const size_t OldEnd = Changes[Last].OldEnd + Trail, NewEnd = Changes[Last].NewEnd + Trail;
    Out << "@@ ";
    printRange('-', OldBegin, OldEnd - OldBegin, Out);
    Out << " ";
    printRange('+', NewBegin, NewEnd - NewBegin, Out);
    Out << " @@\n";
    size_t Line = OldBegin;
    for (; I <= Last; ++I) {
      for (; Line < Changes[I].OldBegin; ++Line)
        printLine(' ', Old[Line], Out);
      for (; Line < Changes[I].OldEnd; ++Line)
        printLine('-', Old[Line], Out);
      for (size_t J = Changes[I].NewBegin; J < Changes[I].NewEnd; ++J)
        printLine('+', New[J], Out);
    }
    for (; Line < OldEnd; ++Line)
      printLine(' ', Old[Line], Out);
  }
}

} // namespace corolint
