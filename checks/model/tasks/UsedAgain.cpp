//===- UsedAgain.cpp - Tasks that are used after they were used up -----------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/tasks/UsedAgain.h"
#include "ast/Classes.h"
#include "model/Unit.h"
#include "model/code/Call.h"
#include "model/code/Cfg.h"
#include "model/code/Dataflow.h"
#include "model/code/Scopes.h"
#include "model/code/Uses.h"
#include "model/code/Walk.h"
#include "model/tasks/Passing.h"
#include "model/tasks/TaskFlow.h"
#include "model/types/Coroutine.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SmallPtrSet.h"

using namespace clang;

namespace corolint::model {
namespace {

/// The name of a local, moved or not, and nothing else.
const DeclRefExpr *plainNameIn(const Expr *E, bool *Moved = nullptr) {
  for (;;) {
    E = E ? bare(E) : nullptr;
    if (const auto *Call = dyn_cast_or_null<CallExpr>(E);
        Call && Call->getNumArgs() == 1 && Call->isXValue()) {
      if (Moved)
        *Moved = true;
      E = Call->getArg(0);
    } else if (const auto *Cast = dyn_cast_or_null<ExplicitCastExpr>(E); Cast && E->isXValue()) {
      if (Moved)
        *Moved = true;
      E = Cast->getSubExpr();
    } else {
      return dyn_cast_or_null<DeclRefExpr>(E);
    }
  }
}

/// Finds what uses up each local of a function, and what makes it anew.
class UsedUpFinder {
public:
  struct Local {
    TaskType Type;
    std::vector<TaskUsedUp> Uses;
    llvm::SmallPtrSet<const Stmt *, 4> Made; ///< here it is another one, or may be
    bool Followed = true;
  };
  using Locals = llvm::MapVector<const VarDecl *, Local>;

  UsedUpFinder(const FunctionDecl &F, Unit &U) : F(F), U(U) {}

  Locals run() {
    for (const ParmVarDecl *P : F.parameters())
      add(*P);
    walkEvaluated(writtenBody(F), [&](const Stmt &S) {
      see(S);
      return true;
    });
    const Cfg *Graph = Found.empty() ? nullptr : cfgOf(F, U);
    if (!Graph)
      return {};
    for (auto &[V, Each] : Found)
      for (const Mention &M : mentionsOf(*V, F, U))
        look(*V, M, Each, *Graph);
    // One that is used once, in no loop that goes on with it, is not used again.
    const Scopes &Where = U.get<Scopes>(F);
    Found.remove_if([&](const auto &Each) {
      const auto &Uses = Each.second.Uses;
      return !Each.second.Followed || Uses.empty() ||
             (Uses.size() == 1 && !Where.loopAround(*Uses[0].Named, *Where.scopeOf(*Each.first)));
    });
    return std::move(Found);
  }

private:
  void add(const VarDecl &V) {
    const QualType T = V.getType();
    if (!V.hasLocalStorage() || T->isLValueReferenceType() || T->isDependentType())
      return;
    const TaskType &Type = U.get<TaskTypes>().of(T);
    if (!Type.Class || isCopyable(*Type.Class) ||
        !(Type.isTask() || Type.Kind == TaskKind::Generator))
      return;
    Found[&V].Type = Type;
  }

  void see(const Stmt &S) {
    if (const auto *Declares = dyn_cast<DeclStmt>(&S)) {
      for (const Decl *D : Declares->decls())
        if (const auto *V = dyn_cast<VarDecl>(D)) {
          add(*V);
          if (auto *Each = Found.find(V); Each != Found.end())
            Each->second.Made.insert(Declares);
        }
    } else if (const auto *Copy = dyn_cast<CXXConstructExpr>(&S)) {
      if (Copy->getConstructor()->isMoveConstructor() && Copy->getNumArgs() >= 1)
        if (const DeclRefExpr *Name = plainNameIn(Copy->getArg(0)))
          Moves[Name] = Copy;
    } else if (const auto *For = dyn_cast<CXXForRangeStmt>(&S)) {
      if (const DeclRefExpr *Name = plainNameIn(For->getRangeInit()); Name && endsItsRange(*For))
        Ranges[Name] = For->getRangeInit();
    } else if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(&S);
               Operator && Operator->getOperator() == OO_Equal && Operator->getNumArgs() == 2) {
      if (const DeclRefExpr *To = plainNameIn(Operator->getArg(0)))
        Targets[To] = Operator;
      bool Moved = false;
      if (const DeclRefExpr *Name = plainNameIn(Operator->getArg(1), &Moved); Name && Moved)
        Moves[Name] = Operator;
    }
  }

