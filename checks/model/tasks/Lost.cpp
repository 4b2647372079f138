//===- Lost.cpp - Tasks that nobody awaits -------------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/tasks/Lost.h"
#include "ast/Names.h"
#include "knowledge/Knowledge.h"
#include "knowledge/Words.h"
#include "model/Unit.h"
#include "model/code/Call.h"
#include "model/code/Cfg.h"
#include "model/code/Drops.h"
#include "model/code/Uses.h"
#include "model/code/Walk.h"
#include "model/tasks/LeftBehind.h"
#include "model/tasks/TaskFlow.h"
#include "model/types/Container.h"
#include "model/types/Coroutine.h"
#include "model/types/Protocol.h"
#include "model/types/TaskType.h"
#include "clang/AST/Attr.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace corolint::model {
bool mayDiscard(const Expr &E, const TaskType &T, Unit &U) {
  if (T.MayDiscard)
    return true;
  const FunctionDecl *F = maker(E);
  return F && llvm::any_of(U.knowledge().of(*F), [](const Entry *Known) {
           return Known->What == Role::MayDiscard || Known->What == Role::Detaches;
         });
}

namespace {

/// The class or the function is `[[nodiscard]]`.
bool saysNoDiscard(const Expr &E, const TaskType &T) {
  const FunctionDecl *F = maker(E);
  return T.NoDiscard || (F && F->hasAttr<WarnUnusedResultAttr>());
}

/// Made by a function, or by a `co_await` that gives a task; an awaiter also by its constructor.
/// Not a mention of what exists already, nor a task that is built from the frame of another in
/// order to destroy it.
bool isMadeHere(const Expr &E, const TaskType &T) {
  if (!E.isPRValue())
    return false;
  if (isa<CallExpr, CoawaitExpr>(E))
    return true;
  return T.Kind == TaskKind::Awaiter &&
         isa<CXXTemporaryObjectExpr, CXXFunctionalCastExpr, CXXConstructExpr>(E);
}

/// `co_await result.resolve()` gives back the very task that was awaited: it is done.
bool isHandedBack(const Expr &E, const TaskType &T) {
  const auto *Await = dyn_cast<CoawaitExpr>(&E);
  const auto *Operand = Await ? dyn_cast<CXXMemberCallExpr>(bare(Await->getOperand())) : nullptr;
  return Operand && Operand->getRecordDecl() &&
         plainName(*Operand->getRecordDecl()) == plainName(*T.Class);
}

/// `co_await enter();` may give an awaiter that leads back: an offer, unless its type says more.
bool isWayBack(const Expr &E, const TaskType &T, Unit &U) {
  if (!isa<CoawaitExpr>(E) || (T.Kind != TaskKind::Awaiter && T.Kind != TaskKind::Handle) ||
      T.NoDiscard)
    return false;
  const FunctionDecl *Resume =
      T.Class ? memberFunction(*T.Class, U.context(), "await_resume") : nullptr;
  return !Resume || !Resume->hasAttr<WarnUnusedResultAttr>();
}

bool isConsent(const VarDecl &V) {
  return !V.getIdentifier() || V.getName().empty() || V.getName().starts_with("unused") ||
         V.getName() == "_" || V.hasAttr<UnusedAttr>();
}

/// What the variable is initialised from: `f()` in `task<> t = f()` and in `task<> t{f()}`.
const Expr *initialiserOf(const VarDecl &V) {
  const Expr *E = bare(V.getInit());
  if (const auto *List = dyn_cast<InitListExpr>(E); List && List->getNumInits() == 1)
    return bare(List->getInit(0));
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(E);
      Construct && Construct->getNumArgs() == 1 &&
      Construct->getConstructor()->isCopyOrMoveConstructor())
    E = bare(Construct->getArg(0));
  for (;;) {
    const auto *Comma = dyn_cast<BinaryOperator>(E);
    if (Comma && Comma->isCommaOp()) {
      E = bare(Comma->getRHS());
      continue;
    }
    // Either arm will do where both make one.
    const auto *Conditional = dyn_cast<ConditionalOperator>(E);
    if (!Conditional || !makesValue(*bare(Conditional->getFalseExpr())))
      return E;
    E = bare(Conditional->getTrueExpr());
  }
}

class LostFinder {
public:
  LostFinder(const FunctionDecl &F, Unit &U) : F(F), U(U) {}

