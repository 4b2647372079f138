//===- LifetimeFix.h - Letting a task keep what it needs -------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_FIX_LIFETIMEFIX_H
#define COROLINT_MODEL_FIX_LIFETIMEFIX_H

#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/Diagnostic.h"
#include "llvm/ADT/SmallVector.h"
#include <optional>

namespace corolint::model {

class Unit;

using Edits = llvm::SmallVector<clang::FixItHint, 3>;

/// `[x](this auto) { … }`: the closure is a parameter, which the frame has. For a lambda that
/// captures by value only, and from C++23 on; empty where that is not so.
Edits takeClosureByValue(const clang::LambdaExpr &Lambda, Unit &U);

/// `[](auto x) { … }(x)` for `[x] { … }()`: what is captured, as parameters. For copies of locals;
/// empty where there are others.
Edits captureAsParameters(const clang::LambdaExpr &Lambda, const clang::CallExpr &Called, Unit &U);

/// `T name` for `const T &name`, `std::string name` for `std::string_view name`; empty where the
/// type cannot be copied, or is written by a macro.
Edits takeByValue(const clang::ParmVarDecl &P, Unit &U);

/// `co_return co_await f();` for `return f();`: what its result is, the coroutine's own would be.
/// Empty where the function has other returns.
Edits awaitReturned(const clang::ReturnStmt &Return, const clang::FunctionDecl &F, Unit &U);

} // namespace corolint::model

#endif // COROLINT_MODEL_FIX_LIFETIMEFIX_H
