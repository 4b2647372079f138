//===- Output.cpp - Findings and failures, shown -------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "output/Output.h"
#include "base/Shown.h"
#include "output/Paths.h"
#include "output/RulePage.h"
#include "output/Say.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/Unicode.h"
#include <map>

using namespace llvm;

namespace corolint {

size_t Report::fixed() const {
  return count_if(Findings, [](const Finding &F) { return F.Fixed; });
}

namespace {

constexpr unsigned TabStop = 8;

/// A line of source as a terminal shows it, with the place of each of its bytes.
struct ShownLine {
  std::string Text;
  std::vector<unsigned> Places; ///< of byte I, and of the end

  explicit ShownLine(StringRef Source) {
    unsigned At = 0;
    while (!Source.empty()) {
      size_t Length = 1;
      unsigned Width = 1;
      std::string Glyph = Source.take_front(1).str();
      if (Source.front() == '\t') {
        Width = TabStop - At % TabStop;
        Glyph = std::string(Width, ' ');
      } else if (static_cast<unsigned char>(Source.front()) >= 0x80) {
        Length = std::min<size_t>(Source.size(), getNumBytesForUTF8(Source.front()));
        int Columns = sys::unicode::columnWidthUTF8(Source.take_front(Length));
        Width = Columns < 0 ? 1 : Columns;
        Glyph = Source.take_front(Length).str();
        if (Columns < 0 || shown(Glyph) != Glyph)
          Glyph = "?";
      } else if (!isPrint(Source.front()) || Source.starts_with("##[") ||
                 Source.starts_with("##vso[")) {
        Glyph = "?";
      }
      Places.insert(Places.end(), Length, At);
      Text += Glyph;
      At += Width;
      Source = Source.drop_front(Length);
    }
    Places.push_back(At);
  }

  unsigned placeOf(unsigned Column) const {
    return Places[std::min<size_t>(Column ? Column - 1 : 0, Places.size() - 1)];
  }

private:
  static size_t getNumBytesForUTF8(unsigned char First) {
    return First >= 0xF0 ? 4 : First >= 0xE0 ? 3 : First >= 0xC0 ? 2 : 1;
  }
};

class Printer {
public:
  Printer(raw_ostream &Out, bool Colours, StringRef Done = "fixed")
      : Out(Out), Colours(Colours), Done(Done) {}

  void print(const Finding &F) {
    message(F.IsError ? "error" : "warning", F.IsError ? raw_ostream::RED : raw_ostream::MAGENTA,
            F.What, F.Rule, F.Edits);
    for (const Note &Each : F.Notes)
      message("note", raw_ostream::CYAN, Each, "", Each.Edits);
    if (F.Partial)
      message("note", raw_ostream::CYAN,
              {"found in a unit that does not compile, as far as it was understood",
               {F.What.At.Path, F.What.At.Line, F.What.At.Column, "", {}}});
    if (F.Fixed)
      message("note", raw_ostream::BLACK,
              {Done.str(), {F.What.At.Path, F.What.At.Line, F.What.At.Column, "", {}}});
  }

  void message(StringRef Level, raw_ostream::Colors C, const Message &M, StringRef Rule = "",
               ArrayRef<Edit> Edits = {}) {
    {
      auto Bold = painted(raw_ostream::SAVEDCOLOR);
      if (!M.At.Path.empty())
        Out << shownPath(M.At.Path) << ":" << M.At.Line << ":" << M.At.Column << ": ";
    }
    painted(C).get() << Level << ": ";
    auto Text = painted(raw_ostream::SAVEDCOLOR, Level != "note");
    Out << shown(M.Text);
    if (!Rule.empty())
      Out << " [" << linked(Rule) << "]";
    Text.end();
    Out << "\n";
    if (!M.At.Source.empty())
      source(M.At, Edits);
  }

private:
  /// Writes in a colour while it lives.
  class Painted {
  public:
    Painted(raw_ostream &Out, bool On, raw_ostream::Colors C) : Out(Out), On(On) {
      if (On)
        Out.changeColor(C, /*Bold=*/true);
    }
    ~Painted() { end(); }
    void end() {
      if (On)
        Out.resetColor();
      On = false;
    }
    raw_ostream &get() { return Out; }

  private:
    raw_ostream &Out;
    bool On;
  };
  Painted painted(raw_ostream::Colors C, bool If = true) { return {Out, Colours && If, C}; }

