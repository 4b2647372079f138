//===- RulePages.h - Where the page of a rule is -------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_DRIVER_CLANGD_RULEPAGES_H
#define COROLINT_DRIVER_CLANGD_RULEPAGES_H

#include "llvm/Support/JSON.h"

namespace corolint {

/// Findings link to pages of clang-tidy's, where ours are not: in a message of clangd's, their
/// links become ours (below --docs-url, else see RulePage.h), and are dropped where there is no
/// page. True if the message had any.
bool linkRulePages(llvm::json::Value &Message);

} // namespace corolint

#endif // COROLINT_DRIVER_CLANGD_RULEPAGES_H
