//===- SequentialAwait.cpp - coro-sequential-await ----------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Check.h"
#include "model/Unit.h"
#include "model/calls/Offers.h"
#include "model/state/InARow.h"

using namespace clang;

namespace corolint::checks {
namespace {

class SequentialAwait : public Check {
public:
  using Check::Check;

private:
  void checkFunction(const FunctionDecl &F, model::Unit &U) override;
};

} // namespace

extern const Rule SequentialAwaitEntry = {
    "coro-sequential-await",
    "awaits that do not need each other, and wait for each other all the same",
    Tier::Pedantic,
    Topic::Structure,
    Fix::None,
    {},
    makeCheck<SequentialAwait>,
};

namespace {

void SequentialAwait::checkFunction(const FunctionDecl &F, model::Unit &U) {
  const model::Offers *Has = model::offersTo(F, U);
  if (!Has || Has->Gather.empty())
    return; // nothing here would run them at the same time
  for (const model::AwaitsInARow &Row : model::awaitsInARow(F, U)) {
    const SourceLocation At = Row.At[Row.Loop ? 0 : 1]->getExprLoc();
    auto Finding =
        report(At, Row.Loop ? "each await of this loop begins when the one before it has "
                              "ended, and needs nothing of it"
                            : "this await begins when the one before it has ended, and needs "
                              "nothing of it");
    if (!Finding)
      continue;
    if (!Row.Loop)
      Finding->step(Row.At[0]->getExprLoc(), "the one before it is here");
    for (size_t I = 2; I < Row.At.size(); ++I)
      Finding->related(Row.At[I]->getExprLoc(), "and so does this one");
    Finding->advice(At, "await them together: 'co_await %0(…)' takes as long as the longest")
        << Has->Gather;
  }
}

} // namespace
} // namespace corolint::checks
