//===- Held.h - What is alive, and in which state, at each suspension -----===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_STATE_HELD_H
#define COROLINT_MODEL_STATE_HELD_H

#include "model/state/Hazard.h"
#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"
#include <vector>

namespace corolint::model {

class Unit;

/// Follows the objects of one coroutine that are a hazard, over its control flow graph: each has a
/// state, which declarations, calls, moves, branches on `try_lock` and `owns_lock`, and ends of
/// scopes change. What a function does whose body is visible, is known (effectsOf); objects that
/// somebody else may have changed (given away by reference, captured) are in an unknown state from
/// there on, and are not reported.
///
/// A prvalue is an object of its own only where Clang's graph destroys it as a temporary. Else it
/// is what it initialises: a variable, a member, a reference that extends its life.
///
/// A state is a set of bits for each object that is not as it was at the beginning. Of a coroutine
/// that exceeds FlowBudget nothing is said, and UnitStats::Unfollowed names it.
///
/// Clang's graph has no edges for exceptions; a handler begins with any state that its `try` went
/// through. `co_return` is no suspension: locals die before it.
llvm::ArrayRef<HeldAcross> heldAcross(const clang::FunctionDecl &F, Unit &U);

/// Says, to who asks, why nothing of this kind is held at the suspensions of a coroutine, and why
/// its locals are not: Unit::leave.
void explainUnheld(const clang::FunctionDecl &F, decltype(Hazard::Is) Kind, Unit &U);

} // namespace corolint::model

#endif // COROLINT_MODEL_STATE_HELD_H
