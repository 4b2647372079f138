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

/// The files of which all that there is to see was seen. Of a header that takes all who include it:
/// which of them instantiates its templates nobody knows.
std::set<std::string> Lint::wholeFiles() const {
  std::set<std::string> Mains, All, Incomplete;
  for (auto [U, R] : zip_equal(Units, Results)) {
    Mains.insert(U.File);
    All.insert(U.File);
    All.insert(R.Files.begin(), R.Files.end());
    if (R.Is == UnitResult::Analysed)
      continue;
    Incomplete.insert(U.File);
    Incomplete.insert(R.Files.begin(), R.Files.end());
  }
  const bool Whole = Chosen.isEverything() && fromDatabase() && !Changed && Failures.empty();
  std::erase_if(All, [&](const std::string &File) {
    return Incomplete.count(File) || (!Mains.count(File) && !Whole) || !Chosen.covers(File);
  });
  return All;
}

const std::vector<const Rule *> &Lint::rulesOn(StringRef File) {
  auto [On, IsNew] = RulesOn.try_emplace(File);
  if (IsNew)
    On->second = rulesFor(File, Asked.With);
  return On->second;
}

/// Of a rule that is off nobody knows what it would find.
bool Lint::wouldFind(const std::set<std::string> &Whole, StringRef File, StringRef Rule) {
  return Whole.count(File.str()) &&
         any_of(rulesOn(File), [&](const struct Rule *R) { return R->Id == Rule; });
}

void Lint::hideKnown() {
  Hidden.clear();
  if (!Accepted || Asked.BaselineDo != CheckRequest::HideKnown)
    return;
  const std::set<std::string> Whole = wholeFiles();
  Accepted->hide(Findings, Hidden,
                 [&](StringRef File, StringRef Rule) { return wouldFind(Whole, File, Rule); });
}

bool Lint::writeBaseline() {
  if (Asked.BaselineDo == CheckRequest::HideKnown || !Accepted)
    return true;
  const std::set<std::string> Whole = wholeFiles();
  const Baseline::Update Done = Accepted->update(
      Findings, [&](StringRef File, StringRef Rule) { return wouldFind(Whole, File, Rule); },
      /*AddsNew=*/Asked.BaselineDo == CheckRequest::WriteBaseline);
  if (!Accepted->write())
    return false;
  say() << counted(Accepted->size(), "finding") << " in '" << shownPath(Asked.Baseline) << "' ("
        << Done.Added << " added, " << Done.Gone << " gone)\n";
  return true;
}

/// A comment that suppresses nothing hides the next finding there, which nobody has seen.
void Lint::listUnusedNolints() {
  std::map<std::string, std::map<std::string, std::set<unsigned>>> Used; // by file and rule, lines
  for (const UnitResult &R : Results)
    for (const Suppressed &S : R.Suppressed)
      Used[S.Path][S.Rule].insert(S.Line);
  for (const std::string &File : wholeFiles()) {
    auto Buffer = MemoryBuffer::getFile(File);
    if (!Buffer || !(*Buffer)->getBuffer().contains("NOLINT"))
      continue;
    for (const Nolint &N : nolintsOf((*Buffer)->getBuffer(), File))
      for (StringRef Glob : N.Rules) {
        clang::tidy::GlobList Means(Glob);
        // Of a rule that is off nobody knows what it would find.
        const bool IsOn =
            any_of(allRules(), [&](const Rule *R) { return Means.contains(R->Id); }) &&
            all_of(allRules(), [&](const Rule *R) {
              return !Means.contains(R->Id) || is_contained(rulesOn(File), R);
            });
        const bool IsUsed = any_of(Used[File], [&](const auto &Each) {
          auto Line = Each.second.lower_bound(N.First);
          return Means.contains(Each.first) && Line != Each.second.end() && *Line <= N.Last;
        });
        if (IsOn && !IsUsed && !N.InMacro)
          UnusedNolints.push_back({N.Word + "(" + Glob.str() + ") suppresses nothing", N.At});
        else if (!findRule(Glob) && !Glob.contains('*'))
          UnusedNolints.push_back({N.Word + "(" + Glob.str() + "): there is no such rule", N.At});
      }
  }
}

} // namespace corolint
