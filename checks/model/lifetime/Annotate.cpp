//===- Annotate.cpp - Attributes that a task type could have ---------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/lifetime/Annotate.h"
#include "ast/Classes.h"
#include "ast/Names.h"
#include "model/Unit.h"
#include "model/code/Walk.h"
#include "model/lifetime/FrameLife.h"
#include "model/lifetime/Loans.h"
#include "model/lifetime/Returners.h"
#include "model/types/Coroutine.h"
#include "model/types/TaskType.h"
#include "clang/AST/Attr.h"
#include "llvm/Support/Path.h"

using namespace clang;

namespace corolint::model {

llvm::StringRef nameOf(TaskAttribute A) {
  switch (A) {
  case TaskAttribute::NoDiscard:
    return "nodiscard";
  case TaskAttribute::CoroReturnType:
    return "clang::coro_return_type";
  case TaskAttribute::CoroLifetimeBound:
    return "clang::coro_lifetimebound";
  case TaskAttribute::OnlyDestroyWhenComplete:
    return "clang::coro_only_destroy_when_complete";
  case TaskAttribute::AwaitElidable:
    return "clang::coro_await_elidable";
  }
  llvm_unreachable("all attributes are named");
}

namespace {

/// The body of a function calls one of these, or what it calls does.
bool callsOneOf(const FunctionDecl *F, llvm::ArrayRef<llvm::StringRef> Names, unsigned Depth = 0) {
  const Stmt *Body = F ? bodyOf(*F) : nullptr;
  bool Found = false;
  if (Body && Depth < 3)
    walkEvaluated(Body, [&](const Stmt &S) {
      if (const auto *Call = dyn_cast<CallExpr>(&S)) {
        const FunctionDecl *Callee = Call->getDirectCallee();
        if (const auto *D = dyn_cast<CXXDependentScopeMemberExpr>(Call->getCallee()))
          Found |= llvm::is_contained(Names, D->getMember().getAsString());
        Found |= Callee && (llvm::is_contained(Names, simpleName(*Callee)) ||
                            (!isStandard(*Callee) && callsOneOf(Callee, Names, Depth + 1)));
      }
      return !Found;
    });
  return Found;
}

const CXXDestructorDecl *destructorOf(const CXXRecordDecl &C) {
  const CXXRecordDecl *Definition = definitionOf(&C);
  const auto *D = Definition ? Definition->getDestructor() : nullptr;
  return D && D->isUserProvided() ? D : nullptr;
}

/// One class, with the types that the unit has of it.
class Annotator {
public:
  Annotator(const CXXRecordDecl &Class, const TaskReturners &Of, Unit &U)
      : U(U), Class(Class), Of(Of), Types(U.get<TaskTypes>()), Task(representative()),
        Type(Types.of(Task)), Promise(Types.promiseOf(Task)) {}

  TaskAttributes run() {
    Result.Class = &Class;
    Result.HasReturnType = Class.hasAttr<CoroReturnTypeAttr>();
    addNoDiscard();
    if (Promise && Type.Kind != TaskKind::None) {
      const bool Returns = Result.HasReturnType || addReturnType();
      if (Returns)
        addLifetimeBound();
      addOnlyDestroyWhenComplete();
      addAwaitElidable();
    }
    return std::move(Result);
  }

private:
  /// Of a template, the type whose members the unit needed most.
  const CXXRecordDecl &representative() const {
    const CXXRecordDecl *Best = nullptr;
    for (const CXXRecordDecl *Each : Of.Types) {
      const CXXDestructorDecl *D = destructorOf(*Each);
      if (!Best || (D && D->isDefined()))
        Best = Each;
    }
    return Best ? *Best : Class;
  }

  void add(TaskAttribute Which, bool Holds, const llvm::Twine &Why) {
    Result.Answers.push_back({Which, Holds, Why.str(), {}});
  }

  std::string place(SourceLocation At) const {
    const SourceManager &SM = U.context().getSourceManager();
    At = SM.getExpansionLoc(At);
    return (llvm::sys::path::filename(SM.getFilename(At)) + ":" +
            llvm::Twine(SM.getExpansionLineNumber(At)))
        .str();
  }

