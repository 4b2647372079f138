//===- Cfg.cpp - Clang's control flow graph, with the questions we ask ------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/code/Cfg.h"
#include "model/Unit.h"
#include "model/code/Walk.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace corolint::model {
namespace {

/// Tells what ends the program from what only never comes back.
class AbortFinder {
public:
  explicit AbortFinder(const FunctionDecl &F) {
    if (!isCoroutine(F))
      return;
    walkEvaluated(writtenBody(F), [&](const Stmt &S) {
      if (const auto *Suspend = dyn_cast<CoroutineSuspendExpr>(&S)) {
        for (const Expr *Part :
             {Suspend->getReadyExpr(), Suspend->getSuspendExpr(), Suspend->getResumeExpr()})
          addProtocol(Part);
        if (isa<CoyieldExpr>(Suspend))
          addProtocol(Suspend->getOperand()); // `yield_value`
      } else if (const auto *Return = dyn_cast<CoreturnStmt>(&S)) {
        addProtocol(Return->getPromiseCall());
      }
      return true;
    });
  }

  bool isAbort(const CFGBlock &B) const {
    if (!B.hasNoReturnElement())
      return false;
    // Where something does not return, nothing of its block comes after it.
    std::optional<CFGStmt> Last = B.empty() ? std::nullopt : B.back().getAs<CFGStmt>();
    const auto *Call = Last ? dyn_cast<CallExpr>(Last->getStmt()) : nullptr;
    // A coroutine that is never resumed, such as one that has given its error away, ends there.
    if (Call && Protocol.contains(Call))
      return false;
    return !Call || !Call->getDirectCallee() || !throws(*Call->getDirectCallee(), 0);
  }

private:
  void addProtocol(const Expr *E) {
    // Not bare(): to that, a call that nobody has written is nothing.
    if (const auto *Call = dyn_cast_or_null<CallExpr>(E ? E->IgnoreImplicit() : nullptr))
      Protocol.insert(Call);
  }

  /// A function that never returns, and whose exception ends no more than whoever catches it.
  static bool throws(const FunctionDecl &F, unsigned Depth) {
    if (const auto *Type = F.getType()->getAs<FunctionProtoType>(); Type && Type->isNothrow())
      return false;
    const FunctionDecl *Definition = nullptr;
    if (!F.isDefined(Definition) || !Definition->getBody())
      return F.getIdentifier() && F.getName().contains_insensitive("throw");
    bool Found = false;
    walkEvaluated(writtenBody(*Definition), [&](const Stmt &S) {
      const auto *Call = dyn_cast<CallExpr>(&S);
      const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
      Found |= isa<CXXThrowExpr>(S) ||
               (Callee && Callee->isNoReturn() && Depth != 3 && throws(*Callee, Depth + 1));
      return !Found;
    });
    return Found;
  }

  llvm::DenseSet<const Stmt *> Protocol;
};

} // namespace

std::unique_ptr<Cfg> Cfg::build(const FunctionDecl &F, ASTContext &Context) {
  if (F.isDependentContext() || !F.getBody())
    return nullptr;
  CFG::BuildOptions Options;
  Options.setAllAlwaysAdd(); // each expression is an element, so that its block can be found
  Options.AddImplicitDtors = true;
  Options.AddTemporaryDtors = true;
  Options.AddInitializers = true;
  Options.PruneTriviallyFalseEdges = true;
  // Of a coroutine what is written. The rest of its body is no part of the flow: Clang would put
  // the final suspension after the last statement, of the coroutines that end with it alone.
  std::unique_ptr<CFG> Graph =
      CFG::buildCFG(&F, const_cast<Stmt *>(writtenBody(F)), &Context, Options);
  if (!Graph)
    return nullptr;

  std::unique_ptr<Cfg> Result(new Cfg);
  Result->Graph = std::move(Graph);
  Result->findPoints();
  Result->findReachable();
  Result->findAborts(F);
  Result->findEnds();
  Result->findTries();
  return Result;
}

void Cfg::findPoints() {
  for (const CFGBlock *B : *Graph) {
    int Index = 0;
    for (const CFGElement &E : *B) {
      if (std::optional<CFGStmt> S = E.getAs<CFGStmt>())
        Points.try_emplace(S->getStmt(), Point{B, Index});
      ++Index;
    }
    if (const Stmt *Last = B->getTerminatorStmt())
      Points.try_emplace(Last, Point{B, Index});
  }
}

void Cfg::findReachable() {
  Reachable.resize(Graph->getNumBlockIDs());
  llvm::SmallVector<const CFGBlock *, 32> Work{&Graph->getEntry()};
  // The handlers of a `try` hang off its own block, which nothing leads to.
  for (const CFGBlock *B : Graph->try_blocks())
    Work.append(B->succ_begin(), B->succ_end());
  while (!Work.empty()) {
    const CFGBlock *B = Work.pop_back_val();
    if (!B || Reachable.test(B->getBlockID()))
      continue;
    Reachable.set(B->getBlockID());
    Work.append(B->succ_begin(), B->succ_end());
  }
}

