//===- UserFiles.h - Faults of .clang-tidy and .corolint.yaml -------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_DRIVER_PROJECT_USERFILES_H
#define COROLINT_DRIVER_PROJECT_USERFILES_H

#include "project/Settings.h"

namespace corolint {

/// False, and said on stderr, when a `.clang-tidy` or `.corolint.yaml` above one of these files
/// cannot be read.
bool checkUserFiles(llvm::ArrayRef<std::string> Files, const Settings &S);

} // namespace corolint

#endif // COROLINT_DRIVER_PROJECT_USERFILES_H
