//===- ThreadLocal.h - What leads into the storage of a thread --------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_STATE_THREADLOCAL_H
#define COROLINT_MODEL_STATE_THREADLOCAL_H

#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"

namespace corolint::model {

class Unit;

/// A `thread_local` variable, and the function that gave it, if it was reached through one.
struct ThreadLocal {
  const clang::VarDecl *Variable = nullptr;
  const clang::FunctionDecl *From = nullptr;
};

/// The thread_local that \p E refers to, if it is an lvalue, or points to, if it is a pointer:
/// itself, a part of it, what a thread_local smart pointer owns, and what a function gives whose
/// visible body returns one of these. A copy of it, or of a pointer in it, does not lead there.
ThreadLocal threadLocalIn(const clang::Expr &E, Unit &U);

} // namespace corolint::model

#endif // COROLINT_MODEL_STATE_THREADLOCAL_H
