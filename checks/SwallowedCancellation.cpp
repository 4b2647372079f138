//===- SwallowedCancellation.cpp - coro-swallowed-cancellation ----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Check.h"
#include "model/Unit.h"
#include "model/run/Swallowed.h"

using namespace clang;

namespace corolint::checks {
namespace {

class SwallowedCancellation : public Check {
public:
  using Check::Check;

private:
  void checkFunction(const FunctionDecl &F, model::Unit &U) override;
};

} // namespace

extern const Rule SwallowedCancellationEntry = {
    "coro-swallowed-cancellation",
    "a handler that catches what says that the coroutine is to stop, and goes on",
    Tier::Strict,
    Topic::Structure,
    Fix::Suggested,
    {},
    makeCheck<SwallowedCancellation>,
};

namespace {

void SwallowedCancellation::checkFunction(const FunctionDecl &F, model::Unit &U) {
  for (const model::SwallowedCancellation &Each : model::swallowedIn(F, U)) {
    const SourceLocation At = Each.Handler->getCatchLoc();
    auto Finding = report(
        At, "this handler also catches '%0', by which the coroutine is told to stop, and goes on");
    if (!Finding)
      continue;
    *Finding << Each.What->Name;
    Finding->step(Each.Cancelled->getExprLoc(), "it is thrown here if the coroutine is cancelled");
    Finding->step(Each.GoesOn->getExprLoc(),
                  "after the handler, the coroutine goes on and waits here");
    if (!Each.What->Why.empty()) {
      Finding->advice(At, "'%0' %1: rethrow it, or leave, where it says so")
          << Each.What->Name << Each.What->Why;
      continue;
    }
    auto &Advice = Finding->advice(At, "let it through before this handler");
    if (At.isFileID())
      Advice << FixItHint::CreateInsertion(At,
                                           "catch (const " + Each.What->Name + " &) { throw; } ");
  }
}

} // namespace
} // namespace corolint::checks
