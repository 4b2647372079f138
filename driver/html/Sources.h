//===- Sources.h - The code that findings are in ---------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_DRIVER_HTML_SOURCES_H
#define COROLINT_DRIVER_HTML_SOURCES_H

#include "output/Finding.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/MemoryBuffer.h"
#include <map>
#include <memory>

namespace corolint {

/// What a piece of code is, for its colour.
enum class Look : char { Plain, Keyword, Literal, Comment, Directive };

/// A file as it is when the report is written.
struct SourceText {
  std::unique_ptr<llvm::MemoryBuffer> Text; ///< null: it cannot be read
  std::string Why;                          ///< … because
  std::vector<size_t> Starts;               ///< of each line
  std::vector<Look> Looks;                  ///< of each byte; empty: of a file that is too large

  /// Without its end; empty where there is none.
  llvm::StringRef line(unsigned Number) const;
  /// Of byte \p Column (from 1) of a line.
  Look look(unsigned Line, unsigned Column) const;
  /// Is that line still what it was when the place was found?
  bool has(const Place &At) const;
  /// The column past the name that begins there.
  unsigned endOfToken(const Place &At) const;
};

/// Code that is no file.
SourceText sourceOf(llvm::StringRef Code);

/// Reads each file once.
class Sources {
public:
  const SourceText &of(llvm::StringRef Path);

private:
  std::map<std::string, SourceText> Files;
};

/// Part of a line to be marked: columns from 1, the second one past the end.
struct Marked {
  unsigned Begin = 0, End = 0;
  bool Strong = false; ///< what the finding is about
};

/// A line of code as HTML: in colours, with what is marked.
std::string htmlLine(const SourceText &File, llvm::StringRef Text, unsigned Line,
                     llvm::ArrayRef<Marked> Marks);

/// Lines that edits take out, and those that they put in their place.
struct Change {
  unsigned Line = 0;
  std::vector<std::string> Before, After;
};
/// What edits make of a file; nothing when it is no more what they were made for.
std::vector<Change> changesBy(llvm::ArrayRef<Edit> Edits, const SourceText &File);

} // namespace corolint

#endif // COROLINT_DRIVER_HTML_SOURCES_H
