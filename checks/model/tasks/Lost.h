//===- Lost.h - Tasks that nobody awaits --------------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_TASKS_LOST_H
#define COROLINT_MODEL_TASKS_LOST_H

#include "model/code/Drops.h"
#include "model/types/TaskType.h"
#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"
#include <vector>

namespace corolint::model {

class Unit;

/// A task, awaiter or handle that a function makes, and that nobody awaits.
struct LostTask {
  enum Way {
    Dropped,   ///< its value is not used
    Held,      ///< it is a part of a value that is not used
    Kept,      ///< in the local In, of which nothing is done but asked
    Contained, ///< in the container or aggregate In, out of which nobody takes it
    OnAPath,   ///< in the local In, which is awaited or taken, but not on the path that ends at
               ///< Leaves
    Inner,     ///< returned as a task inside of the task of the function
  } How = Dropped;
  const clang::Expr *Made = nullptr;
  TaskType Type;
  const clang::VarDecl *In = nullptr;
  Drop Dropping = Drop::Statement; ///< of Dropped
  /// False: where nothing can be awaited, keeping it is how it runs; and to leave it on a path may
  /// be meant.
  bool Certain = true;
  const clang::Stmt *Leaves = nullptr; ///< of OnAPath
};

/// Those of a function, in the order of the source, as far as there is an order. Where something
/// that can be awaited is left alone, Unit::leave says why.
std::vector<LostTask> lostTasks(const clang::FunctionDecl &F, Unit &U);

/// Somebody said that what this call or `co_await` gives, which is of the type \p T, may be
/// dropped.
bool mayDiscard(const clang::Expr &Made, const TaskType &T, Unit &U);

} // namespace corolint::model

#endif // COROLINT_MODEL_TASKS_LOST_H
