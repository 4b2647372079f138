//===- Swallowed.h - Handlers that keep a coroutine from stopping -----------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_RUN_SWALLOWED_H
#define COROLINT_MODEL_RUN_SWALLOWED_H

#include "model/calls/Offers.h"
#include "clang/AST/StmtCXX.h"
#include <vector>

namespace corolint::model {

/// A handler that catches what says that the coroutine is to stop, and lets it go on.
struct SwallowedCancellation {
  const clang::CXXCatchStmt *Handler;
  const Cancellation *What;
  const clang::Expr *Cancelled; ///< the `co_await` that it may come from
  const clang::Expr *GoesOn;    ///< a `co_await` or `co_yield` that is reached after it
};
std::vector<SwallowedCancellation> swallowedIn(const clang::FunctionDecl &F, Unit &U);

} // namespace corolint::model

#endif // COROLINT_MODEL_RUN_SWALLOWED_H
