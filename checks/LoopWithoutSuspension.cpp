//===- LoopWithoutSuspension.cpp - coro-loop-without-suspension -------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Check.h"
#include "model/Unit.h"
#include "model/calls/Offers.h"
#include "model/code/Cfg.h"
#include "model/code/Loops.h"
#include "model/code/Scopes.h"
#include "model/code/Walk.h"
#include "model/run/Blocking.h"
#include "model/run/LongLoops.h"
#include "model/run/Threads.h"
#include "model/types/Coroutine.h"
#include "llvm/ADT/SmallPtrSet.h"

using namespace clang;

namespace corolint::checks {
namespace {

using model::LongLoop;

constexpr Option LoopWithoutSuspensionOptions[] = {
    {"Rounds", "1000000", "report a loop that goes round this often, if that is constant"},
};

class LoopWithoutSuspension : public Check {
public:
  using Check::Check;

private:
  void checkFunction(const FunctionDecl &F, model::Unit &U) override;
  void say(const LongLoop &L, const FunctionDecl &F, model::Unit &U);
  static void advise(FindingBuilder &Finding, const LongLoop &L, const model::Offers *Has);
};

} // namespace

extern const Rule LoopWithoutSuspensionEntry = {
    "coro-loop-without-suspension",
    "a loop in a coroutine that lets nobody else run, and for which nothing says that it ends soon",
    Tier::Strict,
    Topic::Blocking,
    Fix::None,
    LoopWithoutSuspensionOptions,
    makeCheck<LoopWithoutSuspension>,
};

namespace {

std::string howLong(const LongLoop &L) {
  switch (L.By) {
  case LongLoop::Never:
    return "it never ends";
  case LongLoop::Others:
    return "only others can end it, by '" + L.State->getNameAsString() + "'";
  case LongLoop::Time:
    return "it ends when a time has come";
  case LongLoop::Rounds:
    return "it goes round " + std::to_string(L.Count) + " times";
  case LongLoop::Number:
    return "it goes round as often as '" + L.State->getNameAsString() + "' says";
  }
  llvm_unreachable("all ways are handled");
}

/// The calls of a function that block, which are coro-blocking-call's, and the loops that they
/// stand in.
class Blocked {
public:
  Blocked(const FunctionDecl &F, model::Unit &U) {
    model::Wanted Any;
    Any.Loops = true;
    Any.Families.assign(model::allFamilies().begin(), model::allFamilies().end());
    Any.Uncertain = true;
    const auto &Where = U.get<model::Scopes>(F);
    llvm::ArrayRef<model::Loop> Loops = model::loopsIn(F, U);
    for (const model::BlockingWitness &Each : U.get<model::Blocking>().in(F, Any)) {
      const Stmt *Call = Each.Site.Written;
      if (!Call)
        continue;
      Places.insert(Call);
      const Stmt *Around = Where.loopAround(*Call, *model::writtenBody(F));
      const model::Loop *L = Around ? model::loopAt(*Around, F, U) : nullptr;
      while (L && Places.insert(L->Written).second)
        L = L->Around == model::Loop::None ? nullptr : &Loops[L->Around];
    }
  }
  bool contains(const Stmt &Place) const { return Places.contains(&Place); }

private:
  llvm::SmallPtrSet<const Stmt *, 8> Places;
};

void LoopWithoutSuspension::checkFunction(const FunctionDecl &F, model::Unit &U) {
  if (!model::isCoroutine(F) || model::isGenerator(F, U))
    return;
  const std::vector<LongLoop> Loops = model::longLoopsIn(F, number("Rounds"), U);
  if (Loops.empty())
    return;
  const Blocked Blocks(F, U);
  const model::Cfg *Graph = model::cfgOf(F, U);
  for (const LongLoop &L : Loops) {
    if (Graph && !Graph->isLive(L.place()))
      continue;
    const model::Where Runs = U.get<model::Hops>(F).at(&L.place(), U);
    if (Runs != model::Where::Loop)
      U.leave(L.place().getSourceRange(), [&] {
        return "the loop lets nobody else run, but runs on " +
               std::string(Runs == model::Where::Worker ? "a worker" : "nobody knows which thread");
      });
    else if (Blocks.contains(L.place()))
      U.leave(L.place().getSourceRange(),
              [] { return "the loop waits for what blocks, which is coro-blocking-call's"; });
    else
      say(L, F, U);
  }
}

void LoopWithoutSuspension::say(const LongLoop &L, const FunctionDecl &F, model::Unit &U) {
  const bool Own = L.Chain.empty();
  auto Finding = report(Own ? L.Written->getBeginLoc() : L.Chain.front().Call->getExprLoc(),
                        Own ? "nobody else runs while this loop does, and %0"
                            : "nobody else runs while %1 loops, and %0");
  if (!Finding)
    return;
  *Finding << howLong(L);
  if (!Own)
    *Finding << quoted(*L.Chain.front().Callee);
  for (size_t I = 1; I < L.Chain.size(); ++I)
    Finding->step(L.Chain[I].Call->getExprLoc(), "it calls %0") << quoted(*L.Chain[I].Callee);
  if (!Own)
    Finding->step(L.Written->getBeginLoc(), "the loop is here");
  if (L.Awaits)
    Finding->related(L.Written->getBeginLoc(),
                     "what it awaits is ready, so that the coroutine is not suspended");
  advise(*Finding, L, model::offersTo(F, U));
}

/// What to do instead, by the names of the coroutine's own library where it has some.
void LoopWithoutSuspension::advise(FindingBuilder &Finding, const LongLoop &L,
                                   const model::Offers *Has) {
  const SourceLocation At = L.place().getBeginLoc();
  static const model::Offers Nothing;
  const model::Offers &Library = Has ? *Has : Nothing;
  if (L.By == LongLoop::Others) {
    Finding.advice(At, "let who changes it signal an event, and await that");
  } else if (L.By == LongLoop::Time) {
    if (Library.Sleep.empty())
      Finding.advice(At, "await a timer of the loop");
    else
      Finding.advice(At, "await '%0'") << Library.Sleep;
  } else if (Library.Offload.empty() && Library.Yield.empty()) {
    Finding.advice(At, "move it to a worker, or suspend now and then, so that others run");
  } else {
    if (!Library.Offload.empty())
      Finding.advice(At, "move it to a worker: 'co_await %0(…)'") << Library.Offload;
    if (!Library.Yield.empty())
      Finding.advice(At, "let the others run now and then: 'co_await %0()'") << Library.Yield;
  }
}

} // namespace
} // namespace corolint::checks
