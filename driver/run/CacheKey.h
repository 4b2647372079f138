//===- CacheKey.h - What a result in the cache is found by --------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_DRIVER_RUN_CACHEKEY_H
#define COROLINT_DRIVER_RUN_CACHEKEY_H

#include "worker/Job.h"
#include <string>

namespace corolint {

/// Stands for the folder of the project in what is kept. No file has a name with this in it.
inline constexpr llvm::StringLiteral RootMark = "\x01root";

/// The folder that a unit's names are relative to: its repository, or what its file and its command
/// have in common.
std::string rootOf(const Unit &U);

/// \p From, wherever it is a whole path or its beginning, replaced.
std::string replaced(llvm::StringRef Text, llvm::StringRef From, llvm::StringRef To);

/// Of text that is JSON, where \p Path is written with its escapes.
std::string inJson(llvm::StringRef Path);

/// A hash of all that is asked of a unit, apart from what its files contain.
std::string keyOf(const Job &J, llvm::StringRef Root);

} // namespace corolint

#endif // COROLINT_DRIVER_RUN_CACHEKEY_H
