//===- DanglingParameter.cpp - coro-dangling-parameter --------------------===//
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

class DanglingParameter : public BorrowCheck {
public:
  using BorrowCheck::BorrowCheck;

private:
  void checkFunction(const FunctionDecl &F, model::Unit &U) override;
};

} // namespace

extern const Rule DanglingParameterEntry = {
    "coro-dangling-parameter",
    "a task that is kept longer than what an argument of its coroutine refers to",
    Tier::Default,
    Topic::Lifetime,
    Fix::Suggested,
    {},
    makeCheck<DanglingParameter>,
};

namespace {

std::string whatOfArgument(const Dangling &D) {
  const std::string Gone = D.Lent.From == Loan::Temporary ? "that" : objectOf(D.Lent);
  return borrowerOf(D) + " " + refersTo(D.Lent) + ", and is " + endOf(D.End) + " after " + Gone +
         " is gone";
}

void adviseArgument(FindingBuilder &Finding, const Dangling &D, model::Unit &U) {
  if (const model::Edits Edits = model::takeByValue(D.Lent, U); !Edits.empty())
    Finding.advice(D.Lent.For.Holder->getLocation(),
                   "take '%0' by value, or await the task where it is made")
        << D.Lent.For.Holder->getName() << Edits;
  else
    Finding.advice(placeOf(D.Lent),
                   "let the object live longer, or await the task where it is made");
}

void DanglingParameter::checkFunction(const FunctionDecl &F, model::Unit &U) {
  reportEach(
      Dangling::OfParameter, F, U, [](const Dangling &D) { return placeOf(D.Lent); },
      whatOfArgument,
      [&](FindingBuilder &Finding, const Dangling &D) { adviseArgument(Finding, D, U); });
}

} // namespace
} // namespace corolint::checks
