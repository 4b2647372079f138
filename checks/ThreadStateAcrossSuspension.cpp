//===- ThreadStateAcrossSuspension.cpp - what belongs to a thread -----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Check.h"
#include "model/Unit.h"
#include "model/state/StaleErrno.h"
#include "model/state/ThreadState.h"

using namespace clang;

namespace corolint::checks {
namespace {

class ThreadStateAcrossSuspension : public Check {
public:
  using Check::Check;

private:
  void checkFunction(const FunctionDecl &F, model::Unit &U) override;
  void checkLocal(const model::StaleThreadState &State, model::Unit &U);
};

} // namespace

extern const Rule ThreadStateAcrossSuspensionEntry = {
    "coro-thread-state-across-suspension",
    "what belongs to a thread, taken before a suspension and used after it, on another thread "
    "maybe",
    Tier::Default,
    Topic::Suspension,
    Fix::None,
    {},
    makeCheck<ThreadStateAcrossSuspension>,
};

namespace {

void ThreadStateAcrossSuspension::checkLocal(const model::StaleThreadState &State, model::Unit &U) {
  if (!State.Certain && !wantsArguable(U))
    return;
  auto Finding = report(State.Stale.Use->getLocation(),
                        "'%0' is used after a suspension: it %select{%2|refers to the thread_local "
                        "'%2' of the thread}1 that took it, and the coroutine may have been "
                        "resumed on another",
                        shownIf(State.Certain));
  if (!Finding)
    return;
  const VarDecl &V = *State.Variable;
  const VarDecl *Local = State.Local.Variable;
  *Finding << V.getName() << (Local != nullptr)
           << (Local ? Local->getName().str() : State.Known->Why);
  if (State.Known)
    Finding->step(V.getLocation(), "it is taken here, by '%0' (%1)")
        << State.Known->Name << State.Known->From.str();
  else if (State.Local.From)
    Finding->step(V.getLocation(), "it is taken here, from '%0'")
        << State.Local.From->getQualifiedNameAsString();
  else
    Finding->step(V.getLocation(), "it is taken here");
  Finding->step(State.Stale.Suspensions.front()->getExprLoc(), "the coroutine is suspended here");
  for (const Expr *Other : llvm::drop_begin(State.Stale.Suspensions))
    Finding->step(Other->getExprLoc(), "and here");
  Finding->advice(State.Stale.Use->getLocation(), "take it again after the suspension");
}

void ThreadStateAcrossSuspension::checkFunction(const FunctionDecl &F, model::Unit &U) {
  for (const model::StaleErrno &Each : model::staleErrno(F, U))
    if (auto Finding = report(Each.Read->getExprLoc(),
                              "errno is read after a suspension: other code on the thread may have "
                              "set it meanwhile")) {
      Finding->step(Each.Failed->getExprLoc(), "this call set it");
      Finding->step(Each.Suspension->getExprLoc(),
                    "the coroutine is suspended here; copy errno before");
    }
  for (const model::StaleThreadState &Each : model::staleThreadState(F, U))
    checkLocal(Each, U);
}

} // namespace
} // namespace corolint::checks
