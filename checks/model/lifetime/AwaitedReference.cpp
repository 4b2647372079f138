//===- AwaitedReference.cpp - References that co_await gives back --------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/lifetime/AwaitedReference.h"
#include "model/Unit.h"
#include "model/code/Walk.h"
#include "model/lifetime/FrameOwner.h"
#include "model/lifetime/Storage.h"

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
  FrameOwner Owner;
  if (DiesOperand && Awaited)
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
