//===- TaskAsValue.cpp - coro-task-as-value ---------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/tasks/TaskAsValue.h"
#include "Check.h"
#include "model/Unit.h"
#include "model/code/Walk.h"
#include "model/fix/Edits.h"
#include "model/tasks/TaskFlow.h"
#include "model/types/TaskType.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace corolint::checks {
namespace {

using model::TaskKind;

class TaskAsValue : public Check {
public:
  using Check::Check;

private:
  void checkFunction(const FunctionDecl &F, model::Unit &U) override;
};

} // namespace

extern const Rule TaskAsValueEntry = {
    "coro-task-as-value",
    "a task is used as a condition, compared, printed or formatted, and not its result",
    Tier::Default,
    Topic::Awaiting,
    Fix::Safe,
    {},
    makeCheck<TaskAsValue>,
};

namespace {

std::string whatOf(const model::TaskAsValue &Use, model::Unit &U) {
  const std::string Task = Use.In ? "the task in '" + Use.In->getNameAsString() + "'"
                           : isa<CoawaitExpr>(*Use.Task)
                               ? std::string("the task that 'co_await' returns here")
                               : "the task of " + model::nameOfMaker(*Use.Task);
  switch (Use.How) {
  case model::TaskAsValue::Condition:
    return Task + " decides here, and not its result: there always is one";
  case model::TaskAsValue::Compared:
    return Task + " is compared, and not its result";
  case model::TaskAsValue::Printed:
    return Task + " is printed, and not its result";
  case model::TaskAsValue::Formatted:
    return Task + " is formatted, and not its result";
  case model::TaskAsValue::Converted:
    return Task + " becomes '" +
           Use.Into.getUnqualifiedType().getAsString(U.context().getPrintingPolicy()) +
           "' here, and not its result";
  }
  llvm_unreachable("all ways are named");
}

/// A `co_await` there is certain if what it gives can do the same: it is a number or a bool.
bool isCertain(const model::TaskAsValue &Use) {
  return !Use.Result.isNull() && Use.Result.getNonReferenceType()->isArithmeticType();
}

void TaskAsValue::checkFunction(const FunctionDecl &F, model::Unit &U) {
  for (const model::TaskAsValue &Use : model::tasksAsValues(F, U)) {
    auto Finding = report(Use.Task->getExprLoc(), "%0");
    if (!Finding)
      continue;
    const bool NeverRuns = !Use.In && Use.Type.Kind == TaskKind::Lazy;
    *Finding << whatOf(Use, U) + (NeverRuns ? ", and it never runs" : "");
    if (Use.By && Use.By->getLocation().isValid())
      Finding->related(Use.By->getLocation(), "it is taken by %0") << quoted(*Use.By);
    if (!model::isCoroutine(F)) {
      Finding->advice(Use.Task->getExprLoc(),
                      "%0 is no coroutine and cannot await it: make it one, "
                      "or take the result from whoever runs the task")
          << quoted(F);
      continue;
    }
    const bool May = !Use.In && model::mayInsertCoAwait(*Use.Task, F, U);
    if (May && isCertain(Use)) {
      *Finding << model::insertCoAwait(*Use.Task, U);
      continue;
    }
    auto &Advice = Finding->advice(Use.Task->getExprLoc(), "'co_await' gives its result");
    if (May)
      Advice << model::insertCoAwait(*Use.Task, U);
  }
}

} // namespace
} // namespace corolint::checks
