//===- TaskFlow.cpp - What becomes of a task -----------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/tasks/TaskFlow.h"
#include "ast/Names.h"
#include "knowledge/Words.h"
#include "model/Unit.h"
#include "model/code/Call.h"
#include "model/code/Cfg.h"
#include "model/code/Dataflow.h"
#include "model/code/Drops.h"
#include "model/code/Walk.h"
#include "model/types/Container.h"
#include "model/types/TaskType.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/SmallPtrSet.h"
#include <utility>

using namespace clang;

namespace corolint::model {

bool makesValue(const Expr &E) {
  return isa<CallExpr, CoawaitExpr>(E);
}

const FunctionDecl *maker(const Expr &E) {
  const auto *Call = dyn_cast<CallExpr>(&E);
  return Call ? Call->getDirectCallee() : nullptr;
}

std::string nameOfMaker(const Expr &E) {
  if (const FunctionDecl *F = maker(E)) {
    if (const auto *Call = dyn_cast<CXXOperatorCallExpr>(&E);
        Call && Call->getOperator() == OO_Call && Call->getNumArgs() > 0)
      if (const VarDecl *V = variableIn(Call->getArg(0)))
        return "'" + V->getNameAsString() + "'";
    return namedAs(*F);
  }
  if (const auto *Call = dyn_cast<CallExpr>(&E)) // through a pointer
    if (const auto *Through = dyn_cast_or_null<NamedDecl>(Call->getCalleeDecl()))
      return "'" + Through->getNameAsString() + "'";
  return "'" + E.getType().getNonReferenceType().getUnqualifiedType().getAsString() + "'";
}

namespace {

/// A member of a container that puts its arguments into it.
bool putsInto(const CXXMemberCallExpr &Call) {
  const CXXMethodDecl *M = Call.getMethodDecl();
  return M && changeBy(simpleName(*M)) == Change::Adds;
}

/// The name in it, that variableIn() finds.
const DeclRefExpr *nameIn(const Expr *E) {
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
    return Ref;
  const DeclRefExpr *Found = nullptr;
  walkEvaluated(E, [&](const Stmt &S) {
    if (const auto *Ref = dyn_cast<DeclRefExpr>(&S); Ref && isa<VarDecl>(Ref->getDecl()))
      Found = Ref;
    return !Found;
  });
  return Found;
}

const VarDecl *localIn(const Expr *E) {
  const VarDecl *V = E ? variableIn(E) : nullptr;
  return V && !V->isFileVarDecl() ? V : nullptr;
}

} // namespace

/// One walk over the function.
class TaskFlows::Finder {
public:
  Finder(TaskFlows &Into) : Into(Into) {}

  void run() {
    auto See = [&](const Stmt &S) {
      see(S);
      return true;
    };
    if (const auto *Constructor = dyn_cast<CXXConstructorDecl>(&Into.F))
      for (const CXXCtorInitializer *Init : Constructor->inits()) {
        goes(Init->getInit(), {TaskUse::Stored, Init->getInit()});
        walkEvaluated(Init->getInit(), See);
      }
    walkEvaluated(writtenBody(Into.F), See);
    forEachDropped(Into.F, [&](const Expr &E, Drop) { goes(&E, {TaskUse::Dropped, &E}); });
  }

private:
  void see(const Stmt &S) {
    if (const auto *Await = dyn_cast<CoroutineSuspendExpr>(&S))
      goes(writtenOperand(Await),
           {isa<CoyieldExpr>(S) ? TaskUse::Returned : TaskUse::Awaited, Await});
    else if (const auto *Dependent = dyn_cast<DependentCoawaitExpr>(&S))
      goes(writtenOperand(Dependent), {TaskUse::Awaited, Dependent});
    else if (const auto *Return = dyn_cast<ReturnStmt>(&S))
      result(Return->getRetValue());
    else if (const auto *End = dyn_cast<CoreturnStmt>(&S))
      result(End->getOperand());
    else if (const auto *Declares = dyn_cast<DeclStmt>(&S))
      for (const Decl *D : Declares->decls()) {
        if (const auto *V = dyn_cast<VarDecl>(D); V && V->getInit())
          keep(V->getInit(), *V);
      }
    else if (const auto *Assign = dyn_cast<BinaryOperator>(&S); Assign && Assign->isAssignmentOp())
      assign(Assign->getLHS(), Assign->getRHS(), *Assign);
    else if (const auto *Called = dyn_cast<CallExpr>(&S))
      call(*Called);
    else if (const auto *Made = dyn_cast<CXXConstructExpr>(&S);
             Made && !Made->isElidable() && !Made->getConstructor()->isCopyOrMoveConstructor())
      for (auto [I, Arg] : llvm::enumerate(Made->arguments()))
        goes(Arg, {TaskUse::Passed, Made, nullptr, static_cast<int>(I)});
    else if (const auto *Lambda = dyn_cast<LambdaExpr>(&S))
      for (const Expr *Init : Lambda->capture_inits())
        goes(Init, {TaskUse::Stored, Lambda});
  }

