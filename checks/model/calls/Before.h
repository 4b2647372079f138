//===- Before.h - What happened before a call -----------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_CALLS_BEFORE_H
#define COROLINT_MODEL_CALLS_BEFORE_H

#include "clang/AST/Decl.h"

namespace corolint::model {

struct Call;
struct Condition;
class Unit;

/// The object that the condition is about was asked, or awaited, on every path to the call; or was
/// set to a mode, also by any method of the class that it is a member of.
bool isGuarded(const Condition &C, const Call &Site, const clang::FunctionDecl &In, Unit &U);

/// It came out of another object, which was given its value before: `p.set_value(1);
/// p.get_future().get();`.
bool isSettled(const Condition &C, const Call &Site, const clang::FunctionDecl &In, Unit &U);

/// The coroutine was suspended before, on every path.
bool wasSuspended(const Call &Site, const clang::FunctionDecl &In, Unit &U);

} // namespace corolint::model

#endif // COROLINT_MODEL_CALLS_BEFORE_H
