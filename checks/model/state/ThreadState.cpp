//===- ThreadState.cpp - What belongs to a thread, used after a suspension ===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/state/ThreadState.h"
#include "knowledge/Knowledge.h"
#include "knowledge/Words.h"
#include "model/Unit.h"
#include "model/calls/Roles.h"
#include "model/code/Call.h"
#include "model/code/Walk.h"
#include "model/run/Threads.h"
#include "model/types/Coroutine.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace corolint::model {
namespace {

/// What is known of a call that gives something of the calling thread, or null.
const Entry *threadStateOf(const Expr *E, const FunctionDecl &In, Unit &U) {
  const auto *Written = dyn_cast<CallExpr>(bare(E));
  std::optional<Call> Site = Written ? callOf(*Written) : std::nullopt;
  if (Site)
    for (const Entry *Known : U.knowledge().of(*Site->Callee, Site->objectClass()))
      if (Known->What == Role::ThreadState && speaks(*Known, *Site, In, U))
        return Known;
  return nullptr;
}

/// `EXPECT_NE(before, std::this_thread::get_id())`: to compare is to ask whether it changed.
llvm::SmallPtrSet<const Expr *, 8> comparedIn(const FunctionDecl &F) {
  llvm::SmallPtrSet<const Expr *, 8> Result;
  walkEvaluated(writtenBody(F), [&](const Stmt &S) {
    if (const auto *Binary = dyn_cast<BinaryOperator>(&S); Binary && Binary->isComparisonOp()) {
      Result.insert(bare(Binary->getLHS()));
      Result.insert(bare(Binary->getRHS()));
    }
    if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(&S);
        Operator && Operator->isComparisonOp())
      for (const Expr *Arg : Operator->arguments())
        Result.insert(bare(Arg));
    return true;
  });
  return Result;
}

/// A local, and where what it has of the thread came from.
struct ThreadOrigin {
  ThreadLocal Local;
  const Entry *Known;
};

/// What a local is made of that belongs to the thread, or nothing.
std::optional<ThreadOrigin> originOf(const VarDecl &V, const FunctionDecl &F, Unit &U) {
  const bool Refers = V.getType()->isReferenceType() || V.getType()->isPointerType();
  ThreadOrigin From{Refers ? threadLocalIn(*V.getInit(), U) : ThreadLocal(), nullptr};
  if (!From.Local.Variable)
    From.Known = threadStateOf(V.getInit(), F, U);
  if (From.Local.Variable || From.Known)
    return From;
  if (Refers || isa<CallExpr>(bare(V.getInit())))
    U.leave(V.getLocation(),
            [&] { return "'" + V.getNameAsString() + "' is not known to belong to the thread"; });
  return std::nullopt;
}

/// The suspensions after which the coroutine may be on another thread.
SuspensionSet changingThread(const FunctionDecl &F, Unit &U) {
  const CXXRecordDecl *Returned = returnedClass(F);
  const bool IsPinned =
      Returned && llvm::any_of(U.knowledge().of(*Returned),
                               [](const TypeEntry *E) { return E->Is == TypeRole::Pinned; });
  SuspensionSet Result;
  for (const AwaitPoint &P : suspensionsIn(F, U))
    if (!isa<CoyieldExpr>(P.At) && (!IsPinned || U.get<Hops>(F).changesAt(P.At)))
      Result.insert(P.At);
  return Result;
}

} // namespace

std::vector<StaleThreadState> staleThreadState(const FunctionDecl &F, Unit &U) {
  if (!isCoroutine(F) ||
      llvm::all_of(suspensionsIn(F, U), [](const AwaitPoint &P) { return isa<CoyieldExpr>(P.At); }))
    return {};
  std::vector<Taking> Taken;
  std::vector<ThreadOrigin> Origins;
  walkEvaluated(writtenBody(F), [&](const Stmt &S) {
    if (const auto *Declares = dyn_cast<DeclStmt>(&S))
      for (const Decl *D : Declares->decls())
        if (const auto *V = dyn_cast<VarDecl>(D); V && V->hasLocalStorage() && V->getInit())
          if (std::optional<ThreadOrigin> From = originOf(*V, F, U)) {
            Taken.push_back({V});
            Origins.push_back(*From);
          }
    return true;
  });
  if (Taken.empty())
    return {};
  const auto Compared = comparedIn(F);
  const SuspensionSet Changing = changingThread(F, U);
  std::vector<StaleThreadState> Result;
  for (auto [Each, From, Use] : llvm::zip(Taken, Origins, staleUses(Taken, F, Changing, U))) {
    if (!Use) {
      U.leave(Each.Variable->getLocation(), [&, V = Each.Variable] {
        return "'" + V->getNameAsString() +
               "' belongs to the thread, and is not used after a suspension that may change the "
               "thread" +
               (Changing.empty() ? ": what this coroutine awaits brings it back to its thread"
                                 : "");
      });
      continue;
    }
    // In a macro of a test framework, or in a comparison.
    const bool Arguable =
        From.Known && (Use->Use->getBeginLoc().isMacroID() || Compared.contains(Use->Use));
    if (Arguable)
      U.leave(Use->Use->getLocation(), [V = Each.Variable] {
        return "'" + V->getNameAsString() +
               "' is only compared, or asserted: that asks whether the thread has changed";
      });
    Result.push_back({Each.Variable, From.Local, From.Known, *Use, !Arguable});
  }
  return Result;
}

} // namespace corolint::model
