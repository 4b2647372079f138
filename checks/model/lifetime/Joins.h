//===- Joins.h - Who waits for work that was started -----------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_LIFETIME_JOINS_H
#define COROLINT_MODEL_LIFETIME_JOINS_H

#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"
#include "llvm/ADT/ArrayRef.h"

namespace corolint::model {

class Unit;

/// What is known of one start of work: the call, and the objects that the work borrows.
struct StartedWork {
  const clang::Expr *By;
  llvm::ArrayRef<const clang::ValueDecl *> Borrows;
};

enum class Joined {
  Always, ///< or the end is never reached; said of what may be a join, too
  OnSomePaths,
  Never,
};

/// Whether the work is waited for before the local \p V, which it borrows, ends: something is
/// awaited or waited for in its scope that has to do with the work. Without V: before the function
/// ends.
Joined joinOf(const StartedWork &Work, const clang::VarDecl *V, const clang::FunctionDecl &F,
              Unit &U);

} // namespace corolint::model

#endif // COROLINT_MODEL_LIFETIME_JOINS_H
