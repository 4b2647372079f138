//===- Stale.cpp - A local taken before a suspension, used after ------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Stale.h"
#include "Cfg.h"
#include "Coroutine.h"
#include "Unit.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Analysis/Analyses/PostOrderCFGView.h"
#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace corolint::model {
namespace {

/// The left side of an assignment, or null.
const Expr *assignedSide(const Stmt &S) {
  if (const auto *Assign = dyn_cast<BinaryOperator>(&S))
    return Assign->getOpcode() == BO_Assign ? Assign->getLHS()->IgnoreParens() : nullptr;
  const auto *Operator = dyn_cast<CXXOperatorCallExpr>(&S);
  return Operator && Operator->getOperator() == OO_Equal
             ? Operator->getArg(0)->IgnoreParenImpCasts()
             : nullptr;
}

class Walk {
public:
  Walk(llvm::ArrayRef<Taking> Taken, const llvm::SmallPtrSetImpl<const Expr *> &Suspensions,
       const Cfg &Graph)
      : Taken(Taken), Suspensions(Suspensions), Graph(Graph.graph()), Starts(Taken.size()),
        Uses(Taken.size()), UsedAt(Taken.size()), SuspendedIn(Graph.graph().getNumBlockIDs()) {
    for (auto [I, Each] : llvm::enumerate(Taken)) {
      Of[Each.Variable].push_back(I);
      if (Each.By)
        By[Each.By].push_back(I);
    }
  }

  std::vector<std::optional<StaleUse>> run() {
    States.resize(Graph.getNumBlockIDs());
    PostOrderCFGView Order(&Graph);
    State &Entry = States[Graph.getEntry().getBlockID()];
    Entry.init(Taken.size());
    for (auto [I, Each] : llvm::enumerate(Taken))
      if (!Each.By && isa<ParmVarDecl>(Each.Variable)) {
        Entry.Before.set(I);
        Starts[I] = {&Graph.getEntry(), 0};
      }
    for (bool Changed = true; std::exchange(Changed, false);)
      for (const CFGBlock *Block : Order) {
        State &In = States[Block->getBlockID()];
        if (!In.IsDirty)
          continue;
        In.IsDirty = false;
        State Out = In;
        pass(*Block, Out, /*Record=*/false);
        for (const CFGBlock *Next : Block->succs())
          if (Next)
            Changed |= States[Next->getBlockID()].join(Out);
      }
    for (const CFGBlock *Block : Order)
      if (State &In = States[Block->getBlockID()]; In.After.size() != 0)
        pass(*Block, In, /*Record=*/true);
    std::vector<std::optional<StaleUse>> Result(Taken.size());
    for (unsigned I = 0; I != Taken.size(); ++I)
      if (Uses[I])
        Result[I] = StaleUse{wayTo(I), Uses[I]};
    return Result;
  }

private:
  /// Which values are there, and whether a suspension was passed since they were taken.
  struct State {
    llvm::BitVector Before, After;
    bool IsDirty = false;
    void init(unsigned Size) {
      Before.resize(Size);
      After.resize(Size);
      IsDirty = true;
    }
    bool join(const State &Other) {
      const bool IsNew = Before.size() == 0;
      if (IsNew)
        init(Other.Before.size());
      else if (!Other.Before.test(Before) && !Other.After.test(After))
        return false; // nothing there that is not here
      Before |= Other.Before;
      After |= Other.After;
      return IsDirty = true;
    }
  };

  /// All values of a variable end.
  void end(const VarDecl *V, State &At) const {
    if (auto Found = Of.find(V); Found != Of.end())
      for (unsigned I : Found->second) {
        At.Before.reset(I);
        At.After.reset(I);
      }
  }

  void take(unsigned I, State &At, const CFGBlock &Block, unsigned Index) {
    At.Before.set(I);
    At.After.reset(I);
    Starts[I] = {&Block, Index + 1};
  }

  static const VarDecl *variableOf(const DeclRefExpr &Ref) {
    if (const auto *Binding = dyn_cast<BindingDecl>(Ref.getDecl()))
      return dyn_cast<VarDecl>(Binding->getDecomposedDecl());
    return dyn_cast<VarDecl>(Ref.getDecl());
  }

  void pass(const CFGBlock &Block, State &At, bool Record) {
    unsigned Index = 0;
    for (const CFGElement &E : Block) {
      const unsigned Here = Index++;
      std::optional<CFGStmt> Element = E.getAs<CFGStmt>();
      if (!Element)
        continue;
      const Stmt &S = *Element->getStmt();
      if (const auto *Declares = dyn_cast<DeclStmt>(&S)) {
        for (const Decl *D : Declares->decls())
          if (auto Found = Of.find(dyn_cast<VarDecl>(D)); Found != Of.end()) {
            end(Found->first, At);
            if (Record)
              Ended[{Found->first, &Block}].push_back(Here);
            for (unsigned I : Found->second)
              if (!Taken[I].By)
                take(I, At, Block, Here);
          }
        continue;
      }
      const auto *Ex = dyn_cast<Expr>(&S);
      if (!Ex)
        continue;
      if (const VarDecl *V = assignedBy(S); Of.contains(V)) {
        end(V, At);
        if (Record)
          Ended[{V, &Block}].push_back(Here);
      }
      if (auto Found = By.find(Ex); Found != By.end())
        for (unsigned I : Found->second)
          take(I, At, Block, Here);
      if (Suspensions.contains(Ex)) {
        At.After |= At.Before;
        At.Before.reset();
        if (Record)
          SuspendedIn[Block.getBlockID()].push_back({Here, Ex});
      }
      if (!Record)
        continue;
      if (const auto *Ref = dyn_cast<DeclRefExpr>(Ex))
        if (auto Found = Of.find(variableOf(*Ref)); Found != Of.end())
          for (unsigned I : Found->second)
            if (At.After.test(I) && !Uses[I] && !isAssigned(*Ref)) {
              Uses[I] = Ref;
              UsedAt[I] = {&Block, Here};
            }
    }
  }

