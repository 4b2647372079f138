//===- WhyPlace.cpp - corolint why FILE:LINE, corolint dump --------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "base/Shown.h"
#include "command/Commands.h"
#include "output/Paths.h"
#include "output/Say.h"
#include "run/Interrupt.h"
#include "run/Lint.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MemoryBuffer.h"
#include <map>
#include <set>

using namespace llvm;
using corolint::model::Decision;

namespace corolint {
namespace {

/// Analyses the file that is asked about, as `check` would. Nothing, and said why, with the exit
/// code in \p Exit, if it could not be.
std::optional<Report> ask(const CheckRequest &Asked, int &Exit) {
  watchForInterrupts();
  Exit = NotAnalysed;
  std::unique_ptr<Scratch> Files = Scratch::make();
  if (!Files)
    return std::nullopt;
  Lint Run(Asked, *Files);
  std::optional<Report> R = Run.run();
  if (int Signal = interruptedBy()) {
    Exit = 128 + Signal;
    return std::nullopt;
  }
  if (!R) {
    Exit = Run.exitCode();
    return std::nullopt;
  }
  for (const Failure &F : R->Failures)
    printFailure(F, errs(), wantsColours(errs()));
  if (R->Answers.empty() || !R->Failures.empty())
    return std::nullopt;
  return R;
}

class Explainer {
public:
  Explainer(const CheckRequest &Asked, const Report &R)
      : File(Asked.With.AskedFile), Begin(Asked.With.AskedLine), End(Asked.With.AskedEnd), R(R) {
    for (const UnitResult &Unit : R.Answers) {
      Off.insert(Unit.OffRules.begin(), Unit.OffRules.end());
      IsFiltered |= is_contained(Unit.Filtered, File);
    }
  }

  int run() {
    bool Any = false;
    for (Line = Begin; Line <= End && Line <= lineCount(); ++Line)
      Any |= explainLine();
    if (!Any && Begin != End)
      outs() << "no rule considered anything in these lines\n";
    return Any ? Clean : HasFindings;
  }

private:
  unsigned lineCount() {
    if (!Source)
      if (auto Buffer = MemoryBuffer::getFile(File)) {
        Source = std::move(*Buffer);
        Source->getBuffer().split(Texts, '\n');
      }
    return std::max<size_t>(Texts.size(), Begin == End ? Begin : 0);
  }

  bool explainLine() {
    Lines.clear();
    for (const UnitResult &Unit : R.Answers)
      for (const Decision &D : Unit.Decisions)
        add(D);
    addNotes();
    // Of several lines, those with an answer are shown.
    if (Lines.empty() && Begin != End)
      return false;
    std::set<std::string> About;
    for (const UnitResult &Unit : R.Answers)
      About.insert(Unit.About.begin(), Unit.About.end());
    if (Begin != End)
      outs() << shownPath(File) << ":" << Line << ":\n";
    else
      for (const std::string &Each : About)
        outs() << shownPath(File) << ":" << Line << ": " << shown(Each) << "\n";
    const StringRef Text = Line <= Texts.size() ? Texts[Line - 1].rtrim() : "";
    outs() << "  " << shown(Text) << "\n";
    printLines();
    if (!Lines.empty())
      return true;
    outs() << (Text.ltrim().empty()             ? "there is nothing in this line\n"
               : Text.ltrim().starts_with("//") ? "this line is a comment\n"
                                                : "no rule considered anything in this line\n");
    printNear();
    return false;
  }

  void add(const Decision &D) {
    if (Line < D.Line || Line > D.EndLine) {
      Near.insert(D.Line);
      return;
    }
    const bool IsOff = Off.count(D.Rule);
    std::string Said;
    if (!D.Reported) {
      Said = D.Rule + " leaves it alone: " + D.Why;
      if (IsOff)
        Said += " (and it is off for this file)";
    } else if (const Finding *F = findingOf(D)) {
      Said = IsOff ? D.Rule +
                         " is off for this file ('corolint config' shows where), and would report: "
                   : D.Rule + " reports it: ";
      Said += F->What.Text;
    } else if (IsFiltered) {
      Said = D.Rule + " found something; HeaderFilterRegex or ExcludeHeaderFilterRegex leaves this "
                      "file out";
    } else {
      Said = D.Rule + " found something, which is suppressed by a NOLINT comment";
    }
    say(D.Reported, D.Line, D.Column, Said);
  }

