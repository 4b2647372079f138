//===- AwaitedReference.h - References that co_await gives back ----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A task that lives longer than its result may give a reference to it: `await_resume` of an awaited
// `task<T>` returns a `T &&` that leads into the promise. Awaited in the expression that made it,
// the task destroys its coroutine at the end of that, and the result with it. Where the reference
// leads is read from the body of `await_resume`, and when the frame is destroyed from destructors.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_LIFETIME_AWAITEDREFERENCE_H
#define COROLINT_MODEL_LIFETIME_AWAITEDREFERENCE_H

#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include <optional>

namespace corolint::model {

class Unit;

/// Where the object lies that a `co_await` gives a reference to, if that is gone at the end of the
/// full-expression.
struct AwaitedReference {
  enum Place {
    InFrame,   ///< in the coroutine's frame, which a temporary destroys
    InAwaiter, ///< in the awaiter, a temporary
    InOperand, ///< in what is awaited, a temporary
  } Lies = InFrame;
  const clang::FunctionDecl *Resume = nullptr;        ///< `await_resume`
  const clang::CXXDestructorDecl *Destroys = nullptr; ///< that of the temporary; of InFrame only
};

/// Nothing where the object may live on, or where that is not seen.
std::optional<AwaitedReference> endingReference(const clang::CoawaitExpr &Await, Unit &U);

} // namespace corolint::model

#endif // COROLINT_MODEL_LIFETIME_AWAITEDREFERENCE_H
