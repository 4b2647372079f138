//===- Lint.cpp - corolint check -----------------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Lint.h"
#include "Interrupt.h"
#include "Paths.h"
#include "Say.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace corolint {

static bool isSameFailure(const Failure &A, const Failure &B) {
  return A.File == B.File && A.Why == B.Why &&
         std::equal(A.Errors.begin(), A.Errors.end(), B.Errors.begin(), B.Errors.end(),
                    [](const Message &X, const Message &Y) {
                      return X.Text == Y.Text && X.At.Path == Y.At.Path && X.At.Line == Y.At.Line;
                    });
}

Lint::Lint(const CheckRequest &Asked, Scratch &Files)
    : Asked(Asked), Files(Files), Workers(Files, {Asked.Jobs, Asked.Timeout, !Asked.Quiet}) {}

std::optional<Report> Lint::run() {
  auto Selected = Selection::of(Asked.Paths);
  if (!Selected)
    return std::nullopt;
  Chosen = std::move(*Selected);
  if (!chooseUnits() || !reachHeaders())
    return std::nullopt;
  sayDroppedFlags();
  mergeFindings();
  if (Asked.Fix && !interruptedBy())
    fix();
  return report();
}

bool Lint::chooseUnits() {
  if (!Asked.Flags)
    return chooseFromDatabase();
  return analyse(unitsWithFlags(Chosen.sources(), *Asked.Flags));
}

bool Lint::chooseFromDatabase() {
  std::vector<std::string> From;
  for (StringRef Path : Chosen.paths())
    From.push_back((sys::fs::is_directory(Path) ? Path : sys::path::parent_path(Path)).str());
  From.push_back(canonicalPath("."));
  auto Found = findDatabase(Asked.Build, From);
  if (!Found)
    return false;
  DatabasePath = Found->Path;
  if (!Asked.Quiet && !Found->Others.empty())
    say() << "there are other compile databases (choose with -p): " << listed(Found->Others)
          << "\n";
  if (!Asked.Quiet)
    say() << "compile database: " << shownPath(DatabasePath) << " ("
          << counted(Found->Units.size(), "unit") << ")\n";

  std::vector<Unit> Selected;
  StringSet<> InDatabase;
  for (Unit &U : Found->Units) {
    InDatabase.insert(U.File);
    (Chosen.covers(U.File) ? Selected : Others).push_back(std::move(U));
  }
  for (const std::string &File : Chosen.sources()) {
    if (InDatabase.contains(File))
      continue;
    if (Chosen.isNamed(File))
      fail(File, "it is not in the compile database '" + shownPath(DatabasePath) +
                     "'; with its flags after -- it can be");
    else
      Unreached.push_back(File);
  }
  return analyse(std::move(Selected));
}

/// False when no unit could be parsed with what this machine has.
bool Lint::complete(std::vector<Unit> &Of) {
  for (Unit &U : Of)
    if (!Compilers.complete(U.Arguments, U.Directory)) {
      Exit = NotAnalysed;
      return false;
    }
  return true;
}

bool Lint::analyse(std::vector<Unit> More) {
  std::vector<std::string> Names;
  for (const Unit &U : More)
    Names.push_back(U.File);
  if (!complete(More))
    return false;
  if (!checkUserFiles(Names, Asked.With))
    return false;
  std::vector<UnitResult> Given = Workers.run(More, Asked.With);
  StringSet<> Misuses;
  for (const UnitResult &R : Given)
    for (StringRef Misuse : R.Misuses)
      if (Misuses.insert(Misuse).second)
        sayError() << Misuse << "\n";
  if (!Misuses.empty())
    return false;
  for (auto [U, R] : zip_equal(More, Given))
    if (R.Is == UnitResult::Failed) {
      Failures.push_back({U.File, R.Failure, R.Errors, R.Output});
    }
  std::move(More.begin(), More.end(), std::back_inserter(Units));
  std::move(Given.begin(), Given.end(), std::back_inserter(Results));
  return true;
}