  /// The suspensions on a way from where it is taken to its use. It goes by what ends the value,
  /// the use and the suspensions of each block, not by all that is evaluated there.
  llvm::SmallVector<const Expr *, 2> wayTo(unsigned I) {
    using Way = llvm::SmallVector<const Expr *, 2>;
    struct Step {
      const CFGBlock *Block;
      unsigned From;
      Way Passed;
    };
    llvm::SmallVector<Step, 8> Work{{Starts[I].first, Starts[I].second, {}}};
    llvm::SmallPtrSet<const CFGBlock *, 16> Before, After;
    while (!Work.empty()) {
      Step Here = Work.pop_back_val();
      const CFGBlock *Block = Here.Block;
      const unsigned From = Here.From;
      Way &Passed = Here.Passed;
      unsigned End = Block->size();
      for (unsigned Index : Ended.lookup({Taken[I].Variable, Block}))
        if (Index >= From)
          End = std::min(End, Index);
      const bool HasUse =
          UsedAt[I].first == Block && UsedAt[I].second >= From && UsedAt[I].second <= End;
      auto Pass = [&](unsigned First, unsigned Until) {
        llvm::ArrayRef<std::pair<unsigned, const Expr *>> All = SuspendedIn[Block->getBlockID()];
        for (auto Each = llvm::lower_bound(All, std::pair<unsigned, const Expr *>(First, nullptr));
             Each != All.end() && Each->first < Until && Passed.size() < MaxSpanned; ++Each)
          if (!llvm::is_contained(Passed, Each->second))
            Passed.push_back(Each->second);
      };
      Pass(From, HasUse ? UsedAt[I].second : End);
      // Who has come by so many is on the way.
      if ((HasUse && !Passed.empty()) || Passed.size() == MaxSpanned)
        return Passed;
      if (HasUse) // used before the first suspension, and again in the next turn of a loop
        Pass(UsedAt[I].second, End);
      if (End != Block->size())
        continue;
      for (const CFGBlock *Next : Block->succs())
        if (Next && (Passed.empty() ? Before : After).insert(Next).second)
          Work.push_back({Next, 0, Passed});
    }
    return {};
  }

  bool isAssigned(const DeclRefExpr &Ref) {
    if (!HasAssigned) {
      HasAssigned = true;
      for (const CFGBlock *Block : Graph)
        for (const CFGElement &E : *Block)
          if (std::optional<CFGStmt> S = E.getAs<CFGStmt>())
            // Through a reference it is the element that is assigned.
            if (const auto *Side = dyn_cast_or_null<DeclRefExpr>(assignedSide(*S->getStmt()));
                Side && !Side->getDecl()->getType()->isReferenceType() &&
                !isa<BindingDecl>(Side->getDecl()))
              Assigned.insert(Side);
    }
    return Assigned.contains(&Ref);
  }

  llvm::ArrayRef<Taking> Taken;
  const llvm::SmallPtrSetImpl<const Expr *> &Suspensions;
  const CFG &Graph;
  llvm::DenseMap<const VarDecl *, llvm::SmallVector<unsigned, 1>> Of;
  llvm::DenseMap<const Expr *, llvm::SmallVector<unsigned, 1>> By;
  std::vector<State> States;
  std::vector<std::pair<const CFGBlock *, unsigned>> Starts; ///< and the element after it
  std::vector<const DeclRefExpr *> Uses;
  std::vector<std::pair<const CFGBlock *, unsigned>> UsedAt;
  /// Of each block: where values of a variable end, and where the coroutine is suspended.
  llvm::DenseMap<std::pair<const VarDecl *, const CFGBlock *>, llvm::SmallVector<unsigned, 1>>
      Ended;
  std::vector<std::vector<std::pair<unsigned, const Expr *>>> SuspendedIn;
  bool HasAssigned = false;
  llvm::SmallPtrSet<const Expr *, 16> Assigned;
};

} // namespace

const VarDecl *assignedBy(const Stmt &S) {
  const auto *Ref = dyn_cast_or_null<DeclRefExpr>(assignedSide(S));
  const auto *V = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  return V && !V->getType()->isReferenceType() ? V : nullptr;
}

const Expr *assignedValue(const Stmt &S) {
  if (const auto *Assign = dyn_cast<BinaryOperator>(&S))
    return Assign->getOpcode() == BO_Assign ? Assign->getRHS() : nullptr;
  const auto *Operator = dyn_cast<CXXOperatorCallExpr>(&S);
  return Operator && Operator->getOperator() == OO_Equal && Operator->getNumArgs() == 2
             ? Operator->getArg(1)
             : nullptr;
}

std::vector<std::optional<StaleUse>>
staleUses(llvm::ArrayRef<Taking> Taken, const FunctionDecl &F,
          const llvm::SmallPtrSetImpl<const Expr *> &Suspensions, Unit &U) {
  const Cfg *Graph = Suspensions.empty() || Taken.empty() ? nullptr : U.cfg(F);
  return Graph ? Walk(Taken, Suspensions, *Graph).run()
               : std::vector<std::optional<StaleUse>>(Taken.size());
}

} // namespace corolint::model
