//===- Arguments.h - From a project's compile command to Clang's ---------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_DRIVER_PROJECT_ARGUMENTS_H
#define COROLINT_DRIVER_PROJECT_ARGUMENTS_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/IntrusiveRefCntPtr.h"
#include <memory>
#include <string>
#include <vector>

namespace clang {
class CompilerInvocation;
}
namespace llvm::vfs {
class FileSystem;
}

namespace corolint {

/// What Clang makes of a command.
struct Invocation {
  std::shared_ptr<clang::CompilerInvocation> Clang; ///< null: see Failure
  std::vector<std::string> Frontend;                ///< the same, as arguments of -cc1
  std::vector<std::string> Dropped;                 ///< flags that Clang does not know
  std::vector<std::string> LeftOut; ///< flags that are no part of a syntax check: AllowedFlags.h
  std::string Failure;
};

/// Only looks: whatever a command would write (objects, dependency files, modules, its own
/// precompiled headers) is left out, and so is what Clang does not know.
Invocation interpret(llvm::ArrayRef<std::string> Arguments,
                     llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> FS);

} // namespace corolint

#endif // COROLINT_DRIVER_PROJECT_ARGUMENTS_H
