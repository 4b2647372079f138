//===- Markdown.h - Markdown for a terminal -------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_DRIVER_OUTPUT_MARKDOWN_H
#define COROLINT_DRIVER_OUTPUT_MARKDOWN_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/raw_ostream.h"

namespace corolint {

/// Markdown for a terminal, or, without \p Colours, for a pipe: wrapped, code indented.
void renderMarkdown(llvm::StringRef Text, llvm::raw_ostream &Out, unsigned Width, bool Colours);

} // namespace corolint

#endif // COROLINT_DRIVER_OUTPUT_MARKDOWN_H
