//===- LintKnown.cpp - What was known and accepted before ---------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Registry.h"
#include "clang-tidy/GlobList.h"
#include "output/Paths.h"
#include "output/Say.h"
#include "run/Lint.h"
#include "run/Nolint.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"

using namespace llvm;

namespace corolint {

bool Lint::takeBaseline() {
  if (Asked.Baseline.empty())
    return true;
  // The first one is written where there is none.
  if (Asked.BaselineDo == CheckRequest::WriteBaseline && !sys::fs::exists(Asked.Baseline))
    Accepted.emplace(Asked.Baseline);
  else
    Accepted = Baseline::read(Asked.Baseline);
  return Accepted.has_value();
}

/// All that there is to see of a file was seen: nothing of it is missing for a unit that failed.
bool Lint::wasSeen(StringRef File) const {
  bool Seen = false;
  for (auto [U, R] : zip_equal(Units, Results)) {
    if (U.File != File && !is_contained(R.Files, File))
      continue;
    if (R.Is != UnitResult::Analysed)
      return false;
    Seen = true;
  }
  return Seen;
}

bool Lint::writeBaseline() {
  if (Asked.BaselineDo == CheckRequest::HideKnown || !Accepted)
    return true;
  const size_t Before = Accepted->size();
  Accepted->prune(Findings, [this](StringRef File) { return wasSeen(File); });
  const size_t Kept = Accepted->size();
  size_t Added = 0;
  if (Asked.BaselineDo == CheckRequest::WriteBaseline) {
    std::vector<Finding> New = Findings, Old;
    Accepted->hide(New, Old, [](StringRef) { return false; });
    Added = New.size();
    for (const Finding &F : New)
      Accepted->add(F);
  }
  if (!Accepted->write())
    return false;
  say() << counted(Accepted->size(), "finding") << " in '" << shownPath(Asked.Baseline) << "' ("
        << Added << " added, " << Before - Kept << " gone)\n";
  return true;
}

/// A comment that suppresses nothing hides the next finding there, which nobody has seen. Of a
/// header it is known only if all who include it were looked at.
void Lint::listUnusedNolints() {
  std::map<std::string, std::map<std::string, std::set<unsigned>>> Used; // by file and rule, lines
  std::set<std::string> Incomplete, Mains, All;
  for (auto [U, R] : zip_equal(Units, Results)) {
    for (const Suppressed &S : R.Suppressed)
      Used[S.Path][S.Rule].insert(S.Line);
    Mains.insert(U.File);
    for (const std::string &File : R.Files)
      (R.Is == UnitResult::Analysed ? All : Incomplete).insert(File);
    if (R.Is != UnitResult::Analysed)
      Incomplete.insert(U.File);
  }
  const bool Whole = Chosen.isEverything() && !Changed && Failures.empty();
  for (const std::string &File : All) {
    if (Incomplete.count(File) || (!Mains.count(File) && !Whole) || !Chosen.covers(File))
      continue;
    auto Buffer = MemoryBuffer::getFile(File);
    if (!Buffer || !(*Buffer)->getBuffer().contains("NOLINT"))
      continue;
    const std::vector<const Rule *> On = rulesFor(File, Asked.With);
    for (const Nolint &N : nolintsOf((*Buffer)->getBuffer(), File))
      for (StringRef Glob : N.Rules) {
        clang::tidy::GlobList Means(Glob);
        // Of a rule that is off nobody knows what it would find.
        const bool IsOn =
            any_of(allRules(), [&](const Rule *R) { return Means.contains(R->Id); }) &&
            all_of(allRules(),
                   [&](const Rule *R) { return !Means.contains(R->Id) || is_contained(On, R); });
        const bool IsUsed = any_of(Used[File], [&](const auto &Each) {
          auto Line = Each.second.lower_bound(N.First);
          return Means.contains(Each.first) && Line != Each.second.end() && *Line <= N.Last;
        });
        if (IsOn && !IsUsed)
          UnusedNolints.push_back({N.Word + "(" + Glob.str() + ") suppresses nothing", N.At});
        else if (!findRule(Glob) && !Glob.contains('*'))
          UnusedNolints.push_back({N.Word + "(" + Glob.str() + "): there is no such rule", N.At});
      }
  }
}

} // namespace corolint
