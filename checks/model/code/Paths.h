//===- Paths.h - Whether a path leads somewhere ---------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_CODE_PATHS_H
#define COROLINT_MODEL_CODE_PATHS_H

#include "model/code/Cfg.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace corolint::model {

enum class Step {
  On,    ///< the path goes on
  Stop,  ///< this path is of no interest any more
  Found, ///< it leads to what was looked for
};

/// Follows the paths that begin after \p From, until one finds something: \p Visit sees each
/// statement that is executed on it, and may set the flag that it brings along; null is the end of
/// the function. A place is visited at most once with either value of the flag. Paths that only an
/// exception takes are none. True if Clang has no graph.
bool anyPath(const Cfg *Graph, const clang::Stmt &From,
             llvm::function_ref<Step(const clang::Stmt *S, bool &Flag)> Visit, bool Flag = false);

} // namespace corolint::model

#endif // COROLINT_MODEL_CODE_PATHS_H
