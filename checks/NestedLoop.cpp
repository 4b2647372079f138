//===- NestedLoop.cpp - coro-nested-loop ------------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Check.h"
#include "model/Unit.h"
#include "model/code/Walk.h"
#include "model/fix/Edits.h"

using namespace clang;

namespace corolint::checks {
namespace {

class NestedLoop : public Check {
public:
  using Check::Check;

private:
  void checkFunction(const FunctionDecl &F, model::Unit &U) override;
};

} // namespace

extern const Rule NestedLoopEntry = {
    "coro-nested-loop",
    "running an event loop, or waiting synchronously for a task, inside a coroutine",
    Tier::Default,
    Topic::Blocking,
    Fix::Safe,
    {},
    makeCheck<NestedLoop>,
};

namespace {

/// `sync_wait(f())` is `co_await f()`: the one argument that is written is a task, given away.
std::optional<FixItHint> awaitInstead(const model::BlockingWitness &C, const FunctionDecl &F,
                                      model::Unit &U) {
  if (C.Chain.size() != 1 || C.Site.Object || C.Site.Args.empty() || !C.Site.Written ||
      !llvm::all_of(llvm::drop_begin(C.Site.Args), llvm::IsaPred<CXXDefaultArgExpr>))
    return std::nullopt;
  const Expr *Task = C.Site.Args.front()->IgnoreImplicit();
  if (Task->isLValue() || !model::mayInsertCoAwait(*Task, F, U))
    return std::nullopt;
  std::optional<std::string> Text = model::textOf(*Task, U);
  return Text ? model::replaceCall(C.Site, "co_await " + *Text, F, U) : std::nullopt;
}

void NestedLoop::checkFunction(const FunctionDecl &F, model::Unit &U) {
  model::Wanted Wanted;
  Wanted.Loops = true;
  Wanted.Uncertain = wantsArguable(U);
  // Also at the ends of scopes: a local whose destructor waits for a task.
  for (bool ScopeEnds : {false, true}) {
    Wanted.ScopeEnds = ScopeEnds;
    for (const model::BlockingWitness &C : U.get<model::Blocking>().in(F, Wanted)) {
      std::string Reason = C.Chain.size() == 1 ? C.Known->Why : "calls " + quotedStep(C, 1);
      auto Finding = report(C.Site.At,
                            "%0 %select{may wait|waits}2 synchronously inside a %select{callback "
                            "of the event loop|coroutine}3, which stops the event loop or "
                            "deadlocks it: it %1",
                            shownIf(C.Certain));
      if (!Finding)
        continue;
      *Finding << (ScopeEnds ? "the destructor of '" + C.Site.Destroyed->getNameAsString() + "'"
                             : quotedStep(C, 0))
               << Reason << C.Certain << model::isCoroutine(F);
      if (std::optional<FixItHint> Fix = ScopeEnds ? std::nullopt : awaitInstead(C, F, U))
        *Finding << *Fix;
      noteChain(*Finding, C, F, U);
    }
  }
}

} // namespace
} // namespace corolint::checks
