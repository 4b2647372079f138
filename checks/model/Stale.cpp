//===- Stale.cpp - A local taken before a suspension, used after ------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Stale.h"
#include "Call.h"
#include "Cfg.h"
#include "Coroutine.h"
#include "Unit.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace corolint::model {
namespace {

bool declares(const Stmt &S, const VarDecl &V) {
  const auto *Declares = dyn_cast<DeclStmt>(&S);
  return Declares && llvm::is_contained(Declares->decls(), &V);
}

/// `it = c.find(k)`, also where it is an operator.
bool assigns(const Stmt &S, const VarDecl &V) {
  if (V.getType()->isReferenceType())
    return false;
  if (const auto *Assign = dyn_cast<BinaryOperator>(&S))
    return Assign->getOpcode() == BO_Assign && isa<DeclRefExpr>(Assign->getLHS()->IgnoreParens()) &&
           variableIn(Assign->getLHS()) == &V;
  const auto *Operator = dyn_cast<CXXOperatorCallExpr>(&S);
  return Operator && Operator->getOperator() == OO_Equal && variableIn(Operator->getArg(0)) == &V;
}

/// The mentions of \p V that are the left side of an assignment to it, so no use.
llvm::SmallPtrSet<const Expr *, 4> assignedMentions(const VarDecl &V, const FunctionDecl &F) {
  llvm::SmallPtrSet<const Expr *, 4> Result;
  walkEvaluated(writtenBody(F), [&](const Stmt &S) {
    if (assigns(S, V))
      Result.insert(isa<BinaryOperator>(S) ? cast<BinaryOperator>(S).getLHS()->IgnoreParens()
                                           : cast<CXXOperatorCallExpr>(S).getArg(0));
    return true;
  });
  return Result;
}

class Walk {
public:
  Walk(const VarDecl &V, const FunctionDecl &F,
       const llvm::SmallPtrSetImpl<const Expr *> &Suspensions)
      : V(V), Suspensions(Suspensions), Assigned(assignedMentions(V, F)) {}

  std::optional<StaleUse> run(const Cfg &Graph) {
    for (const CFGBlock *Block : Graph.graph())
      for (const CFGElement &E : *Block)
        if (std::optional<CFGStmt> S = E.getAs<CFGStmt>(); S && declares(*S->getStmt(), V)) {
          go(*Block, /*Passed=*/{}, /*FromDeclaration=*/true);
          while (!Work.empty() && !Found) {
            auto [Next, Passed] = Work.pop_back_val();
            go(*Next, std::move(Passed), /*FromDeclaration=*/false);
          }
          return Found;
        }
    return std::nullopt;
  }

private:
  /// Suspensions, in the order in which they are passed.
  using Way = llvm::SmallVector<const Expr *, 2>;

  void go(const CFGBlock &Block, Way Passed, bool FromDeclaration) {
    for (const CFGElement &E : Block) {
      std::optional<CFGStmt> Element = E.getAs<CFGStmt>();
      if (!Element)
        continue;
      const Stmt &S = *Element->getStmt();
      if (declares(S, V)) {
        if (!FromDeclaration)
          return; // the next turn of a loop: it is taken again
        FromDeclaration = false;
      }
      if (FromDeclaration)
        continue;
      if (assigns(S, V))
        return;
      if (const auto *At = dyn_cast<Expr>(&S);
          At && Suspensions.contains(At) && !llvm::is_contained(Passed, At))
        Passed.push_back(At);
      if (const auto *Ref = dyn_cast<DeclRefExpr>(&S);
          Ref && Ref->getDecl() == &V && !Passed.empty() && !Assigned.contains(Ref)) {
        Found = StaleUse{std::move(Passed), Ref};
        return;
      }
    }
    for (const CFGBlock *Next : Block.succs())
      if (Next && (Passed.empty() ? Before : After).insert(Next).second)
        Work.push_back({Next, Passed});
  }

  const VarDecl &V;
  const llvm::SmallPtrSetImpl<const Expr *> &Suspensions;
  const llvm::SmallPtrSet<const Expr *, 4> Assigned;
  llvm::SmallVector<std::pair<const CFGBlock *, Way>, 16> Work;
  llvm::SmallPtrSet<const CFGBlock *, 16> Before, After;
  std::optional<StaleUse> Found;
};

} // namespace

std::optional<StaleUse> staleUse(const VarDecl &V, const FunctionDecl &F,
                                 const llvm::SmallPtrSetImpl<const Expr *> &Suspensions, Unit &U) {
  const Cfg *Graph = Suspensions.empty() ? nullptr : U.cfg(F);
  return Graph ? Walk(V, F, Suspensions).run(*Graph) : std::nullopt;
}

} // namespace corolint::model
