//===- Sequence.cpp - In which order operands are evaluated --------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/code/Sequence.h"
#include "model/code/Walk.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace corolint::model {
namespace {

/// Are two of its operands evaluated in any order, each before what is done with their values? So
/// it is of arithmetic, comparisons and arguments ([intro.execution], [expr.call]).
bool hasOpenOrder(const Expr &E) {
  if (const auto *Binary = dyn_cast<BinaryOperator>(&E))
    return !Binary->isLogicalOp() && !Binary->isCommaOp() && !Binary->isAssignmentOp() &&
           !Binary->isShiftOp();
  return isa<CallExpr>(E) && !isa<CXXOperatorCallExpr>(E);
}

} // namespace

bool isUnsequenced(const Expr &A, const Expr &B, const Expr &Root) {
  const Expr *E = &Root;
  for (;;) {
    const Stmt *Inner = nullptr;
    bool HasA = false, HasB = false;
    for (const Stmt *Child : E->children()) {
      if (!Child)
        continue;
      const bool InA = evaluates(Child, A), InB = evaluates(Child, B);
      if (InA && InB)
        Inner = Child;
      HasA |= InA;
      HasB |= InB;
    }
    if (!Inner)
      return HasA && HasB && hasOpenOrder(*E);
    if (isa<CoroutineSuspendExpr, DependentCoawaitExpr>(E) || !isa<Expr>(Inner))
      return false; // one is a part of what the other awaits
    E = cast<Expr>(Inner);
  }
}

} // namespace corolint::model
