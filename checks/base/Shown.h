//===- Shown.h - Text of others, as it may be shown ----------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// Names of files, messages and lines of source come from whoever wrote the code. On a terminal an
// escape sequence in them does what it likes, and in CI a line that begins with `::error`, or holds
// `##[`, is an order.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_BASE_SHOWN_H
#define COROLINT_BASE_SHOWN_H

#include "llvm/ADT/StringRef.h"
#include <string>

namespace llvm {
class SMDiagnostic;
class raw_ostream;
} // namespace llvm

namespace corolint {

/// One line of plain text: what would move the cursor, change the direction of writing, begin a
/// line or command a CI system is written as `\n`, `\x1b` or `\u{202e}`.
std::string shown(llvm::StringRef Text);

/// The same for several lines: line ends stay.
std::string shownLines(llvm::StringRef Text);

/// As D.print() does, without its colours.
void printShown(const llvm::SMDiagnostic &D, llvm::raw_ostream &Out);

} // namespace corolint

#endif // COROLINT_BASE_SHOWN_H
