//===- Paths.h - One name for one file -----------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_DRIVER_OUTPUT_PATHS_H
#define COROLINT_DRIVER_OUTPUT_PATHS_H

#include "llvm/ADT/StringRef.h"
#include <string>

namespace corolint {

/// Absolute, links and dots resolved; a file that does not exist keeps its name. A relative path
/// starts at \p Folder, or in the current one when that is empty.
std::string canonicalPath(llvm::StringRef Path, llvm::StringRef Folder = "");

/// As a user reads it: relative where it is below the current folder.
std::string relativePath(llvm::StringRef Canonical);

/// The same for text that is printed: escaped (Shown.h), and never the beginning of a CI command.
std::string shownPath(llvm::StringRef Canonical);

/// The folder of the repository that a file is in, or nothing.
std::string repositoryOf(llvm::StringRef Canonical);

/// True for \p Folder itself and everything in it; both canonical.
bool isAtOrBelow(llvm::StringRef Path, llvm::StringRef Folder);

} // namespace corolint

#endif // COROLINT_DRIVER_OUTPUT_PATHS_H
