//===- Inputs.h - What a unit was made from, by content -----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_DRIVER_PROJECT_INPUTS_H
#define COROLINT_DRIVER_PROJECT_INPUTS_H

#include "llvm/ADT/StringMap.h"
#include "llvm/Support/VirtualFileSystem.h"
#include <string>

namespace corolint {

/// What was read, by its hash, and what was looked for in vain: where all of it is the same,
/// another analysis gives the same.
class Inputs {
public:
  enum Kind : char {
    Content = 'c', ///< a file, and the hash of what was read
    Exists = 'e',  ///< it is there; what is in it was not asked
    Absent = 'a',
    Folder = 'f', ///< the hash of what it lists, see namesIn()
  };

  void read(llvm::StringRef Path, llvm::StringRef Text);
  /// Reads it now: for what was read by other means.
  void readAgain(llvm::StringRef Path);
  void asked(llvm::StringRef Path, bool IsThere);
  void listed(llvm::StringRef Path, llvm::StringRef Hash);

  bool hasBelow(llvm::StringRef Folder) const;

  /// A line for each: kind, hash or nothing, path. Empty if a name cannot be written so.
  std::string text() const;

  /// The same of what is there now. \p Hash is empty but for Content and Folder.
  static bool isStill(Kind Of, llvm::StringRef Path, llvm::StringRef Hash);

private:
  struct Known {
    Kind Is;
    std::string Hash;
  };
  llvm::StringMap<Known> Paths;
};

std::string hashOf(llvm::StringRef Text);

/// Of what a folder lists, the folders and the files of knowledge: nothing else is looked for that
/// way, and a folder of sources gets new files all the time.
std::string namesIn(llvm::vfs::FileSystem &FS, llvm::StringRef Path);

/// \p FS, with all that is asked of it noted in \p Into, under absolute names.
llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem>
noting(llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> FS, Inputs &Into);

} // namespace corolint

#endif // COROLINT_DRIVER_PROJECT_INPUTS_H
