//===- LostTask.h - What is lost with a task that nobody awaits -----------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_LOSTTASK_H
#define COROLINT_LOSTTASK_H

#include "model/types/TaskType.h"
#include "clang/AST/Expr.h"
#include <string>

namespace corolint::checks {

/// What made the value: the function that was called, or null.
const clang::FunctionDecl *maker(const clang::Expr &E);

/// Its name in a message; of what no function made, the name of its type.
std::string nameOfMaker(const clang::Expr &E);

/// Made by a function, or by a `co_await` that gives a task; an awaiter also by its constructor.
/// Not a mention of what exists already, nor a task that is built from the frame of another in
/// order to destroy it.
bool isMadeHere(const clang::Expr &E, const model::TaskType &T);

/// `co_await result.resolve()` gives back the very task that was awaited: it is done.
bool isHandedBack(const clang::Expr &E, const model::TaskType &T);

/// `co_await enter();` may give an awaiter that leads back: an offer, unless its type says more.
bool isWayBack(const clang::Expr &E, const model::TaskType &T, model::Unit &U);

/// Somebody said that the result of this call may be dropped.
bool mayDiscard(const clang::Expr &E, const model::TaskType &T, model::Unit &U);

/// The class or the function is `[[nodiscard]]`.
bool saysNoDiscard(const clang::Expr &E, const model::TaskType &T);

/// Awaiting the value locks something: until then, what follows is not locked.
bool wouldLock(const clang::Expr &E, const model::TaskType &T, model::Unit &U);

/// What does not happen while an awaiter is not awaited.
std::string lostWith(const clang::Expr &E, bool Locks, model::Unit &U);

} // namespace corolint::checks

#endif // COROLINT_LOSTTASK_H
