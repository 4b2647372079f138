//===- Ignored.h - Files of which a user wants no findings --------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_KNOWLEDGE_IGNORED_H
#define COROLINT_KNOWLEDGE_IGNORED_H

#include "knowledge/Words.h"
#include "llvm/Support/Error.h"
#include <string>
#include <vector>

namespace corolint::model {

/// A line of `exclude` or `per-file-ignores` in a `.corolint.yaml`.
class IgnoredFiles {
public:
  /// \p Glob is relative to \p Folder; without a '/' it means every file and folder of that name
  /// below. A folder means all that is in it. `*` matches '/' too.
  static llvm::Expected<IgnoredFiles> make(llvm::StringRef Glob, llvm::StringRef Folder);

  /// \p Path is absolute.
  bool covers(llvm::StringRef Path) const;
  bool covers(llvm::StringRef Path, llvm::StringRef Rule) const;

  llvm::StringRef text() const { return Glob; }

  std::vector<std::string> Rules; ///< globs; none: nothing of such a file is looked at
  Source From;

private:
  std::string Folder, Glob;
  bool IsName = false;
};

} // namespace corolint::model

#endif // COROLINT_KNOWLEDGE_IGNORED_H
