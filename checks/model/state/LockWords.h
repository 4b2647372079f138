//===- LockWords.h - How locks are written -----------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_STATE_LOCKWORDS_H
#define COROLINT_MODEL_STATE_LOCKWORDS_H

#include "clang/AST/Expr.h"
#include "llvm/ADT/StringRef.h"

namespace corolint::model {

bool isNull(const clang::Expr *E, const clang::ASTContext &Context);

/// The name of an argument's class, without what is around it: "defer_lock_t".
llvm::StringRef tagOf(const clang::Expr *E);

/// The expression that makes an object, also where its type stands before it.
const clang::Expr *makerIn(const clang::Expr *E);

/// `std::exchange(guard, …)`
bool isExchange(const clang::CallExpr &E);

} // namespace corolint::model

#endif // COROLINT_MODEL_STATE_LOCKWORDS_H
