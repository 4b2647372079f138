//===- StaleAccess.h - Shared state that is read, and written back later -===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_STATE_STALEACCESS_H
#define COROLINT_MODEL_STATE_STALEACCESS_H

#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"
#include <vector>

namespace corolint::model {

class Unit;

/// A value of shared state that a coroutine reads, and that it writes back after a suspension: what
/// others write in between is lost.
struct StaleAccess {
  enum Way {
    WrittenBack, ///< `x = x + co_await f()`
    Unsequenced, ///< … and whether it is read before the suspension is the compiler's choice
    TestedAndSet ///< `if (!x) x = co_await f();`: who comes here meanwhile does the same work again
  } How = WrittenBack;
  const clang::Expr *Read = nullptr;       ///< what is read, where it is
  const clang::Expr *Suspension = nullptr; ///< where the coroutine is suspended in between
  const clang::Stmt *Write = nullptr;      ///< the assignment
  clang::SourceLocation At;                ///< of it, where it writes
};

/// Those of a coroutine, in the order of the source; not under an awaited lock that it, or every
/// caller of it, holds. Unit::leave says why others are none.
/// \p Arguable: also those of which it is not sure that anything is lost, WrittenBack and
/// TestedAndSet.
std::vector<StaleAccess> staleAccesses(const clang::FunctionDecl &F, bool Arguable, Unit &U);

} // namespace corolint::model

#endif // COROLINT_MODEL_STATE_STALEACCESS_H
