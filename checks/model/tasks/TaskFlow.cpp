//===- TaskFlow.cpp - Where the tasks of a function go ----------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/tasks/TaskFlow.h"
#include "model/Unit.h"
#include "model/code/Call.h"
#include "model/code/Drops.h"
#include "model/code/Walk.h"
#include "model/types/TaskType.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace corolint::model {

bool makesValue(const Expr &E) {
  return isa<CallExpr, CoawaitExpr>(E);
}

std::vector<TaskFlow> taskFlow(const FunctionDecl &F, Unit &U) {
  std::vector<TaskFlow> Result;
  auto Add = [&](const Expr *Given, TaskFlow Flow) {
    Flow.Made = Given ? bare(Given) : nullptr;
    if (!Flow.Made || !makesValue(*Flow.Made) || !Flow.Made->isPRValue())
      return;
    Flow.Kind = U.get<TaskTypes>().ofValue(*Flow.Made).Kind;
    if (Flow.Kind != TaskKind::None)
      Result.push_back(Flow);
  };
  auto Keep = [&](const Expr *Value, const VarDecl *V) {
    if (const auto *List = dyn_cast_or_null<InitListExpr>(Value ? bare(Value) : nullptr);
        List && List->getNumInits() == 1)
      Value = List->getInit(0);
    Add(Value, {nullptr, TaskKind::None, TaskFlow::Kept, nullptr, V});
  };
  walkEvaluated(writtenBody(F), [&](const Stmt &S) {
    if (const auto *Await = dyn_cast<CoawaitExpr>(&S)) {
      Add(Await->getOperand(), {nullptr, TaskKind::None, TaskFlow::Awaited, nullptr, nullptr});
    } else if (const auto *Return = dyn_cast<ReturnStmt>(&S)) {
      Add(Return->getRetValue(), {nullptr, TaskKind::None, TaskFlow::Returned, nullptr, nullptr});
    } else if (const auto *End = dyn_cast<CoreturnStmt>(&S)) {
      Add(End->getOperand(), {nullptr, TaskKind::None, TaskFlow::Returned, nullptr, nullptr});
    } else if (const auto *Declares = dyn_cast<DeclStmt>(&S)) {
      for (const Decl *D : Declares->decls())
        if (const auto *V = dyn_cast<VarDecl>(D); V && V->getInit())
          Keep(V->getInit(), V);
    } else if (const auto *Assign = dyn_cast<BinaryOperator>(&S);
               Assign && Assign->isAssignmentOp()) {
      Keep(Assign->getRHS(), variableIn(Assign->getLHS()));
    } else if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(&S);
               Operator && Operator->getOperator() == OO_Equal && Operator->getNumArgs() == 2) {
      Keep(Operator->getArg(1), variableIn(Operator->getArg(0)));
    } else if (const auto *Called = dyn_cast<CallExpr>(&S)) {
      for (const Expr *Arg : Called->arguments())
        Add(Arg, {nullptr, TaskKind::None, TaskFlow::Given, Called->getDirectCallee(), nullptr});
    } else if (const auto *Made = dyn_cast<CXXConstructExpr>(&S);
               Made && !Made->isElidable() && !Made->getConstructor()->isCopyOrMoveConstructor()) {
      for (const Expr *Arg : Made->arguments())
        Add(Arg, {nullptr, TaskKind::None, TaskFlow::Given, Made->getConstructor(), nullptr});
    }
    return true;
  });
  forEachDropped(F, [&](const Expr &E, Drop) {
    Add(&E, {nullptr, TaskKind::None, TaskFlow::Dropped, nullptr, nullptr});
  });
  return Result;
}

} // namespace corolint::model
