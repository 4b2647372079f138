//===- StaleAccess.cpp - Shared state that is read, and written back later ===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/state/StaleAccess.h"
#include "model/Unit.h"
#include "model/code/Constants.h"
#include "model/code/Sequence.h"
#include "model/code/Walk.h"
#include "model/state/Access.h"
#include "model/state/AwaitedLock.h"
#include "model/state/Shared.h"
#include "model/types/Coroutine.h"
#include "clang/AST/Stmt.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace corolint::model {
namespace {

/// Calls \p Visit for \p E and what is evaluated below it.
template <typename Visitor> void forEachIn(const Stmt *E, Visitor Visit) {
  walkEvaluated(E, [&](const Stmt &S) {
    Visit(S);
    return true;
  });
}

class StaleAccessFinder {
public:
  StaleAccessFinder(const FunctionDecl &F, bool Arguable, Unit &U)
      : F(F), Arguable(Arguable), U(U), Suspensions(suspensionSetOf(F, U)) {}

  std::vector<StaleAccess> run() {
    forEachIn(writtenBody(F), [&](const Stmt &S) {
      if (const auto *If = dyn_cast<IfStmt>(&S))
        testAndSet(*If);
      else
        written(S);
    });
    return std::move(Found);
  }

private:
  const AwaitedLocks &locks() const { return U.get<AwaitedLocks>(F); }

  const Expr *firstSuspensionIn(const Stmt *Root) const {
    const Expr *First = nullptr;
    walkEvaluated(Root, [&](const Stmt &S) {
      if (const auto *E = dyn_cast<Expr>(&S); E && !First && Suspensions.contains(E))
        First = E;
      return !First;
    });
    return First;
  }

  void written(const Stmt &S) {
    const Write Done = writeBy(S);
    const Expr *Suspension = Done.Target ? firstSuspensionIn(Done.Value) : nullptr;
    if (!Suspension)
      return;
    auto Leave = [&](const char *Why) {
      U.leave(Done.At, [&] { return "'" + textOf(*Done.Target, U).value_or("it") + "' " + Why; });
    };
    if (!isShared(*Done.Target))
      return Leave("is known to this coroutine alone: no other code writes to it meanwhile");
    const Expr *Read = nullptr; // what is read …
    const Expr *By = nullptr;   // … and the expression that reads it
    forEachIn(Done.Value, [&](const Stmt &Each) {
      const Expr *From = readBy(Each);
      if (From && !Read && isSameLvalue(*From, *Done.Target, U)) {
        Read = From;
        By = cast<Expr>(&Each);
      }
    });
    if (!Read)
      return Leave("is written after the suspension, and not read in the same expression");
    const bool IsOpen = isUnsequenced(*By, *Suspension, *Done.Value);
    const bool IsBefore =
        evaluates(Suspension, *Read) || U.context().getSourceManager().isBeforeInTranslationUnit(
                                            Read->getBeginLoc(), Suspension->getBeginLoc());
    if (locks().isHeld(Read->getExprLoc(), Suspension->getExprLoc()))
      return Leave("is read, and written back, under an awaited lock");
    if (!IsOpen && !IsBefore)
      return Leave("is read after the suspension");
    if (!IsOpen && !Arguable)
      return;
    if (isCalledUnderLock(F, U))
      return Leave("is changed under an awaited lock that every caller holds");
    Found.push_back({IsOpen ? StaleAccess::Unsequenced : StaleAccess::WrittenBack, Read, Suspension,
                     &S, Done.At});
  }

  void testAndSet(const IfStmt &If) {
    if (!If.getCond() || !Arguable)
      return;
    llvm::SmallVector<const Expr *, 2> Tested;
    forEachIn(If.getCond(), [&](const Stmt &S) {
      if (const Expr *Read = readBy(S); Read && isShared(*Read))
        Tested.push_back(Read);
    });
    if (Tested.empty())
      return;
    const Expr *Suspension = nullptr;
    forEachIn(If.getThen(), [&](const Stmt &S) {
      if (const auto *E = dyn_cast<Expr>(&S); E && Suspensions.contains(E))
        Suspension = E;
      const Write Done = writeBy(S);
      const Expr *Inside = Done.Target ? firstSuspensionIn(Done.Value) : nullptr;
      const Expr *Waits = Inside ? Inside : Suspension;
      if (!Done.Target || !Waits)
        return;
      for (const Expr *Each : Tested)
        if (isSameLvalue(*Each, *Done.Target, U) &&
            !locks().isHeld(Each->getExprLoc(), Waits->getExprLoc()) && !isCalledUnderLock(F, U)) {
          Found.push_back({StaleAccess::TestedAndSet, Each, Waits, &S, Done.Target->getExprLoc()});
          return;
        }
    });
  }

  const FunctionDecl &F;
  const bool Arguable;
  Unit &U;
  const SuspensionSet &Suspensions;
  std::vector<StaleAccess> Found;
};

} // namespace

std::vector<StaleAccess> staleAccesses(const FunctionDecl &F, bool Arguable, Unit &U) {
  if (!isCoroutine(F) || suspensionsIn(F, U).empty())
    return {};
  return StaleAccessFinder(F, Arguable, U).run();
}

} // namespace corolint::model