  /// A rule's name that leads to its page: "OSC 8" of
  /// https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda
  std::string linked(StringRef Rule) {
    if (!Links)
      return Rule.str();
    std::string &Link = Known[Rule];
    if (Link.empty()) {
      Link = pageLinkOf(Rule);
      Link =
          Link.empty() ? Rule.str() : "\x1b]8;;" + Link + "\x1b\\" + Rule.str() + "\x1b]8;;\x1b\\";
    }
    return Link;
  }

  void source(const Place &At, ArrayRef<Edit> Edits) {
    ShownLine Line(At.Source);
    Out << format("%5u | ", At.Line) << Line.Text << "\n";
    std::string Marks(Line.placeOf(~0u) + 1, ' ');
    for (auto [Begin, End] : At.Ranges)
      for (unsigned I = Line.placeOf(Begin); I < Line.placeOf(End); ++I)
        Marks[I] = '~';
    Marks[Line.placeOf(At.Column)] = '^';
    Out << "      | ";
    painted(raw_ostream::GREEN).get() << StringRef(Marks).rtrim();
    Out << "\n";
    if (std::string Changes = changesBelow(At, Line, Edits); !Changes.empty()) {
      Out << "      | ";
      painted(raw_ostream::GREEN).get() << Changes;
      Out << "\n";
    }
  }

  /// What a fix would write on this line, below where it would.
  static std::string changesBelow(const Place &At, const ShownLine &Line, ArrayRef<Edit> Edits) {
    std::string Text;
    for (const Edit &E : Edits) {
      if (E.Path != At.Path || E.Line != At.Line || StringRef(E.Text).contains('\n'))
        continue;
      unsigned Start = Line.placeOf(E.Column);
      if (Start < Text.size())
        continue; // no room: the fix is shown by applying it
      Text.append(Start - Text.size(), ' ');
      Text += shown(E.Text);
    }
    return StringRef(Text).rtrim().str();
  }