  /// Nothing leaves the loop before the last element.
  static bool endsItsRange(const CXXForRangeStmt &For) {
    bool Leaves = false;
    walkEvaluated(For.getBody(), [&](const Stmt &S) {
      // A `break` of a loop inside, too: nobody needs more.
      Leaves |= isa<BreakStmt, ReturnStmt, CoreturnStmt, GotoStmt>(S);
      return !Leaves;
    });
    return !Leaves;
  }

  void look(const VarDecl &V, const Mention &M, Local &Each, const Cfg &Graph) {
    // Where the flow does not come by, it may come by at any time: in a closure.
    if (!Graph.pointOf(*M.Ref)) {
      Each.Followed = false;
      return;
    }
    if (auto Target = Targets.find(M.Ref); Target != Targets.end()) {
      Each.Made.insert(Target->second);
      return;
    }
    const CXXMethodDecl *Called = M.Member ? M.Member->getMethodDecl() : nullptr;
    if (isInert(M) || (Called && Called->isConst()))
      return;
    if (std::optional<TaskUsedUp> Used = useOf(M, Each.Type))
      Each.Uses.push_back(*Used);
    else
      Each.Made.insert(M.Ref);
  }

  /// What uses it up where it is named; or nothing that is known to.
  std::optional<TaskUsedUp> useOf(const Mention &M, const TaskType &Type) const {
    if (Type.Kind == TaskKind::Generator) {
      if (auto Range = Ranges.find(M.Ref); Range != Ranges.end() && beginResumes(*Type.Class, U))
        return TaskUsedUp{TaskUsedUp::Iterated, Range->second, M.Ref};
    }
    if (auto Move = Moves.find(M.Ref); Move != Moves.end())
      return TaskUsedUp{TaskUsedUp::Moved, Move->second, M.Ref};
    const TaskFlows &Flows = U.get<TaskFlows>(F);
    const TaskUse *Use = Flows.useAt(*M.Ref);
    if (!Use || !Type.isTask())
      return std::nullopt;
    switch (Use->How) {
    case TaskUse::Awaited:
      if (isa<CoawaitExpr>(Use->At) && plainNameIn(writtenOperand(Use->At)) == M.Ref)
        return TaskUsedUp{TaskUsedUp::Awaited, Use->At, M.Ref};
      return std::nullopt;
    case TaskUse::CalledOn: {
      const auto *Called = dyn_cast_or_null<CXXMethodDecl>(maker(*Use->At));
      const Passing Role = Flows.passingOf(*Use);
      if (Called &&
          (Role == Passing::Consumes || Role == Passing::Wraps || usesUpItsObject(*Called)))
        return TaskUsedUp{TaskUsedUp::Called, Use->At, M.Ref};
      return std::nullopt;
    }
    case TaskUse::Contained: {
      bool Moved = false;
      const auto *Puts = dyn_cast<CXXMemberCallExpr>(Use->At);
      if (Puts && plainNameIn(Puts->getArg(Use->Arg), &Moved) == M.Ref && Moved)
        return TaskUsedUp{TaskUsedUp::Moved, Puts, M.Ref};
      return std::nullopt;
    }
    case TaskUse::Passed:
      return passed(*Use, M);
    default:
      return std::nullopt;
    }
  }

