//===- Walk.h - What a function executes itself --------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_CODE_WALK_H
#define COROLINT_MODEL_CODE_WALK_H

#include "clang/AST/Decl.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace corolint::model {

/// A function or lambda whose body has `co_await`, `co_yield` or `co_return`.
bool isCoroutine(const clang::FunctionDecl &F);

/// The definition that the unit has of a function, if that is a coroutine; or null, also of null.
const clang::FunctionDecl *coroutineOf(const clang::FunctionDecl *F);

/// The body as it was written: of a coroutine without the machinery around it.
const clang::Stmt *writtenBody(const clang::FunctionDecl &F);

/// Calls \p Visit for \p Root and each statement below it that the function itself executes, in
/// the order of the source: not for unevaluated operands, discarded branches, the bodies of lambdas
/// and local classes, and the calls that `co_await`, `co_yield` and `co_return` add. Where Visit
/// returns false, what is below is left out. \p Leave: for each again, after what is below it.
void walkEvaluated(const clang::Stmt *Root, llvm::function_ref<bool(const clang::Stmt &)> Visit,
                   llvm::function_ref<void(const clang::Stmt &)> Leave = nullptr);

/// Is \p Wanted among what the function executes at or below \p Root?
bool evaluates(const clang::Stmt *Root, const clang::Stmt &Wanted);

/// A `for`, over a range or not, a `while` or a `do`.
bool isLoop(const clang::Stmt &S);
/// What such a statement asks, as it is written; null of one over a range, and of `for (;;)`.
const clang::Expr *conditionOf(const clang::Stmt &Loop);
/// What it repeats; null of everything else.
const clang::Stmt *repeatedBy(const clang::Stmt &Loop);

/// The branch of an `if` that its constant condition discards, or null.
const clang::Stmt *discardedBranch(const clang::IfStmt &If);

/// The expression without what the compiler puts around it: implicit casts, parentheses, cleanups,
/// temporaries, and copies that are elided.
const clang::Expr *bare(const clang::Expr *E);

/// The call of a conversion function that nobody wrote, and that bare() looks through; or null.
const clang::CallExpr *conversionIn(const clang::Expr *E);

/// The operand of a `co_await` or `co_yield` as the user wrote it, without `operator co_await`,
/// `await_transform` and `yield_value` around it: those are calls of the machinery.
const clang::Expr *writtenOperand(const clang::Expr *E);

} // namespace corolint::model

#endif // COROLINT_MODEL_CODE_WALK_H
