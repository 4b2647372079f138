//===- Host.h - What a host tells the checks, and hears ---------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_HOST_H
#define COROLINT_HOST_H

#include "Rule.h"
#include "model/Decisions.h"
#include "clang/Basic/SourceLocation.h"
#include "llvm/ADT/StringRef.h"
#include <map>
#include <string>
#include <tuple>
#include <vector>

namespace clang {
class Decl;
class SourceManager;
} // namespace clang

namespace corolint {

/// What a host may know of the unit that was just analysed.
struct UnitStats {
  unsigned Coroutines = 0; ///< definitions outside system headers, a template counted once
  unsigned Functions = 0;  ///< likewise, coroutines included
  /// Coroutines that are too large to follow what lives across their suspensions (Flow.h):
  /// "file:line: name". The rules that ask for it say nothing about them.
  std::vector<std::string> Unfollowed;
  /// Of the findings that only a wider profile shows: the rule, the file as the compiler names it
  /// and the offset, and which profile.
  std::map<std::tuple<std::string, std::string, unsigned>, Tier> BeyondDefault;
  /// Processor time by rule. What rules share is computed, and counted, for the first that asks.
  std::vector<std::pair<std::string, double>> RuleSeconds;
  std::vector<std::string> LibraryFiles;  ///< knowledge that came with the headers
  std::vector<model::Decision> Decisions; ///< in HostSettings::AskedFile
};

/// What a host hands to the checks of this process before a unit is analysed. A host that knows
/// nothing of us, such as clang-tidy, leaves it as it is.
struct HostSettings {
  std::vector<std::string> KnowledgeFiles; ///< besides the `.corolint.yaml` above the unit
  /// Where the compiler found errors: the functions there are not looked at.
  std::vector<clang::SourceLocation> Errors;
  /// Of what is in this file (a canonical name) the rules say why they leave it alone; mostly
  /// empty.
  std::string AskedFile;
};

/// May the parser skip the body of \p D? What functions of system headers do is knowledge, so
/// that the rules never look into them; only the coroutine protocol of a promise or an awaiter is
/// read there as well.
bool maySkipBody(const clang::Decl &D, const clang::SourceManager &SM);

HostSettings &hostSettings();
UnitStats &unitStats();

/// The global check option that carries the profile ("default", "strict", "pedantic").
inline constexpr llvm::StringLiteral ProfileOption = "CoroProfile";

} // namespace corolint

#endif // COROLINT_HOST_H
