//===- LoansOfParts.cpp - What is made of other values refers to ----------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/Unit.h"
#include "model/code/Walk.h"
#include "model/lifetime/Loans.h"
#include "model/lifetime/Views.h"

using namespace clang;

namespace corolint::model {
namespace {

/// One of two that a container is made of: a range, whose elements it copies.
bool isOfRange(const CXXConstructExpr &Made, const Expr &Arg) {
  const CXXRecordDecl *C = Arg.getType()->getAsCXXRecordDecl();
  return Made.getNumArgs() >= 2 && (Arg.getType()->isPointerType() || (C && isIterator(*C)));
}

} // namespace

LoanList Loans::ofLambda(const LambdaExpr &Lambda) {
  LoanList Result;
  auto Init = Lambda.capture_init_begin();
  for (const LambdaCapture &C : Lambda.captures()) {
    const Expr *Value = *Init++;
    if (!Value || C.capturesVLAType())
      continue;
    const bool ByReference =
        C.capturesVariable() &&
        (C.getCaptureKind() == LCK_ByRef || C.getCapturedVar()->getType()->isReferenceType());
    // A copy of what a reference refers to is a copy.
    const bool IsCopyOfReference = C.capturesVariable() && C.getCaptureKind() == LCK_ByCopy &&
                                   C.getCapturedVar()->getType()->isReferenceType() &&
                                   !C.getCapturedVar()->isInitCapture();
    LoanList Held = ByReference && !IsCopyOfReference ? ofReference(*Value) : ofValue(*Value);
    for (Loan &L : Held)
      if (!L.Capturing)
        L.Capturing = &Lambda;
    addTo(Result, Held);
  }
  return Result;
}

LoanList Loans::ofList(const InitListExpr &List) {
  LoanList Result;
  const CXXRecordDecl *C = List.getType()->getAsCXXRecordDecl();
  if (C && !C->isAggregate())
    return Result;
  auto Field = C ? C->field_begin() : RecordDecl::field_iterator();
  // Bases come first, and are no fields.
  const unsigned Bases = C ? C->getNumBases() : 0;
  for (unsigned I = 0; I != List.getNumInits(); ++I) {
    const Expr *Each = List.getInit(I);
    const bool IsField = C && I >= Bases && Field != C->field_end();
    addTo(Result,
          IsField && (*Field)->getType()->isReferenceType() ? ofReference(*Each) : ofValue(*Each));
    if (IsField)
      ++Field;
  }
  return Result;
}

LoanList Loans::ofConstruction(const CXXConstructExpr &Made, QualType As) {
  LoanList Result;
  if (Made.getNumArgs() == 0)
    return Result;
  const CXXConstructorDecl *By = Made.getConstructor();
  if (By->isCopyOrMoveConstructor())
    return ofValue(*Made.getArg(0));
  if (isViewType(As))
    return ofView(*Made.getArg(0));
  const CXXRecordDecl &C = *By->getParent();
  if (isMadeOfParts(C) || isCallableWrapper(C)) {
    for (const Expr *Arg : Made.arguments())
      if (const auto *List = dyn_cast<CXXStdInitializerListExpr>(bare(Arg))) {
        const auto *Elements = dyn_cast<InitListExpr>(bare(List->getSubExpr()));
        addTo(Result, Elements ? ofList(*Elements) : LoanList());
      } else if (!isOfRange(Made, *Arg)) {
        addTo(Result, ofValue(*Arg));
      }
    return Result;
  }
  for (const Need &N : U.get<ResultNeeds>(*By)) {
    if (N.Arg < 0 || static_cast<unsigned>(N.Arg) >= Made.getNumArgs())
      continue;
    LoanList Lent = N.ByReference ? ofReference(*Made.getArg(N.Arg)) : ofValue(*Made.getArg(N.Arg));
    for (Loan &Each : Lent) {
      Each.By = &Made;
      Each.For = N;
      Each.For.Of = By;
      Each.For.Holder = By->getParamDecl(N.Arg);
    }
    addTo(Result, Lent);
  }
  return Result;
}

} // namespace corolint::model
