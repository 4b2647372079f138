//===- Cfg.cpp - Clang's control flow graph, with the questions we ask ------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Cfg.h"
#include "clang/AST/Decl.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace corolint::model {

std::unique_ptr<Cfg> Cfg::build(const FunctionDecl &F, ASTContext &Context) {
  if (F.isDependentContext() || !F.getBody())
    return nullptr;
  CFG::BuildOptions Options;
  Options.setAllAlwaysAdd(); // each expression is an element, so that its block can be found
  Options.AddImplicitDtors = true;
  Options.AddTemporaryDtors = true;
  Options.AddInitializers = true;
  Options.PruneTriviallyFalseEdges = true;
  std::unique_ptr<CFG> Graph = CFG::buildCFG(&F, F.getBody(), &Context, Options);
  if (!Graph)
    return nullptr;

  std::unique_ptr<Cfg> Result(new Cfg);
  unsigned Count = Graph->getNumBlockIDs();
  Result->Reachable.resize(Count);
  Result->Aborts.resize(Count);
  for (const CFGBlock *B : *Graph) {
    for (const CFGElement &E : *B)
      if (std::optional<CFGStmt> S = E.getAs<CFGStmt>())
        Result->Blocks.try_emplace(S->getStmt(), B);
    if (const Stmt *Last = B->getTerminatorStmt())
      Result->Blocks.try_emplace(Last, B);
  }

  llvm::SmallVector<const CFGBlock *, 32> Work{&Graph->getEntry()};
  while (!Work.empty()) {
    const CFGBlock *B = Work.pop_back_val();
    if (Result->Reachable.test(B->getBlockID()))
      continue;
    Result->Reachable.set(B->getBlockID());
    for (const CFGBlock *S : B->succs())
      if (S)
        Work.push_back(S);
  }
  // The handlers of a `try` hang off its own block, which nothing leads to.
  for (const CFGBlock *B : Graph->try_blocks())
    Work.append(B->succ_begin(), B->succ_end());
  while (!Work.empty()) {
    const CFGBlock *B = Work.pop_back_val();
    if (!B || Result->Reachable.test(B->getBlockID()))
      continue;
    Result->Reachable.set(B->getBlockID());
    Work.append(B->succ_begin(), B->succ_end());
  }

  // Least fixed point: an endless loop does not count as an abort.
  for (bool Changed = true; Changed;) {
    Changed = false;
    for (const CFGBlock *B : *Graph) {
      if (Result->Aborts.test(B->getBlockID()))
        continue;
      bool Ends = B->hasNoReturnElement();
      if (!Ends && B != &Graph->getExit()) {
        auto Next = llvm::make_filter_range(B->succs(), [](const CFGBlock *S) { return S; });
        Ends = !Next.empty() && llvm::all_of(Next, [&](const CFGBlock *S) {
          return Result->Aborts.test(S->getBlockID());
        });
      }
      if (Ends) {
        Result->Aborts.set(B->getBlockID());
        Changed = true;
      }
    }
  }
  Result->Graph = std::move(Graph);
  return Result;
}

const CFGBlock *Cfg::blockOf(const Stmt &S) const {
  if (const CFGBlock *Found = Blocks.lookup(&S))
    return Found;
  // What is no element of its own is evaluated with the first of its parts that is.
  for (const Stmt *Child : S.children())
    if (Child)
      if (const CFGBlock *Found = blockOf(*Child))
        return Found;
  return nullptr;
}

bool Cfg::isLive(const Stmt &S) const {
  const CFGBlock *B = blockOf(S);
  return B && Reachable.test(B->getBlockID()) && !Aborts.test(B->getBlockID());
}

bool Cfg::isReachable(const Stmt &S) const {
  const CFGBlock *B = blockOf(S);
  return B && Reachable.test(B->getBlockID());
}

bool Cfg::dominates(const Stmt &Guard, const Stmt &S) const {
  const CFGBlock *A = blockOf(Guard), *B = blockOf(S);
  if (!A || !B || A == B)
    return false;
  if (!Dominators)
    Dominators = std::make_unique<CFGDomTree>(Graph.get());
  return Dominators->properlyDominates(A, B);
}

bool Cfg::precedes(const Stmt &First, const Stmt &S) const {
  const CFGBlock *B = blockOf(S);
  if (!B || B != blockOf(First))
    return dominates(First, S);
  for (const CFGElement &E : *B)
    if (std::optional<CFGStmt> Element = E.getAs<CFGStmt>()) {
      if (Element->getStmt() == &S)
        return false;
      if (Element->getStmt() == &First)
        return true;
    }
  return false;
}

} // namespace corolint::model
