//===- Selection.h - What the PATHs stand for ----------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_DRIVER_PROJECT_SELECTION_H
#define COROLINT_DRIVER_PROJECT_SELECTION_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace corolint {

/// The PATHs of the command line, canonical.
class Selection {
public:
  /// Null, and said on stderr, when a PATH does not exist or holds no C++. Links to files and
  /// folders stand for what they lead to.
  static std::optional<Selection> of(llvm::ArrayRef<std::string> Paths);

  bool isEverything() const { return Paths.empty(); }
  /// Findings are shown in these files only.
  bool covers(llvm::StringRef File) const;
  bool isNamed(llvm::StringRef File) const { return llvm::is_contained(Paths, File); }

  llvm::ArrayRef<std::string> paths() const { return Paths; }
  /// Files that are named or lie in folders that are named, sorted.
  llvm::ArrayRef<std::string> sources() const { return Sources; }
  llvm::ArrayRef<std::string> headers() const { return Headers; }

  /// What lies below the PATHs and could not be looked into, and why.
  llvm::ArrayRef<std::pair<std::string, std::string>> unreadable() const { return Unreadable; }
  /// Links below the PATHs that lead nowhere.
  llvm::ArrayRef<std::string> dangling() const { return Dangling; }
  /// Folders that links below the PATHs lead to, and that were left out.
  llvm::ArrayRef<std::string> notFollowed() const { return NotFollowed; }

private:
  void addFolder(llvm::StringRef Folder);
  void followLinks();

  std::vector<std::string> Paths, Sources, Headers;
  llvm::StringSet<> Linked;               ///< files that only links below the PATHs lead to
  std::vector<std::string> LinkedFolders; ///< likewise
  std::vector<std::string> Links;         ///< still to be followed
  std::vector<std::string> NotFollowed, Dangling;
  std::vector<std::pair<std::string, std::string>> Unreadable;
};

} // namespace corolint

#endif // COROLINT_DRIVER_PROJECT_SELECTION_H
