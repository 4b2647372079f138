//===- Markdown.h - A rule's page in a report ------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_DRIVER_HTML_MARKDOWN_H
#define COROLINT_DRIVER_HTML_MARKDOWN_H

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/raw_ostream.h"
#include <string>

namespace corolint {

/// Markdown as HTML, without the title of the page. \p Leads says where a link leads in the report;
/// what it has no answer for is text.
void writeMarkdown(llvm::StringRef Text, llvm::raw_ostream &Out,
                   llvm::function_ref<std::string(llvm::StringRef Target)> Leads);

} // namespace corolint

#endif // COROLINT_DRIVER_HTML_MARKDOWN_H
