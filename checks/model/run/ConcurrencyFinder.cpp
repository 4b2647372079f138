//===- ConcurrencyFinder.cpp - What a function calls, starts and gives away ===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ast/Names.h"
#include "knowledge/Words.h"
#include "model/Unit.h"
#include "model/calls/Roles.h"
#include "model/code/Call.h"
#include "model/code/Drops.h"
#include "model/code/ObjectPath.h"
#include "model/code/Walk.h"
#include "model/run/Concurrency.h"
#include "model/tasks/TaskFlow.h"
#include "model/types/Coroutine.h"
#include "model/types/TaskType.h"
#include "clang/AST/ASTLambda.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallPtrSet.h"

using namespace clang;

namespace corolint::model {
namespace {

const FunctionDecl *definitionWithBody(const FunctionDecl *F) {
  const FunctionDecl *Definition = nullptr;
  return F && F->hasBody(Definition) ? Definition : nullptr;
}

/// What is called here, if the unit has it: a virtual function's one override, too.
const FunctionDecl *calledIn(const CallExpr &Called, Unit &U) {
  if (const FunctionDecl *F = definitionCalledBy(Called))
    return F;
  const FunctionDecl *Callee = Called.getDirectCallee();
  if (const FunctionDecl *F = definitionWithBody(Callee))
    return isStandard(*F) ? nullptr : F;
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Callee);
  llvm::ArrayRef<const CXXMethodDecl *> Overriders =
      Method ? U.overridersOf(*Method) : llvm::ArrayRef<const CXXMethodDecl *>();
  return Overriders.size() == 1 ? definitionWithBody(Overriders.front()) : nullptr;
}

/// The coroutine whose task a call or lambda is, or null.
const FunctionDecl *coroutineBehind(const Expr &Made) {
  const auto *Lambda = dyn_cast<LambdaExpr>(&Made);
  return coroutineOf(Lambda ? bodyOfLambda(*Lambda) : maker(Made));
}

/// Each run of it is on the same object, if it is on one: not `session->run()`.
bool isOnOneObject(const Expr &Made) {
  const auto *Called = dyn_cast<CXXMemberCallExpr>(&Made);
  return !Called || isa<CXXThisExpr>(Called->getImplicitObjectArgument()->IgnoreParenImpCasts());
}

/// `f(...)` on the parameter that the argument goes to: it is called before the function returns.
bool callsItsParameter(const FunctionDecl &F, unsigned Index) {
  if (Index >= F.getNumParams())
    return false;
  const ParmVarDecl *Wanted = F.getParamDecl(Index);
  bool Found = false;
  walkEvaluated(writtenBody(F), [&](const Stmt &S) {
    const auto *Called = dyn_cast<CallExpr>(&S);
    if (!Called || Found)
      return !Found;
    const FunctionDecl *Callee = Called->getDirectCallee();
    const bool Hands = Callee && Callee->isInStdNamespace() && Callee->getIdentifier() &&
                       (Callee->getName() == "invoke" || Callee->getName() == "apply");
    if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(Called))
      Found = Operator->getOperator() == OO_Call && variableIn(Operator->getArg(0)) == Wanted;
    else if (Hands && Called->getNumArgs() != 0)
      Found = variableIn(Called->getArg(0)) == Wanted;
    else
      Found = variableIn(Called->getCallee()) == Wanted;
    return !Found;
  });
  return Found;
}

} // namespace

/// What one function calls, starts and gives away.
class ConcurrencyFinder {
public:
  ConcurrencyFinder(const FunctionDecl &F, Unit &U, Concurrency &Into)
      : F(F), U(U), Flows(U.get<TaskFlows>(F)), Into(Into) {}

