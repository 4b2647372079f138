//===- LibraryFiles.h - Knowledge that libraries bring along ----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_KNOWLEDGE_LIBRARYFILES_H
#define COROLINT_KNOWLEDGE_LIBRARYFILES_H

#include "llvm/ADT/StringRef.h"
#include <string>
#include <vector>

namespace clang {
class NamedDecl;
class SourceManager;
} // namespace clang

namespace corolint::model {

/// The name that a library's own file ends in. `.corolint.yaml` alone is a user's.
constexpr llvm::StringLiteral LibraryFileSuffix = ".corolint.yaml";

/// The files that libraries ship for who uses them, in the order of their names: those beside a
/// header that the unit includes, and those in `share/corolint/` of the prefix whose `include/`
/// such a header is in.
std::vector<std::string> libraryFiles(const clang::SourceManager &SM);

/// The folder whose headers such a file speaks for: its own, or the `include/` of its prefix.
std::string folderOfLibraryFile(llvm::StringRef Path);

/// True if \p D is a library's whose headers are in \p Folder: all that declares it is there, but
/// for its definition, which repeats it by its qualified name. A class is defined there.
bool isDeclaredBelow(const clang::NamedDecl &D, llvm::StringRef Folder);

} // namespace corolint::model

#endif // COROLINT_KNOWLEDGE_LIBRARYFILES_H
