//===- Drops.h - Values that nobody uses ---------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_CODE_DROPS_H
#define COROLINT_MODEL_CODE_DROPS_H

#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/SmallPtrSet.h"

namespace corolint::model {

/// How a value is thrown away.
enum class Drop {
  Statement, ///< an expression statement, or a part of one: an arm of `?:`, left of a comma
  Cast,      ///< `(void)f()`, `static_cast<void>(f())`, `std::ignore = f()`: somebody meant it
};

/// Calls \p Visit for each expression that \p F evaluates and whose value it drops: the call
/// itself, without what the compiler puts around it.
void forEachDropped(const clang::FunctionDecl &F,
                    llvm::function_ref<void(const clang::Expr &, Drop)> Visit);

/// The expression statements of a function after which it does nothing more: at the end of its
/// body, and before a `return` or `co_return` of nothing. Of a cast to void, what is cast.
llvm::SmallPtrSet<const clang::Expr *, 4> lastStatementsOf(const clang::FunctionDecl &F);

} // namespace corolint::model

#endif // COROLINT_MODEL_CODE_DROPS_H