  void addNoDiscard() {
    if (Type.NoDiscard || Class.hasAttr<WarnUnusedResultAttr>() ||
        (Promise && Of.Coroutines.empty())) // an iterator may have the promise as well
      return;
    auto No = [&](const llvm::Twine &Why) { add(TaskAttribute::NoDiscard, false, Why); };
    auto Yes = [&](const llvm::Twine &Why) { add(TaskAttribute::NoDiscard, true, Why); };
    if (Type.MayDiscard)
      return No("it is said that it may be dropped");
    switch (Type.Kind) {
    case TaskKind::None:
      return;
    case TaskKind::Handle:
      return No("it stands for work that somebody else owns");
    case TaskKind::Detached:
      return No("its coroutine goes on without it");
    case TaskKind::Generator: {
      const FunctionDecl *Initial =
          Promise ? memberFunction(*Promise, U.context(), "initial_suspend") : nullptr;
      const CXXRecordDecl *Start = Initial ? resultClass(*Initial) : nullptr;
      if (Start && readiness(*Start, U.context()) == Ready::Never)
        return Yes("its coroutine is suspended where it begins: one that is dropped never runs");
      return No("its coroutine runs before it is asked for a value");
    }
    case TaskKind::Lazy:
      if (callsOneOf(destructorOf(Task), {"resume", "detach", "start"}))
        return No("its destructor starts its coroutine");
      return Yes("one that is dropped never runs, because " + Type.Why);
    case TaskKind::Awaiter:
      if (destructorOf(Task))
        return No("its destructor may do what it is for");
      if (!Of.Against.empty())
        return No(Of.Against);
      return Of.Dropped ? No("it is dropped at " + place(Of.Dropped->getExprLoc()))
                        : Yes("it does nothing unless it is awaited: " + Type.Why);
    case TaskKind::Eager:
      if (Of.Dropped)
        return No("its coroutine runs without it, and " + place(Of.Dropped->getExprLoc()) +
                  " drops one");
      if (Type.Cancels)
        return Yes("its destructor ends the coroutine: one that is dropped is cancelled");
      if (Promise && callsOneOf(memberFunction(*Promise, U.context(), "unhandled_exception"),
                                {"current_exception"}))
        return Yes("an exception is kept for who awaits it: of one that is dropped it is lost");
      return No("its coroutine runs without it, and what fails there is not kept");
    }
  }

  bool addReturnType() {
    if (!Of.Against.empty()) {
      add(TaskAttribute::CoroReturnType, false, Of.Against);
      return false;
    }
    if (Of.Coroutines.empty())
      return false;
    add(TaskAttribute::CoroReturnType, true,
        Of.Wrappers.empty()
            ? "every function that returns it is a coroutine"
            : "every function that returns it is a coroutine, or becomes a 'coro_wrapper'");
    Result.Answers.back().Wrappers = Of.Wrappers;
    return true;
  }

  void addLifetimeBound() {
    if (Class.hasAttr<CoroLifetimeBoundAttr>())
      return;
    auto No = [&](const llvm::Twine &Why) { add(TaskAttribute::CoroLifetimeBound, false, Why); };
    if (Type.Kind != TaskKind::Lazy && Type.Kind != TaskKind::Eager &&
        Type.Kind != TaskKind::Generator)
      return No("what its coroutine refers to is not bound to the life of an object of it");
    if (const Expr *At = wronglyWarnedAt(Class, U))
      return No("Clang may warn at " + place(At->getExprLoc()) + ", where nothing dangles");
    if (Type.Kind == TaskKind::Lazy)
      return add(TaskAttribute::CoroLifetimeBound, true,
                 "its coroutine begins when it is awaited, and uses its arguments then");
    for (const FunctionDecl *F : Of.Coroutines)
      for (const Need &N : U.get<ResultNeeds>(*F))
        if (N.UsedAt)
          return add(TaskAttribute::CoroLifetimeBound, true,
                     "its coroutines use their arguments after they were suspended, as at " +
                         place(N.UsedAt->getBeginLoc()));
    if (!Of.Coroutines.empty())
      No("its coroutines use no argument after they were suspended");
  }

  void addOnlyDestroyWhenComplete() {
    if (Class.hasAttr<CoroOnlyDestroyWhenCompleteAttr>())
      return;
    const Proof P = isDestroyedOnlyWhenDone(Task, *Promise, Of.Coroutines, U);
    if (!P.Holds || !Of.Coroutines.empty())
      add(TaskAttribute::OnlyDestroyWhenComplete, P.Holds, P.Why);
  }

  void addAwaitElidable() {
    if (isAwaitElidable(Class) || !Type.Awaitable || Of.Coroutines.empty())
      return;
    const Proof P = isFrameLocal(Task, *Promise, U);
    add(TaskAttribute::AwaitElidable, P.Holds, P.Why);
  }

  Unit &U;
  const CXXRecordDecl &Class;
  const TaskReturners &Of;
  TaskTypes &Types;
  const CXXRecordDecl &Task;
  const TaskType Type;
  const CXXRecordDecl *Promise;
  TaskAttributes Result;
};

} // namespace

std::vector<TaskAttributes> taskAttributes(Unit &U) {
  std::vector<TaskAttributes> Result;
  for (const auto &[Class, Of] : taskReturners(U))
    if (TaskAttributes Each = Annotator(*Class, Of, U).run(); !Each.Answers.empty())
      Result.push_back(std::move(Each));
  return Result;
}

} // namespace corolint::model
