//===- LintTry.cpp - Units with other contents ----------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "run/Lint.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"

using namespace llvm;

namespace corolint {

std::vector<Failure> Lint::failuresWith(const Contents &New) {
  std::vector<std::pair<std::string, std::string>> Replaced;
  std::vector<Failure> Result;
  for (const auto &[File, Content] : New) {
    std::string Copy = Files.path("tried-" + Twine(Replaced.size()));
    std::error_code EC;
    raw_fd_ostream Out(Copy, EC);
    if (EC) {
      Result.push_back({File, EC.message(), {}, {}});
      return Result;
    }
    Out << Content;
    Replaced.emplace_back(File, Copy);
  }
  std::vector<Unit> Selected;
  for (auto [U, R] : zip_equal(Units, Results))
    if (R.Is == UnitResult::Analysed &&
        any_of(R.Files, [&](const std::string &File) { return New.count(File); }))
      Selected.push_back(U);
  for (auto [U, R] :
       zip_equal(Selected, Workers.run(Selected, Asked.With, {Replaced, /*TriesFix=*/true})))
    if (R.Is == UnitResult::Failed)
      Result.push_back({U.File, R.Failure, R.Errors, R.Output});
  return Result;
}

bool Lint::reads(StringRef Unit, StringRef File) const {
  return any_of(zip_equal(Units, Results), [&](const auto &Each) {
    const auto &[U, R] = Each;
    return U.File == Unit && is_contained(R.Files, File);
  });
}

} // namespace corolint
