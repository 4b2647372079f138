//===- DetachedBorrow.cpp - coro-detached-borrow --------------------------===//
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

class DetachedBorrow : public BorrowCheck {
public:
  using BorrowCheck::BorrowCheck;

private:
  void checkFunction(const FunctionDecl &F, model::Unit &U) override;
};

} // namespace

extern const Rule DetachedBorrowEntry = {
    "coro-detached-borrow",
    "work that runs on by itself, and borrows what may be gone before",
    Tier::Default,
    Topic::Lifetime,
    Fix::Suggested,
    {},
    makeCheck<DetachedBorrow>,
};

namespace {

std::string whatOfDetached(const Dangling &D) {
  return borrowerOf(D) + " " + refersTo(D.Lent) + ", and is " + endOf(D.End) + ": " +
         (D.Lent.From == Loan::Temporary ? "the temporary is gone by then"
          : D.Lent.From == Loan::Receiver
              ? "nothing keeps the object alive as long"
              : "nothing waits for it before " + objectOf(D.Lent) + " is gone");
}

void adviseDetached(FindingBuilder &Finding, const Dangling &D, model::Unit &U) {
  if (const model::Edits Edits = model::takeByValue(D.Lent, U); !Edits.empty()) {
    Finding.advice(D.Lent.For.Holder->getLocation(),
                   "take '%0' by value, or wait for the work before")
        << D.Lent.For.Holder->getName() << Edits;
    return;
  }
  Finding.advice(placeOf(D.Lent),
                 "hand over a copy or a shared owner, or wait for the work before");
}

void DetachedBorrow::checkFunction(const FunctionDecl &F, model::Unit &U) {
  reportEach(
      Dangling::OfSpawned, F, U, [](const Dangling &D) { return placeOf(D.Lent); }, whatOfDetached,
      [&](FindingBuilder &Finding, const Dangling &D) { adviseDetached(Finding, D, U); });
}

} // namespace
} // namespace corolint::checks