  raw_ostream &Out;
  const bool Colours, Links = wantsLinks(Out);
  const StringRef Done; ///< with what was fixed
  StringMap<std::string> Known;
};

} // namespace

void printFinding(const Finding &F, raw_ostream &Out, bool Colours) {
  Out.enable_colors(Colours);
  Printer(Out, Colours).print(F);
}

/// What --fix or --add-nolint did to a finding.
static StringRef doneBy(const Report &R) {
  return R.AddsNolint ? "suppressed" : "fixed";
}

void printFindings(const Report &R, raw_ostream &Out, bool Colours, unsigned Most) {
  Printer P(Out, Colours, doneBy(R));
  Out.enable_colors(Colours);
  for (const Finding &F : ArrayRef(R.Findings).take_front(Most))
    P.print(F);
  if (R.Findings.size() > Most)
    say() << counted(R.Findings.size() - Most, "more finding") << " not shown (--error-limit)\n";
}

void printStatistics(const Report &R, raw_ostream &Out) {
  struct Row {
    size_t Count = 0, Fixable = 0;
  };
  std::map<StringRef, Row> ByRule;
  for (const Finding &F : R.Findings) {
    Row &Of = ByRule[F.Rule];
    Of.Count += !F.Fixed;
    Of.Fixable += !F.Fixed && !F.Edits.empty();
  }
  std::vector<std::pair<StringRef, Row>> Rows(ByRule.begin(), ByRule.end());
  llvm::stable_sort(Rows,
                    [](const auto &A, const auto &B) { return A.second.Count > B.second.Count; });
  for (const auto &[Rule, Of] : Rows)
    if (Of.Count)
      Out << format("%6zu  ", Of.Count) << Rule
          << (Of.Fixable ? " (" + std::to_string(Of.Fixable) + " with a fix)" : std::string())
          << "\n";
}

void printFailure(const Failure &F, raw_ostream &Out, bool Colours) {
  sayError() << shownPath(F.File) << " could not be analysed: " << shown(F.Why) << "\n";
  constexpr size_t Most = 10;
  Out.enable_colors(Colours);
  Printer P(Out, Colours);
  for (const Message &M : ArrayRef(F.Errors).take_front(Most))
    P.message("error", raw_ostream::RED, M);
  if (F.Errors.size() > Most)
    Out << "  and " << F.Errors.size() - Most << " more\n";
  for (StringRef Line : F.Output)
    Out << "  | " << shown(Line) << "\n";
}

void printUnusedNolints(const Report &R, raw_ostream &Out) {
  Printer P(Out, wantsColours(Out));
  for (const Message &M : R.UnusedNolints)
    P.message("warning", raw_ostream::MAGENTA, M);
}

void printCounts(const Report &R, double Seconds, raw_ostream &Out) {
  size_t Remaining = R.remaining(), Fixed = R.fixed();
  if (Fixed)
    say() << counted(Fixed, "finding") << " " << doneBy(R) << " in "
          << counted(R.FixedFiles, "file") << "\n";
  raw_ostream &Line = say();
  if (Remaining)
    Line << counted(Remaining, "finding") << (Fixed ? " left" : "");
  else
    Line << (Fixed ? "nothing left" : "nothing found");
  Line << " in " << counted(R.Units, "unit") << " with " << counted(R.Coroutines, "coroutine")
       << format(" (%.1f s", Seconds);
  if (R.FromCache)
    Line << "; " << counted(R.FromCache, "unit") << " unchanged";
  Line << ")\n";
  if (!R.Hidden.empty())
    say() << "not shown: " << counted(R.Hidden.size(), "finding") << " of the baseline\n";
  if (R.Older)
    say() << "not shown: " << counted(R.Older, "finding") << " of " << shown(R.Since) << "\n";
  if (R.WithoutCoroutines)
    say() << counted(R.WithoutCoroutines, "unit")
          << " not parsed: C, assembly or C++ before 20, where there are no coroutines\n";
  if (R.SwitchedOff)
    say() << counted(R.SwitchedOff, "unit") << " not parsed: their .clang-tidy leaves no rule on\n";
  if (!R.Excluded.empty()) {
    std::vector<std::string> By;
    for (const auto &Each : R.Excluded)
      By.push_back(Each.second);
    llvm::sort(By);
    By.erase(llvm::unique(By), By.end());
    say() << counted(R.Excluded.size(), "file") << " not analysed: excluded by " << listed(By)
          << "\n";
  }
  if (!R.Unreached.empty()) {
    std::vector<std::string> Names;
    for (StringRef File : R.Unreached)
      Names.push_back(shownPath(File));
    say() << counted(Names.size(), "file")
          << " below the given folders not analysed, as no unit of the database compiles or "
             "includes them: "
          << listed(Names) << "\n";
  }
  if (!R.NotFollowed.empty()) {
    std::vector<std::string> Names;
    for (StringRef Folder : R.NotFollowed)
      Names.push_back(shownPath(Folder));
    say() << "links to " << counted(Names.size(), "folder")
          << " outside of the current one not followed; name them to have them linted: "
          << listed(Names) << "\n";
  }
  if (!R.Failures.empty())
    say() << counted(R.Failures.size(), "file") << " could not be analysed\n";
}

void printStats(const Report &R) {
  say() << counted(R.Functions, "function") << ", " << counted(R.Coroutines, "coroutine")
        << " among them\n";
  if (!R.LibraryFiles.empty()) {
    std::vector<std::string> Names;
    for (StringRef File : R.LibraryFiles)
      Names.push_back(shownPath(File));
    say() << "knowledge that came with headers: " << listed(Names, 20) << "\n";
  }
  std::map<StringRef, size_t> ByRule;
  for (const Finding &F : R.Findings)
    ++ByRule[F.Rule];
  for (const auto &[Rule, Count] : ByRule)
    say() << counted(Count, "finding") << " of " << Rule << "\n";
  if (!R.FailedUnits.empty())
    say() << counted(R.FailedUnits.size(), "unit") << " failed:\n";
  for (const auto &[Unit, Seconds] : R.FailedUnits)
    errs() << "  " << Unit << format(" (%.1f s)", Seconds) << "\n";
  say() << format("%.1f s of processor time", R.Seconds);
  if (!R.SlowestUnit.empty())
    errs() << format(", %.1f s of it for ", R.SlowestSeconds) << shownPath(R.SlowestUnit);
  errs() << "\n";
  double InRules = 0;
  std::vector<std::pair<double, StringRef>> Slowest;
  for (const auto &[Rule, Seconds] : R.RuleSeconds) {
    InRules += Seconds;
    Slowest.emplace_back(-Seconds, Rule);
  }
  say() << format("%.1f s of it in the rules (what several ask is counted for the first)", InRules)
        << (Slowest.empty() ? "" : ":") << "\n";
  llvm::sort(Slowest);
  for (const auto &[Seconds, Rule] : Slowest)
    errs() << format("%8.2f s  ", -Seconds) << Rule << "\n";
  say() << counted(R.Unfollowed.size(), "coroutine")
        << " too large to follow what lives across a suspension"
        << (R.Unfollowed.empty() ? "" : ":") << "\n";
  for (StringRef Each : R.Unfollowed)
    errs() << "  " << shownPath(Each) << "\n";
}

} // namespace corolint
