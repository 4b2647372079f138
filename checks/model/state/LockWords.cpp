//===- LockWords.cpp - How locks are written ---------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/state/LockWords.h"
#include "ast/Names.h"
#include "model/code/Walk.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace corolint::model {

bool isNull(const Expr *E, const ASTContext &Context) {
  return !E->isValueDependent() && E->isNullPointerConstant(const_cast<ASTContext &>(Context),
                                                            Expr::NPC_ValueDependentIsNotNull);
}

llvm::StringRef tagOf(const Expr *E) {
  const CXXRecordDecl *C = E->getType().getNonReferenceType()->getAsCXXRecordDecl();
  return C && C->getIdentifier() ? C->getName() : llvm::StringRef();
}

const Expr *makerIn(const Expr *E) {
  E = bare(E);
  while (true) {
    const Expr *Inner = nullptr;
    if (const auto *Cast = dyn_cast<CXXFunctionalCastExpr>(E))
      Inner = Cast->getSubExpr();
    else if (const auto *Comma = dyn_cast<BinaryOperator>(E); Comma && Comma->isCommaOp())
      Inner = Comma->getRHS();
    else if (const auto *Default = dyn_cast<CXXDefaultInitExpr>(E))
      Inner = Default->getExpr();
    else if (const auto *Default = dyn_cast<CXXDefaultArgExpr>(E))
      Inner = Default->getExpr();
    if (!Inner)
      return E;
    E = bare(Inner);
  }
}

bool isExchange(const CallExpr &E) {
  const FunctionDecl *Callee = E.getDirectCallee();
  return Callee && Callee->isInStdNamespace() && simpleName(*Callee) == "exchange" &&
         E.getNumArgs() == 2;
}

} // namespace corolint::model
