//===- Effects.h - What a call does before its result is awaited -------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_TASKS_EFFECTS_H
#define COROLINT_MODEL_TASKS_EFFECTS_H

#include "model/types/TaskType.h"
#include "clang/AST/Expr.h"

namespace corolint::model {

class Unit;

/// What the call that made an awaiter does by itself, whether its result is awaited or not.
enum class Effect {
  None,    ///< it makes what it returns
  Some,    ///< it begins something
  Unknown, ///< it may have
};
Effect effectOfMaking(const clang::Expr &Made, Unit &U);

/// Awaiting the value locks something: until then, what follows is not locked. By the names of what
/// made it and of what it gives.
bool wouldLock(const clang::Expr &Made, const TaskType &T, Unit &U);

/// One of the words of a name is "lock", and says what it does or is: `scoped_lock`, `LockGuard`,
/// `co_lock_shared`; not `block`, `unlock`, nor `test_scoped_lock_destructor`.
bool saysLock(llvm::StringRef Name);

} // namespace corolint::model

#endif // COROLINT_MODEL_TASKS_EFFECTS_H
