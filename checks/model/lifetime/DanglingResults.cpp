//===- DanglingResults.cpp - Names for what co_await gave, and is gone -----------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/lifetime/DanglingResults.h"
#include "model/Unit.h"
#include "model/code/Lifetime.h"
#include "model/code/Uses.h"
#include "model/code/Walk.h"
#include "model/lifetime/Loans.h"
#include "model/lifetime/Views.h"
#include "model/types/Coroutine.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace corolint::model {
namespace {

/// Something is done with the name after it was given its value, and before it is given another.
const Expr *firstUse(const VarDecl &V, SourceLocation After, const FunctionDecl &F, Unit &U) {
  const SourceManager &SM = U.context().getSourceManager();
  llvm::SmallPtrSet<const Expr *, 4> Assigned;
  if (!V.getType()->isReferenceType())
    walkEvaluated(writtenBody(F), [&](const Stmt &S) {
      if (const auto *Binary = dyn_cast<BinaryOperator>(&S);
          Binary && Binary->getOpcode() == BO_Assign)
        Assigned.insert(bare(Binary->getLHS()));
      if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(&S);
          Operator && Operator->getOperator() == OO_Equal)
        Assigned.insert(bare(Operator->getArg(0)));
      return true;
    });
  for (const Mention &M : mentionsOf(V, F, U)) {
    if (M.Dropped ||
        (After.isValid() && !SM.isBeforeInTranslationUnit(After, M.Ref->getLocation())))
      continue;
    return Assigned.contains(M.Ref) ? nullptr : M.Ref;
  }
  return nullptr;
}

class Finder {
public:
  Finder(const FunctionDecl &F, Unit &U) : F(F), U(U), Lent(F, U) {}

  std::vector<DanglingResult> run() {
    walkEvaluated(writtenBody(F), [&](const Stmt &S) {
      if (const auto *Declares = dyn_cast<DeclStmt>(&S)) {
        for (const Decl *D : Declares->decls())
          if (const auto *V = dyn_cast<VarDecl>(D); V && V->getInit() && !V->isImplicit())
            seeVariable(*V);
      } else if (const auto *For = dyn_cast<CXXForRangeStmt>(&S)) {
        seeLoop(*For);
      } else if (const auto *Binary = dyn_cast<BinaryOperator>(&S);
                 Binary && Binary->getOpcode() == BO_Assign) {
        seeAssignment(*Binary->getLHS(), *Binary->getRHS());
      } else if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(&S);
                 Operator && Operator->getOperator() == OO_Equal) {
        seeAssignment(*Operator->getArg(0), *Operator->getArg(1));
      }
      return true;
    });
    return std::move(Found);
  }

private:
  static bool isName(const VarDecl &V) {
    return !V.hasGlobalStorage() && (V.getType()->isReferenceType() || isViewType(V.getType()));
  }

  /// \p Given, if an ended object is among what it refers to.
  std::optional<DanglingResult> dangling(const VarDecl &V, const Expr &Given) {
    if (awaitPointsBelow(Given, F, U).empty())
      return std::nullopt;
    const bool IsView = !V.getType()->isReferenceType();
    for (const Loan &L : IsView ? Lent.ofValue(Given) : Lent.ofReference(Given)) {
      const auto *Await = L.From == Loan::Temporary ? dyn_cast<CoawaitExpr>(bare(L.At)) : nullptr;
      if (!Await)
        continue;
      DanglingResult D;
      D.Await = Await;
      D.Bound = &V;
      D.Given = &Given;
      D.IsView = IsView;
      if (Await->isGLValue())
        D.Reference = endingReference(*Await, U);
      return D;
    }
    return std::nullopt;
  }

  void add(DanglingResult D, SourceLocation After) {
    D.Used = firstUse(*D.Bound, After, F, U);
    if (D.Used)
      Found.push_back(D);
    else
      U.leave(D.Await->getExprLoc(), [] {
        return "what 'co_await' gives here is gone at the end of the expression, and not used "
               "later";
      });
  }

  void seeVariable(const VarDecl &V) {
    if (isName(V))
      if (std::optional<DanglingResult> D = dangling(V, *V.getInit()))
        add(*D, {});
  }

  void seeAssignment(const Expr &To, const Expr &Given) {
    const auto *Ref = dyn_cast<DeclRefExpr>(bare(&To));
    const auto *V = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
    if (!V || !isName(*V) || V->getType()->isReferenceType() ||
        Ref->refersToEnclosingVariableOrCapture())
      return;
    if (std::optional<DanglingResult> D = dangling(*V, Given))
      add(*D, Given.getEndLoc());
  }

  /// From C++23 on, all temporaries of the range live as long as the loop (P2718).
  void seeLoop(const CXXForRangeStmt &For) {
    const auto *Range = dyn_cast_or_null<DeclStmt>(For.getRangeStmt());
    const auto *V =
        Range && Range->isSingleDecl() ? dyn_cast<VarDecl>(Range->getSingleDecl()) : nullptr;
    // A part of a value is another rule's.
    if (!V || !V->getInit() || U.context().getLangOpts().CPlusPlus23 || lostTemporary(For))
      return;
    if (std::optional<DanglingResult> D = dangling(*V, *V->getInit()))
      Found.push_back(*D);
  }

  const FunctionDecl &F;
  Unit &U;
  Loans Lent;
  std::vector<DanglingResult> Found;
};

} // namespace

std::vector<DanglingResult> DanglingResults::make(const FunctionDecl &F, Unit &U) {
  return isCoroutine(F) ? Finder(F, U).run() : std::vector<DanglingResult>();
}

} // namespace corolint::model
