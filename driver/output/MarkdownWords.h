//===- MarkdownWords.h - The words of a paragraph -------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_DRIVER_OUTPUT_MARKDOWNWORDS_H
#define COROLINT_DRIVER_OUTPUT_MARKDOWNWORDS_H

#include "llvm/ADT/StringRef.h"
#include <string>
#include <vector>

namespace corolint {

/// A word with its look.
struct Word {
  std::string Text;
  enum Look { Plain, Strong, Emphasis, Code } As = Plain;
  bool GlueToLast = false; ///< no space before it
  std::string Link;        ///< the target of the link that it stands in
};

/// The text of a block in words; spaces and line breaks are the same. Of Markdown it may have
/// `code`,
/// **strong**, *emphasis* and links: with \p KeepLinks each word of one has its target, else a
/// target that is an address is a word of its own.
std::vector<Word> markdownWords(llvm::StringRef Text, bool KeepLinks = false);

} // namespace corolint

#endif // COROLINT_DRIVER_OUTPUT_MARKDOWNWORDS_H
