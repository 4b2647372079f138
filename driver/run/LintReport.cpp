//===- LintReport.cpp - What a run of check comes to --------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "output/Fingerprint.h"
#include "output/Paths.h"
#include "run/Interrupt.h"
#include "run/Lint.h"
#include "llvm/ADT/STLExtras.h"

using namespace llvm;

namespace corolint {

static bool isSameFailure(const Failure &A, const Failure &B) {
  return A.File == B.File && A.Why == B.Why &&
         std::equal(A.Errors.begin(), A.Errors.end(), B.Errors.begin(), B.Errors.end(),
                    [](const Message &X, const Message &Y) {
                      return X.Text == Y.Text && X.At.Path == Y.At.Path && X.At.Line == Y.At.Line;
                    });
}

Report Lint::report() const {
  Report R;
  R.Findings = Findings;
  R.Hidden = Hidden;
  R.Older = Older.size();
  if (Changed)
    R.Since = Changed->revision();
  R.UnusedNolints = UnusedNolints;
  R.Failures = Failures;
  R.Unreached = Unreached;
  R.FixedFiles = FixedFiles;
  R.AddsNolint = Asked.NolintReason.has_value();
  R.Preview = Preview;
  for (const auto &[File, By] : LeftOut)
    R.Excluded.emplace_back(File, By);
  llvm::sort(R.Unreached);
  llvm::sort(R.Failures, [](const Failure &A, const Failure &B) {
    return std::tie(A.File, A.Why) < std::tie(B.File, B.Why);
  });
  // Each of a file's commands may fail for the same reason.
  R.Failures.erase(llvm::unique(R.Failures, isSameFailure), R.Failures.end());
  for (const UnitResult &U : Results) {
    R.Units += U.Is == UnitResult::Analysed;
    R.FromCache += U.FromCache;
    R.WithoutCoroutines += U.Is == UnitResult::NoCoroutines;
    R.SwitchedOff += U.Is == UnitResult::SwitchedOff;
    R.Coroutines += U.Coroutines;
    R.Functions += U.Functions;
    R.Seconds += U.Seconds;
    append_range(R.LibraryFiles, U.LibraryFiles);
    append_range(R.Read, U.Files);
    R.Unfollowed.insert(R.Unfollowed.end(), U.Unfollowed.begin(), U.Unfollowed.end());
  }
  llvm::sort(R.Read);
  R.Read.erase(llvm::unique(R.Read), R.Read.end());
  llvm::sort(R.LibraryFiles);
  R.LibraryFiles.erase(llvm::unique(R.LibraryFiles), R.LibraryFiles.end());
  // A header's coroutine is met in each unit.
  llvm::sort(R.Unfollowed);
  R.Unfollowed.erase(llvm::unique(R.Unfollowed), R.Unfollowed.end());
  for (auto [U, Result] : zip_equal(Units, Results)) {
    if (Result.Is == UnitResult::Analysed)
      R.Analysed.push_back(U.File);
    if (Result.Is == UnitResult::Interrupted)
      R.Unfinished.push_back(U.File);
    if (Result.Is == UnitResult::Failed)
      R.FailedUnits.emplace_back(shownPath(U.File) + ": " + Result.Failure, Result.Seconds);
    for (const auto &[Rule, Seconds] : Result.RuleSeconds)
      R.RuleSeconds[Rule] += Seconds;
  }
  if (!Asked.With.AskedFile.empty() || Asked.With.Annotate || Asked.With.Survey)
    copy_if(Results, std::back_inserter(R.Answers),
            [](const UnitResult &U) { return U.Is == UnitResult::Analysed; });
  R.Interrupted = interruptedBy();
  R.NotFollowed = Chosen.notFollowed().vec();
  for (auto [U, Result] : zip_equal(Units, Results))
    if (Result.Seconds > R.SlowestSeconds)
      std::tie(R.SlowestUnit, R.SlowestSeconds) = std::tuple(U.File, Result.Seconds);
  return R;
}

} // namespace corolint
