//===- AwaitedReference.cpp - References that co_await gives back --------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/lifetime/AwaitedReference.h"
#include "ast/Names.h"
#include "model/Unit.h"
#include "model/code/Walk.h"
#include "model/lifetime/FrameOwner.h"
#include "model/lifetime/Storage.h"
#include "model/types/Protocol.h"
#include "clang/AST/DeclTemplate.h"

using namespace clang;

namespace corolint::model {
namespace {

/// A temporary of this full-expression, not what a function gave a reference to.
bool isTemporary(const Expr &E) {
  const Expr *Inner = &E;
  for (;;) {
    Inner = Inner->IgnoreParens();
    if (isa<MaterializeTemporaryExpr>(Inner) || Inner->isPRValue())
      return true;
    if (const auto *Cast = dyn_cast<ImplicitCastExpr>(Inner))
      Inner = Cast->getSubExpr();
    else if (const auto *Opaque = dyn_cast<OpaqueValueExpr>(Inner);
             Opaque && Opaque->getSourceExpr())
      Inner = Opaque->getSourceExpr();
    else
      return false;
  }
}

/// `task<T &>`: what its coroutine gives lies elsewhere, its user says.
bool isOfReference(const CXXRecordDecl &C) {
  const auto *Spec = dyn_cast<ClassTemplateSpecializationDecl>(&C);
  return Spec && Spec->getTemplateArgs().size() != 0 &&
         Spec->getTemplateArgs()[0].getKind() == TemplateArgument::Type &&
         Spec->getTemplateArgs()[0].getAsType()->isReferenceType();
}

/// An operator `co_await` of the class gives the coroutine away: to the awaiter, or to who knows.
bool givesCoroutineAway(const CXXRecordDecl &C) {
  bool Gives = false;
  for (const CXXMethodDecl *Method : C.methods()) {
    const Stmt *Body = Method->getOverloadedOperator() == OO_Coawait ? bodyOf(*Method) : nullptr;
    walkEvaluated(Body, [&](const Stmt &S) {
      if (const auto *Called = dyn_cast<CallExpr>(&S))
        if (const FunctionDecl *Callee = Called->getDirectCallee())
          Gives |= Callee->getOverloadedOperator() == OO_Equal ||
                   llvm::is_contained({"exchange", "release", "swap"}, simpleName(*Callee));
      const auto *Binary = dyn_cast<BinaryOperator>(&S);
      Gives |= Binary && Binary->isAssignmentOp();
      return !Gives;
    });
  }
  return Gives;
}

} // namespace

std::optional<AwaitedReference> endingReference(const CoawaitExpr &Await, Unit &U) {
  const auto *Resume = Await.isGLValue() && !Await.isTypeDependent()
                           ? dyn_cast<CallExpr>(bare(Await.getResumeExpr()))
                           : nullptr;
  const FunctionDecl *Callee = Resume ? Resume->getDirectCallee() : nullptr;
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Callee);
  const Expr *Common = Await.getCommonExpr(), *Operand = writtenOperand(&Await);
  if (!Method || Method->isVirtual() || !Common || !Operand)
    return std::nullopt;
  const bool DiesAwaiter = isTemporary(*Common), DiesOperand = isTemporary(*Operand);
  const CXXRecordDecl *Awaited = Operand->getType()->getAsCXXRecordDecl();
  const CXXRecordDecl *Awaiter = Common->getType()->getAsCXXRecordDecl();
  if (Awaited && isOfReference(*Awaited))
    return std::nullopt;
  FrameOwner Owner;
  if (DiesOperand && Awaited && !givesCoroutineAway(*Awaited))
    Owner = frameOwner(*Awaited, U);
  if (!Owner && DiesAwaiter && Awaiter)
    Owner = frameOwner(*Awaiter, U);
  switch (Storage(Awaited, Owner ? Owner.Promise : nullptr).ofResult(*Callee, Whole::Awaiter)) {
  case Whole::Unknown:
    return std::nullopt;
  case Whole::Frame:
    return AwaitedReference{AwaitedReference::InFrame, Callee, Owner.Destructor};
  case Whole::Operand:
    return DiesOperand ? std::optional(AwaitedReference{AwaitedReference::InOperand, Callee})
                       : std::nullopt;
  case Whole::Awaiter:
    if (!DiesAwaiter)
      return std::nullopt;
    return AwaitedReference{
        Awaiter == Awaited ? AwaitedReference::InOperand : AwaitedReference::InAwaiter, Callee};
  }
  llvm_unreachable("all places are handled");
}

} // namespace corolint::model
