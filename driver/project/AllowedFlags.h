//===- AllowedFlags.h - What of a command a syntax check needs -----------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_DRIVER_PROJECT_ALLOWEDFLAGS_H
#define COROLINT_DRIVER_PROJECT_ALLOWEDFLAGS_H

#include "llvm/ADT/ArrayRef.h"
#include <string>
#include <vector>

namespace corolint {

/// A command of somebody else's, without what a syntax check has no need of.
struct AllowedFlags {
  std::vector<std::string> Arguments;
  /// What was left out and was not plainly about code generation, linking or output.
  std::vector<std::string> LeftOut;
  std::string Failure; ///< the command is none: a value is missing
};

/// Lets through what says which code is meant and what it means: language, macros, folders of
/// headers, target, ABI, warnings. It is a list of what may pass, not of what may not, so that a
/// flag of which nobody has thought runs no program, loads no plugin and names no file to write.
AllowedFlags allowedFlags(llvm::ArrayRef<std::string> Command);

} // namespace corolint

#endif // COROLINT_DRIVER_PROJECT_ALLOWEDFLAGS_H
