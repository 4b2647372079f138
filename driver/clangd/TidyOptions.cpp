//===- TidyOptions.cpp - Which rules run in clangd -----------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// As in the command: those of the profile are on, without anybody's configuration, and of a list of
// checks that was written for all of clang-tidy only what names our rules counts.
//
//===----------------------------------------------------------------------===//

#include "Host.h"
#include "Registry.h"
#include "RuleChoice.h"
#include "clang-tidy/GlobList.h"
#include "clangd/Clangd.h"
#include "project/RegularFiles.h"

using namespace llvm;
using namespace clang::tidy;

namespace corolint {

/// What `.clangd` and clangd's own configuration of the user say of our rules comes after
/// `.clang-tidy`, as a command line does.
static RuleChoice choiceOf(const ClangTidyOptions &Clangd) {
  RuleChoice Choice;
  Choice.Checks = ourChecks(Clangd.Checks.value_or(""));
  if (auto Found = Clangd.CheckOptions.find(ProfileOption); Found != Clangd.CheckOptions.end())
    Choice.Profile = Found->second.Value;
  return Choice;
}

ClangTidyOptions getTidyOptionsForFile(clang::clangd::TidyProviderRef Provider, StringRef File) {
  ClangTidyOptions All = optionsInClangd(Provider, File);
  if (!Provider) // --clang-tidy=0
    return All;
  ClangTidyOptions Clangd;
  clang::clangd::provideClangdConfig()(Clangd, File);
  const ClangTidyOptions Ours = OptionsProvider(choiceOf(Clangd), regularFiles()).getOptions(File);

  std::string Checks = All.Checks.value_or("") + ",-coro-*";
  GlobList On(Ours.Checks.value_or(""));
  for (const Rule *R : allRules())
    if (On.contains(R->Id))
      Checks += ("," + R->Id).str();
  All.Checks = std::move(Checks);
  if (auto Profile = Ours.CheckOptions.find(ProfileOption); Profile != Ours.CheckOptions.end())
    All.CheckOptions[ProfileOption] = Profile->second;
  return All;
}

std::optional<bool> isFastTidyCheck(StringRef Check) {
  // Beside the parse they are hardly measurable, and clangd hides what nobody has measured for it.
  return findRule(Check) ? std::optional(true) : isFastInClangd(Check);
}

} // namespace corolint
