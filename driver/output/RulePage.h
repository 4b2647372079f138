//===- RulePage.h - Where the page of a rule can be read ----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_DRIVER_OUTPUT_RULEPAGE_H
#define COROLINT_DRIVER_OUTPUT_RULEPAGE_H

#include "llvm/ADT/StringRef.h"
#include <string>

namespace corolint {

/// A link to the page of a rule: below \p Base or $COROLINT_DOCS_URL, else the installed one beside
/// this program (HTML where it was built, else Markdown), else nothing.
std::string pageLinkOf(llvm::StringRef Rule, llvm::StringRef Base = "");

} // namespace corolint

#endif // COROLINT_DRIVER_OUTPUT_RULEPAGE_H
