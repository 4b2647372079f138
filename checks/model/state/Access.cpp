//===- Access.cpp - What a statement reads and writes --------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/state/Access.h"
#include "ast/Names.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace corolint::model {
namespace {

bool isNamed(const CXXMemberCallExpr &Called, llvm::StringRef Name) {
  return Called.getMethodDecl() && simpleName(*Called.getMethodDecl()) == Name;
}

} // namespace

Write writeBy(const Stmt &S) {
  if (const auto *Assign = dyn_cast<BinaryOperator>(&S); Assign && Assign->isAssignmentOp())
    return {Assign->getLHS(), Assign->getRHS(), Assign->getOperatorLoc()};
  if (const auto *Assign = dyn_cast<CXXOperatorCallExpr>(&S))
    return Assign->getOperator() == OO_Equal && Assign->getNumArgs() == 2
               ? Write{Assign->getArg(0), Assign->getArg(1), Assign->getOperatorLoc()}
               : Write{};
  const auto *Called = dyn_cast<CXXMemberCallExpr>(&S);
  return Called && isNamed(*Called, "store") && Called->getNumArgs() != 0
             ? Write{Called->getImplicitObjectArgument(), Called->getArg(0), Called->getExprLoc()}
             : Write{};
}

const Expr *readBy(const Stmt &S) {
  if (const auto *Cast = dyn_cast<ImplicitCastExpr>(&S))
    return Cast->getCastKind() == CK_LValueToRValue ? Cast->getSubExpr() : nullptr;
  if (const auto *Copy = dyn_cast<CXXConstructExpr>(&S))
    return Copy->getConstructor()->isCopyConstructor() ? Copy->getArg(0) : nullptr;
  const auto *Called = dyn_cast<CXXMemberCallExpr>(&S);
  return Called && Called->getType()->isScalarType() &&
                 (isa_and_nonnull<CXXConversionDecl>(Called->getMethodDecl()) ||
                  isNamed(*Called, "load"))
             ? Called->getImplicitObjectArgument()
             : nullptr;
}

} // namespace corolint::model