void Cfg::findAborts(const FunctionDecl &F) {
  Aborts.resize(Graph->getNumBlockIDs());
  // Backwards from the aborts, each edge once: a block whose every way on leads to one. An endless
  // loop leads to none.
  const AbortFinder Finder(F);
  llvm::SmallVector<const CFGBlock *, 32> Work;
  llvm::SmallVector<unsigned, 32> Open(Graph->getNumBlockIDs());
  for (const CFGBlock *B : *Graph) {
    Open[B->getBlockID()] = llvm::count_if(B->succs(), [](const CFGBlock *S) { return S; });
    if (Finder.isAbort(*B))
      Work.push_back(B);
  }
  while (!Work.empty()) {
    const CFGBlock *B = Work.pop_back_val();
    if (Aborts.test(B->getBlockID()))
      continue;
    Aborts.set(B->getBlockID());
    for (const CFGBlock *Before : B->preds())
      if (Before && !--Open[Before->getBlockID()])
        Work.push_back(Before);
  }
}

void Cfg::findEnds() {
  for (const CFGBlock *B : *Graph) {
    if (!Reachable.test(B->getBlockID()))
      continue;
    int Index = 0;
    for (const CFGElement &E : *B) {
      if (std::optional<CFGAutomaticObjDtor> End = E.getAs<CFGAutomaticObjDtor>())
        Ends[End->getVarDecl()].push_back({B, Index});
      ++Index;
    }
  }
}

void Cfg::findTries() {
  for (const CFGBlock *B : Graph->try_blocks()) {
    const auto *Written = llvm::dyn_cast_or_null<CXXTryStmt>(B->getTerminatorStmt());
    if (!Written)
      continue;
    Try Each{Written, {}};
    for (const CFGBlock *Handler : B->succs())
      if (Handler && Handler != &Graph->getExit())
        Each.Handlers.push_back(Handler);
    walkEvaluated(Written->getTryBlock(), [&](const Stmt &S) {
      Around[&S].push_back(Tries.size());
      return true;
    });
    Tries.push_back(std::move(Each));
  }
}

namespace {
struct ControlFlow {
  using Result = std::unique_ptr<Cfg>;
  static Result make(const FunctionDecl &F, Unit &U) { return Cfg::build(F, U.context()); }
};
} // namespace

const Cfg *cfgOf(const FunctionDecl &F, Unit &U) {
  return U.get<ControlFlow>(F).get();
}

Cfg::Point Cfg::pointOf(const Stmt &S) const {
  if (auto Found = Points.find(&S); Found != Points.end())
    return Found->second;
  // What is no element of its own is evaluated with the first of its parts that is.
  for (const Stmt *Child : S.children())
    if (Child)
      if (Point Found = pointOf(*Child))
        return Found;
  return {};
}

llvm::ArrayRef<Cfg::Point> Cfg::endsOf(const VarDecl &V) const {
  auto Found = Ends.find(&V);
  return Found == Ends.end() ? llvm::ArrayRef<Point>() : llvm::ArrayRef(Found->second);
}

bool Cfg::isLive(const Stmt &S) const {
  const CFGBlock *B = blockOf(S);
  return B && Reachable.test(B->getBlockID()) && !Aborts.test(B->getBlockID());
}

bool Cfg::isReachable(const Stmt &S) const {
  const CFGBlock *B = blockOf(S);
  return B && Reachable.test(B->getBlockID());
}

bool Cfg::dominates(Point A, Point B) const {
  if (!A || !B)
    return false;
  if (A.Block == B.Block)
    return A.Index < B.Index;
  return dominators().properlyDominates(A.Block, B.Block);
}

CFGDomTree &Cfg::dominators() const {
  if (!Dominators) {
    Dominators = std::make_unique<CFGDomTree>(Graph.get());
    Dominators->getBase().updateDFSNumbers(); // else each answer walks the tree
  }
  return *Dominators;
}

bool Cfg::dominanceOf(const CFGBlock &B, std::pair<unsigned, unsigned> &Numbers) const {
  const auto *Node = dominators().getBase().getNode(const_cast<CFGBlock *>(&B));
  if (!Node)
    return false;
  Numbers = {Node->getDFSNumIn(), Node->getDFSNumOut()};
  return true;
}

bool Cfg::dominates(const Stmt &Guard, const Stmt &S) const {
  const Point A = pointOf(Guard), B = pointOf(S);
  return A.Block != B.Block && dominates(A, B);
}

bool Cfg::precedes(const Stmt &First, const Stmt &S) const {
  return dominates(pointOf(First), pointOf(S));
}

} // namespace corolint::model
