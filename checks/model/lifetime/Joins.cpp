//===- Joins.cpp - Who waits for work that was started ---------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/lifetime/Joins.h"
#include "knowledge/Knowledge.h"
#include "knowledge/Words.h"
#include "model/Unit.h"
#include "model/code/Call.h"
#include "model/code/Cfg.h"
#include "model/code/Scopes.h"
#include "model/code/Walk.h"
#include "model/tasks/TaskFlow.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/ADT/SmallVector.h"

using namespace clang;

namespace corolint::model {
namespace {

using Names = llvm::SmallPtrSet<const ValueDecl *, 8>;

/// The variables and members that are named at or below \p S.
void addNames(const Stmt *S, Names &Into) {
  walkEvaluated(S, [&](const Stmt &Part) {
    if (const auto *Ref = dyn_cast<DeclRefExpr>(&Part)) {
      if (isa<VarDecl>(Ref->getDecl()))
        Into.insert(Ref->getDecl());
    } else if (const auto *Member = dyn_cast<MemberExpr>(&Part)) {
      if (isa<FieldDecl>(Member->getMemberDecl()))
        Into.insert(Member->getMemberDecl());
    }
    return true;
  });
}

bool mentionsAny(const Stmt &S, const Names &Wanted) {
  bool Found = false;
  walkEvaluated(&S, [&](const Stmt &Part) {
    if (const auto *Ref = dyn_cast<DeclRefExpr>(&Part))
      Found |= Wanted.contains(Ref->getDecl());
    else if (const auto *Member = dyn_cast<MemberExpr>(&Part))
      Found |= Wanted.contains(Member->getMemberDecl());
    return !Found;
  });
  return Found;
}

class JoinFinder {
public:
  JoinFinder(const StartedWork &Work, const VarDecl &V, const FunctionDecl &F, Unit &U)
      : Work(Work), V(V), F(F), U(U), Flows(U.get<TaskFlows>(F)), Where(U.get<Scopes>(F)),
        Scope(*Where.scopeOf(V)) {}

  bool run() {
    if (!canEnd())
      return true;
    findNames();
    if (endsBefore())
      return true;
    const Stmt *Loop = Where.loopAround(*Work.By, Scope);
    bool Found = false;
    walkEvaluated(&Scope, [&](const Stmt &S) {
      if (&S == Work.By)
        return false;
      if (Where.isAfter(*Work.By, S) || (Loop && Where.contains(*Loop, S)))
        Found = Found || isJoin(S);
      return !Found;
    });
    return Found;
  }

private:
  /// A path leads from the start to the end of the local's life.
  bool canEnd() const {
    const Cfg *Graph = cfgOf(F, U);
    const Cfg::Point From = Graph ? Graph->pointOf(*Work.By) : Cfg::Point();
    if (!From)
      return true;
    llvm::SmallPtrSet<const CFGBlock *, 16> Ends;
    for (const Cfg::Point &End : Graph->endsOf(V))
      Ends.insert(End.Block);
    if (Ends.empty()) // nothing to destroy
      Ends.insert(&Graph->graph().getExit());
    llvm::SmallPtrSet<const CFGBlock *, 32> Seen;
    llvm::SmallVector<const CFGBlock *, 16> Open{From.Block};
    while (!Open.empty()) {
      const CFGBlock *B = Open.pop_back_val();
      if (!Seen.insert(B).second)
        continue;
      if (Ends.contains(B))
        return true;
      for (const CFGBlock *Next : B->succs())
        if (Next)
          Open.push_back(Next);
    }
    return false;
  }

  /// What has to do with the work besides what it borrows: the scope or executor that has it, the
  /// local that stands for it.
  void findNames() {
    Borrowed.insert(Work.Borrows.begin(), Work.Borrows.end());
    std::optional<Call> Site;
    if (const auto *Called = dyn_cast<CallExpr>(Work.By))
      Site = callOf(*Called);
    if (Site && Site->Object)
      addNames(Site->Object, Holders);
    if (Site)
      for (const Expr *Arg : Site->Args)
        if (!isa<LambdaExpr>(bare(Arg)) && !makesValue(*bare(Arg)))
          addNames(Arg, Holders);
    for (const TaskUse &Use : Flows.usesOf(*Work.By))
      if (Use.In)
        Holders.insert(Use.In);
    for (const ValueDecl *Each : Work.Borrows)
      Holders.erase(Each);
  }

  /// What keeps the work is a local that dies before.
  bool endsBefore() const {
    for (const ValueDecl *Each : Holders)
      if (const auto *Holder = dyn_cast<VarDecl>(Each);
          Holder && Holder->isLocalVarDecl() && !Holder->getType()->isReferenceType() &&
          Holder->getType()->isRecordType() && isDeclaredAfter(*Holder))
        return true;
    return false;
  }

  bool isDeclaredAfter(const VarDecl &Holder) const {
    const Stmt &Of = *Where.scopeOf(Holder);
    if (&Of == &Scope)
      return isa<ParmVarDecl>(V) || V.getLocation() < Holder.getLocation();
    return Where.contains(Scope, Of);
  }

  bool isJoin(const Stmt &S) const {
    if (const auto *Await = dyn_cast<CoroutineSuspendExpr>(&S))
      return mentionsAny(*writtenOperand(Await), Holders) ||
             mentionsAny(*writtenOperand(Await), Borrowed);
    const auto *Written = dyn_cast<CallExpr>(&S);
    std::optional<Call> Site = Written ? callOf(*Written) : std::nullopt;
    if (!Site)
      return false;
    for (const Entry *Known : U.knowledge().of(*Site->Callee, Site->objectClass()))
      if (Known->What == Role::RunsLoop || Known->What == Role::Blocks)
        return true;
    const bool IsStart = llvm::any_of(Site->Args, [](const Expr *Arg) {
      return isa<LambdaExpr>(bare(Arg)) || makesValue(*bare(Arg));
    });
    if (IsStart || U.isSystem(Site->Callee->getLocation()))
      return !IsStart && Site->Object && mentionsAny(*Site->Object, Holders) && !isConst(*Site);
    // Who cannot await waits by calling something.
    if (!isCoroutine(F))
      return true;
    return mentionsAny(*Written, Holders) && !isConst(*Site);
  }

  static bool isConst(const Call &Site) {
    const auto *Method = dyn_cast<CXXMethodDecl>(Site.Callee);
    return Method && Method->isConst();
  }

  const StartedWork &Work;
  const VarDecl &V;
  const FunctionDecl &F;
  Unit &U;
  const TaskFlows &Flows;
  const Scopes &Where;
  const Stmt &Scope;
  Names Borrowed, Holders;
};

} // namespace

bool mayBeJoined(const StartedWork &Work, const VarDecl &V, const FunctionDecl &F, Unit &U) {
  return JoinFinder(Work, V, F, U).run();
}

} // namespace corolint::model
