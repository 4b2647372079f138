//===- FrameResult.h - Results that refer to their own frame ---------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_LIFETIME_FRAMERESULT_H
#define COROLINT_MODEL_LIFETIME_FRAMERESULT_H

#include "model/lifetime/Loans.h"
#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"
#include <vector>

namespace corolint::model {

class Unit;

/// A reference, pointer or view that a coroutine gives as its result, of an object of its own.
struct FrameResult {
  const clang::Expr *Returned; ///< by `co_return`
  Loan Lent;
  /// The object is gone before the caller goes on, as a local is. A parameter lives as long as the
  /// frame, which the caller may keep.
  bool Certain;
};

/// Those of a coroutine, in the order of the source.
std::vector<FrameResult> frameResultsOf(const clang::FunctionDecl &F, Unit &U);

} // namespace corolint::model

#endif // COROLINT_MODEL_LIFETIME_FRAMERESULT_H
