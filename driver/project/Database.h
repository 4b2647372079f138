//===- Database.h - The units of a project and how they are compiled -----===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_DRIVER_PROJECT_DATABASE_H
#define COROLINT_DRIVER_PROJECT_DATABASE_H

#include "project/Units.h"
#include <optional>
#include <string>
#include <vector>

namespace corolint {

struct Database {
  std::string Path;                ///< of compile_commands.json
  std::vector<std::string> Others; ///< databases that could have been meant as well
  std::vector<Unit> Units;         ///< in the order of the file, each distinct command once
};

/// Finds and reads the database: what -p names, else upwards from each of \p From, in each folder
/// itself and in its build folders. Says on stderr why there is none, and what to do.
std::optional<Database> findDatabase(llvm::StringRef Build, llvm::ArrayRef<std::string> From);

} // namespace corolint

#endif // COROLINT_DRIVER_PROJECT_DATABASE_H