  std::optional<TaskUsedUp> passed(const TaskUse &Use, const Mention &M) const {
    const TaskFlows &Flows = U.get<TaskFlows>(F);
    const Passing Role = Flows.passingOf(Use);
    const auto *Call = dyn_cast<CallExpr>(Use.At);
    std::optional<corolint::model::Call> Site = Call ? callOf(*Call) : std::nullopt;
    const Expr *Arg = Site ? argument(*Site, Use.Arg) : nullptr;
    bool Moved = false;
    if (!Arg || plainNameIn(Arg, &Moved) != M.Ref)
      return std::nullopt;
    if (!Moved) {
      // It has ended when the call's own task has.
      const bool Waits = (Role == Passing::Awaits || Role == Passing::Wraps) &&
                         llvm::any_of(Flows.usesOf(*Call), [](const TaskUse &Each) {
                           return Each.How == TaskUse::Awaited;
                         });
      return Waits ? std::optional(TaskUsedUp{TaskUsedUp::AwaitedInside, Call, M.Ref})
                   : std::nullopt;
    }
    // What may refuse it says so: `if (!queue.try_push(std::move(t)))`.
    if (Role == Passing::Unknown || Role == Passing::Ignores || Call->getType()->isBooleanType())
      return std::nullopt;
    return TaskUsedUp{TaskUsedUp::Moved, Call, M.Ref};
  }

  const FunctionDecl &F;
  Unit &U;
  Locals Found;
  llvm::DenseMap<const DeclRefExpr *, const Expr *> Moves, Targets, Ranges;
};

/// On which locals nothing has used up what they have, on some path.
struct FreshFlow {
  static constexpr Direction Runs = Direction::Forward;
  using State = OnSomePath;

  State initial() const { return {llvm::BitVector(Number, true)}; }
  State caught(unsigned, const State &S) const { return S; }
  void step(const CFGBlock &, unsigned, const CFGElement &E, State &S) const {
    std::optional<CFGStmt> Element = E.getAs<CFGStmt>();
    if (!Element)
      return;
    if (auto Use = UsedAt.find(Element->getStmt()); Use != UsedAt.end())
      S.Bits.reset(Use->second.first);
    if (auto Made = MadeAt.find(Element->getStmt()); Made != MadeAt.end())
      for (unsigned Each : Made->second)
        S.Bits.set(Each);
  }

  unsigned Number;
  /// By name: the local, and the number of its use.
  llvm::DenseMap<const Stmt *, std::pair<unsigned, unsigned>> UsedAt;
  llvm::DenseMap<const Stmt *, llvm::SmallVector<unsigned, 1>> MadeAt;
};

/// Finds two uses of a local on one path.
class AgainFinder {
public:
  AgainFinder(UsedUpFinder::Locals &Locals, const FunctionDecl &F, Unit &U)
      : Locals(Locals), U(U), Where(U.get<Scopes>(F)), Graph(*cfgOf(F, U)) {
    Flow.Number = Locals.size();
    for (auto [I, Each] : llvm::enumerate(Locals)) {
      for (auto [J, Use] : llvm::enumerate(Each.second.Uses))
        Flow.UsedAt[Use.Named] = {I, J};
      for (const Stmt *Made : Each.second.Made)
        Flow.MadeAt[Made].push_back(I);
    }
  }

  std::vector<TaskUsedAgain> run() {
    Dataflow<FreshFlow> Solved(Graph, Flow);
    Solved.solve();
    for (const CFGBlock *B : Graph.graph())
      if (const FreshFlow::State *At = Solved.at(*B)) {
        FreshFlow::State Here = *At;
        for (unsigned I = 0; I != B->size(); ++I) {
          if (std::optional<CFGStmt> S = (*B)[I].getAs<CFGStmt>())
            if (auto Use = Flow.UsedAt.find(S->getStmt());
                Use != Flow.UsedAt.end() && !Here.Bits.test(Use->second.first))
              NeverFresh.insert(S->getStmt());
          Flow.step(*B, I, (*B)[I], Here);
        }
      }
    for (auto [I, Each] : llvm::enumerate(Locals))
      look(I, *Each.first, Each.second);
    llvm::sort(Result, [](const TaskUsedAgain &A, const TaskUsedAgain &B) {
      return A.Second.Named->getBeginLoc() < B.Second.Named->getBeginLoc();
    });
    return std::move(Result);
  }

private:
  /// The uses that come next after one.
  struct Next {
    llvm::SmallVector<unsigned, 2> Uses;
    bool Always = true; ///< every path that goes on comes by one of them
  };