  void result(const Expr *Value) {
    if (const auto *List = dyn_cast_or_null<InitListExpr>(Value ? bare(Value) : nullptr))
      return goesInto(*List, {TaskUse::Returned, Value});
    goes(Value, {TaskUse::Returned, Value});
  }

  void keep(const Expr *Value, const VarDecl &V) {
    const Expr *Init = bare(Value);
    if (const auto *List = dyn_cast_or_null<InitListExpr>(Init)) {
      const bool IsWhole = List->getNumInits() == 1 && !isContainer(V);
      goesInto(*List, {IsWhole ? TaskUse::Kept : TaskUse::Contained, Value, &V});
      return;
    }
    goes(Value, {TaskUse::Kept, Value, &V});
  }

  /// Each value of a list, also in lists in it: `std::array<task, 2>{f(), g()}` has two.
  void goesInto(const InitListExpr &List, const TaskUse &Use) {
    for (const Expr *Each : List.inits())
      if (const auto *Inner = dyn_cast<InitListExpr>(bare(Each)); Inner && Inner->getNumInits() > 1)
        goesInto(*Inner, Use);
      else
        goes(Each, Use);
  }

  void assign(const Expr *To, const Expr *Value, const Expr &By) {
    const VarDecl *V = localIn(To);
    goes(Value, {V ? TaskUse::Kept : TaskUse::Stored, &By, V});
  }

  void call(const CallExpr &Called) {
    if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(&Called);
        Operator && Operator->getOperator() == OO_Equal && Operator->getNumArgs() == 2)
      return assign(Operator->getArg(0), Operator->getArg(1), Called);
    if (isOtherName(Called))
      return; // another name
    const auto *Member = dyn_cast<CXXMemberCallExpr>(&Called);
    const VarDecl *Container = Member ? localIn(Member->getImplicitObjectArgument()) : nullptr;
    const bool Contains = Container && isContainer(*Container) && putsInto(*Member);
    std::optional<Call> Site = callOf(Called);
    if (Site && Site->Object && !Contains) // what is put into it is no use of what it holds
      goes(Site->Object, {TaskUse::CalledOn, &Called, nullptr, Condition::Object});
    const llvm::ArrayRef<const Expr *> Args =
        Site ? llvm::ArrayRef<const Expr *>(Site->Args)
             : llvm::ArrayRef(Called.getArgs(), Called.getNumArgs());
    for (auto [I, Arg] : llvm::enumerate(Args))
      goes(Arg, {Contains ? TaskUse::Contained : TaskUse::Passed, &Called,
                 Contains ? Container : nullptr, static_cast<int>(I)});
  }

  bool isContainer(const VarDecl &V) const {
    return !Into.U.get<TaskTypes>().elementsOf(V.getType().getNonReferenceType()).empty();
  }

  /// The value of \p E goes there.
  void goes(const Expr *E, const TaskUse &Use) {
    E = E ? bare(E) : nullptr;
    if (!E)
      return;
    if (const auto *Conditional = dyn_cast<ConditionalOperator>(E)) {
      goes(Conditional->getTrueExpr(), Use);
      return goes(Conditional->getFalseExpr(), Use);
    }
    if (const auto *Comma = dyn_cast<BinaryOperator>(E); Comma && Comma->isCommaOp())
      return goes(Comma->getRHS(), Use);
    if (const auto *Copy = dyn_cast<CXXConstructExpr>(E);
        Copy && Copy->getNumArgs() == 1 && Copy->getConstructor()->isCopyOrMoveConstructor())
      return goes(Copy->getArg(0), Use);
    if (const auto *List = dyn_cast<InitListExpr>(E); List && List->getNumInits() == 1)
      return goes(List->getInit(0), Use);
    const VarDecl *V = localIn(E);
    if (Use.In && (V || isa<CallExpr, CoroutineSuspendExpr, LambdaExpr, CXXConstructExpr>(E)))
      Into.Values[Use.In].push_back(E);
    if (V) {
      TaskUse Named = Use;
      Named.Named = nameIn(E);
      Into.ByName[Named.Named] = {V, Into.ByVariable[V].size()};
      return Into.ByVariable[V].push_back(Named);
    }
    if (!isa<CallExpr, CoroutineSuspendExpr, LambdaExpr, CXXConstructExpr>(E))
      return; // a literal, an operation: none of ours
    Into.ByValue[E].push_back(Use);
    if (!makesValue(*E) || !E->isPRValue())
      return;
    if (const TaskKind Kind = Into.U.get<TaskTypes>().ofValue(*E).Kind; Kind != TaskKind::None)
      Into.Tasks.push_back({E, Kind, Use});
  }

  TaskFlows &Into;
};

TaskFlows::TaskFlows(const FunctionDecl &F, Unit &U) : F(F), U(U) {
  Finder(*this).run();
}

llvm::ArrayRef<TaskUse> TaskFlows::usesOf(const Expr &Made) const {
  auto Found = ByValue.find(bare(&Made));
  return Found == ByValue.end() ? llvm::ArrayRef<TaskUse>() : llvm::ArrayRef(Found->second);
}

