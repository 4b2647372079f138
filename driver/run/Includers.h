//===- Includers.h - Which unit includes a header -------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_DRIVER_RUN_INCLUDERS_H
#define COROLINT_DRIVER_RUN_INCLUDERS_H

#include "project/Units.h"
#include "llvm/ADT/StringSet.h"
#include <optional>

namespace corolint {

/// True for the file of a unity build, and whatever else includes sources.
bool includesSources(llvm::StringRef File);

/// For each of these files a unit that includes it, as an index into \p Units, or nothing.
std::vector<std::optional<size_t>> includersOf(llvm::ArrayRef<std::string> Headers,
                                               llvm::ArrayRef<Unit> Units, unsigned Jobs);

/// Which of the units read one of the files, or miss one that is gone: a flag for each.
std::vector<char> readersOf(const llvm::StringSet<> &Files, llvm::ArrayRef<std::string> Gone,
                            llvm::ArrayRef<Unit> Units, unsigned Jobs);

} // namespace corolint

#endif // COROLINT_DRIVER_RUN_INCLUDERS_H
