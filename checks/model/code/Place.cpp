//===- Place.cpp - Which object an expression names -------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/code/Place.h"
#include "ast/Names.h"
#include "model/code/Walk.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace corolint::model {

const VarDecl *Place::variable() const {
  return This || Path.empty() ? nullptr : dyn_cast<VarDecl>(Path.front());
}

const Expr *extendedTemporary(const VarDecl &V) {
  const Expr *E = V.getType()->isReferenceType() ? V.getInit() : nullptr;
  while (E) {
    if (const auto *Made = dyn_cast<MaterializeTemporaryExpr>(E))
      return Made->getStorageDuration() == SD_Automatic ? Made->getSubExpr() : nullptr;
    if (const auto *Full = dyn_cast<FullExpr>(E))
      E = Full->getSubExpr();
    else if (const auto *Paren = dyn_cast<ParenExpr>(E))
      E = Paren->getSubExpr();
    else if (const auto *Cast = dyn_cast<CastExpr>(E))
      E = Cast->getSubExpr();
    else if (const auto *Member = dyn_cast<MemberExpr>(E); Member && !Member->isArrow())
      E = Member->getBase();
    else
      break;
  }
  return nullptr;
}

Place placeOf(const VarDecl &V) {
  return Place{false, {&V}};
}

namespace {

/// What a reference, or a name of a structured binding, stands for; or null.
const Expr *standsFor(const ValueDecl &D) {
  if (const auto *Binding = dyn_cast<BindingDecl>(&D)) {
    if (const VarDecl *Holding = Binding->getHoldingVar())
      return Holding->getInit();
    return Binding->getBinding();
  }
  const auto *V = dyn_cast<VarDecl>(&D);
  if (!V || isa<ParmVarDecl>(V) || !V->getType()->isReferenceType() || !V->getInit() ||
      V->isInitCapture())
    return nullptr;
  return extendedTemporary(*V) ? nullptr : V->getInit();
}

/// What the call hands through: `std::move(x)`, `std::get<0>(x)`, `p.get()`, `*p`, `p->`.
const Expr *handedThrough(const CallExpr &E) {
  if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(&E))
    return Operator->getOperator() == OO_Arrow ||
                   (Operator->getOperator() == OO_Star && Operator->getNumArgs() == 1)
               ? Operator->getArg(0)
               : nullptr;
  const FunctionDecl *Callee = E.getDirectCallee();
  if (!Callee || !Callee->isInStdNamespace())
    return nullptr;
  const llvm::StringRef Name = simpleName(*Callee);
  if (const auto *Member = dyn_cast<CXXMemberCallExpr>(&E))
    return E.getNumArgs() == 0 && (Name == "get" || Name == "value")
               ? Member->getImplicitObjectArgument()
               : nullptr;
  return E.getNumArgs() == 1 && (Name == "move" || Name == "forward" || Name == "get" ||
                                 Name == "addressof" || Name == "ref" || Name == "as_const")
             ? E.getArg(0)
             : nullptr;
}

} // namespace

Place placeIn(const Expr *E) {
  Place Result;
  // References to references: a long chain is nobody's code.
  for (unsigned Steps = 0; E && Steps != 64; ++Steps) {
    E = bare(E);
    if (isa<CXXThisExpr>(E)) {
      Result.This = true;
    } else if (const auto *Unary = dyn_cast<UnaryOperator>(E)) {
      if (Unary->getOpcode() != UO_AddrOf && Unary->getOpcode() != UO_Deref)
        return {};
      E = Unary->getSubExpr();
      continue;
    } else if (const auto *Call = dyn_cast<CallExpr>(E)) {
      E = handedThrough(*Call);
      continue;
    } else if (const auto *Cast = dyn_cast<ExplicitCastExpr>(E)) {
      E = Cast->getSubExpr();
      continue;
    } else if (const auto *Member = dyn_cast<MemberExpr>(E)) {
      Result.Path.push_back(Member->getMemberDecl());
      if (!isa<VarDecl>(Member->getMemberDecl())) { // a static one is a variable
        E = Member->getBase();
        continue;
      }
    } else if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
      if (const Expr *Other = standsFor(*Ref->getDecl())) {
        E = Other;
        continue;
      }
      if (!isa<VarDecl>(Ref->getDecl()))
        return {};
      Result.Path.push_back(Ref->getDecl());
    } else {
      return {};
    }
    std::reverse(Result.Path.begin(), Result.Path.end());
    return Result;
  }
  return {};
}

Place boundPlace(const Place &P) {
  const VarDecl *V = P.variable();
  const auto *Field = P.Path.size() > 1 ? dyn_cast<FieldDecl>(P.Path[1]) : nullptr;
  if (!V || !Field || !V->hasLocalStorage() || !V->getInit() || V->getType()->isReferenceType() ||
      Field->getParent() != V->getType()->getAsCXXRecordDecl())
    return P;
  const Expr *Given = nullptr;
  const Expr *Init = bare(V->getInit());
  if (const auto *Made = dyn_cast<CXXConstructExpr>(Init)) {
    const FunctionDecl *Body = nullptr;
    if (!Made->getConstructor()->hasBody(Body))
      return P;
    for (const CXXCtorInitializer *Each : cast<CXXConstructorDecl>(Body)->inits())
      if (Each->isMemberInitializer() && Each->getMember() == Field) {
        const Place From = placeIn(Each->getInit());
        const auto *Parameter = dyn_cast_or_null<ParmVarDecl>(From.variable());
        if (Parameter && From.Path.size() == 1 &&
            Parameter->getFunctionScopeIndex() < Made->getNumArgs())
          Given = Made->getArg(Parameter->getFunctionScopeIndex());
      }
  } else if (const auto *List = dyn_cast<InitListExpr>(Init);
             List && Field->getFieldIndex() < List->getNumInits()) {
    Given = List->getInit(Field->getFieldIndex());
  }
  Place Result = Given ? placeIn(Given) : Place();
  if (!Result || Result.variable() == V)
    return P;
  Result.Path.append(P.Path.begin() + 2, P.Path.end());
  return Result;
}

} // namespace corolint::model
