//===- BusyWait.cpp - coro-busy-wait ------------------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Check.h"
#include "model/Unit.h"
#include "model/run/BusyWaits.h"

using namespace clang;

namespace corolint::checks {
namespace {

class BusyWait : public Check {
public:
  using Check::Check;

private:
  void checkFunction(const FunctionDecl &F, model::Unit &U) override;
};

} // namespace

extern const Rule BusyWaitEntry = {
    "coro-busy-wait",
    "a loop that sleeps until something has changed, instead of waiting for the change",
    Tier::Strict,
    Topic::Blocking,
    Fix::None,
    {},
    makeCheck<BusyWait>,
};

namespace {

void BusyWait::checkFunction(const FunctionDecl &F, model::Unit &U) {
  for (const model::BusyWait &Each : model::busyWaitsIn(F, U)) {
    auto Finding = report(Each.Loop->getBeginLoc(),
                          "the coroutine wakes up again and again until '%0' has changed");
    if (!Finding)
      continue;
    *Finding << Each.State->getNameAsString();
    Finding->step(Each.Pause->getExprLoc(), "it sleeps here, and then asks again");
    Finding->related(Each.State->getLocation(), "'%0' is declared here")
        << Each.State->getNameAsString();
    Finding->advice(Each.Loop->getBeginLoc(), "await an event that is signalled where '%0' changes")
        << Each.State->getNameAsString();
  }
}

} // namespace
} // namespace corolint::checks
