//===- Lint.cpp - corolint check -----------------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "run/Lint.h"
#include "base/Shown.h"
#include "output/Fingerprint.h"
#include "output/Formats.h"
#include "output/Paths.h"
#include "output/Say.h"
#include "project/Database.h"
#include "project/SourceNames.h"
#include "project/UserFiles.h"
#include "run/Includers.h"
#include "run/Interrupt.h"
#include "run/Nolint.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/TargetSelect.h"

using namespace llvm;

namespace corolint {

Lint::Lint(const CheckRequest &Asked, Scratch &Files)
    : Asked(Asked), Files(Files),
      Earlier(Asked.UsesCache ? Cache::open(Asked.CacheFolder) : nullptr),
      Workers(Files, {Asked.Jobs, Asked.Timeout, !Asked.Quiet, Asked.ProgressEvery, Earlier.get()}),
      Compilers(Asked.Askable), Excluded(Asked.With) {}

std::optional<Report> Lint::run() {
  auto Selected = Selection::of(Asked.Paths);
  if (!Selected)
    return std::nullopt;
  Chosen = std::move(*Selected);
  for (const auto &[Path, Why] : Chosen.unreadable())
    fail(Path, Why);
  append_range(Unreached, Chosen.dangling());
  if (!Asked.StdinFile.empty() && !readStdin())
    return std::nullopt;
  if (!takeBaseline() || (!Asked.Since.empty() && !readChanges()))
    return std::nullopt;
  if (!chooseUnits() || !reachTheRest())
    return std::nullopt;
  sayDroppedFlags();
  if (Changed)
    listUnreadChanges();
  else if (!interruptedBy())
    checkThatAllWasLookedAt();
  if (Changed && !interruptedBy())
    compareWithBefore();
  mergeFindings();
  listUnusedNolints();
  lookForLeftovers();
  if (Asked.NolintReason)
    suppressAll(Findings, *Asked.NolintReason);
  if (Asked.Fix && !interruptedBy())
    fix();
  return report();
}

bool Lint::readStdin() {
  auto Text = MemoryBuffer::getSTDIN();
  const std::string Copy = Files.path("stdin");
  std::error_code EC = Text ? std::error_code() : Text.getError();
  if (!EC) {
    raw_fd_ostream Out(Copy, EC);
    if (!EC)
      Out << (*Text)->getBuffer();
  }
  if (EC)
    sayError() << "the standard input could not be read: " << EC.message() << "\n";
  Unsaved.Files = {{Asked.StdinFile, Copy}};
  return !EC;
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
    // A header that some tool listed is mostly reached through a source, and parsed with it.
    (!Chosen.covers(U.File) ? Others
     : isHeaderName(U.File) ? Headers
                            : Selected)
        .push_back(std::move(U));
  }
  copy_if(Chosen.sources(), std::back_inserter(Lost),
          [&](const std::string &File) { return !InDatabase.contains(File); });
  if (Changed && Chosen.isEverything())
    keepChanged(Selected);
  return analyse(std::move(Selected));
}

/// False when no unit could be parsed with what this machine has.
bool Lint::complete(std::vector<Unit> &Of) {
  // A cross compiler's name says the target only to whom knows the targets.
  InitializeAllTargetInfos();
  for (Unit &U : Of)
    if (U.Unusable.empty() && !Compilers.complete(U.Arguments, U.Directory)) {
      Exit = NotAnalysed;
      return false;
    }
  return true;
}

bool Lint::isLeftOut(StringRef File) {
  std::string By = Excluded.of(File);
  if (By.empty())
    return false;
  LeftOut.emplace(File.str(), std::move(By));
  return true;
}

