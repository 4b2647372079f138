//===- Loops.cpp - The loops of a function ----------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/code/Loops.h"
#include "model/Unit.h"
#include "model/code/Call.h"
#include "model/code/Scopes.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace corolint::model {
namespace {

/// Null also of one that is always true.
const Expr *whatEndsIt(const Stmt &Loop, const ASTContext &Context) {
  const Expr *Condition = conditionOf(Loop);
  bool Value = false;
  const bool IsTrue = Condition && !Condition->isValueDependent() &&
                      Condition->EvaluateAsBooleanCondition(Value, Context) && Value;
  return IsTrue ? nullptr : Condition;
}

/// Finds the loops in one walk, and where each is left.
class LoopFinder {
public:
  LoopFinder(const FunctionDecl &F, Unit &U) : U(U) {
    walkEvaluated(
        writtenBody(F), [&](const Stmt &S) { return enter(S), true; },
        [&](const Stmt &S) { leave(S); });
  }
  std::vector<Loop> take() { return std::move(Loops); }

private:
  /// What stands around the statement that is visited: loops, and what decides whether it is
  /// executed.
  struct Around {
    const Stmt *Written;
    size_t Number; ///< of a loop
  };

  void enter(const Stmt &S) {
    if (isLoop(S)) {
      Loops.push_back({&S, whatEndsIt(S, U.context()), Innermost, {}});
      Innermost = Loops.size() - 1;
      Open.push_back({&S, Innermost});
    } else if (isa<SwitchStmt, CXXTryStmt, CXXCatchStmt, IfStmt, AbstractConditionalOperator>(S)) {
      Open.push_back({&S, Loop::None});
    } else if (isa<BreakStmt>(S)) {
      for (const Around &Each : llvm::reverse(Open)) {
        if (isa<SwitchStmt>(Each.Written))
          return;
        if (Each.Number != Loop::None)
          return addExit(S, Each.Number);
      }
    } else if (isa<ReturnStmt, CoreturnStmt, GotoStmt, IndirectGotoStmt, CXXThrowExpr>(S)) {
      leavesAll(S);
    } else if (const auto *Written = dyn_cast<CallExpr>(&S)) {
      const FunctionDecl *Callee = Written->getDirectCallee();
      if (Callee && Callee->isNoReturn())
        leavesAll(S);
    }
  }

  void leave(const Stmt &S) {
    if (Open.empty() || Open.back().Written != &S)
      return;
    if (Open.back().Number != Loop::None)
      Innermost = Loops[Innermost].Around;
    Open.pop_back();
  }

  /// It is enough that the innermost loop knows what it hangs on: those around it only have to know
  /// that they may be left.
  void leavesAll(const Stmt &S) {
    for (size_t I = Innermost; I != Loop::None; I = Loops[I].Around) {
      const bool Known = llvm::any_of(Loops[I].Exits, [](const LoopExit &E) { return !E.If; });
      addExit(S, I);
      if (Known)
        break; // and so do all around it
    }
  }

  void addExit(const Stmt &S, size_t Of) {
    const Expr *If = nullptr;
    for (const Around &Each : llvm::reverse(Open)) {
      if (Each.Number == Of)
        break;
      const auto *Decides = dyn_cast<IfStmt>(Each.Written);
      if (If || !Decides || Decides->isConsteval()) {
        If = nullptr;
        break;
      }
      If = Decides->getCond();
    }
    Loops[Of].Exits.push_back({&S, If});
  }

