//===- Text.h - Text of others in a page -----------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_DRIVER_HTML_TEXT_H
#define COROLINT_DRIVER_HTML_TEXT_H

#include "llvm/ADT/StringRef.h"
#include <string>
#include <vector>

namespace corolint {

/// Text of whoever wrote the code, for the inside of an element or of a quoted attribute: no
/// markup, and nothing that hides text or turns it around (base/Shown.h).
std::string html(llvm::StringRef Text);
/// The same for a line of code: tabs stay.
std::string htmlCode(llvm::StringRef Text);
/// Words in 'quotes' as code, as the messages of findings have them.
std::string htmlMessage(llvm::StringRef Text);

/// Columns that text takes where all letters are of one width.
size_t columnsOf(llvm::StringRef Text);
/// Text in lines of at most \p Width columns, and of these at most \p Most: the last one says with
/// "…" that there was more.
std::vector<std::string> wrapped(llvm::StringRef Text, size_t Width, size_t Most);

} // namespace corolint

#endif // COROLINT_DRIVER_HTML_TEXT_H
