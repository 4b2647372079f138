//===- Nolint.h - NOLINT comments that name our rules -------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_DRIVER_RUN_NOLINT_H
#define COROLINT_DRIVER_RUN_NOLINT_H

#include "output/Finding.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include <optional>
#include <string>
#include <vector>

namespace corolint {

/// A comment, or a pair of NOLINTBEGIN and NOLINTEND.
struct Nolint {
  Place At;                       ///< of its first word
  std::string Word;               ///< "NOLINT", "NOLINTNEXTLINE", "NOLINTBEGIN"
  std::vector<std::string> Rules; ///< globs; those that may mean ours alone
  unsigned First = 0, Last = 0;   ///< the lines that it is for
  /// One of them defines a macro: it counts wherever that is used.
  bool InMacro = false;
};

std::vector<Nolint> nolintsOf(llvm::StringRef Text, llvm::StringRef Path);

/// Gives each finding, in place of its fix, an edit that writes `// NOLINTNEXTLINE(rule): reason`
/// above its line, or adds the rule to the one that is there. Where that cannot be, as in the
/// middle of a macro, a note says so.
void suppressAll(std::vector<Finding> &Findings, llvm::StringRef Reason);

} // namespace corolint

#endif // COROLINT_DRIVER_RUN_NOLINT_H
