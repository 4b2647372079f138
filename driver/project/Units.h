//===- Units.h - From the commands of a project to what is parsed ---------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_DRIVER_PROJECT_UNITS_H
#define COROLINT_DRIVER_PROJECT_UNITS_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include <string>
#include <vector>

namespace clang::tooling {
struct CompileCommand;
}

namespace corolint {

/// A file and one way to compile it.
struct Unit {
  std::string File;      ///< canonical
  std::string Directory; ///< where the compiler is called
  std::vector<std::string> Arguments;
  std::string Unusable; ///< why its command cannot be used, where that is known before
};

/// The units of a database that lies in \p Folder: response files expanded, precompiled headers
/// replaced by what they were made of.
std::vector<Unit> unitsOf(std::vector<clang::tooling::CompileCommand> Commands,
                          llvm::StringRef Folder);

/// Units for files that are compiled with the flags after `--`: C++20 where those name no standard.
std::vector<Unit> unitsWithFlags(llvm::ArrayRef<std::string> Files,
                                 llvm::ArrayRef<std::string> Flags);

} // namespace corolint

#endif // COROLINT_DRIVER_PROJECT_UNITS_H
