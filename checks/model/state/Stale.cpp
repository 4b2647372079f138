//===- Stale.cpp - A local taken before a suspension, used after ------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/state/Stale.h"
#include "knowledge/Words.h"
#include "model/Unit.h"
#include "model/code/Cfg.h"
#include "model/code/Dataflow.h"
#include "clang/AST/ExprCXX.h"
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
      : Taken(Taken), Suspensions(Suspensions), Of(Graph), Graph(Graph.graph()),
        Starts(Taken.size()), Uses(Taken.size()), UsedAt(Taken.size()),
        SuspendedIn(Graph.graph().getNumBlockIDs()) {
    for (auto [I, Each] : llvm::enumerate(Taken)) {
      ByVariable[Each.Variable].push_back(I);
      if (Each.By)
        By[Each.By].push_back(I);
    }
  }

  std::vector<std::optional<StaleUse>> run() {
    Dataflow<Walk> Flow(Of, *this);
    Flow.solve();
    Flow.forEachElement([&](const CFGBlock &Block, unsigned Index, const CFGElement &E,
                            const State &At) { record(Block, Index, E, At); });
    std::vector<std::optional<StaleUse>> Result(Taken.size());
    for (unsigned I = 0; I != Taken.size(); ++I)
      if (Uses[I])
        Result[I] = StaleUse{wayTo(I), Uses[I]};
    return Result;
  }

  /// Which values are there, and whether a suspension was passed since they were taken.
  struct State {
    llvm::BitVector Before, After;
    bool join(const State &Other) {
      if (!Other.Before.test(Before) && !Other.After.test(After))
        return false; // nothing there that is not here
      Before |= Other.Before;
      After |= Other.After;
      return true;
    }
  };

  // For the solver.
  static constexpr Direction Runs = Direction::Forward;
  State initial() {
    State Entry{llvm::BitVector(Taken.size()), llvm::BitVector(Taken.size())};
    for (auto [I, Each] : llvm::enumerate(Taken))
      if (!Each.By && isa<ParmVarDecl>(Each.Variable)) {
        Entry.Before.set(I);
        Starts[I] = {&Graph.getEntry(), 0};
      }
    return Entry;
  }
  State caught(unsigned, const State &S) const { return S; }

  void step(const CFGBlock &Block, unsigned Index, const CFGElement &E, State &At) {
    std::optional<CFGStmt> Element = E.getAs<CFGStmt>();
    if (!Element)
      return;
    const Stmt &S = *Element->getStmt();
    forEachEnded(S, [&](const VarDecl *V) { end(V, At); });
    forEachTaken(S, [&](unsigned I) {
      At.Before.set(I);
      At.After.reset(I);
      Starts[I] = {&Block, Index + 1};
    });
    if (const auto *Ex = dyn_cast<Expr>(&S); Ex && Suspensions.contains(Ex)) {
      At.After |= At.Before;
      At.Before.reset();
    }
  }

private:
  /// All values of a variable end.
  void end(const VarDecl *V, State &At) const {
    if (auto Found = ByVariable.find(V); Found != ByVariable.end())
      for (unsigned I : Found->second) {
        At.Before.reset(I);
        At.After.reset(I);
      }
  }

  /// The variables whose values end at a statement: it declares or assigns them.
  template <typename Visitor> void forEachEnded(const Stmt &S, Visitor Visit) const {
    if (const auto *Declares = dyn_cast<DeclStmt>(&S)) {
      for (const Decl *D : Declares->decls())
        if (const auto *V = dyn_cast<VarDecl>(D); V && ByVariable.contains(V))
          Visit(V);
    } else if (const VarDecl *V = assignedBy(S); ByVariable.contains(V)) {
      Visit(V);
    }
  }

  /// The values that begin there.
  template <typename Visitor> void forEachTaken(const Stmt &S, Visitor Visit) const {
    if (const auto *Declares = dyn_cast<DeclStmt>(&S)) {
      for (const Decl *D : Declares->decls())
        if (auto Found = ByVariable.find(dyn_cast<VarDecl>(D)); Found != ByVariable.end())
          for (unsigned I : Found->second)
            if (!Taken[I].By)
              Visit(I);
    } else if (const auto *Ex = dyn_cast<Expr>(&S)) {
      if (auto Found = By.find(Ex); Found != By.end())
        for (unsigned I : Found->second)
          Visit(I);
    }
  }

  static const VarDecl *variableOf(const DeclRefExpr &Ref) {
    if (const auto *Binding = dyn_cast<BindingDecl>(Ref.getDecl()))
      return dyn_cast<VarDecl>(Binding->getDecomposedDecl());
    return dyn_cast<VarDecl>(Ref.getDecl());
  }

  void record(const CFGBlock &Block, unsigned Here, const CFGElement &E, const State &At) {
    std::optional<CFGStmt> Element = E.getAs<CFGStmt>();
    if (!Element)
      return;
    const Stmt &S = *Element->getStmt();
    forEachEnded(S, [&](const VarDecl *V) { Ended[{V, &Block}].push_back(Here); });
    const auto *Ex = dyn_cast<Expr>(&S);
    if (!Ex)
      return;
    if (Suspensions.contains(Ex))
      SuspendedIn[Block.getBlockID()].push_back({Here, Ex});
    if (const auto *Ref = dyn_cast<DeclRefExpr>(Ex))
      if (auto Found = ByVariable.find(variableOf(*Ref)); Found != ByVariable.end())
        for (unsigned I : Found->second)
          if (At.After.test(I) && !Uses[I] && !isAssigned(*Ref)) {
            Uses[I] = Ref;
            UsedAt[I] = {&Block, Here};
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
      auto GoOn = [&](const CFGBlock *Next) {
        if (Next && (Passed.empty() ? Before : After).insert(Next).second)
          Work.push_back({Next, 0, Passed});
      };
      for (const CFGBlock *Next : Block->succs())
        GoOn(Next);
      for (unsigned Try : triesOf(*Block))
        for (const CFGBlock *Handler : Of.tries()[Try].Handlers)
          GoOn(Handler);
    }
    return {};
  }

  /// Those that catch what is thrown at the end of a block.
  llvm::ArrayRef<unsigned> triesOf(const CFGBlock &Block) const {
    for (const CFGElement &E : llvm::reverse(Block))
      if (std::optional<CFGStmt> S = E.getAs<CFGStmt>())
        return Of.triesAround(*S->getStmt());
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
  const Cfg &Of;
  const CFG &Graph;
  llvm::DenseMap<const VarDecl *, llvm::SmallVector<unsigned, 1>> ByVariable;
  llvm::DenseMap<const Expr *, llvm::SmallVector<unsigned, 1>> By;
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
  const Cfg *Graph = Suspensions.empty() || Taken.empty() ? nullptr : cfgOf(F, U);
  return Graph ? Walk(Taken, Suspensions, *Graph).run()
               : std::vector<std::optional<StaleUse>>(Taken.size());
}

} // namespace corolint::model
