//===- Database.h - The units of a project and how they are compiled -----===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_DRIVER_DATABASE_H
#define COROLINT_DRIVER_DATABASE_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include <optional>
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

struct Database {
  std::string Path;                ///< of compile_commands.json
  std::vector<std::string> Others; ///< databases that could have been meant as well
  std::vector<Unit> Units;         ///< in the order of the file, each distinct command once
};

/// Finds and reads the database: what -p names, else upwards from each of \p From, in each folder
/// itself and in its build folders. Says on stderr why there is none, and what to do.
std::optional<Database> findDatabase(llvm::StringRef Build, llvm::ArrayRef<std::string> From);

/// The path of the database, or nothing after saying so; \p Others are those that could be meant.
std::string findDatabasePath(llvm::StringRef Build, llvm::ArrayRef<std::string> From,
                             std::vector<std::string> &Others);

/// The units of a database that lies in \p Folder: response files expanded, precompiled headers
/// replaced by what they were made of.
std::vector<Unit> unitsOf(std::vector<clang::tooling::CompileCommand> Commands,
                          llvm::StringRef Folder);

/// Units for files that are compiled with the flags after `--`: C++20 where those name no standard.
std::vector<Unit> unitsWithFlags(llvm::ArrayRef<std::string> Files,
                                 llvm::ArrayRef<std::string> Flags);

} // namespace corolint

#endif // COROLINT_DRIVER_DATABASE_H
