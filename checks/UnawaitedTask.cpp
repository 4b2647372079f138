//===- UnawaitedTask.cpp - coro-unawaited-task ------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Check.h"
#include "model/Unit.h"
#include "model/code/Walk.h"
#include "model/fix/AwaitFix.h"
#include "model/tasks/Effects.h"
#include "model/tasks/Lost.h"
#include "model/tasks/TaskFlow.h"
#include "model/types/TaskType.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace corolint::checks {
namespace {

using model::LostTask;
using model::TaskKind;

class UnawaitedTask : public Check {
public:
  using Check::Check;

private:
  void checkFunction(const FunctionDecl &F, model::Unit &U) override;
};

} // namespace

extern const Rule UnawaitedTaskEntry = {
    "coro-unawaited-task",
    "a task that is made and never awaited: it never runs, or nobody hears of its failure",
    Tier::Default,
    Topic::Awaiting,
    Fix::Safe,
    {},
    makeCheck<UnawaitedTask>,
};

namespace {

/// What does not happen while an awaiter is not awaited.
std::string lostWith(const LostTask &Lost, bool Locks, model::Unit &U) {
  const std::string Name = model::nameOfMaker(*Lost.Made);
  if (Locks)
    return Name + " locks nothing";
  switch (model::effectOfMaking(*Lost.Made, U)) {
  case model::Effect::None:
    return Name + " has no effect";
  case model::Effect::Some:
    return "nobody waits for what " + Name + " starts";
  case model::Effect::Unknown:
    return Name + " is not waited for"; // it may have begun something
  }
  llvm_unreachable("all answers are handled");
}

std::string whatOfDropped(const LostTask &Lost, bool Locks, model::Unit &U) {
  const std::string Name = model::nameOfMaker(*Lost.Made);
  const bool IsAwaited = isa<CoawaitExpr>(Lost.Made);
  switch (Lost.Type.Kind) {
  case TaskKind::Lazy:
    return IsAwaited ? "what 'co_await' returns here is another task, which is never awaited"
                     : Name + " never runs: its task is not awaited";
  case TaskKind::Awaiter:
    return IsAwaited ? "what 'co_await' returns here is to be awaited, and is dropped"
                     : lostWith(Lost, Locks, U) + ": what it returns is not awaited";
  case TaskKind::Eager:
    return Lost.Type.Cancels ? Name + " is cancelled at once: its task is dropped, and cancels it "
                                      "when it dies"
                             : "the task of " + Name +
                                   " is dropped: nobody learns when it is done or how it failed";
  default:
    return (IsAwaited ? std::string("what 'co_await' returns here") : "what " + Name + " returns") +
           " is to be awaited, and is dropped";
  }
}

std::string whatOfKept(const LostTask &Lost, bool Locks, model::Unit &U) {
  const std::string Name = model::nameOfMaker(*Lost.Made);
  const std::string Kept = " kept in '" + Lost.In->getNameAsString() + "', and no path awaits it";
  const bool IsAwaited = isa<CoawaitExpr>(Lost.Made);
  if (Lost.Type.Kind == TaskKind::Eager)
    return (IsAwaited ? std::string("what 'co_await' returns here is a task that is")
                      : "the task of " + Name + " is") +
           Kept + ": nobody learns when it is done or how it failed";
  if (IsAwaited)
    return (Lost.Type.Kind == TaskKind::Awaiter
                ? "what 'co_await' returns here is to be awaited, and is"
                : "what 'co_await' returns here never runs: it is another task, which is") +
           Kept;
  if (Lost.Type.Kind == TaskKind::Lazy && !Locks)
    return Name + " never runs: its task is" + Kept;
  return lostWith(Lost, Locks, U) + ": what it returns is" + Kept;
}

std::string whatOf(const LostTask &Lost, const FunctionDecl &F, model::Unit &U) {
  const std::string Name = model::nameOfMaker(*Lost.Made);
  const bool Locks = model::wouldLock(*Lost.Made, Lost.Type, U);
  const std::string More = Locks ? "; what follows runs unlocked" : "";
  switch (Lost.How) {
  case LostTask::Dropped:
    return whatOfDropped(Lost, Locks, U) + More;
  case LostTask::Kept:
    return whatOfKept(Lost, Locks, U) + More;
  case LostTask::Held:
    return (isa<CoawaitExpr>(Lost.Made) ? "what 'co_await' returns here"
                                        : "what " + Name + " returns") +
           " holds a task that is never awaited";
  case LostTask::Contained:
    return Name + " never runs: its task is kept in '" + Lost.In->getNameAsString() +
           "', and no path takes it out and awaits it";
  case LostTask::OnAPath:
    return Name + " does not run on a path: its task is kept in '" + Lost.In->getNameAsString() +
           "', and not awaited on it";
  case LostTask::Inner:
    return Name + " is returned as a task inside the task of " + quoted(F) + ": awaiting " +
           quoted(F) + " once does not run it";
  }
  llvm_unreachable("all ways are handled");
}

void explain(FindingBuilder &Finding, const LostTask &Lost, const FunctionDecl &F) {
  const SourceLocation At = Lost.In ? Lost.In->getLocation() : Lost.Made->getExprLoc();
  if (Lost.How == LostTask::Inner) {
    Finding.advice(At, "'co_return co_await …' gives its result; then %0 returns the inner type")
        << quoted(F);
    return;
  }
  if (Lost.How == LostTask::OnAPath)
    Finding.step(isa<CompoundStmt>(Lost.Leaves) ? Lost.Leaves->getEndLoc()
                                                : Lost.Leaves->getBeginLoc(),
                 "the path ends here, after something else was awaited");
  const CXXRecordDecl &C = *Lost.Type.Class;
  const bool Placed = C.getLocation().isValid();
  if (Lost.Type.Kind == TaskKind::Lazy)
    Finding.related(Placed ? C.getLocation() : At, "%0 is lazy: %1")
        << quoted(C) << (Lost.Type.Why.empty() ? "it starts when it is awaited" : Lost.Type.Why);
  else if (Placed && Lost.Type.Kind == TaskKind::Eager && Lost.Type.Cancels)
    Finding.related(C.getLocation(), "%0 cancels its coroutine in its destructor") << quoted(C);
  else if (Placed)
    Finding.related(C.getLocation(), "%0 is declared here") << quoted(C);
  if (!model::isCoroutine(F))
    Finding.advice(At, "%0 is no coroutine and cannot await it: return it, pass it to a function "
                       "that takes over tasks, or make %0 a coroutine")
        << quoted(F);
}

void UnawaitedTask::checkFunction(const FunctionDecl &F, model::Unit &U) {
  for (const LostTask &Lost : model::lostTasks(F, U)) {
    if (!Lost.Certain && !wantsArguable(U))
      continue;
    auto Finding = report(Lost.Made->getExprLoc(), "%0", shownIf(Lost.Certain));
    if (!Finding)
      continue;
    *Finding << whatOf(Lost, F, U);
    if (std::optional<FixItHint> Await = model::awaitFix(Lost, F, U))
      *Finding << *Await;
    explain(*Finding, Lost, F);
  }
}

} // namespace
} // namespace corolint::checks