  const Finding *findingOf(const Decision &D) const {
    auto Found = find_if(R.Findings, [&](const Finding &F) {
      const Place &At = F.What.At;
      return F.Rule == D.Rule && At.Path == File && At.Line == D.Line && At.Column == D.Column;
    });
    return Found == R.Findings.end() ? nullptr : &*Found;
  }

  /// The line may be a part of what is found elsewhere.
  void addNotes() {
    for (const UnitResult &Unit : R.Answers)
      for (const Finding &F : Unit.Findings)
        for (const Message &Note : F.Notes)
          if (Note.At.Path == File && Note.At.Line == Line && !Off.count(F.Rule) &&
              (F.What.At.Path != File || F.What.At.Line != Line))
            say(/*First=*/false, Line, Note.At.Column,
                "a part of what " + F.Rule + " reports at " + shownPath(F.What.At.Path) + ":" +
                    std::to_string(F.What.At.Line) + ": " + Note.Text);
  }

  void say(bool First, unsigned At, unsigned Column, const std::string &Said) {
    // What is said of several places in a line is said once.
    Lines[{!First, At, Said}].insert(Column);
  }

  /// In the order of the columns, what is reported first.
  void printLines() const {
    std::vector<std::pair<std::tuple<bool, unsigned, unsigned>, std::string>> Sorted;
    for (const auto &[Key, Columns] : Lines) {
      const auto &[Later, At, Said] = Key;
      std::vector<std::string> Numbers;
      for (unsigned Column : Columns)
        Numbers.push_back(std::to_string(Column));
      Sorted.emplace_back(std::tuple(Later, At, *Columns.begin()),
                          "  " + (At == Line ? "" : "line " + std::to_string(At) + ", ") +
                              (Columns.size() == 1 ? "column " : "columns ") + join(Numbers, ", ") +
                              ": " + shown(Said) + "\n");
    }
    llvm::sort(Sorted);
    for (const auto &[Place, Text] : Sorted)
      outs() << Text;
  }

  void printNear() const {
    constexpr unsigned Most = 12;
    std::vector<std::string> Numbers;
    for (unsigned Each : Near)
      if (Each + Most >= Line && Each <= Line + Most)
        Numbers.push_back(std::to_string(Each));
    if (!Numbers.empty())
      outs() << "  something was considered in " << (Numbers.size() == 1 ? "line " : "lines ")
             << join(Numbers, ", ") << "\n";
  }

  const std::string &File;
  const unsigned Begin, End;
  unsigned Line = 0; ///< that is explained now
  const Report &R;
  std::unique_ptr<MemoryBuffer> Source;
  SmallVector<StringRef, 0> Texts; ///< the lines of the file
  std::set<std::string> Off;
  bool IsFiltered = false;
  /// What is said of the line, and of which columns: reported or not, where it begins, the text.
  std::map<std::tuple<bool, unsigned, std::string>, std::set<unsigned>> Lines;
  std::set<unsigned> Near;
};

} // namespace

int runWhyPlace(const CheckRequest &Asked) {
  int Exit = Clean;
  std::optional<Report> R = ask(Asked, Exit);
  return R ? Explainer(Asked, *R).run() : Exit;
}

int runDump(const CheckRequest &Asked) {
  int Exit = Clean;
  std::optional<Report> R = ask(Asked, Exit);
  if (!R)
    return Exit;
  std::set<std::string> Before; // several commands mostly say the same
  bool Any = false;
  for (const UnitResult &Unit : R->Answers)
    if (Before.insert(join(Unit.Dump, "\n")).second)
      for (const std::string &Line : Unit.Dump) {
        outs() << shown(Line) << "\n";
        Any = true;
      }
  if (!Any)
    say() << "the model has nothing to say there: no function\n";
  return Any ? Clean : HasFindings;
}

} // namespace corolint
