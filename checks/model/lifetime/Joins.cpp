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
#include "model/code/Loops.h"
#include "model/code/Paths.h"
#include "model/code/Scopes.h"
#include "model/code/Walk.h"
#include "model/lifetime/JoinSites.h"
#include "model/tasks/TaskFlow.h"
#include "model/types/TaskType.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/ADT/SmallVector.h"

using namespace clang;

namespace corolint::model {
namespace {

using Names = llvm::SmallPtrSet<const ValueDecl *, 8>;

void addNames(const Stmt *S, Names &Into) {
  forEachName(*S, [&](const ValueDecl &D) {
    Into.insert(&D);
    return true;
  });
}

class JoinFinder {
public:
  JoinFinder(const StartedWork &Work, const VarDecl *V, const FunctionDecl &F, Unit &U)
      : Work(Work), V(V), F(F), U(U), Flows(U.get<TaskFlows>(F)), Where(U.get<Scopes>(F)),
        Sites(U.get<JoinSites>(F)), Scope(V ? *Where.scopeOf(*V) : *writtenBody(F)) {}

  Joined run() {
    findNames();
    if (endsBefore())
      return Joined::Always;
    for (unsigned Each : Sites.waiting())
      if (addJoin(Sites[Each]))
        return Joined::Always;
    for (const auto *Set : {&Holders, &Borrowed, &OtherEnds})
      for (const ValueDecl *Name : *Set)
        for (unsigned Each : Sites.naming(*Name))
          if (isJoin(Sites[Each], /*OfHolder=*/Set != &Borrowed) && addJoin(Sites[Each]))
            return Joined::Always;
    if (!canEndUnjoined())
      return Joined::Always;
    return llvm::any_of(Joins, [&](const Stmt *S) { return Where.isAfter(*Work.By, *S); })
               ? Joined::OnSomePaths
               : Joined::Never;
  }

private:
  bool isJoin(const JoinSite &Each, bool OfHolder) const {
    switch (Each.Is) {
    case JoinSite::Waits:
    case JoinSite::OfAny:
      return true;
    case JoinSite::OfHolder:
      return OfHolder;
    case JoinSite::Asks: // until the work has said so
      return !OfHolder && !Where.contains(*Each.At, *Work.By);
    case JoinSite::MakesLocal:
      return false;
    }
    llvm_unreachable("all kinds are handled");
  }

  /// True if it is come to whenever the work was started, and before the local ends.
  bool addJoin(const JoinSite &Each) {
    const Stmt &S = *Each.At;
    if (Where.contains(*Work.By, S) || !Where.contains(Scope, S))
      return false;
    if (const auto *Declares = dyn_cast<DeclStmt>(&S);
        Declares && V && llvm::is_contained(Declares->decls(), V))
      return false; // that is the local itself
    if (Each.Is == JoinSite::Asks) {
      addHead(S);
      return false;
    }
    if (Each.Block && Where.isAfter(*Work.By, S) && Where.contains(*Each.Block, *Work.By) &&
        Sites.isStraight(*Work.By, S))
      return true;
    Joins.insert(&S);
    // A loop that joins is taken to be entered: that of an assertion's macro, too, and the one
    // around.
    const Stmt *Inner = Where.loopAround(S, Scope);
    const Loop *Around = Inner ? loopAt(*Inner, F, U) : nullptr;
    while (Around && Where.contains(Scope, *Around->Written) &&
           !Where.contains(*Around->Written, *Work.By)) {
      addHead(*Around->Written);
      Around = Around->Around == Loop::None ? nullptr : &loopsIn(F, U)[Around->Around];
    }
    return false;
  }

  /// What is executed whenever the loop is come to.
  void addHead(const Stmt &Loop) {
    if (const auto *For = dyn_cast<CXXForRangeStmt>(&Loop))
      Joins.insert(For->getRangeStmt());
    else if (const Expr *Asked =
                 isa<IfStmt>(Loop) ? cast<IfStmt>(Loop).getCond() : conditionOf(Loop))
      for (const Expr *E : {Asked, bare(Asked), Asked->IgnoreParenImpCasts()})
        Joins.insert(E);
  }

  /// A path leads from the start to the end of the local's life, and joins nothing.
  bool canEndUnjoined() {
    const Cfg *Graph = cfgOf(F, U);
    auto Walk = [&] {
      return anyPath(Graph, *Work.By, [&](const Stmt *S, bool &) {
        if (!S)
          return Step::Found;
        if (Joins.contains(S))
          return Step::Stop;
        const auto *Declares = dyn_cast<DeclStmt>(S);
        const bool Again = V && Declares && llvm::is_contained(Declares->decls(), V);
        return Again || (V && Where.isOutside(Scope, *S)) ? Step::Found : Step::On;
      });
    };
    const CFGBlock *From = Graph && Joins.empty() ? Graph->blockOf(*Work.By) : nullptr;
    if (!From)
      return Walk();
    auto [Known, IsNew] = Sites.Ends.try_emplace({V, From}, false);
    if (IsNew)
      Known->second = Walk();
    return Known->second;
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
        addHolder(*bare(Arg));
    for (const ValueDecl *Each : Work.Borrows) {
      const auto *V = dyn_cast<VarDecl>(Each);
      const Expr *Init = V && V->isLocalVarDecl() ? V->getInit() : nullptr;
      if (const auto *Lambda = Init ? dyn_cast<LambdaExpr>(bare(Init)) : nullptr)
        addOtherEnds(*Lambda);
    }
    for (const TaskUse &Use : Flows.usesOf(*Work.By))
      if (Use.In)
        Holders.insert(Use.In);
    for (const ValueDecl *Each : Work.Borrows)
      Holders.erase(Each);
    // `auto closed = gate.close();`, which is awaited later.
    llvm::SmallVector<const VarDecl *, 2> Made;
    for (const auto *Set : {&Holders, &Borrowed})
      for (const ValueDecl *Name : *Set)
        for (unsigned Each : Sites.naming(*Name))
          if (const JoinSite &At = Sites[Each]; At.Is == JoinSite::MakesLocal &&
                                                Where.isAfter(*Work.By, *At.At) &&
                                                Where.contains(Scope, *At.At))
            Made.push_back(At.Local);
    Holders.insert(Made.begin(), Made.end());
  }

