//===- Walk.cpp - What a function executes itself ------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/code/Walk.h"
#include "knowledge/Words.h"

using namespace clang;

namespace corolint::model {
bool isCoroutine(const FunctionDecl &F) {
  return llvm::isa_and_nonnull<CoroutineBodyStmt>(F.getBody());
}

const FunctionDecl *coroutineOf(const FunctionDecl *F) {
  const FunctionDecl *Definition = nullptr;
  return F && F->hasBody(Definition) && isCoroutine(*Definition) ? Definition : nullptr;
}

const Stmt *writtenBody(const FunctionDecl &F) {
  const Stmt *Body = F.getBody();
  if (const auto *Coroutine = llvm::dyn_cast_or_null<CoroutineBodyStmt>(Body))
    return Coroutine->getBody();
  return Body;
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

const CallExpr *conversionIn(const Expr *E) {
  for (;;) {
    E = E->IgnoreParens();
    if (const auto *Full = dyn_cast<FullExpr>(E)) {
      E = Full->getSubExpr();
    } else if (const auto *Temporary = dyn_cast<CXXBindTemporaryExpr>(E)) {
      E = Temporary->getSubExpr();
    } else if (const auto *Made = dyn_cast<MaterializeTemporaryExpr>(E)) {
      E = Made->getSubExpr();
    } else if (const auto *Cast = dyn_cast<ImplicitCastExpr>(E)) {
      if (Cast->getCastKind() == CK_UserDefinedConversion)
        return dyn_cast<CXXMemberCallExpr>(Cast->getSubExpr()->IgnoreParens());
      E = Cast->getSubExpr();
    } else {
      return nullptr;
    }
  }
}

bool isLoop(const Stmt &S) {
  return isa<ForStmt, CXXForRangeStmt, WhileStmt, DoStmt>(S);
}

const Expr *conditionOf(const Stmt &Loop) {
  if (const auto *For = dyn_cast<ForStmt>(&Loop))
    return For->getCond();
  if (const auto *While = dyn_cast<WhileStmt>(&Loop))
    return While->getCond();
  const auto *Do = dyn_cast<DoStmt>(&Loop);
  return Do ? Do->getCond() : nullptr;
}

const Stmt *repeatedBy(const Stmt &Loop) {
  if (const auto *For = dyn_cast<ForStmt>(&Loop))
    return For->getBody();
  if (const auto *Range = dyn_cast<CXXForRangeStmt>(&Loop))
    return Range->getBody();
  if (const auto *While = dyn_cast<WhileStmt>(&Loop))
    return While->getBody();
  const auto *Do = dyn_cast<DoStmt>(&Loop);
  return Do ? Do->getBody() : nullptr;
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

namespace {

using Visitor = llvm::function_ref<bool(const Stmt &)>;
using Leaver = llvm::function_ref<void(const Stmt &)>;

void walk(const Stmt *S, Visitor Visit, Leaver Leave);

void walkChildren(const Stmt &S, Visitor Visit, Leaver Leave) {
  for (const Stmt *Child : S.children())
    walk(Child, Visit, Leave);
}

void walkBelow(const Stmt *S, Visitor Visit, Leaver Leave) {
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
      walkChildren(*S, Visit, Leave);
    return;
  case Stmt::GenericSelectionExprClass:
    if (!cast<GenericSelectionExpr>(S)->isResultDependent())
      walk(cast<GenericSelectionExpr>(S)->getResultExpr(), Visit, Leave);
    return;
  case Stmt::LambdaExprClass:
    for (const Expr *Init : cast<LambdaExpr>(S)->capture_inits())
      walk(Init, Visit, Leave);
    return;
  case Stmt::CoroutineBodyStmtClass:
    return walk(cast<CoroutineBodyStmt>(S)->getBody(), Visit, Leave);
  case Stmt::CoawaitExprClass:
  case Stmt::CoyieldExprClass:
  case Stmt::DependentCoawaitExprClass:
    return walk(writtenOperand(cast<Expr>(S)), Visit, Leave);
  case Stmt::CoreturnStmtClass:
    return walk(cast<CoreturnStmt>(S)->getOperand(), Visit, Leave);
  case Stmt::CXXDefaultArgExprClass:
    return walk(cast<CXXDefaultArgExpr>(S)->getExpr(), Visit, Leave);
  case Stmt::CXXDefaultInitExprClass:
    return walk(cast<CXXDefaultInitExpr>(S)->getExpr(), Visit, Leave);
  case Stmt::IfStmtClass: {
    const auto *If = cast<IfStmt>(S);
    const Stmt *Discarded = discardedBranch(*If);
    for (const Stmt *Child : If->children())
      if (Child != Discarded)
        walk(Child, Visit, Leave);
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
      walk(Part, Visit, Leave);
    return;
  }
  default:
    return walkChildren(*S, Visit, Leave);
  }
}

void walk(const Stmt *S, Visitor Visit, Leaver Leave) {
  if (!S)
    return;
  if (Visit(*S))
    walkBelow(S, Visit, Leave);
  if (Leave)
    Leave(*S);
}

} // namespace

void walkEvaluated(const Stmt *Root, llvm::function_ref<bool(const Stmt &)> Visit,
                   llvm::function_ref<void(const Stmt &)> Leave) {
  walk(Root, Visit, Leave);
}

bool evaluates(const Stmt *Root, const Stmt &Wanted) {
  bool Found = false;
  walkEvaluated(Root, [&](const Stmt &S) {
    Found |= &S == &Wanted;
    return !Found;
  });
  return Found;
}

} // namespace corolint::model
