//===- KeepFix.h - A name for what is dropped -------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_FIX_KEEPFIX_H
#define COROLINT_MODEL_FIX_KEEPFIX_H

#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"
#include "clang/Basic/Diagnostic.h"
#include <optional>

namespace corolint::model {

class Unit;

/// `auto guard = ` before an expression whose value is dropped, where it is a statement of its own
/// in a block that goes on after it, no label follows, and no such name stands in the function.
std::optional<clang::FixItHint> keepUntilEndOfBlock(const clang::Expr &Dropped,
                                                    const clang::FunctionDecl &F, Unit &U);

} // namespace corolint::model

#endif // COROLINT_MODEL_FIX_KEEPFIX_H