llvm::ArrayRef<TaskUse> TaskFlows::usesOf(const VarDecl &V) const {
  auto Found = ByVariable.find(&V);
  return Found == ByVariable.end() ? llvm::ArrayRef<TaskUse>() : llvm::ArrayRef(Found->second);
}

const TaskUse *TaskFlows::useAt(const DeclRefExpr &Name) const {
  auto Found = ByName.find(&Name);
  return Found == ByName.end() ? nullptr : &usesOf(*Found->second.first)[Found->second.second];
}

llvm::SmallVector<const Expr *, 2> TaskFlows::valuesOf(const VarDecl &V) const {
  llvm::SmallVector<const Expr *, 2> Result;
  llvm::SmallVector<const VarDecl *, 4> Names{&V};
  for (size_t I = 0; I != Names.size(); ++I) // other names are added on the way
    if (auto Found = Values.find(Names[I]); Found != Values.end()) {
      for (const Expr *Each : Found->second)
        if (const VarDecl *Other = localIn(Each); !Other)
          Result.push_back(Each);
        else if (!llvm::is_contained(Names, Other))
          Names.push_back(Other);
    }
  return Result;
}

llvm::SmallVector<const Expr *, 2> TaskFlows::valuesIn(const Expr &E) const {
  if (const VarDecl *V = localIn(&E))
    return valuesOf(*V);
  return {bare(&E)};
}

bool TaskFlows::takes(const TaskUse &Use) const {
  switch (Use.How) {
  case TaskUse::Passed:
    return passingOf(Use) != Passing::Ignores;
  case TaskUse::CalledOn: {
    const auto *Asked = llvm::dyn_cast_or_null<CXXMethodDecl>(maker(*Use.At));
    return !Asked || !Asked->isConst();
  }
  case TaskUse::Dropped:
    return false;
  default:
    return true;
  }
}

namespace {

/// Whether a local has what nobody has taken.
struct UntakenFlow {
  static constexpr Direction Runs = Direction::Forward;
  struct State {
    bool Has = false;
    bool join(const State &Other) { return std::exchange(Has, Has || Other.Has) != Has; }
  };

  State initial() const { return {isa<ParmVarDecl>(V)}; }
  State caught(unsigned, const State &S) const { return S; }
  void step(const CFGBlock &, unsigned, const CFGElement &E, State &S) const {
    std::optional<CFGStmt> Element = E.getAs<CFGStmt>();
    if (!Element)
      return;
    if (const auto *Declares = dyn_cast<DeclStmt>(Element->getStmt()))
      S.Has |= llvm::is_contained(Declares->decls(), &V);
    else if (TakenBy.contains(Element->getStmt()))
      S.Has = false;
  }

  const VarDecl &V;
  const llvm::SmallPtrSetImpl<const Stmt *> &TakenBy;
};

} // namespace

bool TaskFlows::isTakenOnEveryPath(const VarDecl &V) const {
  llvm::SmallPtrSet<const Stmt *, 4> TakenBy;
  for (const TaskUse &Use : usesOf(V))
    if (Use.Named && takes(Use))
      TakenBy.insert(Use.Named);
  const Cfg *Graph = TakenBy.empty() ? nullptr : cfgOf(F, U);
  if (!Graph)
    return false;
  UntakenFlow Problem{V, TakenBy};
  Dataflow<UntakenFlow> Flow(*Graph, Problem);
  Flow.solve();
  const UntakenFlow::State *End = Flow.at(Graph->graph().getExit());
  return !End || !End->Has;
}

Passing TaskFlows::passingOf(const TaskUse &Use) const {
  if (const auto *Made = dyn_cast_or_null<CXXConstructExpr>(Use.At))
    return model::passingOf(callOf(*Made), Use.Arg, F, U);
  const auto *Written = dyn_cast_or_null<CallExpr>(Use.At);
  std::optional<Call> Site = Written ? callOf(*Written) : std::nullopt;
  return Site ? model::passingOf(*Site, Use.Arg, F, U) : Passing::Unknown;
}

void TaskFlows::forEachUse(const Expr &Made,
                           llvm::function_ref<bool(const TaskUse &)> Visit) const {
  follow(usesOf(Made), Visit, 0);
}

bool TaskFlows::follow(llvm::ArrayRef<TaskUse> Uses,
                       llvm::function_ref<bool(const TaskUse &)> Visit, unsigned Depth) const {
  constexpr unsigned Deepest = 8; // wrappers in wrappers
  for (const TaskUse &Use : Uses) {
    if (!Visit(Use))
      return false;
    if (Depth == Deepest)
      continue;
    if (Use.In && !follow(usesOf(*Use.In), Visit, Depth + 1))
      return false;
    // `co_await when_all(f(), g())`: as the task that it becomes a part of.
    if ((Use.How == TaskUse::Passed || Use.How == TaskUse::CalledOn) &&
        (U.get<TaskTypes>().of(Use.At->getType()).Awaitable || passingOf(Use) == Passing::Wraps) &&
        !follow(usesOf(*Use.At), Visit, Depth + 1))
      return false;
  }
  return true;
}

} // namespace corolint::model
