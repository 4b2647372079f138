//===- AwaitedGuard.h - What is held as long as the result of an await lives ---===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_STATE_AWAITEDGUARD_H
#define COROLINT_MODEL_STATE_AWAITEDGUARD_H

#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include <optional>

namespace corolint::model {

class Unit;

/// An object that a `co_await` gives, and that holds something as long as it lives.
struct AwaitedGuard {
  enum Kind {
    Lock,   ///< its destructor unlocks a mutex
    Permit, ///< … gives back what was taken from a semaphore, a pool
    Other,  ///< … ends something else, by its name
  } Is = Lock;
  const clang::CXXRecordDecl *Class = nullptr;    ///< the guard: the result, or a part of it
  const clang::FunctionDecl *GivesBack = nullptr; ///< what its destructor calls, if that is seen
};

/// The guard in what \p Await gives by value. It is known by what is known of its class; by what
/// its destructor does, where its body may be read; and else by its name and what was awaited.
std::optional<AwaitedGuard> awaitedGuardIn(const clang::CoawaitExpr &Await, Unit &U);

} // namespace corolint::model

#endif // COROLINT_MODEL_STATE_AWAITEDGUARD_H
