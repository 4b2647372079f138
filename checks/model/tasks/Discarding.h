//===- Discarding.h - Callbacks whose task nobody gets ------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_TASKS_DISCARDING_H
#define COROLINT_MODEL_TASKS_DISCARDING_H

#include "model/types/TaskType.h"
#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"
#include <vector>

namespace corolint::model {

class Unit;

/// A callable that returns a task, given to somebody who calls it and drops what it returns.
struct DiscardedCallback {
  const clang::Expr *Given = nullptr;
  const clang::FunctionDecl *Body = nullptr; ///< what is called, where that is known
  TaskType Returns;
  clang::QualType Into;            ///< the callable that returns void; or null:
  const clang::Expr *By = nullptr; ///< the call that ignores the result
};

/// Those of a function, in the order of the source. A callable that returns void is known by a
/// template argument, of its class or a base, that is the type of such a function.
std::vector<DiscardedCallback> discardedCallbacks(const clang::FunctionDecl &F, Unit &U);

} // namespace corolint::model

#endif // COROLINT_MODEL_TASKS_DISCARDING_H
