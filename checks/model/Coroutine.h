//===- Coroutine.h - Is it a coroutine, and where it suspends ---------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_COROUTINE_H
#define COROLINT_MODEL_COROUTINE_H

#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/SmallPtrSet.h"
#include <vector>

namespace corolint::model {

class Unit;

/// A function or lambda whose body has `co_await`, `co_yield` or `co_return`.
bool isCoroutine(const clang::FunctionDecl &F);

/// The body as it was written: of a coroutine without the machinery around it.
const clang::Stmt *writtenBody(const clang::FunctionDecl &F);

/// The class of the coroutine's promise, or null (dependent code).
const clang::CXXRecordDecl *promiseOf(const clang::FunctionDecl &F);

/// The class that the function returns, by value or through a reference, or null.
const clang::CXXRecordDecl *returnedClass(const clang::FunctionDecl &F);

/// One `co_await` or `co_yield` that may suspend.
struct SuspensionPoint {
  const clang::Expr *At;      ///< the `co_await` or `co_yield` (dependent ones included)
  const clang::Expr *Awaited; ///< the operand as written
  bool Ready;                 ///< the awaiter is provably ready: no suspension
};

/// The suspension points that are written in the body, in the order of the source. Asked for
/// through Unit::suspensions, which keeps them.
std::vector<SuspensionPoint> findSuspensions(const clang::FunctionDecl &F, Unit &U);

/// Those of them that may suspend.
llvm::SmallPtrSet<const clang::Expr *, 8> suspending(llvm::ArrayRef<SuspensionPoint> Points);

/// A coroutine that only yields, and whose type nobody can await. It runs in its caller's context.
bool isGenerator(const clang::FunctionDecl &F, Unit &U);

/// Calls \p Visit for \p Root and each statement below it that the function itself executes, in
/// the order of the source: not for unevaluated operands, discarded branches, the bodies of lambdas
/// and local classes, and the calls that `co_await`, `co_yield` and `co_return` add. Where Visit
/// returns false, what is below is left out.
void walkEvaluated(const clang::Stmt *Root, llvm::function_ref<bool(const clang::Stmt &)> Visit);

/// Is \p Wanted among what the function executes at or below \p Root?
bool evaluates(const clang::Stmt *Root, const clang::Stmt &Wanted);

/// The branch of an `if` that its constant condition discards, or null.
const clang::Stmt *discardedBranch(const clang::IfStmt &If);

/// The expression without what the compiler puts around it: implicit casts, parentheses, cleanups,
/// temporaries, and copies that are elided.
const clang::Expr *bare(const clang::Expr *E);

} // namespace corolint::model

#endif // COROLINT_MODEL_COROUTINE_H
