//===- Coroutine.cpp - Is it a coroutine, and where it suspends -------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Coroutine.h"
#include "TaskType.h"
#include "Unit.h"
#include "clang/AST/ASTContext.h"

using namespace clang;

namespace corolint::model {

bool isCoroutine(const FunctionDecl &F) {
  return llvm::isa_and_nonnull<CoroutineBodyStmt>(F.getBody());
}

const Stmt *writtenBody(const FunctionDecl &F) {
  const Stmt *Body = F.getBody();
  if (const auto *Coroutine = llvm::dyn_cast_or_null<CoroutineBodyStmt>(Body))
    return Coroutine->getBody();
  return Body;
}

const CXXRecordDecl *promiseOf(const FunctionDecl &F) {
  const auto *Body = llvm::dyn_cast_or_null<CoroutineBodyStmt>(F.getBody());
  if (!Body || !Body->getPromiseDecl())
    return nullptr;
  return Body->getPromiseDecl()->getType()->getAsCXXRecordDecl();
}

const CXXRecordDecl *returnedClass(const FunctionDecl &F) {
  return F.getReturnType().getNonReferenceType()->getAsCXXRecordDecl();
}

const Expr *bare(const Expr *E) {
  while (E) {
    const Expr *Inner = E->IgnoreUnlessSpelledInSource();
    if (const auto *Full = dyn_cast<FullExpr>(Inner))
      Inner = Full->getSubExpr();
    else if (const auto *Temporary = dyn_cast<CXXBindTemporaryExpr>(Inner))
      Inner = Temporary->getSubExpr();
    else if (const auto *Made = dyn_cast<MaterializeTemporaryExpr>(Inner))
      Inner = Made->getSubExpr();
    else if (const auto *Opaque = dyn_cast<OpaqueValueExpr>(Inner);
             Opaque && Opaque->getSourceExpr())
      Inner = Opaque->getSourceExpr();
    if (Inner == E)
      return E;
    E = Inner;
  }
  return E;
}

const Stmt *discardedBranch(const IfStmt &If) {
  if (If.isConsteval())
    return If.isNegatedConsteval() ? If.getElse() : If.getThen();
  const Expr *Condition = If.getCond();
  if (!Condition || Condition->isValueDependent())
    return nullptr;
  if (const auto *Literal = dyn_cast<CXXBoolLiteralExpr>(Condition->IgnoreParenImpCasts()))
    return Literal->getValue() ? If.getElse() : If.getThen();
  if (const auto *Constant = dyn_cast<ConstantExpr>(Condition);
      Constant && If.isConstexpr() && Constant->hasAPValueResult())
    return Constant->getAPValueResult().getInt().getBoolValue() ? If.getElse() : If.getThen();
  return nullptr;
}

namespace {

/// The operand as the user wrote it, without `operator co_await`, `await_transform` and
/// `yield_value` around it: those are calls of the machinery.
const Expr *writtenOperand(const Expr *E) {
  if (const auto *Dependent = dyn_cast<DependentCoawaitExpr>(E))
    return Dependent->getOperand();
  const auto *Suspend = cast<CoroutineSuspendExpr>(E);
  const Expr *Operand = Suspend->getOperand();
  if (isa<CoyieldExpr>(E))
    if (const auto *Yield = dyn_cast<CallExpr>(bare(Operand)); Yield && Yield->getNumArgs() == 1)
      return Yield->getArg(0);
  return Operand;
}

void walk(const Stmt *S, llvm::function_ref<bool(const Stmt &)> Visit);

void walkChildren(const Stmt &S, llvm::function_ref<bool(const Stmt &)> Visit) {
  for (const Stmt *Child : S.children())
    walk(Child, Visit);
}

void walk(const Stmt *S, llvm::function_ref<bool(const Stmt &)> Visit) {
  if (!S || !Visit(*S))
    return;
  switch (S->getStmtClass()) {
  case Stmt::UnaryExprOrTypeTraitExprClass:
  case Stmt::CXXNoexceptExprClass:
  case Stmt::RequiresExprClass:
  case Stmt::ConceptSpecializationExprClass:
  case Stmt::TypeTraitExprClass:
  case Stmt::OffsetOfExprClass:
    return;
  case Stmt::CXXTypeidExprClass:
    if (!cast<CXXTypeidExpr>(S)->isTypeOperand() &&
        cast<CXXTypeidExpr>(S)->isPotentiallyEvaluated())
      walkChildren(*S, Visit);
    return;
  case Stmt::GenericSelectionExprClass:
    if (!cast<GenericSelectionExpr>(S)->isResultDependent())
      walk(cast<GenericSelectionExpr>(S)->getResultExpr(), Visit);
    return;
  case Stmt::LambdaExprClass:
    for (const Expr *Init : cast<LambdaExpr>(S)->capture_inits())
      walk(Init, Visit);
    return;
  case Stmt::CoroutineBodyStmtClass:
    return walk(cast<CoroutineBodyStmt>(S)->getBody(), Visit);
  case Stmt::CoawaitExprClass:
  case Stmt::CoyieldExprClass:
  case Stmt::DependentCoawaitExprClass:
    return walk(writtenOperand(cast<Expr>(S)), Visit);
  case Stmt::CoreturnStmtClass:
    return walk(cast<CoreturnStmt>(S)->getOperand(), Visit);
  case Stmt::CXXDefaultArgExprClass:
    return walk(cast<CXXDefaultArgExpr>(S)->getExpr(), Visit);
  case Stmt::CXXDefaultInitExprClass:
    return walk(cast<CXXDefaultInitExpr>(S)->getExpr(), Visit);
  case Stmt::IfStmtClass: {
    const auto *If = cast<IfStmt>(S);
    const Stmt *Discarded = discardedBranch(*If);
    for (const Stmt *Child : If->children())
      if (Child != Discarded)
        walk(Child, Visit);
    return;
  }
  case Stmt::CXXForRangeStmtClass: {
    // Its `begin` and `end` are calls of the function; its children name the loop variable twice.
    const auto *For = cast<CXXForRangeStmt>(S);
    for (const Stmt *Part :
         {For->getInit(), static_cast<const Stmt *>(For->getRangeStmt()),
          static_cast<const Stmt *>(For->getBeginStmt()),
          static_cast<const Stmt *>(For->getEndStmt()), static_cast<const Stmt *>(For->getCond()),
          static_cast<const Stmt *>(For->getInc()),
          static_cast<const Stmt *>(For->getLoopVarStmt()), For->getBody()})
      walk(Part, Visit);
    return;
  }
  default:
    return walkChildren(*S, Visit);
  }
}

} // namespace

void walkEvaluated(const Stmt *Root, llvm::function_ref<bool(const Stmt &)> Visit) {
  walk(Root, Visit);
}

bool evaluates(const Stmt *Root, const Stmt &Wanted) {
  bool Found = false;
  walkEvaluated(Root, [&](const Stmt &S) {
    Found |= &S == &Wanted;
    return !Found;
  });
  return Found;
}

llvm::SmallPtrSet<const Expr *, 8> suspending(llvm::ArrayRef<SuspensionPoint> Points) {
  llvm::SmallPtrSet<const Expr *, 8> Result;
  for (const SuspensionPoint &P : Points)
    if (!P.Ready)
      Result.insert(P.At);
  return Result;
}

std::vector<SuspensionPoint> findSuspensions(const FunctionDecl &F, Unit &U) {
  std::vector<SuspensionPoint> Points;
  walkEvaluated(writtenBody(F), [&](const Stmt &S) {
    if (const auto *Suspend = dyn_cast<CoroutineSuspendExpr>(&S)) {
      const CXXRecordDecl *Awaiter = Suspend->getCommonExpr()
                                         ? Suspend->getCommonExpr()->getType()->getAsCXXRecordDecl()
                                         : nullptr;
      Points.push_back(
          {Suspend, writtenOperand(Suspend), Awaiter && U.types().alwaysReady(*Awaiter)});
    } else if (const auto *Dependent = dyn_cast<DependentCoawaitExpr>(&S)) {
      Points.push_back({Dependent, writtenOperand(Dependent), false});
    }
    return true;
  });
  return Points;
}

bool isGenerator(const FunctionDecl &F, Unit &U) {
  if (!isCoroutine(F))
    return false;
  bool Yields = false, Awaits = false;
  walkEvaluated(writtenBody(F), [&](const Stmt &S) {
    Yields |= isa<CoyieldExpr>(S);
    Awaits |= isa<CoawaitExpr>(S) || isa<DependentCoawaitExpr>(S);
    return true;
  });
  if (!Yields || Awaits)
    return false;
  const CXXRecordDecl *Returned = returnedClass(F);
  return !Returned || !U.types().of(*Returned).Awaitable;
}

} // namespace corolint::model
