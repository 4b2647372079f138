//===- Coroutine.h - Is it a coroutine, and where it suspends ---------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_TYPES_COROUTINE_H
#define COROLINT_MODEL_TYPES_COROUTINE_H

#include "model/types/Protocol.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/ADT/SmallVector.h"
#include <vector>

namespace corolint::model {

class Unit;

/// One `co_await` or `co_yield`.
struct AwaitPoint {
  const clang::Expr *At;      ///< the `co_await` or `co_yield` (dependent ones included)
  const clang::Expr *Awaited; ///< the operand as written
  bool Ready;                 ///< the awaiter is provably ready: no suspension
  bool operator==(const AwaitPoint &) const = default;
};

/// Those that are written in a function, in the order of the source.
llvm::ArrayRef<AwaitPoint> awaitPointsIn(const clang::FunctionDecl &F, Unit &U);

/// Those of them that \p Root evaluates. It costs a walk over Root, and not one over the function.
llvm::SmallVector<const AwaitPoint *, 2> awaitPointsBelow(const clang::Stmt &Root,
                                                          const clang::FunctionDecl &F, Unit &U);

/// The one whose `co_await` or `co_yield` the statement is, or null.
const AwaitPoint *awaitPointAt(const clang::Stmt &S, const clang::FunctionDecl &F, Unit &U);

/// Those of them that may suspend.
llvm::ArrayRef<AwaitPoint> suspensionsIn(const clang::FunctionDecl &F, Unit &U);

/// Likewise, to look one up.
using SuspensionSet = llvm::SmallPtrSet<const clang::Expr *, 8>;
const SuspensionSet &suspensionSetOf(const clang::FunctionDecl &F, Unit &U);

/// A coroutine that only yields, and whose type nobody can await. It runs in its caller's context.
bool isGenerator(const clang::FunctionDecl &F, Unit &U);

} // namespace corolint::model

#endif // COROLINT_MODEL_TYPES_COROUTINE_H
