//===- Lifetime.cpp - How long a temporary lives -------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/code/Lifetime.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace corolint::model {
const Expr *lostTemporary(const CXXForRangeStmt &For) {
  if (!For.getRangeInit())
    return nullptr;
  const Expr *E = For.getRangeInit()->IgnoreParenImpCasts();
  if (const auto *Full = dyn_cast<FullExpr>(E))
    E = Full->getSubExpr()->IgnoreParenImpCasts();
  if (E->isPRValue() || !E->isGLValue())
    return nullptr; // it is the range itself, and lives as long as the loop
  const auto *Member = dyn_cast<CXXMemberCallExpr>(E);
  if (!Member || !Member->getType().getCanonicalType()->isRecordType())
    return nullptr;
  const Expr *Object = Member->getImplicitObjectArgument()->IgnoreParenImpCasts();
  const CXXRecordDecl *Class = Object->getType()->getAsCXXRecordDecl();
  // What a handle leads to may live elsewhere.
  const bool IsHandle = Class && llvm::any_of(Class->methods(), [](const CXXMethodDecl *M) {
                          return M->getOverloadedOperator() == OO_Arrow;
                        });
  return Class && Object->isPRValue() && !IsHandle ? Object : nullptr;
}

} // namespace corolint::model
