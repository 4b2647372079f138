//===- LeftBehind.cpp - Tasks that some path awaits, and another does not -----===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/tasks/LeftBehind.h"
#include "model/Unit.h"
#include "model/code/Cfg.h"
#include "model/code/Dataflow.h"
#include "model/code/Walk.h"
#include "model/tasks/TaskFlow.h"
#include "model/types/Coroutine.h"
#include "model/types/TaskType.h"

using namespace clang;

namespace corolint::model {
namespace {

/// Which locals have what nobody has taken, on some path, and since something was awaited. A path
/// that only an exception takes is none: handlers get no state.
struct LeftFlow {
  static constexpr Direction Runs = Direction::Forward;
  struct State {
    llvm::BitVector Has, Waited;
    bool join(const State &Other) {
      const unsigned Before = Has.count() + Waited.count();
      Has |= Other.Has;
      Waited |= Other.Waited;
      return Has.count() + Waited.count() != Before;
    }
    size_t size() const { return Has.size() / 32; }
  };

  State initial() const { return {llvm::BitVector(Number), llvm::BitVector(Number)}; }
  void step(const CFGBlock &, unsigned, const CFGElement &E, State &S) const {
    std::optional<CFGStmt> Element = E.getAs<CFGStmt>();
    if (!Element)
      return;
    if (const auto *Declares = dyn_cast<DeclStmt>(Element->getStmt())) {
      for (const Decl *D : Declares->decls())
        if (auto Found = Numbers.find(dyn_cast<VarDecl>(D)); Found != Numbers.end()) {
          S.Has.set(Found->second);
          S.Waited.reset(Found->second);
        }
    } else if (auto Taken = TakenAt.find(Element->getStmt()); Taken != TakenAt.end()) {
      S.Has.reset(Taken->second);
      S.Waited.reset(Taken->second);
    } else if (isa<CoawaitExpr>(Element->getStmt())) {
      S.Waited |= S.Has;
    }
  }

  unsigned Number = 0;
  llvm::DenseMap<const VarDecl *, unsigned> Numbers;
  llvm::DenseMap<const Stmt *, unsigned> TakenAt; ///< by name
};

bool isForRvalues(const Expr &Call) {
  const auto *Called = dyn_cast_or_null<CXXMethodDecl>(maker(Call));
  return Called && Called->getRefQualifier() == RQ_RValue;
}

} // namespace

LeftBehind::LeftBehind(const FunctionDecl &F, Unit &U) {
  if (!isCoroutine(F))
    return;
  const TaskFlows &Flows = U.get<TaskFlows>(F);
  LeftFlow Problem;
  std::vector<const VarDecl *> Locals;
  walkEvaluated(writtenBody(F), [&](const Stmt &S) {
    if (const auto *Declares = dyn_cast<DeclStmt>(&S))
      for (const Decl *D : Declares->decls())
        if (const auto *V = dyn_cast<VarDecl>(D);
            V && V->hasLocalStorage() && V->getInit() && !V->getType()->isDependentType() &&
            U.get<TaskTypes>().of(V->getType()).Kind == TaskKind::Lazy &&
            Problem.Numbers.try_emplace(V, Locals.size()).second)
          Locals.push_back(V);
    return true;
  });
  const Cfg *Graph = Locals.empty() ? nullptr : cfgOf(F, U);
  if (!Graph)
    return;
  Problem.Number = Locals.size();
  for (auto [I, V] : llvm::enumerate(Locals))
    for (const TaskUse &Use : Flows.usesOf(*V)) {
      // A member of an lvalue may run it: `t.join()`. Then it needs no await.
      if (Use.How == TaskUse::CalledOn && Flows.takes(Use) && !isForRvalues(*Use.At))
        Problem.Numbers.erase(V);
      else if (Use.Named && Flows.takes(Use))
        Problem.TakenAt[Use.Named] = I;
    }
  Dataflow<LeftFlow> Solved(*Graph, Problem);
  Solved.solve();
  Solved.forEachElement(
      [&](const CFGBlock &, unsigned, const CFGElement &E, const LeftFlow::State &S) {
        std::optional<CFGAutomaticObjDtor> Dies = E.getAs<CFGAutomaticObjDtor>();
        auto Found = Dies ? Problem.Numbers.find(Dies->getVarDecl()) : Problem.Numbers.end();
        if (Found != Problem.Numbers.end() && S.Waited.test(Found->second))
          Ends.try_emplace(Dies->getVarDecl(), Dies->getTriggerStmt());
      });
}

} // namespace corolint::model
