//===- Shared.h - State that others can see and change ----------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_STATE_SHARED_H
#define COROLINT_MODEL_STATE_SHARED_H

#include "clang/AST/DeclCXX.h"
#include "clang/AST/Expr.h"

namespace corolint::model {

class Unit;

/// The lvalue names state that other coroutines can change while this one is suspended: a member of
/// `*this`, a global or static that is no constant, what a pointer or a reference leads to, a smart
/// pointer too if others can have it, and members and elements of these. Not a local, of which
/// nobody else knows; nor a constant.
bool isShared(const clang::Expr &Lvalue);

/// Two lvalues that are written alike, without side effects: the same object.
bool isSameLvalue(const clang::Expr &A, const clang::Expr &B, Unit &U);

} // namespace corolint::model

#endif // COROLINT_MODEL_STATE_SHARED_H
