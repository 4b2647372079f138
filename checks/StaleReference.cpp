//===- StaleReference.cpp - coro-stale-reference ----------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Check.h"
#include "model/Unit.h"
#include "model/code/Walk.h"
#include "model/run/Concurrency.h"
#include "model/state/Borrow.h"

using namespace clang;

namespace corolint::checks {
namespace {

class StaleReference : public Check {
public:
  using Check::Check;

private:
  void checkFunction(const FunctionDecl &F, model::Unit &U) override;
};

} // namespace

extern const Rule StaleReferenceEntry = {
    "coro-stale-reference",
    "an iterator or reference into a shared container, taken before a suspension and used after it",
    Tier::Default,
    Topic::Suspension,
    Fix::None,
    {},
    makeCheck<StaleReference>,
};

namespace {

/// How many suspensions are named beside the first.
constexpr size_t MaxOthers = 4;

void StaleReference::checkFunction(const FunctionDecl &F, model::Unit &U) {
  if (!model::isCoroutine(F))
    return;
  for (const model::StaleBorrow &B : model::staleBorrows(F, U)) {
    // Who changes it meanwhile is what makes it a finding; that somebody could is arguable.
    if (!B.Certain && !wantsArguable(U))
      continue;
    if (!B.Certain)
      U.leave(B.Use, [&] {
        return "other code may change '" + B.Container->getNameAsString() +
               "' while the coroutine is suspended, but none is seen that does so then";
      });
    auto Finding =
        report(B.Use,
               "%select{the loop over '%1' goes on|'%0' is used}2 after a suspension: it "
               "%select{uses|is}2 %select{an iterator|a reference|a view}3 into '%1', which "
               "%select{can change|changes}4 while the coroutine is suspended",
               shownIf(B.Certain));
    if (!Finding)
      continue;
    *Finding << (B.Variable ? B.Variable->getName() : llvm::StringRef()) << B.Container->getName()
             << (B.Variable != nullptr) << static_cast<int>(B.Kind)
             << (B.Changed && !B.ChangedByItself);
    Finding->step(B.Taken, "it is taken here");
    Finding->step(B.Suspensions.front()->getExprLoc(), "the coroutine is suspended here");
    for (const Expr *Other : llvm::ArrayRef(B.Suspensions).drop_front().take_front(MaxOthers))
      Finding->step(Other->getExprLoc(), "and here");
    if (B.Changed)
      Finding->step(B.Changed->At,
                    "meanwhile, %select{|another run of }1%0 may do this, which invalidates it")
          << quoted(*B.Changed->In) << B.ChangedByItself;
    if (B.AwaitedCallee)
      Finding->step(B.Awaited->getExprLoc(), "%0 does so, and is awaited here")
          << quoted(*B.AwaitedCallee);
    const bool IsSaid = B.Concurrent && B.Concurrent->How == model::Begins::FromOutside &&
                        B.Concurrent->Which == B.Changed->In;
    if (B.Concurrent && !IsSaid)
      Finding->step(B.Concurrent->At,
                    "%0 does so%select{: it is started here, and runs meanwhile|: it is registered "
                    "here as a callback|, and others can call it at any time}1")
          << quoted(*B.Concurrent->Which) << static_cast<int>(B.Concurrent->How);
    Finding->advice(B.Taken,
                    B.Variable ? "look it up again after the suspension, or copy what it refers to"
                               : "iterate over a copy, or move the elements out first");
  }
}

} // namespace
} // namespace corolint::checks
