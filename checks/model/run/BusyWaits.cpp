//===- BusyWaits.cpp - Loops that sleep until something changes ---------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/run/BusyWaits.h"
#include "model/Unit.h"
#include "model/calls/Pauses.h"
#include "model/code/Call.h"
#include "model/code/Loops.h"
#include "model/code/Walk.h"
#include "model/run/LoopEnds.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallPtrSet.h"

using namespace clang;

namespace corolint::model {
namespace {

/// One loop, read once.
class Reader {
public:
  Reader(const Loop &L, const FunctionDecl &F, Unit &U) : L(L), F(F), U(U) {}

  std::optional<BusyWait> read() {
    findPauses();
    if (!First)
      return std::nullopt;
    if (Other)
      return leave("the loop awaits something besides time");
    if (worksBesides())
      return leave("the loop does something in each round, or counts how often it goes round");
    const LoopEnds Ends = whatEnds(L, F, U, [&](const Stmt &S) { return isIgnored(S); });
    if (Ends.By == LoopEnds::Never || Ends.By == LoopEnds::Time)
      return leave("the loop waits for nothing but a time");
    if (Ends.By != LoopEnds::Others)
      return leave("what ends the loop is asked of somebody, or is changed in it");
    if (Ends.AlsoTime)
      return leave("the loop gives up at a time");
    return BusyWait{L.Written, Ends.State, First};
  }

private:
  std::nullopt_t leave(const char *Why) const {
    U.leave(L.Written->getBeginLoc(), [&] { return std::string(Why); });
    return std::nullopt;
  }

  /// What the loop awaits in each round. What it does on its way out it does once.
  void findPauses() {
    walkEvaluated(L.Written, [&](const Stmt &S) {
      if (const auto *If = dyn_cast<IfStmt>(&S))
        leaveOut(*If);
      if (WayOut.contains(&S))
        return false;
      if (&S != L.Written && isLoop(S))
        Other = true;
      if (!isa<CoroutineSuspendExpr>(S))
        return !Other;
      const AwaitPoint *Point = awaitPointAt(S, F, U);
      const CallExpr *Pause = Point ? pauseAt(*Point, F, U) : nullptr;
      Other |= !Pause;
      if (Pause && !First)
        First = Pause;
      if (const auto *Member = dyn_cast_or_null<CXXMemberCallExpr>(Pause)) {
        Timer = objectIn(Member->getImplicitObjectArgument());
        // A timer that another sets may stand for an event, which cancels it.
        Other |= Member->getNumArgs() != 0 && !isToldTime(*Member) && !setsTimer();
      }
      return false;
    });
  }

  bool setsTimer() const {
    bool Sets = false;
    walkEvaluated(L.Written, [&](const Stmt &S) {
      const auto *Member = dyn_cast<CXXMemberCallExpr>(&S);
      Sets |= Member && isToldTime(*Member) && Timer &&
              objectIn(Member->getImplicitObjectArgument()) == Timer;
      return !Sets;
    });
    return Sets;
  }

  static bool isToldTime(const CallExpr &Called) {
    return llvm::any_of(Called.arguments(), [](const Expr *Each) {
      return isTime(Each->getType()) || isTime(bare(Each)->getType());
    });
  }

  void leaveOut(const IfStmt &If) {
    for (const LoopExit &Exit : L.Exits)
      if (Exit.If == If.getCond())
        for (const Stmt *Branch : {If.getThen(), If.getElse()})
          if (Branch && evaluates(Branch, *Exit.Jump))
            WayOut.insert(Branch);
  }

  /// Calls of the object that is slept on only set the time: `timer.expires_after(1s);`.
  bool isIgnored(const Stmt &S) const {
    if (WayOut.contains(&S) || isa<CoroutineSuspendExpr>(S))
      return true;
    const auto *Member = dyn_cast<CXXMemberCallExpr>(&S);
    return Timer && Member && objectIn(Member->getImplicitObjectArgument()) == Timer;
  }

  /// It does something in each round: it sleeps between two pieces of work, or counts its patience.
  bool worksBesides() const {
    bool Works = false;
    walkEvaluated(L.Written, [&](const Stmt &S) {
      if (Works || &S == L.Condition || isIgnored(S) ||
          llvm::any_of(L.Exits, [&](const LoopExit &Each) { return Each.If == &S; }))
        return false;
      if (const auto *Unary = dyn_cast<UnaryOperator>(&S))
        Works = Unary->isIncrementDecrementOp();
      else if (const auto *Binary = dyn_cast<BinaryOperator>(&S))
        Works = Binary->isAssignmentOp();
      else
        Works = isa<CallExpr, LambdaExpr, CXXNewExpr, CXXDeleteExpr>(S);
      return !Works;
    });
    return Works;
  }

  const Loop &L;
  const FunctionDecl &F;
  Unit &U;
  bool Other = false; ///< something else is awaited, or there is a loop in it
  const CallExpr *First = nullptr;
  const ValueDecl *Timer = nullptr;
  llvm::SmallPtrSet<const Stmt *, 2> WayOut;
};

} // namespace

std::vector<BusyWait> busyWaitsIn(const FunctionDecl &F, Unit &U) {
  std::vector<BusyWait> Result;
  if (!isCoroutine(F) || suspensionsIn(F, U).empty())
    return Result;
  for (const Loop &L : loopsIn(F, U))
    if (!L.isOverRange())
      if (std::optional<BusyWait> Found = Reader(L, F, U).read())
        Result.push_back(*Found);
  return Result;
}

} // namespace corolint::model