  Next nextOf(unsigned Local, const TaskUsedUp &First) const {
    Next Found;
    const Cfg::Point From = Graph.pointOf(*First.Named);
    llvm::BitVector Seen(Graph.graph().getNumBlockIDs());
    llvm::SmallVector<std::pair<const CFGBlock *, unsigned>, 8> Work{
        {From.Block, static_cast<unsigned>(From.Index + 1)}};
    while (!Work.empty()) {
      auto [B, Index] = Work.pop_back_val();
      if (B == &Graph.graph().getExit())
        Found.Always = false;
      if (stops(Local, *B, Index, Found) || B->hasNoReturnElement())
        continue;
      for (const CFGBlock *To : B->succs())
        if (To && !Seen.test(To->getBlockID())) {
          Seen.set(To->getBlockID());
          Work.push_back({To, 0});
        }
    }
    return Found;
  }

  /// Goes through a block until it is used or made anew, or its scope is left.
  bool stops(unsigned Local, const CFGBlock &B, unsigned From, Next &Found) const {
    const Stmt &Scope = *Where.scopeOf(*Locals.begin()[Local].first);
    for (unsigned I = From; I < B.size(); ++I) {
      std::optional<CFGStmt> S = B[I].getAs<CFGStmt>();
      if (!S)
        continue;
      if (Where.isOutside(Scope, *S->getStmt())) {
        Found.Always = false;
        return true;
      }
      if (auto Use = Flow.UsedAt.find(S->getStmt());
          Use != Flow.UsedAt.end() && Use->second.first == Local) {
        Found.Uses.push_back(Use->second.second);
        return true;
      }
      if (auto Made = Flow.MadeAt.find(S->getStmt());
          Made != Flow.MadeAt.end() && llvm::is_contained(Made->second, Local)) {
        Found.Always = false;
        return true;
      }
    }
    return false;
  }

  /// What the first leaves is nothing for the second.
  std::optional<AwaitAgain> badAfter(const TaskUsedUp &First, const TaskUsedUp &Second,
                                     const TaskType &T) const {
    if (First.How == TaskUsedUp::Iterated)
      return Second.How == TaskUsedUp::Iterated ? std::optional(AwaitAgain::Resumes) : std::nullopt;
    const bool PassesOn = Second.How == TaskUsedUp::Moved &&
                          isa<CXXConstructExpr, CallExpr>(Second.At) &&
                          !isa<CXXOperatorCallExpr>(Second.At);
    AwaitAgain Left = AwaitAgain::Empty;
    if (First.How == TaskUsedUp::Awaited)
      Left = awaitAgain(*cast<CoawaitExpr>(First.At), T, U);
    else if (First.How == TaskUsedUp::AwaitedInside)
      Left = AwaitAgain::Unknown;
    if (const auto *Await = dyn_cast<CoawaitExpr>(Second.At)) {
      if (Left == AwaitAgain::Unknown && First.How == TaskUsedUp::AwaitedInside &&
          awaitAgain(*Await, T, U) == AwaitAgain::Resumes)
        Left = AwaitAgain::Resumes;
      return Left != AwaitAgain::Unknown && Left != AwaitAgain::Fine ? std::optional(Left)
                                                                     : std::nullopt;
    }
    // To keep what has ended, and is still there, is no fault.
    if (Left == AwaitAgain::Empty && (PassesOn || Second.How == TaskUsedUp::Called))
      return Left;
    if (Left == AwaitAgain::Resumes && Second.How == TaskUsedUp::AwaitedInside)
      return Left;
    return std::nullopt;
  }

