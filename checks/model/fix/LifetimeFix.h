//===- LifetimeFix.h - Letting a task keep what it needs -------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_FIX_LIFETIMEFIX_H
#define COROLINT_MODEL_FIX_LIFETIMEFIX_H

#include "clang/AST/ExprCXX.h"
#include "clang/Basic/Diagnostic.h"
#include "llvm/ADT/SmallVector.h"

namespace corolint::model {

class Unit;
struct Loan;

using Edits = llvm::SmallVector<clang::FixItHint, 3>;

/// `[x](this auto) { … }`: the closure is a parameter, which the frame has. For a lambda that
/// captures by value only, and from C++23 on; empty where that is not so.
Edits takeClosureByValue(const clang::LambdaExpr &Lambda, Unit &U);

/// `[](auto x) { … }(x)` for `[x] { … }()`: what is captured, as parameters. Empty where that is
/// `this`, an array or a pack, or where not all of it is known.
Edits captureAsParameters(const clang::LambdaExpr &Lambda, const clang::CallExpr &Called, Unit &U);

/// The parameter that has the loan, in all declarations of its coroutine: `T name` for
/// `const T &name` and `T &&name`, `std::string name` for `std::string_view name`. Empty where that
/// cannot be copied, is virtual, or is written by a macro.
Edits takeByValue(const Loan &L, Unit &U);

/// `co_return co_await f();` for `return f();`, for all returns of the function: what the result of
/// the task is, the coroutine's own is. Empty where one of them cannot be written so.
Edits awaitReturned(const clang::FunctionDecl &F, Unit &U);

} // namespace corolint::model

#endif // COROLINT_MODEL_FIX_LIFETIMEFIX_H
