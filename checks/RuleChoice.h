//===- RuleChoice.h - Which rules run on a unit, and how ------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Every host of ours chooses the rules alike. (clang-tidy with our plugin does as clang-tidy does.)
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_RULECHOICE_H
#define COROLINT_RULECHOICE_H

#include "Rule.h"
#include "clang-tidy/ClangTidyOptions.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/SmallVector.h"
#include <string>
#include <vector>

namespace corolint {

/// What the host says, besides the user's files.
struct RuleChoice {
  std::string Checks;                 ///< globs, after those of `.clang-tidy`
  std::string WarningsAsErrors;       ///< globs, likewise
  std::string Profile;                ///< empty: what the user's files say
  std::vector<std::string> Options;   ///< "rule.Name=value"
  std::vector<std::string> Knowledge; ///< YAML files besides `.corolint.yaml`
};

/// clang-tidy's options for a file, with what is ours: the rules of the profile are on, and of a
/// project's `Checks` only what names our rules counts.
class OptionsProvider : public clang::tidy::FileOptionsProvider {
public:
  OptionsProvider(const RuleChoice &Choice, llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> FS);
  std::vector<OptionsSource> getRawOptions(llvm::StringRef File) override;

private:
  const RuleChoice With;
};

/// The text of a `.clang-tidy` without the keys that clang-tidy knew once and refuses today; each
/// is told with its line.
std::string withoutRetiredKeys(llvm::StringRef Text,
                               llvm::function_ref<void(llvm::StringRef, unsigned)> Tell);

/// The rules that are on for a file, by id.
std::vector<const Rule *> rulesFor(llvm::StringRef File, const RuleChoice &Choice);

/// What counts for us of a `Checks` that was written for all of clang-tidy.
std::string ourChecks(llvm::StringRef Checks);

/// The items of a list of checks.
llvm::SmallVector<llvm::StringRef> globsOf(llvm::StringRef Globs);

} // namespace corolint

#endif // COROLINT_RULECHOICE_H
