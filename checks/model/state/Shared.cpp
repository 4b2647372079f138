//===- Shared.cpp - State that others can see and change --------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/state/Shared.h"
#include "ast/Classes.h"
#include "model/Unit.h"
#include "model/code/ObjectPath.h"
#include "model/code/Walk.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/FoldingSet.h"
#include "llvm/ADT/STLExtras.h"

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

/// Constant for everybody: in a const method members are constants that other methods change.
bool isConstant(const Expr &E) {
  if (const auto *Member = dyn_cast<MemberExpr>(&E)) {
    const Expr *Base = Member->getBase()->IgnoreParenImpCasts();
    if (isa<CXXThisExpr>(Base))
      return Member->getMemberDecl()->getType().isConstQualified();
    if (!Member->isArrow() && isConstant(*Base))
      return true;
  }
  return E.getType().isConstQualified();
}

/// A smart pointer that can be copied: others may have the same object.
bool sharesOwnership(const CXXRecordDecl &C) {
  return isCopyable(C) && C.hasMemberName(&C.getASTContext().Idents.get("get"));
}

/// `auto p = std::make_shared<T>()`, `std::shared_ptr<T> p(new T)`: so far nobody else has it.
bool isMadeHere(const VarDecl &V) {
  const Expr *Init = V.getInit() ? bare(V.getInit()) : nullptr;
  if (const auto *Built = dyn_cast_or_null<CXXConstructExpr>(Init))
    return Built->getNumArgs() == 0 || isa<CXXNewExpr>(bare(Built->getArg(0)));
  const auto *Called = dyn_cast_or_null<CallExpr>(Init);
  const FunctionDecl *Callee = Called ? Called->getDirectCallee() : nullptr;
  return Callee && Callee->getIdentifier() && Callee->getName().contains("make");
}

/// Whether others have what a smart pointer leads to.
bool leadsToShared(const Expr &Pointer) {
  if (isShared(Pointer))
    return true;
  const auto *Ref = dyn_cast<DeclRefExpr>(Pointer.IgnoreParenImpCasts());
  const auto *V = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  const CXXRecordDecl *C = V ? V->getType()->getAsCXXRecordDecl() : nullptr;
  return C && C->hasDefinition() && sharesOwnership(*C) && !isMadeHere(*V);
}

} // namespace

bool isShared(const Expr &Lvalue) {
  const Expr *E = Lvalue.IgnoreParenImpCasts();
  if (isConstant(*E))
    return false;
  if (const auto *Member = dyn_cast<MemberExpr>(E)) {
    if (const auto *Static = dyn_cast<VarDecl>(Member->getMemberDecl()))
      return isSharedVariable(*Static);
    const Expr *Base = Member->getBase()->IgnoreParenImpCasts();
    if (const auto *Arrow = dyn_cast<CXXOperatorCallExpr>(Base))
      return isShared(*Arrow);
    if (Member->isArrow()) // `static_cast<owner *>(context)->members`
      Base = Base->IgnoreParenCasts();
    return Member->isArrow() ? isa<CXXThisExpr, DeclRefExpr, MemberExpr>(Base) : isShared(*Base);
  }
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
    const auto *V = dyn_cast<VarDecl>(Ref->getDecl());
    return V && isSharedVariable(*V);
  }
  if (const auto *Unary = dyn_cast<UnaryOperator>(E))
    return Unary->getOpcode() == UO_Deref &&
           isa<DeclRefExpr, MemberExpr, CXXThisExpr>(Unary->getSubExpr()->IgnoreParenImpCasts());
  if (const auto *Element = dyn_cast<ArraySubscriptExpr>(E)) {
    const Expr *Base = Element->getBase()->IgnoreParenImpCasts();
    return Base->getType()->isArrayType() ? isShared(*Base) : isa<DeclRefExpr, MemberExpr>(Base);
  }
  if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(E)) {
    const OverloadedOperatorKind Kind = Operator->getOperator();
    if (Kind == OO_Subscript)
      return isShared(*Operator->getArg(0));
    return (Kind == OO_Arrow || (Kind == OO_Star && Operator->getNumArgs() == 1)) &&
           leadsToShared(*Operator->getArg(0));
  }
  // An accessor of one line, of an object that is shared itself.
  const auto *Called = dyn_cast<CallExpr>(bare(E));
  const Expr *Returned = Called ? returnedBy(definitionCalledBy(*Called)) : nullptr;
  if (!Returned || isa<CallExpr>(bare(Returned)) || !isShared(*Returned))
    return false;
  if (const auto *Member = dyn_cast<CXXMemberCallExpr>(Called)) {
    const Expr *Object = bare(Member->getImplicitObjectArgument());
    return isa<CXXThisExpr>(Object) || Object->getType()->isPointerType() || isShared(*Object);
  }
  return true;
}

/// Evaluated twice it names the same, and changes nothing.
static bool isRepeatable(const Expr &Any, const ASTContext &Context) {
  const Expr *E = bare(&Any);
  if (const auto *Member = dyn_cast<MemberExpr>(E))
    return isRepeatable(*Member->getBase(), Context);
  if (const auto *Element = dyn_cast<ArraySubscriptExpr>(E))
    return isRepeatable(*Element->getBase(), Context) && isRepeatable(*Element->getIdx(), Context);
  if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(E))
    return (llvm::is_contained({OO_Subscript, OO_Arrow}, Operator->getOperator()) ||
            (Operator->getOperator() == OO_Star && Operator->getNumArgs() == 1)) &&
           llvm::all_of(Operator->arguments(),
                        [&](const Expr *Arg) { return isRepeatable(*Arg, Context); });
  return !E->HasSideEffects(Context);
}

bool isSameLvalue(const Expr &A, const Expr &B, Unit &U) {
  const Expr *Left = A.IgnoreParenImpCasts(), *Right = B.IgnoreParenImpCasts();
  if (!isRepeatable(*Left, U.context()) || !isRepeatable(*Right, U.context()))
    return false;
  llvm::FoldingSetNodeID One, Other;
  Left->Profile(One, U.context(), /*Canonical=*/true);
  Right->Profile(Other, U.context(), /*Canonical=*/true);
  return One == Other;
}

} // namespace corolint::model