bool Lint::analyse(std::vector<Unit> More) {
  erase_if(More, [&](const Unit &U) { return isLeftOut(U.File); });
  erase_if(More, [&](const Unit &U) {
    if (!U.Unusable.empty())
      fail(U.File, U.Unusable);
    return !U.Unusable.empty();
  });
  std::vector<std::string> Names;
  for (const Unit &U : More)
    Names.push_back(U.File);
  if (!complete(More))
    return false;
  if (!checkUserFiles(Names, Asked.With))
    return false;
  std::vector<UnitResult> Given =
      Workers.run(More, Asked.With, Unsaved, [this](const UnitResult &R) {
        if (Asked.Stream)
          stream(R);
      });
  StringSet<> Misuses;
  for (const UnitResult &R : Given)
    for (StringRef Misuse : R.Misuses)
      if (Misuses.insert(Misuse).second)
        sayError() << shownLines(Misuse) << "\n";
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

/// What no chosen unit led to: headers are linted through another unit, sources through the file of
/// a unity build; with the flags after `--`, by themselves.
bool Lint::reachTheRest() {
  StringSet<> Reached;
  for (const UnitResult &R : Results)
    for (StringRef File : R.Files)
      Reached.insert(File);
  for (const Unit &U : Units)
    Reached.insert(U.File);
  auto IsReached = [&](const auto &File) { return Reached.contains(File); };
  std::vector<std::string> Missing;
  copy_if(Chosen.headers(), std::back_inserter(Missing), std::not_fn(IsReached));
  erase_if(Lost, IsReached);
  for (std::vector<std::string> *Of : {&Missing, &Lost})
    erase_if(*Of, [&](const std::string &File) { return isLeftOut(File); });
  erase_if(Headers, [&](const Unit &U) { return Reached.contains(U.File); });
  if (interruptedBy())
    return true;
  if (Asked.Flags)
    return Missing.empty() || analyse(unitsWithFlags(Missing, *Asked.Flags));

  std::vector<Unit> More = std::move(Headers); // with the command that the database has for them
  for (const Unit &U : More)
    llvm::erase(Missing, U.File);
  findIncluders(Lost, /*AreSources=*/true);
  findIncluders(Missing, /*AreSources=*/false);
  for (size_t Index : Needed)
    More.push_back(Others[Index]);
  return analyse(std::move(More));
}

void Lint::findIncluders(ArrayRef<std::string> Files, bool AreSources) {
  if (Files.empty() || interruptedBy())
    return;
  std::vector<Unit> Candidates;
  std::vector<size_t> Indices;
  for (auto [Index, U] : enumerate(Others))
    if (U.Unusable.empty() && (!AreSources || includesSources(U.File))) {
      Candidates.push_back(U);
      Indices.push_back(Index);
    }
  if (!complete(Candidates))
    return;
  auto Includers = includersOf(Files, Candidates, Asked.Jobs);
  for (auto [File, Includer] : zip_equal(Files, Includers)) {
    if (Includer) {
      Needed.insert(Indices[*Includer]);
      Through[File] = Candidates[*Includer].File;
    } else if (!Chosen.isNamed(File)) {
      Unreached.push_back(File);
    } else if (AreSources) {
      fail(File, "it is not in the compile database '" + shownPath(DatabasePath) +
                     "'; to lint it without one, give its flags after --");
    } else {
      fail(File, "no unit of the compile database '" + shownPath(DatabasePath) +
                     "' includes it; to lint it by itself, give flags after --");
    }
  }
}

void Lint::stream(const UnitResult &R) {
  for (const Finding &F : R.Findings) {
    const Place &At = F.What.At;
    if (Chosen.covers(At.Path) &&
        Streamed.insert({At.Path, At.Line, At.Column, F.Rule, F.What.Text}).second) {
      if (Asked.As->Name == "jsonl")
        printJsonLine(F, outs());
      else
        printFinding(F, outs(), wantsColours(outs()));
    }
  }
  outs().flush();
}

/// Whatever the reason: where nothing was looked at, nothing was found to be right.
void Lint::checkThatAllWasLookedAt() {
  StringSet<> Parsed;
  std::set<std::string> LookedAt;
  bool Any = false;
  for (const UnitResult &R : Results) {
    for (const std::string &File : R.Files)
      Parsed.insert(File);
    if (R.Is != UnitResult::Analysed)
      continue;
    Any = true;
    for (const std::string &File : R.Files)
      if (!is_contained(R.Filtered, File))
        LookedAt.insert(File);
  }
  std::map<std::string, UnitResult::State> Skipped;
  for (auto [U, R] : zip_equal(Units, Results))
    if (R.Is == UnitResult::NoCoroutines || R.Is == UnitResult::SwitchedOff)
      Skipped[U.File] = R.Is;

  for (const std::string &Path : Chosen.paths()) {
    auto IsIn = [&](StringRef File) { return isAtOrBelow(File, Path); };
    bool IsFolder = sys::fs::is_directory(Path);
    auto IsOfIt = [&](StringRef File) { return IsIn(File) || (IsFolder && Chosen.covers(File)); };
    if (any_of(LookedAt, IsOfIt) ||
        any_of(LeftOut, [&](const auto &Each) { return IsIn(Each.first); }) ||
        any_of(Failures, [&](const Failure &F) { return IsOfIt(F.File); }) ||
        any_of(Skipped, [&](const auto &S) { return IsIn(S.first); }))
      continue;
    // The unit that it is part of failed, and said so.
    if (any_of(zip_equal(Units, Results), [&](const auto &Each) {
          const auto &[U, R] = Each;
          auto Led = Through.find(Path);
          return R.Is == UnitResult::Failed &&
                 (any_of(R.Files, IsIn) || (Led != Through.end() && Led->second == U.File));
        }))
      continue;
    explainWhatWasNot(Path);
  }
  // Who leaves everything out by name knows it, and is told how much it was.
  if (Any || !Failures.empty() || !LeftOut.empty())
    return;
  std::vector<std::string> Why;
  unsigned Old = count_if(Results, [](auto &R) { return R.Is == UnitResult::NoCoroutines; });
  unsigned Off = count_if(Results, [](auto &R) { return R.Is == UnitResult::SwitchedOff; });
  if (Old)
    Why.push_back(counted(Old, "unit") + (Old == 1 ? " is" : " are") +
                  " C, assembly or C++ before 20, where there are no coroutines" +
                  (Asked.Flags ? " (-std=c++20 after --)" : ""));
  if (Off)
    Why.push_back("of " + counted(Off, "unit") + " the .clang-tidy leaves no rule on (see " +
                  "corolint config FILE)");
  fail(Chosen.paths().empty() ? DatabasePath : Chosen.paths().front(),
       Why.empty() ? "the compile database '" + shownPath(DatabasePath) + "' leads to none of it"
                   : "nothing was analysed: " + listed(Why));
}

/// Of a PATH, nothing was looked at, and nothing was said so far.
void Lint::explainWhatWasNot(StringRef Path) {
  for (const UnitResult &R : Results)
    if (any_of(R.Filtered, [&](StringRef File) { return isAtOrBelow(File, Path); }))
      return fail(Path, "HeaderFilterRegex or ExcludeHeaderFilterRegex in the .clang-tidy of '" +
                            shownPath(R.Files.front()) + "' leaves it out");
  auto Led = Through.find(Path.str());
  if (Led == Through.end()) {
    // A unit's command need not compile the file that the database names.
    for (auto [U, R] : zip_equal(Units, Results))
      if (U.File == Path && R.Is == UnitResult::Analysed && !R.Files.empty())
        return fail(Path, "its command in the compile database compiles '" +
                              shownPath(R.Files.front()) + "' instead");
    return fail(Path, fromDatabase() ? "the compile database '" + shownPath(DatabasePath) +
                                           "' leads to none of it"
                                     : "nothing was parsed of it");
  }
  for (auto [U, R] : zip_equal(Units, Results))
    if (U.File == Led->second && R.Is != UnitResult::Analysed)
      return fail(Path, "it is included by '" + shownPath(Led->second) + "', which " +
                            (R.Is == UnitResult::SwitchedOff
                                 ? "has no rule on, by its .clang-tidy"
                                 : "is C or C++ before 20, where there are no coroutines") +
                            "; to lint it by itself, give flags after --");
  fail(Path, "to '" + shownPath(Led->second) +
                 "', which includes it, it is a system header (-isystem), and in those nothing is "
                 "reported; to lint it by itself, give flags after --");
}

void Lint::mergeInto(std::vector<Finding> &Into) const {
  // Of the same finding in several units the first unit's notes are shown, whichever was done
  // first.
  std::vector<std::pair<const Finding *, size_t>> All;
  for (const UnitResult &R : Results)
    for (const Finding &F : R.Findings)
      if (Chosen.covers(F.What.At.Path))
        All.emplace_back(&F, All.size());
  llvm::sort(All, [](auto A, auto B) {
    // One that was found where all was understood says more.
    return isBefore(*A.first, *B.first) ||
           (isSame(*A.first, *B.first) &&
            std::tie(A.first->Partial, A.second) < std::tie(B.first->Partial, B.second));
  });
  for (auto [F, Index] : All)
    if (Into.empty() || !isSame(Into.back(), *F))
      Into.push_back(*F);
}

void Lint::mergeFindings() {
  Findings.clear();
  mergeInto(Findings);
  if (Changed)
    addCloser(Findings);
  // Of all, whether they are shown or not: each is known by the same one in every kind of run.
  addFingerprints(Findings);
  if (Changed)
    keepNew(Findings);
  hideKnown();
}

void Lint::fail(StringRef File, const Twine &Why, std::vector<Message> Errors) {
  Failures.push_back({File.str(), Why.str(), std::move(Errors), {}});
}

void Lint::sayDroppedFlags() const {
  auto Say = [&](StringRef Which, std::vector<std::string> UnitResult::*Of) {
    std::vector<std::string> Flags;
    for (const UnitResult &R : Results)
      append_range(Flags, R.*Of);
    llvm::sort(Flags);
    Flags.erase(llvm::unique(Flags), Flags.end());
    if (!Flags.empty() && !Asked.Quiet)
      say() << "flags that " << Which << ", and that were left out: " << listed(Flags, 20) << "\n";
  };
  Say("Clang does not know", &UnitResult::Dropped);
  Say("are no part of a syntax check", &UnitResult::LeftOut);
}

} // namespace corolint
