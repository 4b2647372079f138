//===- StaleErrno.h - errno, read after a suspension ---------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_STATE_STALEERRNO_H
#define COROLINT_MODEL_STATE_STALEERRNO_H

#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"
#include <vector>

namespace corolint::model {

class Unit;

/// `n = read(…); co_await log(); if (n < 0 && errno == EAGAIN)`: errno, read after a suspension, of
/// a call of the system that came before: other code on the thread may have set it meanwhile.
struct StaleErrno {
  const clang::Expr *Read = nullptr;
  const clang::CallExpr *Failed = nullptr; ///< the call that set it
  const clang::Expr *Suspension = nullptr; ///< the first in between
};

/// Those of a coroutine, in the order of the source, where every path to the read comes by that
/// call and a suspension, and no other call after it; and where it shows that errno is that of the
/// call: its result is asked for after the suspension, or was asked for before it and nobody asks
/// for the result of what was awaited. Unit::leave says why others are none.
std::vector<StaleErrno> staleErrno(const clang::FunctionDecl &F, Unit &U);

} // namespace corolint::model

#endif // COROLINT_MODEL_STATE_STALEERRNO_H
