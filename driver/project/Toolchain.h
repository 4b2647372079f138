//===- Toolchain.h - Which headers a project's compiler brings ------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_DRIVER_PROJECT_TOOLCHAIN_H
#define COROLINT_DRIVER_PROJECT_TOOLCHAIN_H

#include "llvm/ADT/StringMap.h"
#include <string>
#include <vector>

namespace corolint {

/// Where Clang's own headers are, of those that came with us: where they were at build time, else
/// beside us. Empty if they are in neither.
std::string ownResources();

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

} // namespace corolint

#endif // COROLINT_DRIVER_PROJECT_TOOLCHAIN_H
