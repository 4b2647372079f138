//===- Lifetime.h - How long a temporary lives ---------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_CODE_LIFETIME_H
#define COROLINT_MODEL_CODE_LIFETIME_H

#include "clang/AST/StmtCXX.h"

namespace corolint::model {

/// The temporary that dies before the loop begins: of `for (auto &x : (co_await f()).items())` what
/// f() gave, or null. Before C++23 (P2718) only the value of the whole range expression is kept.
const clang::Expr *lostTemporary(const clang::CXXForRangeStmt &For);

} // namespace corolint::model

#endif // COROLINT_MODEL_CODE_LIFETIME_H