  std::vector<LostTask> run() {
    if (U.decisions())
      explainTaken();
    forEachDropped(F, [&](const Expr &E, Drop How) { dropped(E, How); });
    walkEvaluated(writtenBody(F), [&](const Stmt &S) {
      if (const auto *Return = dyn_cast<CoreturnStmt>(&S))
        returned(*Return);
      if (const auto *Declares = dyn_cast<DeclStmt>(&S))
        for (const Decl *D : Declares->decls())
          if (const auto *V = dyn_cast<VarDecl>(D); V && V->hasLocalStorage()) {
            local(*V);
            container(*V);
          }
      return true;
    });
    return std::move(Found);
  }

private:
  /// Asked for only where something is kept, as most functions make no task.
  const TaskFlows &flows() const { return U.get<TaskFlows>(F); }

  void leave(const Expr &E, llvm::StringRef Why) const {
    U.leave(E.getExprLoc(), [&] { return Why.str(); });
  }

  /// Why what is dropped is not lost, or nothing.
  llvm::StringRef whyNotLost(const Expr &E, const TaskType &T, bool Consent) const {
    if (!isMadeHere(E, T))
      return "no task is made here: this names an existing object";
    if (isWayBack(E, T, U))
      return "what 'co_await' returns here is a hop back: it may be dropped";
    if (mayDiscard(E, T, U))
      return "what is returned here may be dropped: an annotation or an entry says so";
    if (isHandedBack(E, T))
      return "what 'co_await' returns here is the awaited task itself, which is done";
    if (isExpectedToFail(E, F, U))
      return "a test expects that the call throws, or ends its process: there is no task then";
    switch (T.Kind) {
    case TaskKind::Lazy:
    case TaskKind::Awaiter:
      return "";
    case TaskKind::Eager:
      return Consent ? "the task runs on by itself, and the cast to void says that this is intended"
                     : "";
    case TaskKind::Handle:
      return Consent || !saysNoDiscard(E, T) ? "what is dropped stands for work that is owned "
                                               "elsewhere, and may be dropped: it "
                                               "is not [[nodiscard]], or cast to void"
                                             : "";
    case TaskKind::Detached:
      return "the task is detached: it cannot be awaited, and ends by itself";
    case TaskKind::None:
    case TaskKind::Generator:
      return "what is dropped is a generator, which is not awaited";
    }
    llvm_unreachable("all kinds are handled");
  }

  void dropped(const Expr &E, Drop How) {
    const TaskType T = U.get<TaskTypes>().ofValue(E);
    if (T.Kind == TaskKind::None)
      return droppedResult(E);
    const llvm::StringRef Why = whyNotLost(E, T, How == Drop::Cast);
    if (!Why.empty())
      return leave(E, Why);
    Found.push_back({LostTask::Dropped, &E, T, nullptr, How});
  }

  /// `co_await when_all(f(), g())` may give a tuple of tasks, each of which has still to be
  /// awaited.
  void droppedResult(const Expr &E) {
    if (!E.isPRValue() || !isa<CallExpr, CoawaitExpr>(E) || isExpectedToFail(E, F, U))
      return;
    for (QualType Element : U.get<TaskTypes>().elementsOf(E.getType()))
      if (const TaskType &T = U.get<TaskTypes>().of(Element);
          T.Kind == TaskKind::Lazy && !T.MayDiscard) {
        Found.push_back({LostTask::Held, &E, T});
        return;
      }
    U.leave(E.getExprLoc(), [&] {
      const QualType Type = E.getType().getNonReferenceType().getUnqualifiedType();
      return Type->isVoidType() ? std::string()
                                : "what is dropped is no task: '" + Type.getAsString() +
                                      "' is not known to be awaited";
    });
  }

  /// Only asks the task something: itself, a function that it is passed to, or code that nothing
  /// reaches.
  bool leavesAlone(const Mention &M) const {
    if (isInert(M))
      return true;
    if (const TaskUse *Use = flows().useAt(*M.Ref);
        Use && Use->How == TaskUse::Passed && flows().passingOf(*Use) == Passing::Ignores)
      return true;
    const Cfg *Graph = cfgOf(F, U);
    return Graph && Graph->blockOf(*M.Ref) && !Graph->isReachable(*M.Ref);
  }

  /// Why the task in a local is not lost, whatever is done with it; or nothing.
  llvm::StringRef whyNotLost(const VarDecl &V, const Expr &Made, const TaskType &T) const {
    if (isConsent(V))
      return "is unused on purpose, by its name or by [[maybe_unused]]";
    if (isExpectedToFail(Made, F, U))
      return "is never made: a test expects that the call throws, or ends its process";
    if (mayDiscard(Made, T, U))
      return "is kept, and may be dropped: an annotation or an entry says so";
    if (isWayBack(Made, T, U) || isHandedBack(Made, T))
      return "is what 'co_await' returned, and is done, or a hop back that may be dropped";
    if (!(T.needsAwait() || T.Kind == TaskKind::Eager))
      return "is no task that has to be awaited: it stands for work that is owned elsewhere, or "
             "ends by itself";
    // A companion that lives as long as its scope.
    if (T.Scope || (T.Kind == TaskKind::Eager && T.Cancels))
      return "runs on, and its destructor ends it or waits for it: it lives as long as its scope";
    return "";
  }

