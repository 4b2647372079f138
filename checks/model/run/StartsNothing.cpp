//===- StartsNothing.cpp - An object whose constructor starts nothing -----===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/run/StartsNothing.h"
#include "ast/Names.h"
#include "knowledge/Words.h"
#include "model/Unit.h"
#include "model/calls/Objects.h"
#include "model/code/Call.h"
#include "model/code/Constants.h"
#include "model/code/Uses.h"
#include "model/code/Walk.h"
#include "model/run/Concurrency.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/SmallPtrSet.h"

using namespace clang;

namespace corolint::model {
namespace {

/// `if (n == 0) return;`, `if (!n) { log(); return; }`: with zero, nothing of what follows runs.
bool leavesAtZero(const Stmt &S, const ParmVarDecl &P, const ASTContext &Context) {
  const auto *If = dyn_cast<IfStmt>(&S);
  if (!If)
    return false;
  const Expr *Condition = If->getCond()->IgnoreParenImpCasts();
  const auto *Not = dyn_cast<UnaryOperator>(Condition);
  const auto *Equal = dyn_cast<BinaryOperator>(Condition);
  bool IsZero = Not && Not->getOpcode() == UO_LNot && variableIn(Not->getSubExpr()) == &P;
  if (Equal && Equal->getOpcode() == BO_EQ)
    IsZero |= (variableIn(Equal->getLHS()) == &P && isZero(Equal->getRHS(), Context)) ||
              (variableIn(Equal->getRHS()) == &P && isZero(Equal->getLHS(), Context));
  const Stmt *Then = If->getThen();
  if (const auto *Marked = dyn_cast<AttributedStmt>(Then))
    Then = Marked->getSubStmt();
  if (const auto *Block = dyn_cast<CompoundStmt>(Then); Block && !Block->body_empty())
    Then = Block->body_back();
  return IsZero && isa<ReturnStmt>(Then);
}

/// All that the constructor starts, it starts in a loop up to the parameter, which keeps the value
/// that it was given, or behind a way out for zero: `if (n == 0) n = cores();` is what many do.
bool startsUpTo(const ParmVarDecl &P, const CXXConstructorDecl &Made, Unit &U) {
  if (Made.isDelegatingConstructor() || U.get<Objects>(Made).isAssigned(objectNameOf(P)))
    return false;
  bool Settled = false, ByOthers = false;
  llvm::SmallPtrSet<const Expr *, 8> Called;
  auto Look = [&](const Stmt &S) {
    const Expr *Condition = nullptr;
    if (const auto *For = dyn_cast<ForStmt>(&S))
      Condition = For->getCond();
    else if (const auto *While = dyn_cast<WhileStmt>(&S))
      Condition = While->getCond();
    if (Condition && mentions(Condition, P)) {
      Settled = true;
      return false;
    }
    // A callable, which may be what a thread is given, or a function that may start one.
    if (const auto *Call = dyn_cast<CallExpr>(&S)) {
      Called.insert(Call->getCallee()->IgnoreParenImpCasts());
      ByOthers |= !Call->getDirectCallee() || !isStandard(*Call->getDirectCallee());
    } else if (const auto *Ref = dyn_cast<DeclRefExpr>(&S)) {
      ByOthers |= isa<FunctionDecl>(Ref->getDecl()) && !Called.contains(Ref);
    }
    ByOthers |= isa<LambdaExpr>(S);
    return !ByOthers;
  };
  for (const CXXCtorInitializer *Init : Made.inits())
    walkEvaluated(Init->getInit(), Look);
  const auto *Body = dyn_cast<CompoundStmt>(Made.getBody());
  if (!Body)
    return false; // a function-try-block
  for (const Stmt *Each : Body->body()) {
    walkEvaluated(Each, Look);
    if (leavesAtZero(*Each, P, U.context())) {
      Settled = true;
      break;
    }
  }
  return Settled && !ByOthers;
}

} // namespace

bool startsNothing(const VarDecl &V, Unit &U) {
  const auto *Built = V.getInit() ? dyn_cast<CXXConstructExpr>(bare(V.getInit())) : nullptr;
  const FunctionDecl *Made = nullptr;
  if (!Built || !Built->getConstructor()->isDefined(Made) || !Made->getBody())
    return false;
  const unsigned Count = std::min(Built->getNumArgs(), Made->getNumParams());
  for (unsigned I = 0; I != Count; ++I)
    if (Built->getArg(I)->getType()->isIntegerType() && isZero(Built->getArg(I), U.context()) &&
        startsUpTo(*Made->getParamDecl(I), *cast<CXXConstructorDecl>(Made), U))
      return true;
  return false;
}

} // namespace corolint::model