  Unit &U;
  std::vector<Loop> Loops;
  std::vector<Around> Open;
  size_t Innermost = Loop::None;
};

struct LoopsOf {
  using Result = std::vector<Loop>;
  static Result make(const FunctionDecl &F, Unit &U) { return LoopFinder(F, U).take(); }
};

struct LoopsByStatement {
  LoopsByStatement(const FunctionDecl &F, Unit &U) {
    for (const Loop &Each : loopsIn(F, U))
      Loops[Each.Written] = &Each;
  }
  llvm::DenseMap<const Stmt *, const Loop *> Loops;
};

/// Of each local, where it is changed or may be.
struct LocalChanges {
  LocalChanges(const FunctionDecl &F, Unit &) {
    llvm::DenseSet<const Expr *> Read; // mentions whose value alone is wanted
    walkEvaluated(writtenBody(F), [&](const Stmt &S) {
      if (const auto *Cast = dyn_cast<ImplicitCastExpr>(&S);
          Cast && Cast->getCastKind() == CK_LValueToRValue)
        Read.insert(Cast->getSubExpr()->IgnoreParens());
      const auto *Ref = dyn_cast<DeclRefExpr>(&S);
      const auto *V = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
      if (V && !V->getType().isConstQualified() && !Read.contains(Ref))
        At[V].push_back(Ref);
      if (const auto *Lambda = dyn_cast<LambdaExpr>(&S))
        for (const LambdaCapture &Each : Lambda->captures())
          if (Each.capturesVariable() && Each.getCaptureKind() == LCK_ByRef)
            if (const auto *Captured = dyn_cast<VarDecl>(Each.getCapturedVar()))
              Escaped.insert(Captured);
      return true;
    });
  }
  llvm::DenseMap<const VarDecl *, llvm::SmallVector<const Stmt *, 2>> At;
  llvm::DenseSet<const VarDecl *> Escaped;
};

std::optional<llvm::APSInt> constant(const Expr *E, const ASTContext &Context) {
  if (!E || E->isValueDependent() || !E->getType()->isIntegralOrEnumerationType())
    return std::nullopt;
  Expr::EvalResult Result;
  if (!E->EvaluateAsInt(Result, Context))
    return std::nullopt;
  return Result.Val.getInt();
}

/// Wide enough for the difference of any two.
llvm::APSInt wide(const llvm::APSInt &N) {
  llvm::APSInt Result = N.extOrTrunc(128);
  Result.setIsSigned(true);
  return Result;
}

/// How much `++i`, `i += 2`, `i -= 2` add to \p V, whichever way.
std::optional<llvm::APSInt> stepOf(const Expr *Increment, const VarDecl &V,
                                   const ASTContext &Context) {
  Increment = Increment ? Increment->IgnoreParenImpCasts() : nullptr;
  if (const auto *Unary = dyn_cast_or_null<UnaryOperator>(Increment);
      Unary && Unary->isIncrementDecrementOp() && variableIn(Unary->getSubExpr()) == &V)
    return wide(llvm::APSInt::get(1));
  if (const auto *Binary = dyn_cast_or_null<BinaryOperator>(Increment);
      Binary && (Binary->getOpcode() == BO_AddAssign || Binary->getOpcode() == BO_SubAssign) &&
      variableIn(Binary->getLHS()) == &V)
    if (std::optional<llvm::APSInt> By = constant(Binary->getRHS(), Context); By && !By->isZero())
      return wide(*By).isNegative() ? -wide(*By) : wide(*By);
  return std::nullopt;
}

const VarDecl *counterOf(const ForStmt &For, const Expr *&Begin) {
  if (const auto *Declares = dyn_cast_or_null<DeclStmt>(For.getInit());
      Declares && Declares->isSingleDecl()) {
    const auto *V = dyn_cast<VarDecl>(Declares->getSingleDecl());
    Begin = V ? V->getInit() : nullptr;
    return V;
  }
  const auto *Assign = dyn_cast_or_null<BinaryOperator>(For.getInit());
  if (!Assign || Assign->getOpcode() != BO_Assign)
    return nullptr;
  Begin = Assign->getRHS();
  return variableIn(Assign->getLHS());
}

} // namespace

bool Loop::isOverRange() const {
  return isa<CXXForRangeStmt>(Written);
}

llvm::ArrayRef<Loop> loopsIn(const FunctionDecl &F, Unit &U) {
  return U.get<LoopsOf>(F);
}

const Loop *loopAt(const Stmt &Written, const FunctionDecl &F, Unit &U) {
  return U.get<LoopsByStatement>(F).Loops.lookup(&Written);
}

bool changesIn(const Stmt &Where, const VarDecl &V, const FunctionDecl &F, Unit &U) {
  if (V.getType().isConstQualified())
    return false;
  const LocalChanges &All = U.get<LocalChanges>(F);
  if (All.Escaped.contains(&V))
    return true;
  auto Found = All.At.find(&V);
  return Found != All.At.end() && llvm::any_of(Found->second, [&](const Stmt *Each) {
           return U.get<Scopes>(F).contains(Where, *Each);
         });
}

bool isCapturedByReference(const VarDecl &V, const FunctionDecl &F, Unit &U) {
  return U.get<LocalChanges>(F).Escaped.contains(&V);
}

std::optional<uint64_t> Counting::rounds() const {
  if (!Distance)
    return std::nullopt;
  return Distance->abs().udiv(Step).getLimitedValue();
}

std::optional<Counting> countingOf(const Loop &L, const FunctionDecl &F, Unit &U) {
  const auto *For = dyn_cast<ForStmt>(L.Written);
  const auto *Compare =
      For ? dyn_cast_or_null<BinaryOperator>(For->getCond() ? bare(For->getCond()) : nullptr)
          : nullptr;
  if (!Compare || (!Compare->isRelationalOp() && Compare->getOpcode() != BO_NE))
    return std::nullopt;
  const Expr *Begin = nullptr;
  const VarDecl *V = counterOf(*For, Begin);
  if (!V || !V->hasLocalStorage() || !V->getType()->isIntegerType())
    return std::nullopt;
  const bool Left = variableIn(Compare->getLHS()) == V;
  if (!Left && variableIn(Compare->getRHS()) != V)
    return std::nullopt;
  std::optional<llvm::APSInt> Step = stepOf(For->getInc(), *V, U.context());
  if (!Step || (For->getBody() && changesIn(*For->getBody(), *V, F, U)))
    return std::nullopt;
  Counting Result{Left ? Compare->getRHS() : Compare->getLHS(), {}, *Step};
  const std::optional<llvm::APSInt> From = constant(Begin, U.context()),
                                    To = constant(Result.Bound, U.context());
  if (From && To)
    Result.Distance = wide(*To) - wide(*From);
  return Result;
}

} // namespace corolint::model