  void run() {
    for (const AwaitPoint &Point : awaitPointsIn(F, U)) {
      Awaited.insert(bare(Point.Awaited));
      // What is inside of one that is awaited inside of another is there already, or comes.
      walkEvaluated(Point.Awaited, [&](const Stmt &S) {
        if (const auto *Call = dyn_cast<CallExpr>(&S)) {
          if (Point.At->getType()->isVoidType())
            HasNoResult.insert(Call);
          return Waited.insert(Call).second;
        }
        return true;
      });
    }
    if (!isCoroutine(F) && givesTask(F))
      walkEvaluated(writtenBody(F), [&](const Stmt &S) {
        if (const auto *Return = dyn_cast<ReturnStmt>(&S); Return && Return->getRetValue())
          walkEvaluated(Return->getRetValue(), [&](const Stmt &Inside) {
            if (const auto *Call = dyn_cast<CallExpr>(&Inside))
              Returned.insert(Call);
            return true;
          });
        return true;
      });
    if (const auto *Made = dyn_cast<CXXConstructorDecl>(&F))
      for (const CXXCtorInitializer *Init : Made->inits())
        look(Init->getInit());
    look(writtenBody(F));
    startByThemselves();
    for (const DeclRefExpr *Each : Mentioned)
      if (!Called.contains(Each))
        if (const FunctionDecl *Given = definitionWithBody(cast<FunctionDecl>(Each->getDecl()));
            Given && !U.isSystem(Given->getLocation()))
          begin({Begins::Callback, Given, Each->getExprLoc()});
    for (auto [Lambda, At] : Lambdas)
      if (!Settled.contains(Lambda))
        begin({Begins::Callback, Lambda, At, GivenTo.lookup(Lambda)});
    for (auto &[At, Each] : Inner) {
      if (At && Cut.contains(At))
        continue;
      Each.Awaited = At && Waited.contains(At);
      Each.Repeated = Each.Call && Repeated.contains(Each.Call);
      Into.Callers[Each.Whom].push_back({&F, Into.Calls[&F].size()});
      Into.Calls[&F].push_back(Each);
    }
  }

private:
  void look(const Stmt *Root) {
    walkEvaluated(Root, [&](const Stmt &S) {
      // What is in a loop that is in a loop is there already.
      if (isa<ForStmt, WhileStmt, DoStmt, CXXForRangeStmt>(S) && !Repeated.contains(&S))
        walkEvaluated(&S, [&](const Stmt &Inside) {
          Repeated.insert(&Inside);
          return true;
        });
      see(S);
      return true;
    });
  }

  /// `run();`, `fiber_ = run();`, `auto fiber = run();` of what runs by itself: it goes on while
  /// others do.
  void startByThemselves() {
    std::vector<const Expr *> Calls;
    for (const auto &[At, Each] : Inner)
      if (At && isa<CallExpr>(At))
        Calls.push_back(At);
    for (const Expr *Made : Calls)
      if (const FunctionDecl *Which = coroutineBehind(*Made); Which && runsByItself(*Made))
        for (const TaskUse &Use : Flows.usesOf(*Made)) {
          if (Use.How != TaskUse::Dropped && Use.How != TaskUse::Kept && Use.How != TaskUse::Stored)
            continue;
          start(*Which, *Made, *Made, *Made);
          // What a local is made of may be awaited later: the call stays one, too.
          if (!Use.In || Use.In->getInit() != Use.At)
            Cut.insert(Made);
        }
  }

  bool runsByItself(const Expr &Task) const {
    const TaskKind Kind = U.get<TaskTypes>().of(Task.getType()).Kind;
    return Kind == TaskKind::Eager || Kind == TaskKind::Detached;
  }

  void see(const Stmt &S) {
    if (const auto *E = dyn_cast<CallExpr>(&S))
      call(*E);
    else if (const auto *Built = dyn_cast<CXXConstructExpr>(&S))
      built(*Built);
    else if (const auto *Lambda = dyn_cast<LambdaExpr>(&S))
      Lambdas.push_back({bodyOfLambda(*Lambda), Lambda->getExprLoc()});
    else if (const auto *Ref = dyn_cast<DeclRefExpr>(&S); Ref && isa<FunctionDecl>(Ref->getDecl()))
      Mentioned.push_back(Ref);
    else if (const auto *Declares = dyn_cast<DeclStmt>(&S))
      declared(*Declares);
  }

  void declared(const DeclStmt &Declares) {
    for (const Decl *D : Declares.decls()) {
      const auto *V = dyn_cast<VarDecl>(D);
      const CXXRecordDecl *C =
          V && V->hasLocalStorage() ? V->getType()->getAsCXXRecordDecl() : nullptr;
      const CXXDestructorDecl *End = C && C->hasDefinition() ? C->getDestructor() : nullptr;
      if (const FunctionDecl *Whom = definitionWithBody(End); Whom && !Whom->isDefaulted())
        Inner.push_back({nullptr, {nullptr, &F, Whom, false, false}});
      const Expr *Init = V && V->getInit() ? bare(V->getInit()) : nullptr;
      if (const auto *Lambda = dyn_cast_or_null<LambdaExpr>(Init))
        Settled.insert(bodyOfLambda(*Lambda)); // until it is given to somebody
    }
  }

