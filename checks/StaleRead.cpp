//===- StaleRead.cpp - coro-stale-read --------------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Check.h"
#include "model/Borrow.h"
#include "model/Coroutine.h"
#include "model/Edits.h"
#include "model/Shared.h"
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
  void checkAssignment(const BinaryOperator &Assign, model::Unit &U);
  void checkTestAndSet(const IfStmt &If, model::Unit &U);
  const Expr *firstSuspensionIn(const Stmt *Root) const;

  llvm::SmallPtrSet<const Expr *, 8> Suspensions;
  bool IsProtected = false; ///< by a lock that is awaited
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

void StaleRead::checkAssignment(const BinaryOperator &Assign, model::Unit &U) {
  const Expr *Target = Assign.getLHS();
  if (!model::isShared(*Target))
    return;
  const Expr *Suspension = firstSuspensionIn(Assign.getRHS());
  if (!Suspension)
    return;
  const Expr *Read = nullptr;
  forEachIn(Assign.getRHS(), [&](const Stmt &S) {
    if (const auto *Cast = dyn_cast<ImplicitCastExpr>(&S);
        Cast && Cast->getCastKind() == CK_LValueToRValue && !Read &&
        model::isSameLvalue(*Cast->getSubExpr(), *Target, U))
      Read = Cast->getSubExpr();
  });
  if (!Read)
    return;
  const bool IsOpen = isUnsequenced(*Read, *Suspension, *Assign.getRHS());
  const bool IsBefore = model::evaluates(Suspension, *Read) ||
                        U.context().getSourceManager().isBeforeInTranslationUnit(
                            Read->getBeginLoc(), Suspension->getBeginLoc());
  if (!IsOpen && (!strict(U) || !IsBefore || IsProtected))
    return;
  auto Finding =
      report(Read->getExprLoc(),
             "'%0' is read %select{before the coroutine is suspended|in the same expression as the "
             "co_await, which compilers order as they like}1: %select{|if it is read first, }1what "
             "others write to it in between is lost");
  if (!Finding)
    return;
  *Finding << model::textOf(*Read, U).value_or("it") << IsOpen;
  if (const BinaryOperator *Operation = IsOpen ? isUpdate(Assign, *Read) : nullptr)
    if (SourceLocation From = Assign.getOperatorLoc(), To = Operation->getOperatorLoc();
        From.isFileID() && To.isFileID()) {
      // The right side of a compound assignment comes first ([expr.assign], since C++17).
      const std::string Text = (BinaryOperator::getOpcodeStr(Operation->getOpcode()) + "=").str();
      *Finding << FixItHint::CreateReplacement(CharSourceRange::getTokenRange(From, To), Text);
    }
  Finding.reset();
  note(Suspension->getExprLoc(), "the coroutine is suspended here");
  note(Assign.getOperatorLoc(), "and the result is written back here; await the value into a "
                                "local first");
}

/// `if (!cache) cache = co_await load();`: who comes here while the first one loads, loads again.
void StaleRead::checkTestAndSet(const IfStmt &If, model::Unit &U) {
  if (!If.getCond() || !strict(U) || IsProtected)
    return;
  llvm::SmallVector<const Expr *, 2> Tested;
  forEachIn(If.getCond(), [&](const Stmt &S) {
    if (const auto *Cast = dyn_cast<ImplicitCastExpr>(&S))
      if (Cast->getCastKind() == CK_LValueToRValue && model::isShared(*Cast->getSubExpr()))
        Tested.push_back(Cast->getSubExpr());
    if (const auto *Asked = dyn_cast<CXXMemberCallExpr>(&S);
        Asked && isa_and_nonnull<CXXConversionDecl>(Asked->getMethodDecl()) &&
        model::isShared(*Asked->getImplicitObjectArgument()))
      Tested.push_back(Asked->getImplicitObjectArgument());
  });
  if (Tested.empty())
    return;
  const Expr *Suspension = nullptr;
  forEachIn(If.getThen(), [&](const Stmt &S) {
    const Expr *Target = nullptr, *Value = nullptr;
    if (const auto *E = dyn_cast<Expr>(&S); E && Suspensions.contains(E))
      Suspension = E;
    if (const auto *Assign = dyn_cast<BinaryOperator>(&S); Assign && Assign->isAssignmentOp())
      std::tie(Target, Value) = std::pair(Assign->getLHS(), Assign->getRHS());
    if (const auto *Assign = dyn_cast<CXXOperatorCallExpr>(&S);
        Assign && Assign->getOperator() == OO_Equal && Assign->getNumArgs() == 2)
      std::tie(Target, Value) = std::pair(Assign->getArg(0), Assign->getArg(1));
    if (!Target)
      return;
    const Expr *Inside = firstSuspensionIn(Value);
    const Expr *Waits = Inside ? Inside : Suspension;
    for (const Expr *Each : Tested)
      if (Waits && model::isSameLvalue(*Each, *Target, U)) {
        auto Finding = report(Each->getExprLoc(),
                              "'%0' is tested, and set after a suspension: who comes here in "
                              "between does the same work again, and the last one wins");
        if (!Finding)
          return;
        *Finding << model::textOf(*Each, U).value_or("it");
        Finding.reset();
        note(Waits->getExprLoc(), "the coroutine is suspended here");
        note(Target->getExprLoc(), "and it is set here; test it again, or hold an awaited mutex");
        return;
      }
  });
}

void StaleRead::checkFunction(const FunctionDecl &F, model::Unit &U) {
  if (!model::isCoroutine(F))
    return;
  Suspensions = model::suspending(U.suspensions(F));
  IsProtected = false;
  if (Suspensions.empty())
    return;
  forEachIn(model::writtenBody(F), [&](const Stmt &S) {
    if (const auto *Declares = dyn_cast<DeclStmt>(&S))
      for (const Decl *D : Declares->decls())
        if (const auto *V = dyn_cast<VarDecl>(D))
          IsProtected |= model::isAwaitedLock(*V, U);
    if (const auto *Assign = dyn_cast<BinaryOperator>(&S);
        Assign && Assign->getOpcode() == BO_Assign)
      checkAssignment(*Assign, U);
    else if (const auto *If = dyn_cast<IfStmt>(&S))
      checkTestAndSet(*If, U);
  });
}

} // namespace
} // namespace corolint::checks
