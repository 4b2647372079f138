//===- DanglingCapture.cpp - coro-dangling-capture ------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "BorrowNotes.h"
#include "Check.h"
#include "model/Unit.h"
#include "model/code/Walk.h"
#include "model/lifetime/Dangling.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace corolint::checks {
namespace {

using model::Dangling;
using model::Loan;
using model::TaskEnd;

class DanglingCapture : public BorrowCheck {
public:
  using BorrowCheck::BorrowCheck;

private:
  void checkFunction(const FunctionDecl &F, model::Unit &U) override;
};

} // namespace

extern const Rule DanglingCaptureEntry = {
    "coro-dangling-capture",
    "a coroutine lambda whose captures are gone before its task is done",
    Tier::Default,
    Topic::Lifetime,
    Fix::Safe,
    {},
    makeCheck<DanglingCapture>,
};

namespace {

/// The lambda, where it is written: what is called may be a local that has it.
const Expr *closureOf(const Dangling &D) {
  const Expr *E = model::bare(D.Lent.At);
  const VarDecl *V = D.Lent.Variable;
  if (!isa<LambdaExpr>(E) && V && V->getInit() && isa<LambdaExpr>(model::bare(V->getInit())))
    return model::bare(V->getInit());
  return E;
}

SourceLocation placeOfLambda(const Dangling &D) {
  const Expr *E = closureOf(D);
  return isa<LambdaExpr>(E) ? E->getBeginLoc() : E->getExprLoc();
}

std::string whatOfCapture(const Dangling &D) {
  const std::string Whose = D.Lent.From == Loan::Temporary
                                ? std::string("this lambda is a temporary: its captures are gone")
                                : "the captures of " + objectOf(D.Lent) + " are gone";
  return Whose + " when its task goes on, which is " + endOf(D.End);
}

void adviseCapture(FindingBuilder &Finding, const Dangling &D, model::Unit &U) {
  const auto *Lambda = dyn_cast<LambdaExpr>(closureOf(D));
  if (const model::Edits Edits = Lambda ? model::takeClosureByValue(*Lambda, U) : model::Edits();
      !Edits.empty()) {
    for (const FixItHint &Each : Edits)
      Finding << Each;
    return;
  }
  const auto *Called = dyn_cast<CallExpr>(D.Made);
  FindingMessage &Advice = Finding.advice(
      placeOfLambda(D), "pass what it captures as parameters, which its frame keeps, "
                        "or await it where it is made");
  if (Lambda && Called && D.Lent.At == Lambda)
    Advice << model::captureAsParameters(*Lambda, *Called, U);
}

void DanglingCapture::checkFunction(const FunctionDecl &F, model::Unit &U) {
  reportEach(Dangling::OfClosure, F, U, placeOfLambda, whatOfCapture,
             [&](FindingBuilder &Finding, const Dangling &D) { adviseCapture(Finding, D, U); });
}

} // namespace
} // namespace corolint::checks
