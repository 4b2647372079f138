//===- ReplacedFiles.h - Files as they would be --------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_DRIVER_WORKER_REPLACEDFILES_H
#define COROLINT_DRIVER_WORKER_REPLACEDFILES_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/VirtualFileSystem.h"
#include <string>
#include <utility>

namespace corolint {

/// The real file system, with the content of some files (first) taken from others (second). By
/// identity: a file is replaced whatever path leads to it.
llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem>
withReplacedFiles(llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> FS,
                  llvm::ArrayRef<std::pair<std::string, std::string>> Files);

} // namespace corolint

#endif // COROLINT_DRIVER_WORKER_REPLACEDFILES_H
