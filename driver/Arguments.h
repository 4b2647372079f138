//===- Arguments.h - From a project's compile command to Clang's ---------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_DRIVER_ARGUMENTS_H
#define COROLINT_DRIVER_ARGUMENTS_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/IntrusiveRefCntPtr.h"
#include "llvm/ADT/StringMap.h"
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

/// What the parent adds to the commands of a project, once for each compiler in it: where Clang's
/// own headers are, and which GCC's library it is.
class Toolchains {
public:
  /// \p Askable: globs of the compilers that may be run, to ask them where their library is. All
  /// others are looked for in the file system.
  explicit Toolchains(std::vector<std::string> Askable = {}) : Askable(std::move(Askable)) {}

  /// False, and said on stderr, when Clang's headers are nowhere.
  bool complete(std::vector<std::string> &Arguments, llvm::StringRef Folder);

private:
  struct Toolchain {
    std::string Resources;  ///< Clang's headers
    std::string GccInstall; ///< of a GCC: where its library is
  };
  const Toolchain &of(llvm::StringRef Compiler, llvm::StringRef Folder);
  std::string ask(llvm::StringRef Program, llvm::StringRef Question) const;

  std::vector<std::string> Askable;
  llvm::StringMap<Toolchain> Known;
};

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

#endif // COROLINT_DRIVER_ARGUMENTS_H