  void look(unsigned Local, const VarDecl &V, const UsedUpFinder::Local &Of) {
    llvm::SmallPtrSet<const Stmt *, 4> Told;
    for (const TaskUsedUp &First : Of.Uses) {
      if (!Graph.isReachable(*First.Named))
        continue;
      const Next Then = nextOf(Local, First);
      for (unsigned Index : Then.Uses) {
        const TaskUsedUp &Second = Of.Uses[Index];
        const bool Same = &Second == &First;
        const bool OnOnePath = Same ? isInEachRound(Of, First) || Then.Always
                                    : Then.Always || NeverFresh.contains(Second.Named);
        std::optional<AwaitAgain> Left = badAfter(First, Second, Of.Type);
        if (!OnOnePath || !Left)
          leave(V, Second,
                OnOnePath
                    ? "may be used again: nothing shows that its first use leaves nothing of it"
                    : "was used before on some paths only, and what chooses between them may keep "
                      "the two uses apart");
        else if (isExpectedToThrow(*Second.At, U))
          leave(V, Second, "is used again where a test expects that this throws");
        else if (Told.insert(Second.Named).second)
          Result.push_back({&V, Of.Type, First, Second, Same, *Left});
      }
    }
  }

  void leave(const VarDecl &V, const TaskUsedUp &Second, llvm::StringRef Why) const {
    U.leave(Second.At->getExprLoc(), [&] { return "'" + V.getNameAsString() + "' " + Why.str(); });
  }

  /// A loop around it goes on only after it, and does not make it anew.
  bool isInEachRound(const UsedUpFinder::Local &Of, const TaskUsedUp &Use) const {
    const Cfg::Point At = Graph.pointOf(*Use.Named);
    llvm::MapVector<const CFGBlock *, llvm::SmallVector<const CFGBlock *, 2>> Back;
    for (const CFGBlock *From : Graph.graph())
      for (const CFGBlock *Head : From->succs())
        if (Head && Graph.dominates({Head, -1}, At) &&
            (Head == From || Graph.dominates({Head, -1}, {From, static_cast<int>(From->size())})))
          Back[Head].push_back(From);
    for (auto &[Head, Ends] : Back)
      if (llvm::all_of(Ends,
                       [&](const CFGBlock *From) {
                         return From == At.Block ||
                                Graph.dominates(At, {From, static_cast<int>(From->size())});
                       }) &&
          !isMadeIn(*Head, Ends, Of))
        return true;
    return false;
  }

  bool isMadeIn(const CFGBlock &Head, llvm::ArrayRef<const CFGBlock *> Ends,
                const UsedUpFinder::Local &Of) const {
    llvm::SmallPtrSet<const CFGBlock *, 8> Body{&Head};
    llvm::SmallVector<const CFGBlock *, 8> Work(Ends);
    while (!Work.empty()) {
      const CFGBlock *B = Work.pop_back_val();
      if (B && Body.insert(B).second)
        Work.append(B->pred_begin(), B->pred_end());
    }
    return llvm::any_of(Of.Made,
                        [&](const Stmt *Each) { return Body.contains(Graph.blockOf(*Each)); });
  }

  UsedUpFinder::Locals &Locals;
  Unit &U;
  const Scopes &Where;
  const Cfg &Graph;
  FreshFlow Flow;
  llvm::SmallPtrSet<const Stmt *, 4> NeverFresh;
  std::vector<TaskUsedAgain> Result;
};

} // namespace

std::vector<TaskUsedAgain> tasksUsedAgain(const FunctionDecl &F, Unit &U) {
  UsedUpFinder::Locals Locals = UsedUpFinder(F, U).run();
  return Locals.empty() ? std::vector<TaskUsedAgain>() : AgainFinder(Locals, F, U).run();
}

} // namespace corolint::model
