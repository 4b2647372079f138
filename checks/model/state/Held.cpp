//===- Held.cpp - What is alive, and in which state, at each suspension ---===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/state/Held.h"
#include "ast/Names.h"
#include "model/Unit.h"
#include "model/code/Cfg.h"
#include "model/code/Uses.h"
#include "model/code/Walk.h"
#include "model/state/Hazard.h"
#include "model/state/LockFlow.h"
#include "model/types/Coroutine.h"
#include "model/types/TaskType.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/Stmt.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/Twine.h"
#include <map>

using namespace clang;

namespace corolint::model {

namespace {

/// Silence about a coroutine that is too large is no all-clear.
/// "file:line: name", of a coroutine that is too large.
std::string whichUnfollowed(const FunctionDecl &F, const Unit &U) {
  const SourceManager &SM = U.context().getSourceManager();
  const PresumedLoc At = SM.getPresumedLoc(SM.getExpansionLoc(F.getLocation()));
  return (llvm::Twine(At.isValid() ? At.getFilename() : "?") + ":" +
          llvm::Twine(At.isValid() ? At.getLine() : 0) + ": " + F.getQualifiedNameAsString())
      .str();
}

/// A task that yields as it ends, and to nobody else: `co_yield co_error(e)`.
bool endsCoroutine(const CoyieldExpr &Yield, const FunctionDecl &F, Unit &U) {
  const CXXRecordDecl *Returned = returnedClass(F);
  if (!Returned || !U.get<TaskTypes>().of(*Returned).Awaitable)
    return false;
  const CXXRecordDecl *Promise = promiseOf(F);
  const FunctionDecl *Final =
      Promise ? memberFunction(*Promise, U.context(), "final_suspend") : nullptr;
  const CXXRecordDecl *Last = Final ? resultClass(*Final) : nullptr;
  const Expr *Common = Yield.getCommonExpr();
  const CXXRecordDecl *Awaiter = Common ? Common->getType()->getAsCXXRecordDecl() : nullptr;
  // What suspends at other places, too, says nothing.
  return Last && Awaiter && !isStandard(*Last) &&
         Last->getCanonicalDecl() == Awaiter->getCanonicalDecl();
}

/// What the consumer finds when it is handed an item, or never looks at.
bool isHazardAt(const HeldAcross &Object, const Expr &Suspends, const FunctionDecl &F, Unit &U) {
  if (Object.Raw || Object.What.Is != Hazard::NoYield)
    return true;
  const auto *Yield = dyn_cast<CoyieldExpr>(&Suspends);
  if (!Yield || endsCoroutine(*Yield, F, U))
    return false;
  // A closure that names it may commit it, or join it, when it is called.
  const auto *V = llvm::dyn_cast_or_null<VarDecl>(Object.Object);
  const Cfg *Graph = cfgOf(F, U);
  return V && llvm::all_of(mentionsOf(*V, F, U),
                           [&](const Mention &M) { return M.Dropped || Graph->pointOf(*M.Ref); });
}

struct Held {
  using Result = std::vector<HeldAcross>;
  static Result make(const FunctionDecl &F, Unit &U);
};

Held::Result Held::make(const FunctionDecl &F, Unit &U) {
  if (!isCoroutine(F))
    return {};
  const llvm::ArrayRef<AwaitPoint> Points = suspensionsIn(F, U);
  llvm::SmallDenseMap<const Stmt *, unsigned, 16> Suspensions;
  for (auto [Index, P] : llvm::enumerate(Points))
    Suspensions[P.At] = Index;
  LockFlow Flow(F, U, LockFlow::Hazards);
  if (Suspensions.empty() || !Flow.collect())
    return {};
  if (!Flow.solve()) {
    U.stats().Unfollowed.push_back(whichUnfollowed(F, U));
    return {};
  }

  // Each lock is one finding, wherever it is held; so is what one call has locked.
  struct Found {
    unsigned Object;
    llvm::SmallVector<unsigned, 2> At;
    bool Certain = true;
  };
  std::map<std::pair<unsigned, SourceLocation>, Found> Result;
  constexpr unsigned Raw = ~0u;
  Flow.forEachStatement([&](const Stmt &S, const LockFlow::State &Here) {
    auto Point = Suspensions.find(&S);
    if (Point == Suspensions.end())
      return;
    for (const auto &[Id, Of] : Here) {
      if (!(Of.Now & Lock::Held) || (Of.Now & Lock::Unknown) || !Flow.isAlive(Id, S))
        continue;
      if (!isHazardAt(Flow.objects()[Id].Public, *Points[Point->second].At, F, U))
        continue;
      const bool IsRaw = Flow.objects()[Id].Public.Raw;
      Found &Into =
          Result.try_emplace({IsRaw ? Raw : Id, Of.Since}, Found{Id, {}, true}).first->second;
      Into.Object = std::min(Into.Object, Id);
      if (!llvm::is_contained(Into.At, Point->second))
        Into.At.push_back(Point->second);
      Into.Certain &= Of.Now == Lock::Held;
    }
  });

  std::multimap<unsigned, HeldAcross> Sorted; // by the first suspension
  for (auto &[Key, Each] : Result) {
    HeldAcross One = Flow.objects()[Each.Object].Public;
    One.Since = Key.second;
    One.Certain = Each.Certain;
    llvm::sort(Each.At);
    for (unsigned Index : Each.At)
      One.At.push_back(Points[Index].At);
    Sorted.emplace(Each.At.front(), std::move(One));
  }
  std::vector<HeldAcross> Answer;
  for (auto &Each : Sorted)
    Answer.push_back(std::move(Each.second));
  return Answer;
}

} // namespace

llvm::ArrayRef<HeldAcross> heldAcross(const FunctionDecl &F, Unit &U) {
  return U.get<Held>(F);
}

void explainUnheld(const FunctionDecl &F, decltype(Hazard::Is) Kind, Unit &U) {
  if (!U.decisions() || !isCoroutine(F) || !U.decisions()->covers(F.getLocation()))
    return;
  const SourceManager &SM = U.context().getSourceManager();
  const bool IsLock = Kind == Hazard::Lock;
  // What a generator must not have at a `co_yield` is a matter of the same rule.
  auto IsKind = [&](const Hazard &What) {
    return What.Is == Kind || (Kind == Hazard::Hostile && What.Is == Hazard::NoYield);
  };
  auto IsOfKind = [&](const HeldAcross &Held) { return Held.Raw ? IsLock : IsKind(Held.What); };
  (void)heldAcross(F, U); // notes which it could not follow
  if (llvm::is_contained(U.stats().Unfollowed, whichUnfollowed(F, U))) {
    for (const AwaitPoint &P : awaitPointsIn(F, U))
      U.leave(P.At->getExprLoc(), [] {
        return "the coroutine is too large to follow what is held across its suspensions";
      });
    return;
  }
  llvm::SmallVector<std::pair<const VarDecl *, SourceRange>, 4> Carriers; ///< and their scopes
  walkEvaluated(writtenBody(F), [&](const Stmt &S) {
    const auto *Scope = dyn_cast<CompoundStmt>(&S);
    if (!Scope)
      return true;
    for (const Stmt *Each : Scope->body())
      if (const auto *Declares = dyn_cast<DeclStmt>(Each))
        for (const Decl *D : Declares->decls()) {
          const auto *V = dyn_cast<VarDecl>(D);
          const CXXRecordDecl *C = V ? V->getType()->getAsCXXRecordDecl() : nullptr;
          if (!C || !C->hasDefinition())
            continue;
          const std::string Name = "'" + V->getNameAsString() + "'";
          const std::optional<Hazard> What = hazardOf(V->getType(), U);
          if (!What || !IsKind(*What)) {
            if (!What && C->hasNonTrivialDestructor() && !isStandard(*C) &&
                U.get<TaskTypes>().of(*C).Kind == TaskKind::None)
              U.leave(V->getLocation(), [&] {
                if (!IsLock)
                  return Name + ": " + namedAs(*C) + " is not known to belong to its thread";
                if (U.get<TaskTypes>().of(*C).AsyncLock)
                  return Name + " is an awaited lock: it may be held across a suspension";
                return Name + " is no thread lock, as far as its class " + namedAs(*C) +
                       " and its mutex show";
              });
            continue;
          }
          Carriers.emplace_back(V, Scope->getSourceRange());
          if (llvm::none_of(heldAcross(F, U), [&](const HeldAcross &H) { return H.Object == V; }))
            U.leave(V->getLocation(), [&] {
              if (What->Is == Hazard::NoYield)
                return Name +
                       " may be open at a 'co_await', and is not known to be at a 'co_yield'";
              return Name + (IsLock ? " is a thread lock, and not held at any suspension"
                                    : " belongs to its thread, and is not alive at any suspension");
            });
        }
    return true;
  });
  for (const AwaitPoint &P : awaitPointsIn(F, U)) {
    if (llvm::any_of(heldAcross(F, U), [&](const HeldAcross &Held) {
          return IsOfKind(Held) && llvm::is_contained(Held.At, P.At);
        }))
      continue;
    U.leave(P.At->getExprLoc(), [&] {
      if (P.Ready)
        return std::string("the awaiter is always ready: the coroutine is not suspended here");
      std::string Why = IsLock ? "no thread lock is held here"
                               : "no object that belongs to its thread is alive here";
      for (auto [V, Scope] : Carriers)
        if (SM.isBeforeInTranslationUnit(V->getLocation(), P.At->getExprLoc()) &&
            SM.isBeforeInTranslationUnit(P.At->getExprLoc(), Scope.getEnd()))
          Why += "; '" + V->getNameAsString() + "' was unlocked, moved from or emptied before";
      return Why;
    });
  }
}

} // namespace corolint::model
