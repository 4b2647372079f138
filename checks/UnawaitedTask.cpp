//===- UnawaitedTask.cpp - coro-unawaited-task ------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Check.h"
#include "LostTask.h"
#include "model/Unit.h"
#include "model/code/Call.h"
#include "model/code/Cfg.h"
#include "model/code/Drops.h"
#include "model/code/Uses.h"
#include "model/code/Walk.h"
#include "model/fix/Edits.h"
#include "model/tasks/TaskFlow.h"
#include "model/types/Coroutine.h"
#include "model/types/TaskType.h"
#include "clang/AST/Attr.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace corolint::checks {
namespace {

using model::TaskKind;
using model::TaskType;

class UnawaitedTask : public Check {
public:
  using Check::Check;

private:
  void checkFunction(const FunctionDecl &F, model::Unit &U) override;
  void checkDropped(const Expr &E, model::Drop How, const FunctionDecl &F, model::Unit &U);
  void checkDroppedResult(const Expr &E, const FunctionDecl &F, model::Unit &U);
  void checkLocal(const VarDecl &V, const FunctionDecl &F, model::Unit &U);
  void checkContainer(const VarDecl &V, const FunctionDecl &F, model::Unit &U);
  void checkAggregate(const VarDecl &V, const FunctionDecl &F, model::Unit &U);
  void checkReturned(const CoreturnStmt &S, const FunctionDecl &F, model::Unit &U);
  void explain(const TaskType &T, SourceLocation At, const FunctionDecl &F);
  void explainTaken(const FunctionDecl &F, model::Unit &U);
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

void UnawaitedTask::checkFunction(const FunctionDecl &F, model::Unit &U) {
  if (U.decisions())
    explainTaken(F, U);
  model::forEachDropped(F, [&](const Expr &E, model::Drop How) { checkDropped(E, How, F, U); });
  model::walkEvaluated(model::writtenBody(F), [&](const Stmt &S) {
    if (const auto *Return = dyn_cast<CoreturnStmt>(&S))
      checkReturned(*Return, F, U);
    if (const auto *Declares = dyn_cast<DeclStmt>(&S))
      for (const Decl *D : Declares->decls())
        if (const auto *V = dyn_cast<VarDecl>(D); V && V->hasLocalStorage()) {
          checkLocal(*V, F, U);
          checkContainer(*V, F, U);
        }
    return true;
  });
}

void UnawaitedTask::checkDropped(const Expr &E, model::Drop How, const FunctionDecl &F,
                                 model::Unit &U) {
  const TaskType T = U.get<model::TaskTypes>().ofValue(E);
  if (T.Kind == TaskKind::None)
    return checkDroppedResult(E, F, U);
  auto Leave = [&](llvm::StringRef Why) { U.leave(E.getExprLoc(), [&] { return Why.str(); }); };
  if (!isMadeHere(E, T))
    return Leave("no task is made here: this names an existing object");
  if (isWayBack(E, T, U))
    return Leave("what 'co_await' returns here is a hop back: it may be dropped");
  if (mayDiscard(E, T, U))
    return Leave("what is returned here may be dropped: an annotation or an entry says so");
  if (isHandedBack(E, T))
    return Leave("what 'co_await' returns here is the awaited task itself, which is done");
  if (model::isExpectedToFail(E, F, U))
    return Leave("a test expects that the call throws, or ends its process: there is no task then");
  const bool Consent = How == model::Drop::Cast;
  const bool Locks = wouldLock(E, T, U);
  std::string What;
  switch (T.Kind) {
  case TaskKind::Lazy:
    What = isa<CoawaitExpr>(E)
               ? "what 'co_await' returns here is another task, which is never awaited"
               : nameOfMaker(E) + " never runs: its task is not awaited";
    break;
  case TaskKind::Awaiter:
    What = isa<CoawaitExpr>(E) ? "what 'co_await' returns here is to be awaited, and is dropped"
                               : lostWith(E, Locks, U) + ": what it returns is not awaited";
    break;
  case TaskKind::Eager:
    if (Consent)
      return Leave("the task runs on by itself, and the cast to void says that this is intended");
    What = T.Cancels
               ? nameOfMaker(E) + " is cancelled at once: its task is dropped, and cancels it "
                                  "when it dies"
               : "the task of " + nameOfMaker(E) +
                     " is dropped: nobody learns when it is done or how it failed";
    break;
  case TaskKind::Handle:
    if (Consent || !saysNoDiscard(E, T))
      return Leave(
          "what is dropped stands for work that is owned elsewhere, and may be dropped: it "
          "is not [[nodiscard]], or cast to void");
    What = (isa<CoawaitExpr>(E) ? std::string("what 'co_await' returns here")
                                : "what " + nameOfMaker(E) + " returns") +
           " is to be awaited, and is dropped";
    break;
  case TaskKind::Detached:
    return Leave("the task is detached: it cannot be awaited, and ends by itself");
  case TaskKind::None:
  case TaskKind::Generator:
    return Leave("what is dropped is a generator, which is not awaited");
  }
  if (Locks)
    What += "; what follows runs unlocked";
  auto Finding = report(E.getExprLoc(), "%0");
  if (!Finding)
    return;
  *Finding << What;
  // A result that is dropped again right away may be a lock or a guard: then more has to change.
  const QualType Result = U.get<model::TaskTypes>().resultOf(*T.Class);
  const bool Plain = T.Kind == TaskKind::Lazy || T.Kind == TaskKind::Eager ||
                     (!Result.isNull() && !Result->isRecordType());
  const Expr *Other = model::otherArm(E, F, U);
  const bool Both =
      !Other || (maker(*Other) && U.context().hasSameType(Other->getType(), E.getType()));
  if (Plain && Both && !Consent && model::mayInsertCoAwait(E, F, U))
    *Finding << model::insertCoAwait(E, U);
  Finding.reset(); // the notes come after it
  explain(T, E.getExprLoc(), F);
}

/// `co_await when_all(f(), g())` may give a tuple of tasks, each of which has still to be awaited.
void UnawaitedTask::checkDroppedResult(const Expr &E, const FunctionDecl &F, model::Unit &U) {
  if (!E.isPRValue() || !isa<CallExpr, CoawaitExpr>(E) || model::isExpectedToFail(E, F, U))
    return;
  for (QualType Element : U.get<model::TaskTypes>().elementsOf(E.getType())) {
    const TaskType &T = U.get<model::TaskTypes>().of(Element);
    if (T.Kind != TaskKind::Lazy || T.MayDiscard)
      continue;
    if (auto Finding = report(E.getExprLoc(), "%0 holds a task that is never awaited")) {
      *Finding << (isa<CoawaitExpr>(E) ? "what 'co_await' returns here"
                                       : "what " + nameOfMaker(E) + " returns");
      Finding.reset(); // the notes come after it
      explain(T, E.getExprLoc(), F);
    }
    return;
  }
  U.leave(E.getExprLoc(), [&] {
    const QualType Type = E.getType().getNonReferenceType().getUnqualifiedType();
    return Type->isVoidType() ? std::string()
                              : "what is dropped is no task: '" + Type.getAsString() +
                                    "' is not known to be awaited";
  });
}

/// Says of the tasks that somebody takes care of, where they go.
void UnawaitedTask::explainTaken(const FunctionDecl &F, model::Unit &U) {
  for (const model::TaskFlow &Flow : model::taskFlow(F, U))
    U.leave(Flow.Made->getExprLoc(), [&]() -> std::string {
      const std::string Task = "the task of " + nameOfMaker(*Flow.Made) + " is ";
      switch (Flow.Goes) {
      case model::TaskFlow::Awaited:
        return Task + "awaited";
      case model::TaskFlow::Returned:
        return Task + "returned to the caller";
      case model::TaskFlow::Given:
        if (const auto *Made = dyn_cast_or_null<CXXConstructorDecl>(Flow.To))
          return Task + "given to an object of " + quoted(*Made->getParent()) + ", which keeps it";
        return Task + "given to " + (Flow.To ? quoted(*Flow.To) : std::string("a function")) +
               ", which takes it over";
      case model::TaskFlow::Kept:
      case model::TaskFlow::Dropped:
        return ""; // that is looked at
      }
      llvm_unreachable("all ways are named");
    });
}

void UnawaitedTask::explain(const TaskType &T, SourceLocation At, const FunctionDecl &F) {
  const bool Placed = T.Class->getLocation().isValid();
  if (T.Kind == TaskKind::Lazy)
    note(Placed ? T.Class->getLocation() : At, "%0 is lazy: %1")
        << quoted(*T.Class) << (T.Why.empty() ? "it starts when it is awaited" : T.Why);
  else if (Placed && T.Kind == TaskKind::Eager && T.Cancels)
    note(T.Class->getLocation(), "%0 cancels its coroutine in its destructor") << quoted(*T.Class);
  else if (Placed)
    note(T.Class->getLocation(), "%0 is declared here") << quoted(*T.Class);
  if (!model::isCoroutine(F))
    note(At, "%0 is no coroutine and cannot await it: return it, pass it to a function that takes "
             "over tasks, or make %0 a coroutine")
        << quoted(F);
}

/// Only asks the task something, and leaves it as it is.
bool isInert(const model::Mention &M, const FunctionDecl &F, model::Unit &U) {
  if (M.Dropped)
    return true;
  if (M.Member && M.Member->getNumArgs() == 0)
    if (const CXXMethodDecl *Asked = M.Member->getMethodDecl();
        Asked && Asked->isConst() && Asked->getReturnType()->isBooleanType())
      return true;
  // In code that nothing reaches.
  const model::Cfg *Graph = model::cfgOf(F, U);
  return Graph && Graph->blockOf(*M.Ref) && !Graph->isReachable(*M.Ref);
}

bool isConsent(const VarDecl &V) {
  return !V.getIdentifier() || V.getName().empty() || V.getName().starts_with("unused") ||
         V.getName() == "_" || V.hasAttr<UnusedAttr>();
}

/// What the variable is initialised from: `f()` in `task<> t = f()` and in `task<> t{f()}`.
const Expr *initialiserOf(const VarDecl &V) {
  const Expr *E = model::bare(V.getInit());
  if (const auto *List = dyn_cast<InitListExpr>(E); List && List->getNumInits() == 1)
    return model::bare(List->getInit(0));
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(E);
      Construct && Construct->getNumArgs() == 1 &&
      Construct->getConstructor()->isCopyOrMoveConstructor())
    E = model::bare(Construct->getArg(0));
  for (;;) {
    const auto *Comma = dyn_cast<BinaryOperator>(E);
    if (Comma && Comma->isCommaOp()) {
      E = model::bare(Comma->getRHS());
      continue;
    }
    // Either arm will do where both make one.
    const auto *Conditional = dyn_cast<ConditionalOperator>(E);
    if (!Conditional || !model::makesValue(*model::bare(Conditional->getFalseExpr())))
      return E;
    E = model::bare(Conditional->getTrueExpr());
  }
}

void UnawaitedTask::checkLocal(const VarDecl &V, const FunctionDecl &F, model::Unit &U) {
  if (!V.getInit() || V.getType()->isDependentType())
    return;
  const Expr &Made = *initialiserOf(V);
  const TaskType &OfClass = U.get<model::TaskTypes>().of(V.getType());
  if (OfClass.Kind == TaskKind::None || !model::makesValue(Made) || !Made.isPRValue())
    return;
  auto Leave = [&](llvm::StringRef Why) {
    U.leave(Made.getExprLoc(), [&] { return "'" + V.getNameAsString() + "' " + Why.str(); });
  };
  if (isConsent(V))
    return Leave("is unused on purpose, by its name or by [[maybe_unused]]");
  if (model::isExpectedToFail(Made, F, U))
    return Leave("is never made: a test expects that the call throws, or ends its process");
  const TaskType Value = U.get<model::TaskTypes>().ofValue(Made);
  const TaskType &T = Value.Class == OfClass.Class ? Value : OfClass;
  if (mayDiscard(Made, T, U))
    return Leave("is kept, and may be dropped: an annotation or an entry says so");
  if (isWayBack(Made, T, U) || isHandedBack(Made, T))
    return Leave("is what 'co_await' returned, and is done, or a hop back that may be dropped");
  if (!(T.needsAwait() || T.Kind == TaskKind::Eager))
    return Leave(
        "is no task that has to be awaited: it stands for work that is owned elsewhere, or "
        "ends by itself");
  // A companion that lives as long as its scope.
  if (T.Kind == TaskKind::Eager && (T.Cancels || T.Scope))
    return Leave(
        "runs on, and its destructor ends it or waits for it: it lives as long as its scope");
  const llvm::ArrayRef<model::Mention> Mentions = model::mentionsOf(V, F, U);
  const bool Idle =
      T.Kind == TaskKind::Eager
          ? Mentions.empty()
          : llvm::all_of(Mentions, [&](const model::Mention &M) { return isInert(M, F, U); });
  // Where nothing can be awaited, keeping it is how it runs.
  const bool Certain = T.Kind != TaskKind::Eager || model::isCoroutine(F);
  if (!Idle) {
    const auto *Use = llvm::find_if(Mentions, [&](const model::Mention &M) {
      return T.Kind == TaskKind::Eager || !isInert(M, F, U);
    });
    return Leave("is used: " +
                 model::lineOf(Use->Ref->getExprLoc(), U.context().getSourceManager()));
  }
  if (!Certain && !wantsArguable(U))
    return;
  if (!Certain)
    Leave("is kept in a function that cannot await it, and runs on");
  const bool Locks = wouldLock(Made, T, U);
  const std::string Kept = " kept in '" + V.getNameAsString() + "', and no path awaits it";
  const bool IsAwaited = isa<CoawaitExpr>(Made);
  std::string What;
  if (T.Kind == TaskKind::Eager)
    What = (IsAwaited ? std::string("what 'co_await' returns here is a task that is")
                      : "the task of " + nameOfMaker(Made) + " is") +
           Kept + ": nobody learns when it is done or how it failed";
  else if (IsAwaited && T.Kind == TaskKind::Awaiter)
    What = "what 'co_await' returns here is to be awaited, and is" + Kept;
  else if (IsAwaited)
    What = "what 'co_await' returns here never runs: it is another task, which is" + Kept;
  else if (T.Kind == TaskKind::Lazy && !Locks)
    What = nameOfMaker(Made) + " never runs: its task is" + Kept;
  else
    What = lostWith(Made, Locks, U) + ": what it returns is" + Kept;
  if (Locks)
    What += "; what follows runs unlocked";
  auto Finding = report(Made.getExprLoc(), "%0", shownIf(Certain));
  if (!Finding)
    return;
  *Finding << What;
  const QualType Result = U.get<model::TaskTypes>().resultOf(*T.Class);
  const bool Deduced = V.getType()->getContainedDeducedType() != nullptr;
  if (Deduced && Mentions.empty() && !Result.isNull() && !Result->isVoidType() &&
      model::mayInsertCoAwait(Made, F, U))
    *Finding << model::insertCoAwait(Made, U);
  Finding.reset(); // the notes come after it
  explain(T, V.getLocation(), F);
}

void UnawaitedTask::checkContainer(const VarDecl &V, const FunctionDecl &F, model::Unit &U) {
  if (V.getType()->isReferenceType() || V.getType()->isDependentType() || isConsent(V))
    return;
  QualType Element = U.get<model::TaskTypes>().elementOfContainer(V.getType());
  if (Element.isNull())
    return checkAggregate(V, F, U);
  const TaskType &T = U.get<model::TaskTypes>().of(Element);
  if (!T.needsAwait() || T.MayDiscard)
    return;
  // Filling it and asking for its size is no use of what is in it.
  const Expr *Added = nullptr;
  for (const model::Mention &M : model::mentionsOf(V, F, U)) {
    const CXXMethodDecl *Called = M.Member ? M.Member->getMethodDecl() : nullptr;
    auto Leave = [&] {
      U.leave(V.getLocation(), [&] {
        return "what '" + V.getNameAsString() + "' holds is used: " +
               model::lineOf(M.Ref->getExprLoc(), U.context().getSourceManager());
      });
    };
    if (!Called || !Called->getIdentifier())
      return Leave();
    const bool Fills = llvm::StringSwitch<bool>(Called->getName())
                           .Cases({"push_back", "emplace_back", "push_front", "emplace_front",
                                   "insert", "emplace"},
                                  true)
                           .Default(false);
    const bool Asks = llvm::StringSwitch<bool>(Called->getName())
                          .Cases({"reserve", "size", "empty", "capacity", "clear", "has_value",
                                  "shrink_to_fit", "max_size"},
                                 true)
                          .Default(false);
    if (!Fills && !Asks)
      return Leave();
    if (Fills && !Added)
      for (const Expr *Arg : M.Member->arguments())
        if (const Expr *E = model::bare(Arg);
            U.get<model::TaskTypes>().of(E->getType()).Class && maker(*E))
          Added = E;
  }
  if (!Added && V.getInit()) {
    const Expr *Init = model::bare(V.getInit());
    llvm::SmallVector<const Expr *, 4> Parts;
    if (const auto *List = dyn_cast<InitListExpr>(Init))
      Parts.append(List->inits().begin(), List->inits().end());
    else if (const auto *Made = dyn_cast<CXXConstructExpr>(Init))
      Parts.append(Made->getArgs(), Made->getArgs() + Made->getNumArgs());
    for (const Expr *Each : Parts)
      if (const Expr *E = model::bare(Each);
          !Added && maker(*E) && E->isPRValue() &&
          U.get<model::TaskTypes>().of(E->getType()).Class == T.Class)
        Added = E;
  }
  if (!Added)
    return;
  if (auto Finding = report(Added->getExprLoc(), "%0 never runs: its task is kept in %1, and no "
                                                 "path takes it out and awaits it")) {
    *Finding << nameOfMaker(*Added) << ("'" + V.getNameAsString() + "'");
    Finding.reset(); // the notes come after it
    explain(T, V.getLocation(), F);
  }
}

/// `pair p{f(), g()};`, `auto t = std::make_tuple(f(), g());`, `std::optional o(f());`, that nobody
/// looks at again.
void UnawaitedTask::checkAggregate(const VarDecl &V, const FunctionDecl &F, model::Unit &U) {
  const CXXRecordDecl *C = V.getType()->getAsCXXRecordDecl();
  if (!C || !V.getInit() || isa<DecompositionDecl>(V) || U.get<model::TaskTypes>().of(*C).Awaitable)
    return;
  const Expr *Init = model::bare(V.getInit());
  llvm::SmallVector<const Expr *, 4> Written;
  if (const auto *List = dyn_cast<InitListExpr>(Init); List && C->isAggregate())
    Written.append(List->inits().begin(), List->inits().end());
  else if (U.get<model::TaskTypes>().elementsOf(V.getType()).empty())
    return;
  else if (const auto *Made = dyn_cast<CXXConstructExpr>(Init))
    Written.append(Made->getArgs(), Made->getArgs() + Made->getNumArgs());
  else if (const auto *Call = dyn_cast<CallExpr>(Init))
    Written.append(Call->getArgs(), Call->getArgs() + Call->getNumArgs());
  for (const Expr *Each : Written) {
    const Expr *Made = model::bare(Each);
    if (!Made || !maker(*Made) || !Made->isPRValue())
      continue;
    const TaskType T = U.get<model::TaskTypes>().ofValue(*Made);
    if (T.Kind != TaskKind::Lazy || mayDiscard(*Made, T, U))
      continue;
    const llvm::ArrayRef<model::Mention> Mentions = model::mentionsOf(V, F, U);
    const auto *Use =
        llvm::find_if_not(Mentions, [](const model::Mention &M) { return M.Dropped; });
    if (Use != Mentions.end()) {
      U.leave(Made->getExprLoc(), [&] {
        return "what '" + V.getNameAsString() + "' holds is used: " +
               model::lineOf(Use->Ref->getExprLoc(), U.context().getSourceManager());
      });
      continue;
    }
    if (auto Finding = report(Made->getExprLoc(), "%0 never runs: its task is kept in %1, and no "
                                                  "path takes it out and awaits it")) {
      *Finding << nameOfMaker(*Made) << ("'" + V.getNameAsString() + "'");
      Finding.reset(); // the notes come after it
      explain(T, V.getLocation(), F);
    }
    return;
  }
}

void UnawaitedTask::checkReturned(const CoreturnStmt &S, const FunctionDecl &F, model::Unit &U) {
  if (!S.getOperand())
    return;
  const Expr &E = *model::bare(S.getOperand());
  const CXXRecordDecl *Returned = model::returnedClass(F);
  const TaskType T = U.get<model::TaskTypes>().ofValue(E);
  if (T.Kind != TaskKind::Lazy || !maker(E) || !Returned ||
      !U.get<model::TaskTypes>().of(*Returned).isTask()) {
    if (T.Kind != TaskKind::None)
      U.leave(E.getExprLoc(), [&] {
        return "what is returned here is no task that has to run before this one is done";
      });
    return;
  }
  if (auto Finding = report(E.getExprLoc(), "%0 is returned as a task inside the task of %1: "
                                            "awaiting %1 once does not run it")) {
    *Finding << nameOfMaker(E) << quoted(F);
    Finding.reset(); // the notes come after it
    note(E.getExprLoc(), "'co_return co_await …' gives its result; then %0 returns the inner type")
        << quoted(F);
  }
}

} // namespace
} // namespace corolint::checks
