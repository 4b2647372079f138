//===- InARow.h - Awaits that could overlap -----------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_STATE_INAROW_H
#define COROLINT_MODEL_STATE_INAROW_H

#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"
#include "llvm/ADT/SmallVector.h"
#include <vector>

namespace corolint::model {

class Unit;

/// Awaits of which each begins when the one before it has ended, and needs nothing of it.
struct AwaitsInARow {
  llvm::SmallVector<const clang::Expr *, 2> At; ///< in the order of the source
  const clang::Stmt *Loop = nullptr;            ///< it is one, in each round of this loop
};

/// Those of a coroutine whose order matters to nobody, as far as is seen: each is a call that makes
/// a task from values, and gives something that is kept. They share no object that is not constant,
/// no lock is held, and nothing is decided between them.
std::vector<AwaitsInARow> awaitsInARow(const clang::FunctionDecl &F, Unit &U);

} // namespace corolint::model

#endif // COROLINT_MODEL_STATE_INAROW_H
