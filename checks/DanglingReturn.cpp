//===- DanglingReturn.cpp - coro-dangling-return --------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "BorrowNotes.h"
#include "Check.h"
#include "model/Unit.h"
#include "model/lifetime/Dangling.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace corolint::checks {
namespace {

using model::Dangling;
using model::Loan;
using model::TaskEnd;

class DanglingReturn : public Check {
public:
  using Check::Check;

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
  return borrowerOf(D) + " is returned, and refers to " +
         (D.Lent.From == Loan::Temporary ? std::string("a temporary") : objectOf(D.Lent)) + " by " +
         heldBy(D.Lent) + ", which ends with this function";
}

void adviseReturn(FindingBuilder &Finding, const Dangling &D) {
  Finding.advice(D.End.At->getBeginLoc(),
                 "'co_return co_await …' keeps it until the task is done; or let it be taken by value");
}

void DanglingReturn::checkFunction(const FunctionDecl &F, model::Unit &U) {
  for (const Dangling &D : U.get<model::DanglingTasks>(F)) {
    if (D.Is != Dangling::OfReturned || (!D.Certain && !wantsArguable(U)))
      continue;
    auto Finding = report(D.End.At->getExprLoc(), "%0", shownIf(D.Certain));
    if (!Finding)
      continue;
    *Finding << whatOfReturn(D);
    noteUse(*Finding, D, U);
    adviseReturn(*Finding, D);
  }
}

} // namespace
} // namespace corolint::checks
