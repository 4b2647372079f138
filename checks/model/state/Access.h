//===- Access.h - What a statement reads and writes ----------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_STATE_ACCESS_H
#define COROLINT_MODEL_STATE_ACCESS_H

#include "clang/AST/Expr.h"
#include "clang/Basic/SourceLocation.h"

namespace corolint::model {

/// A value that is written to an object: `x = value`, also where it is an operator, and
/// `x.store(value)`.
struct Write {
  const clang::Expr *Target = nullptr; ///< null: it is no write
  const clang::Expr *Value = nullptr;
  clang::SourceLocation At;
};
Write writeBy(const clang::Stmt &S);

/// What the expression takes the value of, as it is now: a built-in one, a copy, or one that
/// a conversion to a number or `load()` gives, as of std::atomic; or null.
const clang::Expr *readBy(const clang::Stmt &S);

} // namespace corolint::model

#endif // COROLINT_MODEL_STATE_ACCESS_H
