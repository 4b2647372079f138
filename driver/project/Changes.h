//===- Changes.h - What changed since a revision, as git says -----------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_DRIVER_PROJECT_CHANGES_H
#define COROLINT_DRIVER_PROJECT_CHANGES_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace corolint {

/// The files of the working tree that differ from a revision, and how.
class Changes {
public:
  /// \p Revision is whatever git knows; of a branch that went on elsewhere, what both had in common
  /// counts. \p Scratch names files for what git writes. Nothing, and said on stderr, where there
  /// is no repository, no git or no such revision. None of the repository's programs is run: no
  /// hook, filter for a diff, or monitor.
  static std::optional<Changes> since(llvm::StringRef Revision,
                                      const std::function<std::string(std::string)> &Scratch);

  /// A file that is as it is there in neither content nor name; canonical.
  bool has(llvm::StringRef File) const { return Files.count(File.str()) != 0; }
  bool isNew(llvm::StringRef File) const;
  /// Was this line written since?
  bool hasLine(llvm::StringRef File, unsigned Line) const;
  /// The name that a file had, where it was renamed since; else its own.
  std::string oldName(llvm::StringRef File) const;

  /// Files that are there, sorted.
  std::vector<std::string> files() const;
  /// Of these and of what is gone: the content that it had, as a file of the scratch folder.
  std::vector<std::pair<std::string, std::string>> before() const { return Before; }
  /// What was there, and has no such name any more.
  llvm::ArrayRef<std::string> gone() const { return Gone; }
  /// As a message names it: "origin/main (1a2b3c4)".
  llvm::StringRef revision() const { return Name; }

private:
  struct Changed {
    bool IsNew = false;
    bool IsTouched = false; ///< that it differs is not known yet
    std::string OldName;
    std::vector<std::pair<unsigned, unsigned>> Lines; ///< first and last
  };
  friend class GitReader;
  std::map<std::string, Changed> Files;
  std::vector<std::pair<std::string, std::string>> Before;
  std::vector<std::string> Gone;
  std::string Name;
};

} // namespace corolint

#endif // COROLINT_DRIVER_PROJECT_CHANGES_H
