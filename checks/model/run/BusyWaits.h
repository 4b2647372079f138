//===- BusyWaits.h - Loops that sleep until something changes -----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_RUN_BUSYWAITS_H
#define COROLINT_MODEL_RUN_BUSYWAITS_H

#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"
#include <vector>

namespace corolint::model {

class Unit;

/// A loop of a coroutine that does nothing but sleep, until state of the program changes that
/// others may change meanwhile.
struct BusyWait {
  const clang::Stmt *Loop;
  const clang::ValueDecl *State;
  const clang::CallExpr *Pause; ///< the first
};
std::vector<BusyWait> busyWaitsIn(const clang::FunctionDecl &F, Unit &U);

} // namespace corolint::model

#endif // COROLINT_MODEL_RUN_BUSYWAITS_H
