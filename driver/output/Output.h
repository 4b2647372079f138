//===- Output.h - Findings and failures, shown ---------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_DRIVER_OUTPUT_OUTPUT_H
#define COROLINT_DRIVER_OUTPUT_OUTPUT_H

#include "output/Finding.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/raw_ostream.h"
#include <map>

namespace corolint {

/// Of `rules` and `annotate`; those of `check` are in Formats.h.
enum class Format { Text, Json };

/// A unit, or a header that was asked for, that could not be analysed.
struct Failure {
  std::string File; ///< canonical
  std::string Why;
  std::vector<Message> Errors;
  std::vector<std::string> Output;
};

/// What a run of `check` comes to.
struct Report {
  std::vector<Finding> Findings; ///< in the order in which they are shown, fixed ones included
  std::vector<Finding> Hidden;   ///< those that the baseline has
  std::string Since;             ///< the revision that --diff or --new-from compares with
  size_t Older = 0;              ///< findings that it had, and that are not shown
  std::vector<Message> UnusedNolints;
  std::vector<Failure> Failures;
  std::vector<std::string> Read;     ///< the user's files that some unit read
  std::vector<std::string> Analysed; ///< the files of the units that were analysed
  /// Files below the PATHs that no unit led to, and that nobody asked for by name.
  std::vector<std::string> Unreached;
  /// Files that were not analysed for their own sake, and the line of a .corolint.yaml that says
  /// so.
  std::vector<std::pair<std::string, std::string>> Excluded;
  unsigned Units = 0, Coroutines = 0, Functions = 0;
  unsigned FromCache = 0;         ///< units whose result was known from an earlier run
  unsigned WithoutCoroutines = 0; ///< units in languages that have none
  unsigned SwitchedOff = 0;       ///< units whose `.clang-tidy` leaves no rule on
  /// Units that were not done when the run was interrupted.
  std::vector<std::string> Unfinished;
  bool Interrupted = false;
  std::vector<std::string> NotFollowed; ///< folders outside that links below the PATHs lead to
  unsigned FixedFiles = 0;
  bool AddsNolint = false; ///< what is fixed got a comment
  /// Of --show-fixes: files with what they are and what they would be.
  std::vector<std::tuple<std::string, std::string, std::string>> Preview;
  std::vector<std::string> Unfollowed;   ///< coroutines too large to follow, as UnitResult says
  std::vector<std::string> LibraryFiles; ///< knowledge that came with headers
  double Seconds = 0;                    ///< of processor time, all units together
  std::string SlowestUnit;
  double SlowestSeconds = 0;
  std::map<std::string, double> RuleSeconds;
  std::vector<std::pair<std::string, double>> FailedUnits; ///< "file: why", and its time

  std::vector<UnitResult>
      Answers; ///< of `why`, `dump` and `annotate`: the units that were analysed

  size_t fixed() const;
  size_t remaining() const { return Findings.size() - fixed(); }
};

void printFinding(const Finding &F, llvm::raw_ostream &Out, bool Colours);
void printFindings(const Report &R, llvm::raw_ostream &Out, bool Colours, unsigned Most = ~0u);
/// How often each rule was found, the most frequent first.
void printStatistics(const Report &R, llvm::raw_ostream &Out);
void printFailure(const Failure &F, llvm::raw_ostream &Out, bool Colours);
/// The comments that suppress nothing.
void printUnusedNolints(const Report &R, llvm::raw_ostream &Out);
/// "2 findings in 47 units (0.8 s)", and what was left out.
void printCounts(const Report &R, double Seconds, llvm::raw_ostream &Out);
/// What --stats adds: functions, findings by rule, where the time went, what was not followed.
void printStats(const Report &R);

} // namespace corolint

#endif // COROLINT_DRIVER_OUTPUT_OUTPUT_H