  void local(const VarDecl &V) {
    if (!V.getInit() || V.getType()->isDependentType())
      return;
    const Expr &Made = *initialiserOf(V);
    const TaskType &OfClass = U.get<TaskTypes>().of(V.getType());
    if (OfClass.Kind == TaskKind::None || !makesValue(Made) || !Made.isPRValue())
      return;
    auto Leave = [&](llvm::StringRef Why) {
      U.leave(Made.getExprLoc(), [&] { return "'" + V.getNameAsString() + "' " + Why.str(); });
    };
    const TaskType Value = U.get<TaskTypes>().ofValue(Made);
    const TaskType &T = Value.Class == OfClass.Class ? Value : OfClass;
    if (llvm::StringRef Why = whyNotLost(V, Made, T); !Why.empty())
      return Leave(Why);
    // What runs by itself is used if somebody names it.
    const bool IsEager = T.Kind == TaskKind::Eager;
    const llvm::ArrayRef<Mention> Mentions = mentionsOf(V, F, U);
    const auto *Use =
        llvm::find_if(Mentions, [&](const Mention &M) { return IsEager || !leavesAlone(M); });
    if (const Stmt *Leaves = Use != Mentions.end() && T.Kind == TaskKind::Lazy
                                 ? U.get<LeftBehind>(F).endFor(V)
                                 : nullptr) {
      Found.push_back({LostTask::OnAPath, &Made, T, &V, Drop::Statement, false, Leaves});
      return;
    }
    if (Use != Mentions.end())
      return Leave("is used: " + lineOf(Use->Ref->getExprLoc(), U.context().getSourceManager()));
    const bool Certain = !IsEager || isCoroutine(F);
    if (!Certain)
      Leave("is kept in a function that cannot await it, and runs on");
    Found.push_back({LostTask::Kept, &Made, T, &V, Drop::Statement, Certain});
  }

  void leaveUsed(SourceLocation At, const VarDecl &V, const Mention &M) const {
    U.leave(At, [&] {
      return "what '" + V.getNameAsString() +
             "' holds is used: " + lineOf(M.Ref->getExprLoc(), U.context().getSourceManager());
    });
  }

  void container(const VarDecl &V) {
    if (V.getType()->isReferenceType() || V.getType()->isDependentType() || isConsent(V))
      return;
    QualType Element = U.get<TaskTypes>().elementOfContainer(V.getType());
    if (Element.isNull())
      return aggregate(V);
    const TaskType &T = U.get<TaskTypes>().of(Element);
    if (!T.needsAwait() || T.MayDiscard)
      return;
    // Filling it and asking for its size is no use of what is in it.
    const Expr *Added = nullptr;
    for (const Mention &M : mentionsOf(V, F, U)) {
      const llvm::StringRef Called =
          M.Member && M.Member->getMethodDecl() ? simpleName(*M.Member->getMethodDecl()) : "";
      const bool Fills = changeBy(Called) == Change::Adds;
      if (!Fills && !llvm::is_contained(
                        {"size", "empty", "capacity", "clear", "has_value", "max_size"}, Called))
        return leaveUsed(V.getLocation(), V, M);
      if (Fills && !Added)
        for (const Expr *Arg : M.Member->arguments())
          if (const Expr *E = bare(Arg); U.get<TaskTypes>().of(E->getType()).Class && maker(*E))
            Added = E;
    }
    if (!Added && V.getInit())
      for (const Expr *Each : partsOf(*bare(V.getInit())))
        if (const Expr *E = bare(Each); !Added && maker(*E) && E->isPRValue() &&
                                        U.get<TaskTypes>().of(E->getType()).Class == T.Class)
          Added = E;
    if (Added)
      Found.push_back({LostTask::Contained, Added, T, &V});
  }

  /// What a value is made of, as it is written.
  static llvm::SmallVector<const Expr *, 4> partsOf(const Expr &Init) {
    llvm::SmallVector<const Expr *, 4> Parts;
    if (const auto *List = dyn_cast<InitListExpr>(&Init))
      Parts.append(List->inits().begin(), List->inits().end());
    else if (const auto *Made = dyn_cast<CXXConstructExpr>(&Init))
      Parts.append(Made->getArgs(), Made->getArgs() + Made->getNumArgs());
    return Parts;
  }

