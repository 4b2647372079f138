//===- RulePages.h - Where the page of a rule is -------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_DRIVER_CLANGD_RULEPAGES_H
#define COROLINT_DRIVER_CLANGD_RULEPAGES_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/JSON.h"
#include <string>

namespace corolint {

/// A URI of the rule's page: below --rule-pages, else the installed one; empty if there is none.
std::string pageUri(llvm::StringRef Rule);

/// Findings link to pages of clang-tidy's, where ours are not: in a message of clangd's, their
/// links become ours, and are dropped where there is no page. True if the message had any.
bool linkRulePages(llvm::json::Value &Message);

} // namespace corolint

#endif // COROLINT_DRIVER_CLANGD_RULEPAGES_H