  void call(const CallExpr &E) {
    Called.insert(E.getCallee()->IgnoreParenImpCasts());
    if (const FunctionDecl *Whom = calledIn(E, U)) {
      Inner.push_back({bare(&E), {&E, &F, Whom, false, false}});
      if (const auto *Method = dyn_cast<CXXMethodDecl>(Whom);
          Method && isLambdaCallOperator(Method))
        Settled.insert(Whom);
    }
    if (const auto *Assign = dyn_cast<CXXOperatorCallExpr>(&E); Assign && Assign->isAssignmentOp())
      return;
    given(E);
  }

  void built(const CXXConstructExpr &E) {
    for (const Expr *Arg : E.arguments())
      if (const auto *Lambda = dyn_cast<LambdaExpr>(bare(Arg)))
        GivenTo.try_emplace(bodyOfLambda(*Lambda), E.getConstructor());
  }

  /// The task of a coroutine, as it is given to a call.
  struct GivenTask {
    const Expr *Made;  ///< the call or lambda
    const Expr *Given; ///< itself, or the name of what has it
    Passing Role;
  };

  void given(const CallExpr &To) {
    const FunctionDecl *Callee = To.getDirectCallee();
    std::optional<Call> Site = callOf(To);
    llvm::SmallVector<GivenTask, 2> Tasks;
    const unsigned Offset = isa<CXXOperatorCallExpr>(To) && isa_and_nonnull<CXXMethodDecl>(Callee);
    for (unsigned I = Offset, E = To.getNumArgs(); I < E; ++I) {
      const size_t Before = Tasks.size();
      const int Index = static_cast<int>(I - Offset);
      const auto Values = Flows.valuesIn(*To.getArg(I));
      for (const Expr *Each : Values)
        if (coroutineBehind(*Each) && !Awaited.contains(Each))
          Tasks.push_back(
              {Each, To.getArg(I), Site ? passingOf(*Site, Index, F, U) : Passing::Unknown});
      if (Tasks.size() == Before)
        for (const Expr *Each : Values)
          if (const auto *Lambda = dyn_cast<LambdaExpr>(Each))
            give(*bodyOfLambda(*Lambda), To, Index);
    }
    if (To.isCallToStdMove() || (Callee && Callee->isInStdNamespace() && Tasks.size() == 1 &&
                                 simpleName(*Callee) == "forward"))
      return; // another name
    if (Tasks.size() == 1 && isWrapped(Tasks.front(), To)) {
      if (const auto *Lambda = dyn_cast<LambdaExpr>(Tasks.front().Made)) {
        Settled.insert(bodyOfLambda(*Lambda));
        Inner.push_back({nullptr, {&To, &F, bodyOfLambda(*Lambda), false, false}});
      }
      return;
    }
    // Who waits for all of them, or keeps them in a local, goes on when they have ended.
    const auto *Member = dyn_cast<CXXMemberCallExpr>(&To);
    const VarDecl *Keeper = Member ? variableIn(Member->getImplicitObjectArgument()) : nullptr;
    const bool Waits = isAwaited(To) || (Keeper && Keeper->isLocalVarDecl());
    for (const GivenTask &Each : Tasks) {
      if (Each.Role == Passing::Ignores)
        continue;
      start(*coroutineBehind(*Each.Made), *Each.Made, *Each.Given, To);
      if (!Waits)
        Cut.insert(Each.Made);
      if (const auto *Lambda = dyn_cast<LambdaExpr>(Each.Made))
        Settled.insert(bodyOfLambda(*Lambda));
    }
  }

  bool isAwaited(const Expr &E) const { return Awaited.contains(&E) || Waited.contains(&E); }

  /// One task that comes back as another is wrapped, and who has that decides; not if what comes
  /// back runs already, and what was given is known to be taken over.
  bool isWrapped(const GivenTask &Task, const CallExpr &To) const {
    if (isAwaited(To))
      return true;
    const TaskType &Gives = U.get<TaskTypes>().of(To.getType());
    const bool IsTaken = Task.Role == Passing::Consumes || Task.Role == Passing::Detaches ||
                         Task.Role == Passing::Offloads || Task.Role == Passing::Elsewhere;
    return !To.isLValue() && Gives.isTask() && !(IsTaken && Gives.Kind == TaskKind::Eager);
  }