/// Headers that no chosen unit includes are linted through another unit, or by themselves with the
/// flags after `--`.
bool Lint::reachHeaders() {
  StringSet<> Reached;
  for (const UnitResult &R : Results)
    for (StringRef File : R.Files)
      Reached.insert(File);
  for (const Unit &U : Units)
    Reached.insert(U.File);
  std::vector<std::string> Missing;
  for (const std::string &Header : Chosen.headers())
    if (!Reached.contains(Header))
      Missing.push_back(Header);
  if (Missing.empty() || interruptedBy())
    return true;
  if (Asked.Flags)
    return analyse(unitsWithFlags(Missing, *Asked.Flags));

  std::vector<Unit> Candidates = Others;
  if (!complete(Candidates))
    return false;
  auto Includers = includersOf(Missing, Candidates, Asked.Jobs);
  std::vector<size_t> Needed;
  for (auto [Header, Includer] : zip_equal(Missing, Includers)) {
    if (Includer)
      Needed.push_back(*Includer);
    else if (Chosen.isNamed(Header))
      fail(Header, "no unit of the compile database '" + shownPath(DatabasePath) +
                       "' includes it; with flags after -- it is linted by itself");
    else
      Unreached.push_back(Header);
  }
  llvm::sort(Needed);
  Needed.erase(llvm::unique(Needed), Needed.end());
  std::vector<Unit> More;
  for (size_t Index : Needed)
    More.push_back(Others[Index]);
  return analyse(std::move(More));
}

void Lint::mergeFindings() {
  // Of the same finding in several units the first unit's notes are shown, whichever was done
  // first.
  std::vector<std::pair<const Finding *, size_t>> All;
  for (const UnitResult &R : Results)
    for (const Finding &F : R.Findings)
      if (Chosen.covers(F.What.At.Path))
        All.emplace_back(&F, All.size());
  llvm::sort(All, [](auto A, auto B) {
    return isBefore(*A.first, *B.first) || (isSame(*A.first, *B.first) && A.second < B.second);
  });
  Findings.clear();
  for (auto [F, Index] : All)
    if (Findings.empty() || !isSame(Findings.back(), *F))
      Findings.push_back(*F);
}

void Lint::fail(StringRef File, const Twine &Why, std::vector<Message> Errors) {
  Failures.push_back({File.str(), Why.str(), std::move(Errors), {}});
}

void Lint::sayDroppedFlags() const {
  std::vector<std::string> Flags;
  for (const UnitResult &R : Results)
    append_range(Flags, R.Dropped);
  llvm::sort(Flags);
  Flags.erase(llvm::unique(Flags), Flags.end());
  if (!Flags.empty() && !Asked.Quiet)
    say() << "flags that Clang does not know, and that were left out: " << listed(Flags, 20)
          << "\n";
}

Report Lint::report() const {
  Report R;
  R.Findings = Findings;
  R.Failures = Failures;
  R.Unreached = Unreached;
  R.FixedFiles = FixedFiles;
  llvm::sort(R.Unreached);
  llvm::sort(R.Failures, [](const Failure &A, const Failure &B) {
    return std::tie(A.File, A.Why) < std::tie(B.File, B.Why);
  });
  // Each of a file's commands may fail for the same reason.
  R.Failures.erase(llvm::unique(R.Failures, isSameFailure), R.Failures.end());
  for (const UnitResult &U : Results) {
    R.Units += U.Is == UnitResult::Analysed;
    R.WithoutCoroutines += U.Is == UnitResult::NoCoroutines;
    R.SwitchedOff += U.Is == UnitResult::SwitchedOff;
    R.Coroutines += U.Coroutines;
    R.Functions += U.Functions;
    R.Seconds += U.Seconds;
    R.Unfollowed.insert(R.Unfollowed.end(), U.Unfollowed.begin(), U.Unfollowed.end());
  }
  // A header's coroutine is met in each unit.
  llvm::sort(R.Unfollowed);
  R.Unfollowed.erase(llvm::unique(R.Unfollowed), R.Unfollowed.end());
  for (auto [U, Result] : zip_equal(Units, Results))
    if (Result.Seconds > R.SlowestSeconds)
      std::tie(R.SlowestUnit, R.SlowestSeconds) = std::tuple(U.File, Result.Seconds);
  // Nothing at all was looked at: that is no clean project.
  if (Results.empty() && R.Failures.empty())
    R.Failures.push_back(
        {Chosen.paths().empty() ? DatabasePath : Chosen.paths().front(),
         "the compile database '" + shownPath(DatabasePath) + "' has nothing of it",
         {},
         {}});
  return R;
}

} // namespace corolint
