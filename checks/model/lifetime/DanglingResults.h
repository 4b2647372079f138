//===- DanglingResults.h - Names for what co_await gave, and is gone -------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_LIFETIME_DANGLINGRESULTS_H
#define COROLINT_MODEL_LIFETIME_DANGLINGRESULTS_H

#include "model/lifetime/AwaitedReference.h"
#include <vector>

namespace corolint::model {

/// A name for what is gone at the end of the full-expression that it was made in.
struct DanglingResult {
  const clang::CoawaitExpr *Await = nullptr;
  const clang::VarDecl *Bound = nullptr; ///< of a loop, the range
  const clang::Expr *Given = nullptr;    ///< what it is bound to
  const clang::Expr *Used = nullptr;     ///< where it is used first; null: by the loop
  /// Nothing: what lies in the value that `co_await` gives.
  std::optional<AwaitedReference> Reference;
  bool IsView = false;
};

/// Those of a coroutine, in the order of the source.
struct DanglingResults {
  using Result = std::vector<DanglingResult>;
  static Result make(const clang::FunctionDecl &F, Unit &U);
};

} // namespace corolint::model

#endif // COROLINT_MODEL_LIFETIME_DANGLINGRESULTS_H
