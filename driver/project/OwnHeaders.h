//===- OwnHeaders.h - The headers that corolint brings -------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// `corolint/annotations.h` is built into the command, and looked for after every folder that a
// command names: code that includes it is read from a build tree, an installation or a copy of the
// binary alone, and a project that has a copy gets its own.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_DRIVER_PROJECT_OWNHEADERS_H
#define COROLINT_DRIVER_PROJECT_OWNHEADERS_H

#include "llvm/ADT/IntrusiveRefCntPtr.h"

namespace clang {
class HeaderSearchOptions;
}
namespace llvm::vfs {
class FileSystem;
}

namespace corolint {

/// What \p FS has, and our headers in a folder that is on no disk.
llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem>
withOwnHeaders(llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> FS);

/// Looks in that folder where no other has a header.
void lookForOwnHeaders(clang::HeaderSearchOptions &Options);

} // namespace corolint

#endif // COROLINT_DRIVER_PROJECT_OWNHEADERS_H