  /// `pair p{f(), g()};`, `auto t = std::make_tuple(f(), g());`, `std::optional o(f());`, that
  /// nobody looks at again.
  void aggregate(const VarDecl &V) {
    const CXXRecordDecl *C = V.getType()->getAsCXXRecordDecl();
    if (!C || !V.getInit() || isa<DecompositionDecl>(V) || U.get<TaskTypes>().of(*C).Awaitable)
      return;
    const Expr *Init = bare(V.getInit());
    const bool IsList = isa<InitListExpr>(Init) && C->isAggregate();
    if (!IsList && U.get<TaskTypes>().elementsOf(V.getType()).empty())
      return;
    llvm::SmallVector<const Expr *, 4> Written;
    if (IsList || isa<CXXConstructExpr>(Init))
      Written = partsOf(*Init);
    else if (const auto *Call = dyn_cast<CallExpr>(Init))
      Written.append(Call->getArgs(), Call->getArgs() + Call->getNumArgs());
    for (const Expr *Each : Written) {
      const Expr *Made = bare(Each);
      if (!Made || !maker(*Made) || !Made->isPRValue())
        continue;
      const TaskType T = U.get<TaskTypes>().ofValue(*Made);
      if (T.Kind != TaskKind::Lazy || mayDiscard(*Made, T, U))
        continue;
      const llvm::ArrayRef<Mention> Mentions = mentionsOf(V, F, U);
      const auto *Use = llvm::find_if_not(Mentions, [](const Mention &M) { return M.Dropped; });
      if (Use != Mentions.end()) {
        leaveUsed(Made->getExprLoc(), V, *Use);
        continue;
      }
      Found.push_back({LostTask::Contained, Made, T, &V});
      return;
    }
  }

  void returned(const CoreturnStmt &S) {
    if (!S.getOperand())
      return;
    const Expr &E = *bare(S.getOperand());
    const CXXRecordDecl *Returned = returnedClass(F);
    const TaskType T = U.get<TaskTypes>().ofValue(E);
    if (T.Kind == TaskKind::Lazy && maker(E) && Returned &&
        U.get<TaskTypes>().of(*Returned).isTask())
      Found.push_back({LostTask::Inner, &E, T});
    else if (T.Kind != TaskKind::None)
      leave(E, "what is returned here is no task that has to run before this one is done");
  }

  /// Says of the tasks that somebody takes care of, where they go.
  void explainTaken() const {
    for (const TaskFlow &Flow : flows().tasks())
      U.leave(Flow.Made->getExprLoc(), [&]() -> std::string {
        const std::string Goes = goesTo(Flow.Goes);
        return Goes.empty() ? Goes : "the task of " + nameOfMaker(*Flow.Made) + " is " + Goes;
      });
  }

  std::string goesTo(const TaskUse &Use) const {
    const auto *Made = dyn_cast_or_null<CXXConstructExpr>(Use.At);
    switch (Use.How) {
    case TaskUse::Awaited:
      return "awaited";
    case TaskUse::Returned:
      return "returned to the caller";
    case TaskUse::Passed:
      if (Made)
        return "given to an object of " + namedAs(*Made->getConstructor()->getParent()) +
               ", which keeps it";
      return "given to " + (maker(*Use.At) ? namedAs(*maker(*Use.At)) : "a function") + takes(Use);
    case TaskUse::Contained:
      if (const FunctionDecl *By = maker(*Use.At))
        return "given to " + namedAs(*By) + ", which takes it over";
      return "";
    case TaskUse::CalledOn:
    case TaskUse::Kept:
    case TaskUse::Stored:
    case TaskUse::Dropped:
      return ""; // that is looked at
    }
    llvm_unreachable("all ways are named");
  }

  std::string takes(const TaskUse &Use) const {
    switch (flows().passingOf(Use)) {
    case Passing::Ignores:
      return ", which does nothing with it";
    case Passing::Awaits:
      return ", which awaits it";
    case Passing::Wraps:
      return ", which makes it a part of what it gives";
    case Passing::Stores:
      return ", which keeps it";
    case Passing::Offloads:
      return ", which runs it on a worker";
    case Passing::Elsewhere:
      return ", which runs it on another thread";
    case Passing::Detaches:
      return ", which lets it run on by itself";
    case Passing::Consumes:
    case Passing::Unknown:
      return ", which takes it over";
    }
    llvm_unreachable("all are named");
  }

  const FunctionDecl &F;
  Unit &U;
  std::vector<LostTask> Found;
};

} // namespace

std::vector<LostTask> lostTasks(const FunctionDecl &F, Unit &U) {
  return LostFinder(F, U).run();
}

} // namespace corolint::model
