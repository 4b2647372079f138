//===- Selection.h - What the PATHs stand for ----------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_DRIVER_SELECTION_H
#define COROLINT_DRIVER_SELECTION_H

#include "Database.h"
#include "llvm/ADT/StringSet.h"

namespace corolint {

/// The PATHs of the command line, canonical.
class Selection {
public:
  /// Null, and said on stderr, when a PATH does not exist or holds no C++.
  static std::optional<Selection> of(llvm::ArrayRef<std::string> Paths);

  bool isEverything() const { return Paths.empty(); }
  /// Findings are shown in these files only.
  bool covers(llvm::StringRef File) const;
  bool isNamed(llvm::StringRef File) const { return llvm::is_contained(Paths, File); }

  llvm::ArrayRef<std::string> paths() const { return Paths; }
  /// Files that are named or lie in folders that are named, sorted.
  llvm::ArrayRef<std::string> sources() const { return Sources; }
  llvm::ArrayRef<std::string> headers() const { return Headers; }

private:
  void addFolder(llvm::StringRef Folder);

  std::vector<std::string> Paths, Sources, Headers;
};

/// For each of these headers a unit that includes it, as an index into \p Units, or nothing.
std::vector<std::optional<size_t>> includersOf(llvm::ArrayRef<std::string> Headers,
                                               llvm::ArrayRef<Unit> Units, unsigned Jobs);

} // namespace corolint

#endif // COROLINT_DRIVER_SELECTION_H
