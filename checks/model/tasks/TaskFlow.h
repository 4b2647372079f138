//===- TaskFlow.h - Where the tasks of a function go ------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_TASKS_TASKFLOW_H
#define COROLINT_MODEL_TASKS_TASKFLOW_H

#include "model/types/TaskType.h"
#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"
#include <vector>

namespace corolint::model {

class Unit;

/// Where a task goes right after it was made.
struct TaskFlow {
  enum Way {
    Awaited,
    Returned,
    Given,   ///< to the function or constructor To
    Kept,    ///< in the variable In
    Dropped, ///< nobody has it
  };
  const clang::Expr *Made = nullptr; ///< a call, or a `co_await` that gives another task
  TaskKind Kind = TaskKind::None;
  Way Goes = Dropped;
  const clang::FunctionDecl *To = nullptr; ///< null through a pointer
  const clang::VarDecl *In = nullptr;
};

/// A call, also through a pointer, or a `co_await` that gives a task.
bool makesValue(const clang::Expr &E);

/// The tasks that \p F makes itself, in the order in which they are met.
std::vector<TaskFlow> taskFlow(const clang::FunctionDecl &F, Unit &U);

} // namespace corolint::model

#endif // COROLINT_MODEL_TASKS_TASKFLOW_H
