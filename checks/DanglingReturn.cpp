//===- DanglingReturn.cpp - coro-dangling-return --------------------------===//
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
#include "model/lifetime/FrameResult.h"
#include "model/state/ReturnedUnder.h"
#include "model/tasks/TaskFlow.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace corolint::checks {
namespace {

using model::Dangling;
using model::Loan;
using model::TaskEnd;

class DanglingReturn : public BorrowCheck {
public:
  using BorrowCheck::BorrowCheck;

private:
  void checkFunction(const FunctionDecl &F, model::Unit &U) override;
};

} // namespace

extern const Rule DanglingReturnEntry = {
    "coro-dangling-return",
    "a task that is returned, and refers to what ends with the function",
    Tier::Default,
    Topic::Lifetime,
    Fix::Suggested,
    {},
    makeCheck<DanglingReturn>,
};

namespace {

std::string whatOfReturn(const Dangling &D) {
  return borrowerOf(D) + " is returned, and " + refersTo(D.Lent, "a temporary") +
         ", which ends with this function";
}

const ReturnStmt *returnOf(const Expr &Value, const FunctionDecl &F) {
  const ReturnStmt *Found = nullptr;
  model::walkEvaluated(model::writtenBody(F), [&](const Stmt &S) {
    if (const auto *Return = dyn_cast<ReturnStmt>(&S); Return && Return->getRetValue() == &Value)
      Found = Return;
    return !Found;
  });
  return Found;
}

void adviseReturn(FindingBuilder &Finding, const Dangling &D, const FunctionDecl &F,
                  model::Unit &U) {
  const ReturnStmt *Return = returnOf(*D.End.At, F);
  FindingMessage &Advice = Finding.advice(
      Return ? Return->getBeginLoc() : D.End.At->getBeginLoc(),
      "'co_return co_await …' keeps it until the task is done; or let it be taken by value");
  if (Return)
    Advice << model::awaitReturned(F, U);
}

/// A task that runs after what was to be around it.
void noteUnder(FindingBuilder &Finding, const model::ReturnedUnder &R, const FunctionDecl &F,
               model::Unit &U) {
  if (R.Guard) {
    Finding.related(R.Guard->getLocation(), "'%0' is unlocked when this function returns")
        << R.Guard->getName();
    // Awaited here, it would be held while the coroutine is suspended.
    Finding.advice(R.By->getBeginLoc(),
                   "lock it in the coroutine that the task runs, or take a lock that is awaited");
    return;
  }
  Finding.related(R.Try->getBeginLoc(), "this 'try' ends when this function returns");
  Finding.advice(R.By->getBeginLoc(), "'co_return co_await …' runs it before that")
      << model::awaitReturned(F, U);
}

std::string whatOfUnder(const model::ReturnedUnder &R) {
  const std::string Name = model::nameOfMaker(*R.Made);
  if (R.Guard)
    return Name + " runs without the lock: its task is lazy, and is returned before it has run";
  return "what " + Name +
         " throws is not caught here: its task is lazy, and is returned before it "
         "has run";
}

std::string whatOfFrame(const model::FrameResult &R) {
  if (R.Lent.From == Loan::Temporary)
    return "the result refers to a temporary, which is gone before the caller sees it";
  if (R.Lent.From == Loan::Parameter)
    return "the result refers to the parameter " + objectOf(R.Lent) +
           ", which is gone when the frame is destroyed";
  return "the result refers to " + objectOf(R.Lent) + ", which is gone before the caller sees it";
}

void DanglingReturn::checkFunction(const FunctionDecl &F, model::Unit &U) {
  reportEach(
      Dangling::OfReturned, F, U, [](const Dangling &D) { return D.End.At->getExprLoc(); },
      whatOfReturn,
      [&](FindingBuilder &Finding, const Dangling &D) { adviseReturn(Finding, D, F, U); });
  for (const model::FrameResult &R : model::frameResultsOf(F, U))
    if (R.Certain || wantsArguable(U))
      if (auto Finding = report(R.Returned->getExprLoc(), "%0", shownIf(R.Certain))) {
        *Finding << whatOfFrame(R);
        Finding->advice(R.Returned->getExprLoc(), "return the value, not a reference to it");
      }
  for (const model::ReturnedUnder &R : model::returnedUnder(F, U))
    if (R.Certain || wantsArguable(U))
      if (auto Finding = report(R.By->getBeginLoc(), "%0", shownIf(R.Certain))) {
        *Finding << whatOfUnder(R);
        noteUnder(*Finding, R, F, U);
      }
}

} // namespace
} // namespace corolint::checks
