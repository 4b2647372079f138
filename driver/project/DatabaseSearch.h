//===- DatabaseSearch.h - Where a project's compile database is -----------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_DRIVER_PROJECT_DATABASESEARCH_H
#define COROLINT_DRIVER_PROJECT_DATABASESEARCH_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include <string>
#include <vector>

namespace corolint {

/// The path of the database, or nothing after saying so; \p Others are those that could be meant.
std::string findDatabasePath(llvm::StringRef Build, llvm::ArrayRef<std::string> From,
                             std::vector<std::string> &Others);

} // namespace corolint

#endif // COROLINT_DRIVER_PROJECT_DATABASESEARCH_H