  /// An argument that is no work: where the work runs, `context.get_executor()`, or
  /// `thread.loop()`.
  void addHolder(const Expr &Arg) {
    const auto *Member = dyn_cast<CXXMemberCallExpr>(&Arg);
    if (const auto *Lambda = dyn_cast<LambdaExpr>(&Arg))
      addOwners(*Lambda);
    else if (!makesValue(Arg) || Arg.isGLValue())
      addNames(&Arg, Holders);
    else if (Member && U.get<TaskTypes>().ofValue(Arg).Kind == TaskKind::None)
      addNames(Member->getImplicitObjectArgument(), Holders);
  }

  /// What a closure was given to keep: the hold of a gate, the share of a channel.
  void addOwners(const LambdaExpr &Lambda) {
    // What is said when the work is done: a latch, a flag.
    for (const LambdaCapture &C : Lambda.captures())
      if (C.capturesVariable() && C.getCaptureKind() == LCK_ByRef)
        Borrowed.insert(C.getCapturedVar());
    for (const Expr *Init : Lambda.capture_inits())
      if (Init && Init->getType()->isRecordType())
        addNames(Init, Holders);
  }

  /// What was made of what the closure that is called has now: `f = p.get_future()`, and then
  /// `[p = std::move(p)]`.
  void addOtherEnds(const LambdaExpr &Lambda) {
    Names Kept;
    for (auto [Capture, Init] : llvm::zip(Lambda.captures(), Lambda.capture_inits()))
      if (Init && Init->getType()->isRecordType() && Capture.getCaptureKind() != LCK_ByRef)
        addNames(Init, Kept);
    for (const ValueDecl *Name : Kept)
      for (unsigned Each : Sites.naming(*Name))
        if (Sites[Each].Is == JoinSite::MakesLocal)
          OtherEnds.insert(Sites[Each].Local);
  }

  /// What keeps the work is a local that dies before.
  bool endsBefore() const {
    for (const ValueDecl *Each : Holders)
      if (const auto *Holder = dyn_cast<VarDecl>(Each);
          Holder && Holder->isLocalVarDecl() && !Holder->getType()->isReferenceType() &&
          isOwner(U.context().getBaseElementType(Holder->getType())) && isDeclaredAfter(*Holder))
        return true;
    return false;
  }

  /// It has the work itself: a handle of it can be copied.
  bool isOwner(QualType T) const {
    if (waitsWhenItDies(T, U))
      return true;
    // A handle lets go.
    if (const TaskType &Of = U.get<TaskTypes>().of(T); Of.Awaitable)
      return Of.Kind == TaskKind::Lazy || Of.Cancels;
    const CXXRecordDecl *C = T->getAsCXXRecordDecl();
    if (!C || !C->hasDefinition() || C->hasTrivialDestructor() || isDescribed(*C->getDestructor()))
      return false;
    const bool IsCopied =
        C->needsImplicitCopyConstructor() && !C->defaultedCopyConstructorIsDeleted();
    return !IsCopied && llvm::none_of(C->ctors(), [](const CXXConstructorDecl *Each) {
      return Each->isCopyConstructor() && !Each->isDeleted();
    });
  }

  /// Its end is known to wait under a condition, as that of a future is: else it does not.
  bool isDescribed(const CXXDestructorDecl &Ends) const {
    return llvm::any_of(U.knowledge().of(Ends),
                        [](const Entry *Known) { return Known->What == Role::Blocks; });
  }

  bool isDeclaredAfter(const VarDecl &Holder) const {
    const Stmt &Of = *Where.scopeOf(Holder);
    if (&Of == &Scope)
      return !V || isa<ParmVarDecl>(V) || V->getLocation() < Holder.getLocation();
    return Where.contains(Scope, Of);
  }

  const StartedWork &Work;
  const VarDecl *V;
  const FunctionDecl &F;
  Unit &U;
  const TaskFlows &Flows;
  const Scopes &Where;
  JoinSites &Sites;
  const Stmt &Scope;
  Names Borrowed, Holders, OtherEnds;
  llvm::SmallPtrSet<const Stmt *, 4> Joins;
};

} // namespace

Joined joinOf(const StartedWork &Work, const VarDecl *V, const FunctionDecl &F, Unit &U) {
  return JoinFinder(Work, V, F, U).run();
}

} // namespace corolint::model
