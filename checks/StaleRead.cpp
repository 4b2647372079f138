//===- StaleRead.cpp - coro-stale-read --------------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Check.h"
#include "model/Unit.h"
#include "model/code/Walk.h"
#include "model/fix/Edits.h"
#include "model/state/AwaitedLock.h"
#include "model/state/Shared.h"
#include "model/types/Coroutine.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/Stmt.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace corolint::checks {
namespace {

class StaleRead : public Check {
public:
  using Check::Check;

private:
  void checkFunction(const FunctionDecl &F, model::Unit &U) override;
  void checkWrite(const Stmt &S, model::Unit &U);
  void checkTestAndSet(const IfStmt &If, model::Unit &U);
  const Expr *firstSuspensionIn(const Stmt *Root) const;

  model::SuspensionSet Suspensions;
  const model::AwaitedLocks *Locks = nullptr;
  const FunctionDecl *Of = nullptr; ///< the coroutine
};

} // namespace

extern const Rule StaleReadEntry = {
    "coro-stale-read",
    "shared state that is read, and written back after a suspension: what others wrote is lost",
    Tier::Default,
    Topic::Suspension,
    Fix::Safe,
    {},
    makeCheck<StaleRead>,
};

namespace {

/// Calls \p Visit for \p E and what is evaluated below it.
template <typename Visitor> void forEachIn(const Stmt *E, Visitor Visit) {
  model::walkEvaluated(E, [&](const Stmt &S) {
    Visit(S);
    return true;
  });
}

bool isNamed(const CXXMemberCallExpr &Called, llvm::StringRef Name) {
  const CXXMethodDecl *Callee = Called.getMethodDecl();
  return Callee && Callee->getIdentifier() && Callee->getName() == Name;
}

/// Are two of its operands evaluated in any order, each before what is done with their values? So
/// it is of arithmetic, comparisons and arguments ([intro.execution], [expr.call]).
bool hasOpenOrder(const Expr &E) {
  if (const auto *Binary = dyn_cast<BinaryOperator>(&E))
    return !Binary->isLogicalOp() && !Binary->isCommaOp() && !Binary->isAssignmentOp() &&
           !Binary->isShiftOp();
  return isa<CallExpr>(E) && !isa<CXXOperatorCallExpr>(E);
}

/// The read and the suspension stand in different operands of an expression whose order is open.
bool isUnsequenced(const Expr &Read, const Expr &Suspension, const Expr &Root) {
  const Expr *E = &Root;
  for (;;) {
    const Stmt *Inner = nullptr;
    bool HasRead = false, HasSuspension = false;
    for (const Stmt *Child : E->children()) {
      if (!Child)
        continue;
      const bool R = model::evaluates(Child, Read), S = model::evaluates(Child, Suspension);
      if (R && S)
        Inner = Child;
      HasRead |= R;
      HasSuspension |= S;
    }
    if (!Inner)
      return HasRead && HasSuspension && hasOpenOrder(*E);
    if (isa<CoroutineSuspendExpr, DependentCoawaitExpr>(E) || !isa<Expr>(Inner))
      return false; // the read is a part of what is awaited
    E = cast<Expr>(Inner);
  }
}

/// `x = x + co_await f()`, of built-in types: its x, or null.
const BinaryOperator *isUpdate(const BinaryOperator &Assign, const Expr &Read) {
  const auto *Operation = dyn_cast<BinaryOperator>(Assign.getRHS()->IgnoreParenImpCasts());
  if (!Operation ||
      !(Operation->isMultiplicativeOp() || Operation->isAdditiveOp() || Operation->isBitwiseOp()))
    return nullptr;
  return Operation->getLHS()->IgnoreParenImpCasts() == Read.IgnoreParenImpCasts() &&
                 Operation->getLHS()->getBeginLoc().isFileID() &&
                 Assign.getLHS()->getType().getCanonicalType().getUnqualifiedType() ==
                     Operation->getType().getCanonicalType().getUnqualifiedType()
             ? Operation
             : nullptr;
}

const Expr *StaleRead::firstSuspensionIn(const Stmt *Root) const {
  const Expr *First = nullptr;
  model::walkEvaluated(Root, [&](const Stmt &S) {
    if (const auto *E = dyn_cast<Expr>(&S); E && !First && Suspensions.contains(E))
      First = E;
    return !First;
  });
  return First;
}

/// A value that is written to an object.
struct Write {
  const Expr *Target = nullptr; ///< null: it is no write
  const Expr *Value = nullptr;
  SourceLocation At;
};

/// `x = value`, also where it is an operator, and `x.store(value)`.
Write writeBy(const Stmt &S) {
  if (const auto *Assign = dyn_cast<BinaryOperator>(&S); Assign && Assign->isAssignmentOp())
    return {Assign->getLHS(), Assign->getRHS(), Assign->getOperatorLoc()};
  if (const auto *Assign = dyn_cast<CXXOperatorCallExpr>(&S))
    return Assign->getOperator() == OO_Equal && Assign->getNumArgs() == 2
               ? Write{Assign->getArg(0), Assign->getArg(1), Assign->getOperatorLoc()}
               : Write{};
  const auto *Called = dyn_cast<CXXMemberCallExpr>(&S);
  return Called && isNamed(*Called, "store") && Called->getNumArgs() != 0
             ? Write{Called->getImplicitObjectArgument(), Called->getArg(0), Called->getExprLoc()}
             : Write{};
}

/// What the expression takes the value of, as it is now: a built-in one, a copy, or one that
/// a conversion to a number or `load()` gives, as of std::atomic; or null.
const Expr *readBy(const Stmt &S) {
  if (const auto *Cast = dyn_cast<ImplicitCastExpr>(&S))
    return Cast->getCastKind() == CK_LValueToRValue ? Cast->getSubExpr() : nullptr;
  if (const auto *Copy = dyn_cast<CXXConstructExpr>(&S))
    return Copy->getConstructor()->isCopyConstructor() ? Copy->getArg(0) : nullptr;
  const auto *Called = dyn_cast<CXXMemberCallExpr>(&S);
  return Called && Called->getType()->isScalarType() &&
                 (isa_and_nonnull<CXXConversionDecl>(Called->getMethodDecl()) ||
                  isNamed(*Called, "load"))
             ? Called->getImplicitObjectArgument()
             : nullptr;
}

void StaleRead::checkWrite(const Stmt &S, model::Unit &U) {
  const Write Done = writeBy(S);
  if (!Done.Target)
    return;
  const Expr *Suspension = firstSuspensionIn(Done.Value);
  if (!Suspension)
    return;
  auto Leave = [&](const char *Why) {
    U.leave(Done.At,
            [&] { return "'" + model::textOf(*Done.Target, U).value_or("it") + "' " + Why; });
  };
  if (!model::isShared(*Done.Target))
    return Leave("is known to this coroutine alone: no other code writes to it meanwhile");
  const Expr *Read = nullptr; // what is read …
  const Expr *By = nullptr;   // … and the expression that reads it
  forEachIn(Done.Value, [&](const Stmt &Each) {
    const Expr *From = readBy(Each);
    if (From && !Read && model::isSameLvalue(*From, *Done.Target, U)) {
      Read = From;
      By = cast<Expr>(&Each);
    }
  });
  if (!Read)
    return Leave("is written after the suspension, and not read in the same expression");
  const bool IsOpen = isUnsequenced(*By, *Suspension, *Done.Value);
  const bool IsBefore = model::evaluates(Suspension, *Read) ||
                        U.context().getSourceManager().isBeforeInTranslationUnit(
                            Read->getBeginLoc(), Suspension->getBeginLoc());
  if (Locks->isHeld(Read->getExprLoc(), Suspension->getExprLoc()))
    return Leave("is read, and written back, under an awaited lock");
  if (!IsOpen && !IsBefore)
    return Leave("is read after the suspension");
  if (!IsOpen && !wantsArguable(U))
    return;
  if (model::isCalledUnderLock(*Of, U))
    return Leave("is changed under an awaited lock that every caller holds");
  auto Finding =
      report(Read->getExprLoc(),
             "'%0' is read %select{before the coroutine is suspended|in the same expression as the "
             "co_await, which compilers order as they like}1: %select{|if it is read first, }1what "
             "others write to it in between is lost",
             shownIf(IsOpen));
  if (!Finding)
    return;
  *Finding << model::textOf(*Read, U).value_or("it") << IsOpen;
  const auto *Assign = dyn_cast<BinaryOperator>(&S);
  const bool IsPlain = IsOpen && Assign && Assign->getOpcode() == BO_Assign;
  if (const BinaryOperator *Operation = IsPlain ? isUpdate(*Assign, *Read) : nullptr)
    if (SourceLocation From = Done.At, To = Operation->getOperatorLoc();
        From.isFileID() && To.isFileID()) {
      // The right side of a compound assignment comes first ([expr.assign], since C++17).
      const std::string Text = (BinaryOperator::getOpcodeStr(Operation->getOpcode()) + "=").str();
      *Finding << FixItHint::CreateReplacement(CharSourceRange::getTokenRange(From, To), Text);
    }
  Finding->step(Suspension->getExprLoc(), "the coroutine is suspended here");
  Finding->step(Done.At, "and the result is written back here; await the value into a "
                "local first");
}

/// `if (!cache) cache = co_await load();`: who comes here while the first one loads, loads again.
void StaleRead::checkTestAndSet(const IfStmt &If, model::Unit &U) {
  if (!If.getCond() || !wantsArguable(U) || model::isCalledUnderLock(*Of, U))
    return;
  llvm::SmallVector<const Expr *, 2> Tested;
  forEachIn(If.getCond(), [&](const Stmt &S) {
    if (const Expr *Read = readBy(S); Read && model::isShared(*Read))
      Tested.push_back(Read);
  });
  if (Tested.empty())
    return;
  const Expr *Suspension = nullptr;
  forEachIn(If.getThen(), [&](const Stmt &S) {
    if (const auto *E = dyn_cast<Expr>(&S); E && Suspensions.contains(E))
      Suspension = E;
    const Write Done = writeBy(S);
    if (!Done.Target)
      return;
    const Expr *Inside = firstSuspensionIn(Done.Value);
    const Expr *Waits = Inside ? Inside : Suspension;
    for (const Expr *Each : Tested)
      if (Waits && model::isSameLvalue(*Each, *Done.Target, U) &&
          !Locks->isHeld(Each->getExprLoc(), Waits->getExprLoc())) {
        auto Finding =
            report(Each->getExprLoc(),
                   "'%0' is tested, and set after a suspension: a coroutine that "
                   "comes here in between does the same work again, and the last one wins",
                   Tier::Strict);
        if (!Finding)
          return;
        *Finding << model::textOf(*Each, U).value_or("it");
        Finding->step(Waits->getExprLoc(), "the coroutine is suspended here");
        Finding->step(Done.Target->getExprLoc(),
             "and it is set here; test it again, or hold an awaited mutex");
        return;
      }
  });
}

void StaleRead::checkFunction(const FunctionDecl &F, model::Unit &U) {
  if (!model::isCoroutine(F))
    return;
  Suspensions = model::suspensionSetOf(F, U);
  if (Suspensions.empty())
    return;
  Locks = &U.get<model::AwaitedLocks>(F);
  Of = &F;
  forEachIn(model::writtenBody(F), [&](const Stmt &S) {
    if (const auto *If = dyn_cast<IfStmt>(&S))
      checkTestAndSet(*If, U);
    else
      checkWrite(S, U);
  });
}

} // namespace
} // namespace corolint::checks
