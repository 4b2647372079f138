//===- Lint.h - corolint check -------------------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_DRIVER_RUN_LINT_H
#define COROLINT_DRIVER_RUN_LINT_H

#include "output/Output.h"
#include "output/Say.h"
#include "project/Changes.h"
#include "project/Exclusions.h"
#include "project/Selection.h"
#include "project/Toolchain.h"
#include "project/Units.h"
#include "run/Baseline.h"
#include "run/Cache.h"
#include "run/CheckRequest.h"
#include "run/Pool.h"
#include "run/Scratch.h"
#include <map>
#include <set>
#include <tuple>

namespace corolint {

/// One run of `corolint check`.
class Lint {
public:
  Lint(const CheckRequest &Asked, Scratch &Files);

  /// Nothing when it cannot be said what is to be linted; why was said, and exitCode() is it.
  std::optional<Report> run();
  /// Writes the baseline if that is asked for; false, and said, when it could not be.
  bool writeBaseline();
  int exitCode() const { return Exit; }

  using Contents = std::map<std::string, std::string>;
  /// What is wrong in the units that were analysed, if files had these contents instead: by the
  /// file of the unit. Nothing is written.
  std::vector<Failure> failuresWith(const Contents &New);
  /// Does the unit of this file read that one?
  bool reads(llvm::StringRef Unit, llvm::StringRef File) const;

private:
  bool chooseUnits();
  bool readStdin();
  bool chooseFromDatabase();
  bool fromDatabase() const { return !Asked.Flags; }
  bool complete(std::vector<Unit> &Of);
  bool isLeftOut(llvm::StringRef File);
  /// Analyses units, and adds them to those that are reported on. False after wrong use.
  bool analyse(std::vector<Unit> More);
  bool reachTheRest();
  void findIncluders(llvm::ArrayRef<std::string> Files, bool AreSources);
  void checkThatAllWasLookedAt();
  void explainWhatWasNot(llvm::StringRef Path);
  void stream(const UnitResult &R);
  void mergeInto(std::vector<Finding> &All) const;
  void mergeFindings();
  std::set<std::string> wholeFiles() const;
  const std::vector<const Rule *> &rulesOn(llvm::StringRef File);
  bool wouldFind(const std::set<std::string> &Whole, llvm::StringRef File, llvm::StringRef Rule);
  void hideKnown();
  bool takeBaseline();
  void listUnusedNolints();

  bool readChanges();
  std::vector<char> readersAmong(llvm::ArrayRef<Unit> Of, const llvm::StringSet<> &Included,
                                 llvm::ArrayRef<std::string> Gone);
  void keepChanged(std::vector<Unit> &Of);
  bool isConcerned(const UnitResult &R) const;
  std::vector<UnitResult> before(llvm::ArrayRef<size_t> Which, const Settings &With);
  std::vector<UnitResult> beforeInOtherReaders();
  void compareWithBefore();
  void lookCloserAt(const std::set<std::string> &Became);
  void addCloser(std::vector<Finding> &To) const;
  void keepNew(std::vector<Finding> &Of);
  void rememberOld(llvm::ArrayRef<Finding> Shown);
  void listUnreadChanges();

  void lookForLeftovers() const;
  void fix();
  using Rechecked = std::map<size_t, UnitResult>;
  Contents recheck(class Fixes &Fixes, Rechecked &Again);
  Contents contentsWith(class Fixes &Fixes,
                        std::vector<std::pair<std::string, std::string>> &Replaced);
  bool parsesWith(class Fixes &Fixes, const llvm::StringSet<> &Changed, Rechecked &Given,
                  std::vector<Message> &Errors);
  void takeOver(std::vector<Finding> Before, Rechecked Again);

  void fail(llvm::StringRef File, const llvm::Twine &Why, std::vector<Message> Errors = {});
  void sayDroppedFlags() const;
  Report report() const;

  const CheckRequest &Asked;
  Scratch &Files;
  std::unique_ptr<Cache> Earlier; ///< results of earlier runs
  Pool Workers;
  Toolchains Compilers;
  Exclusions Excluded;
  std::map<std::string, std::string> LeftOut; ///< files, and the line of a .corolint.yaml
  Selection Chosen;
  std::string DatabasePath;
  std::vector<Unit> Others;                   ///< units of the database that the PATHs do not name
  std::vector<Unit> Headers;                  ///< headers that the database lists by themselves
  std::set<size_t> Needed;                    ///< of Others: those that include what was asked for
  std::vector<std::string> Lost;              ///< sources that the database does not list
  std::map<std::string, std::string> Through; ///< a file, and the unit that was found to include it
  using FindingPlace = std::tuple<std::string, unsigned, unsigned, std::string, std::string>;
  static FindingPlace placeOf(const Finding &F) {
    return {F.What.At.Path, F.What.At.Line, F.What.At.Column, F.Rule, F.What.Text};
  }
  std::set<FindingPlace> Streamed;
  std::optional<Changes> Changed;
  std::vector<Finding> Candidates;    ///< all of today's, which are compared
  std::set<FindingPlace> OldFindings; ///< of those, what the revision had
  std::vector<Finding> Closer;        ///< what the profile strict adds where a coroutine is new
  std::vector<Finding> Older;         ///< findings that are not shown
  /// While files are fixed: those that are left and look alike, the last one first; was it old?
  std::optional<std::map<std::string, std::vector<bool>>> WereOld;
  std::optional<Baseline> Accepted;
  llvm::StringMap<std::vector<const Rule *>> RulesOn; ///< for a file
  std::vector<Finding> Hidden;                        ///< by the baseline
  std::vector<Message> UnusedNolints;
  std::vector<Unit> Units;         ///< those that were analysed,
  std::vector<UnitResult> Results; ///< and what each gave
  std::vector<Finding> Findings;
  std::vector<Failure> Failures;
  std::vector<std::string> Unreached;
  unsigned FixedFiles = 0;
  std::vector<std::tuple<std::string, std::string, std::string>> Preview;
  Replacements Unsaved; ///< what is on stdin
  int Exit = WrongUse;
};

} // namespace corolint

#endif // COROLINT_DRIVER_RUN_LINT_H
