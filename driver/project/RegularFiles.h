//===- RegularFiles.h - A file system without pipes and devices ----------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_DRIVER_PROJECT_REGULARFILES_H
#define COROLINT_DRIVER_PROJECT_REGULARFILES_H

#include "llvm/Support/VirtualFileSystem.h"

namespace corolint {

/// The real file system, in which only ordinary files (and /dev/null, which some commands include)
/// can be opened: what a stranger's code includes may be a pipe that never gives anything, or a
/// device that never ends.
llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> regularFiles();

} // namespace corolint

#endif // COROLINT_DRIVER_PROJECT_REGULARFILES_H