  /// A lambda is given to a function, which calls it before it returns, or at some time.
  void give(const FunctionDecl &Function, const CallExpr &To, unsigned Index) {
    const FunctionDecl *Callee = To.getDirectCallee();
    const FunctionDecl *Definition = calledIn(To, U);
    bool IsCalled = Definition && callsItsParameter(*Definition, Index);
    // The algorithms call what they are given, those that are niebloids too.
    if (Callee && isStandard(*Callee))
      IsCalled = !Callee->getIdentifier() ||
                 (Callee->getName() != "async" && !Callee->getName().starts_with("make_") &&
                  !Callee->getName().starts_with("bind"));
    IsCalled |= isCalledMeanwhile(To, Function);
    if (std::optional<Call> Site = callOf(To)) {
      const int Arg = static_cast<int>(Index);
      IsCalled |= givesRole(*Site, Arg, Role::CallsInPlace, F, U);
      // Somebody says that it is kept, and called at some time.
      IsCalled &= !givesRole(*Site, Arg, Role::Stores, F, U);
    }
    if (!IsCalled) {
      Settled.erase(&Function);
      GivenTo.try_emplace(&Function, Callee);
      Away.insert(&Function);
      return;
    }
    if (!Away.contains(&Function))
      Settled.insert(&Function);
    Inner.push_back({nullptr, {&To, &F, &Function, false, false}});
  }

  /// `co_await for_each(c, [this](auto &each) { … });`, `return work().then([this] { … });`:
  /// whoever waits for that waits for the lambda. Not `auto token = co_await subscribe([this] { …
  /// });`, which has it afterwards.
  bool isCalledMeanwhile(const CallExpr &To, const FunctionDecl &Lambda) const {
    return Returned.contains(&To) ||
           (Waited.contains(&To) &&
            (HasNoResult.contains(&To) || isCoroutine(Lambda) || givesTask(Lambda)));
  }

  bool givesTask(const FunctionDecl &Function) const {
    const TaskKind Kind = U.get<TaskTypes>().of(Function.getReturnType()).Kind;
    return Kind != TaskKind::None && Kind != TaskKind::Generator && Kind != TaskKind::Detached;
  }

  /// \p Made: the call or lambda; \p Given: as it is named where it is started.
  void start(const FunctionDecl &Which, const Expr &Made, const Expr &Given, const Expr &By) {
    Begins B{Begins::Started, &Which, Given.getExprLoc()};
    const bool IsOnOne = isOnOneObject(Made);
    B.Often = Repeated.contains(&By) && IsOnOne;
    begin(B, IsOnOne);
  }

  void begin(const Begins &B, bool IsOnOne = false) {
    if (!B.Which || isa<CXXConstructorDecl, CXXDestructorDecl>(B.Which) || !B.Which->getBody())
      return;
    llvm::SmallVector<Begins, 1> &Known = Into.Beginnings[B.Which];
    for (Begins &Each : Known)
      if (Each.How == B.How) {
        Each.Often |= B.Often || (IsOnOne && Each.At != B.At);
        return;
      }
    Known.push_back(B);
  }

  const FunctionDecl &F;
  Unit &U;
  const TaskFlows &Flows;
  Concurrency &Into;
  llvm::SmallPtrSet<const Expr *, 8> Awaited, Called;
  llvm::SmallPtrSet<const Expr *, 8> Waited;      ///< calls that are a part of what is awaited
  llvm::SmallPtrSet<const Expr *, 8> HasNoResult; ///< those that are awaited for their end alone
  llvm::SmallPtrSet<const Expr *, 8> Returned;    ///< likewise of a task that is given back
  llvm::SmallPtrSet<const Expr *, 8> Cut;         ///< calls whose tasks run beside
  llvm::SmallVector<const DeclRefExpr *, 8> Mentioned;
  llvm::SmallPtrSet<const Stmt *, 32> Repeated;
  llvm::SmallVector<std::pair<const FunctionDecl *, SourceLocation>, 4> Lambdas;
  llvm::SmallPtrSet<const FunctionDecl *, 4> Settled, Away;
  llvm::DenseMap<const FunctionDecl *, const FunctionDecl *> GivenTo;
  std::vector<std::pair<const Expr *, InnerCall>> Inner;
};

Concurrency::Concurrency(Unit &U) : U(U) {
  for (const FunctionDecl *F : U.functions())
    ConcurrencyFinder(*F, U, *this).run();
}

} // namespace corolint::model
