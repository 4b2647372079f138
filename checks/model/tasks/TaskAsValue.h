//===- TaskAsValue.h - Tasks that are used instead of their results ---------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_TASKS_TASKASVALUE_H
#define COROLINT_MODEL_TASKS_TASKASVALUE_H

#include "model/types/TaskType.h"
#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"
#include <vector>

namespace corolint::model {

class Unit;

/// A task that is asked for a value, which only its result has.
struct TaskAsValue {
  enum Way {
    Condition, ///< it decides: in `if (f())`, `!f()`, `f() && …`
    Compared,
    Printed,   ///< it goes into a stream
    Formatted, ///< … into a text, by a format string that is checked for it
    Converted, ///< it becomes a number or a bool
  } How = Condition;
  const clang::Expr *Task = nullptr;
  TaskType Type;
  const clang::VarDecl *In = nullptr;      ///< it is kept here; else it was just made
  const clang::FunctionDecl *By = nullptr; ///< the conversion or operator that takes it
  clang::QualType Result; ///< that awaiting it gives, or null where that is not known
  clang::QualType Into;   ///< of Converted
};

/// Those of a function, in the order of the source. Asking a kept task whether it is one is none;
/// Unit::leave says so.
std::vector<TaskAsValue> tasksAsValues(const clang::FunctionDecl &F, Unit &U);

} // namespace corolint::model

#endif // COROLINT_MODEL_TASKS_TASKASVALUE_H
