//===- Shared.cpp - State that others can see and change --------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Shared.h"
#include "Coroutine.h"
#include "Unit.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/FoldingSet.h"

using namespace clang;

namespace corolint::model {
namespace {

bool isSharedVariable(const VarDecl &V) {
  if (V.getType().isConstQualified() || V.isConstexpr())
    return false;
  if (V.hasGlobalStorage())
    return V.getTLSKind() == VarDecl::TLS_None;
  if (!V.getType()->isReferenceType())
    return false;
  // Another name for a local is a local.
  if (const auto *P = dyn_cast<ParmVarDecl>(&V))
    return !P->getType()->isRValueReferenceType();
  return V.getInit() && isShared(*V.getInit());
}

} // namespace

bool isShared(const Expr &Lvalue) {
  const Expr *E = Lvalue.IgnoreParenImpCasts();
  if (E->getType().isConstQualified())
    return false;
  if (const auto *Member = dyn_cast<MemberExpr>(E)) {
    if (const auto *Static = dyn_cast<VarDecl>(Member->getMemberDecl()))
      return isSharedVariable(*Static);
    const Expr *Base = Member->getBase()->IgnoreParenImpCasts();
    return Member->isArrow() ? isa<CXXThisExpr, DeclRefExpr, MemberExpr>(Base) : isShared(*Base);
  }
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
    const auto *V = dyn_cast<VarDecl>(Ref->getDecl());
    return V && isSharedVariable(*V);
  }
  if (const auto *Unary = dyn_cast<UnaryOperator>(E))
    return Unary->getOpcode() == UO_Deref &&
           isa<DeclRefExpr, MemberExpr, CXXThisExpr>(Unary->getSubExpr()->IgnoreParenImpCasts());
  return false;
}

bool isSameLvalue(const Expr &A, const Expr &B, Unit &U) {
  const Expr *Left = A.IgnoreParenImpCasts(), *Right = B.IgnoreParenImpCasts();
  if (Left->HasSideEffects(U.context()) || Right->HasSideEffects(U.context()))
    return false;
  llvm::FoldingSetNodeID One, Other;
  Left->Profile(One, U.context(), /*Canonical=*/true);
  Right->Profile(Other, U.context(), /*Canonical=*/true);
  return One == Other;
}

} // namespace corolint::model
