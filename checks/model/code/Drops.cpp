//===- Drops.cpp - Values that nobody uses -------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/code/Drops.h"
#include "model/code/Walk.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/DenseSet.h"

using namespace clang;

namespace corolint::model {
namespace {

using DropVisitor = llvm::function_ref<void(const Expr &, Drop)>;

bool isIgnore(const Expr *E) {
  const auto *Ref = dyn_cast<DeclRefExpr>(bare(E));
  return Ref && Ref->getDecl()->isInStdNamespace() && Ref->getDecl()->getName() == "ignore";
}

/// \p E is evaluated for its effects alone.
void dropped(const Expr *E, Drop How, DropVisitor Visit) {
  E = bare(E);
  if (const auto *Conditional = dyn_cast<ConditionalOperator>(E)) {
    dropped(Conditional->getTrueExpr(), How, Visit);
    dropped(Conditional->getFalseExpr(), How, Visit);
    return;
  }
  if (const auto *Binary = dyn_cast<BinaryOperator>(E)) {
    if (Binary->isCommaOp())
      dropped(Binary->getRHS(), How, Visit); // the left side is found wherever a comma is
    return;
  }
  if (const auto *Cast = dyn_cast<ExplicitCastExpr>(E); Cast && Cast->getType()->isVoidType())
    return dropped(Cast->getSubExpr(), Drop::Cast, Visit);
  if (const auto *Assign = dyn_cast<CXXOperatorCallExpr>(E);
      Assign && Assign->getOperator() == OO_Equal && Assign->getNumArgs() == 2 &&
      isIgnore(Assign->getArg(0)))
    return dropped(Assign->getArg(1), Drop::Cast, Visit);
  if (const auto *Block = dyn_cast<StmtExpr>(E)) {
    const auto *Last = dyn_cast_or_null<Expr>(Block->getSubStmt()->body_back());
    if (Last)
      dropped(Last, How, Visit);
    return;
  }
  Visit(*E, How);
}

void droppedStatement(const Stmt *S, DropVisitor Visit) {
  while (S) {
    if (const auto *Label = dyn_cast<LabelStmt>(S))
      S = Label->getSubStmt();
    else if (const auto *Case = dyn_cast<SwitchCase>(S))
      S = Case->getSubStmt();
    else if (const auto *Attributed = dyn_cast<AttributedStmt>(S))
      S = Attributed->getSubStmt();
    else
      break;
  }
  if (const auto *E = dyn_cast_or_null<Expr>(S))
    dropped(E, Drop::Statement, Visit);
}

} // namespace

void forEachDropped(const FunctionDecl &F, DropVisitor Visit) {
  llvm::DenseSet<const Stmt *> Values; // the blocks whose last expression is a value
  walkEvaluated(writtenBody(F), [&](const Stmt &S) {
    if (const auto *Block = dyn_cast<StmtExpr>(&S))
      Values.insert(Block->getSubStmt());
    if (const auto *Block = dyn_cast<CompoundStmt>(&S)) {
      for (const Stmt *Child : Block->body())
        if (Child != Block->body_back() || !Values.contains(Block))
          droppedStatement(Child, Visit);
    } else if (const auto *If = dyn_cast<IfStmt>(&S)) {
      droppedStatement(If->getInit(), Visit);
      const Stmt *Discarded = discardedBranch(*If);
      for (const Stmt *Branch : {If->getThen(), If->getElse()})
        if (Branch != Discarded)
          droppedStatement(Branch, Visit);
    } else if (const auto *For = dyn_cast<ForStmt>(&S)) {
      droppedStatement(For->getInit(), Visit);
      droppedStatement(For->getInc(), Visit);
      droppedStatement(For->getBody(), Visit);
    } else if (const auto *While = dyn_cast<WhileStmt>(&S)) {
      droppedStatement(While->getBody(), Visit);
    } else if (const auto *Do = dyn_cast<DoStmt>(&S)) {
      droppedStatement(Do->getBody(), Visit);
    } else if (const auto *Range = dyn_cast<CXXForRangeStmt>(&S)) {
      droppedStatement(Range->getInit(), Visit);
      droppedStatement(Range->getBody(), Visit);
    } else if (const auto *Switch = dyn_cast<SwitchStmt>(&S)) {
      droppedStatement(Switch->getInit(), Visit);
      droppedStatement(Switch->getBody(), Visit);
    } else if (const auto *Binary = dyn_cast<BinaryOperator>(&S); Binary && Binary->isCommaOp()) {
      dropped(Binary->getLHS(), Drop::Statement, Visit);
    }
    return true;
  });
}

namespace {

using LastStatements = llvm::SmallPtrSet<const Expr *, 4>;

bool returnsNothing(const Stmt &S) {
  const auto *Return = dyn_cast<ReturnStmt>(&S);
  const auto *End = dyn_cast<CoreturnStmt>(&S);
  return (Return && !Return->getRetValue()) || (End && !End->getOperand());
}

void addLast(const Stmt *S, LastStatements &Into);

/// What stands before the statement \p End of a block, and nothing between them.
void addBefore(const CompoundStmt &Block, size_t End, LastStatements &Into) {
  while (End != 0 && (isa<NullStmt>(Block.body_begin()[End - 1]) ||
                      returnsNothing(*Block.body_begin()[End - 1])))
    --End;
  if (End != 0)
    addLast(Block.body_begin()[End - 1], Into);
}

void addLast(const Stmt *S, LastStatements &Into) {
  if (const auto *Block = dyn_cast_or_null<CompoundStmt>(S)) {
    addBefore(*Block, Block->size(), Into);
  } else if (const auto *If = dyn_cast_or_null<IfStmt>(S)) {
    addLast(If->getThen(), Into);
    addLast(If->getElse(), Into);
  } else if (const auto *Try = dyn_cast_or_null<CXXTryStmt>(S)) {
    addLast(Try->getTryBlock(), Into);
  } else if (const auto *E = dyn_cast_or_null<Expr>(S)) {
    E = bare(E);
    const auto *Cast = dyn_cast<ExplicitCastExpr>(E);
    Into.insert(Cast && Cast->getType()->isVoidType() ? bare(Cast->getSubExpr()) : E);
  }
}

} // namespace

LastStatements lastStatementsOf(const FunctionDecl &F) {
  LastStatements Result;
  addLast(writtenBody(F), Result);
  walkEvaluated(writtenBody(F), [&](const Stmt &S) {
    if (const auto *Block = dyn_cast<CompoundStmt>(&S))
      for (size_t I = 0; I != Block->size(); ++I)
        if (returnsNothing(*Block->body_begin()[I]))
          addBefore(*Block, I, Result);
    return true;
  });
  return Result;
}

} // namespace corolint::model
