//===- TaskFlow.h - What becomes of a task ------------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_TASKS_TASKFLOW_H
#define COROLINT_MODEL_TASKS_TASKFLOW_H

#include "model/tasks/Passing.h"
#include "model/types/TaskType.h"
#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/SmallVector.h"
#include <string>
#include <vector>

namespace corolint::model {

class Unit;

/// One thing that becomes of a task, an awaiter, a handle or a callable.
struct TaskUse {
  enum Way {
    Awaited,   ///< by the `co_await` or `co_yield` At
    Returned,  ///< to the caller, or as the result of the coroutine
    Passed,    ///< as argument Arg of the call or construction At
    CalledOn,  ///< the member call At is made on it
    Kept,      ///< in the variable In
    Stored,    ///< in a member, a global, or in what the variable is captured by
    Contained, ///< in the container, tuple or aggregate In
    Dropped,   ///< nobody has it
  } How = Dropped;
  const clang::Expr *At = nullptr;
  const clang::VarDecl *In = nullptr;
  int Arg = 0;
  const clang::DeclRefExpr *Named = nullptr; ///< where a variable is named that has it
};

/// A task that a function makes, and where it goes first.
struct TaskFlow {
  const clang::Expr *Made = nullptr; ///< a call, or a `co_await` that gives another task
  TaskKind Kind = TaskKind::None;
  TaskUse Goes;
};

/// What becomes of the values of one function, found in one walk. Whoever asks what becomes of
/// a task asks here. Everything is of the function itself; what a lambda in it does is its own.
class TaskFlows {
public:
  TaskFlows(const clang::FunctionDecl &F, Unit &U);

  /// Where the value of an expression goes, bare(); both arms of a `?:` go where that does.
  llvm::ArrayRef<TaskUse> usesOf(const clang::Expr &Made) const;
  /// Where what a local or parameter has goes, under this name, moved or not.
  llvm::ArrayRef<TaskUse> usesOf(const clang::VarDecl &V) const;

  /// The values that a local has, or holds: what it is made of, set to, or filled with; also by the
  /// name of another local.
  llvm::SmallVector<const clang::Expr *, 2> valuesOf(const clang::VarDecl &V) const;
  /// What an expression stands for: the values of the local that it names, or itself.
  llvm::SmallVector<const clang::Expr *, 2> valuesIn(const clang::Expr &E) const;

  /// What becomes of what a local has where it is named; null where that cannot be told.
  const TaskUse *useAt(const clang::DeclRefExpr &Name) const;

  /// Calls \p Visit for what becomes of it in the end, until it returns false: what a variable or
  /// container that has it becomes, and what a call gives that wraps it. A use that is only on the
  /// way is visited, too, before those it leads to.
  void forEachUse(const clang::Expr &Made, llvm::function_ref<bool(const TaskUse &)> Visit) const;

  /// Afterwards somebody else has it, or it has ended; not where it is only asked something.
  bool takes(const TaskUse &Use) const;

  /// Every path from the declaration of a local to the end of the function comes by a use that
  /// takes what it has: awaits it, returns it, stores it, passes it to who does something with it.
  bool isTakenOnEveryPath(const clang::VarDecl &V) const;

  /// The role of the call in which a value is passed.
  Passing passingOf(const TaskUse &Use) const;

  /// The tasks that it makes itself, in the order in which they are met.
  const std::vector<TaskFlow> &tasks() const { return Tasks; }

private:
  class Finder;
  bool follow(llvm::ArrayRef<TaskUse> Uses, llvm::function_ref<bool(const TaskUse &)> Visit,
              unsigned Depth) const;

  const clang::FunctionDecl &F;
  Unit &U;
  llvm::DenseMap<const clang::Expr *, llvm::SmallVector<TaskUse, 1>> ByValue;
  llvm::DenseMap<const clang::VarDecl *, llvm::SmallVector<TaskUse, 2>> ByVariable;
  llvm::DenseMap<const clang::VarDecl *, llvm::SmallVector<const clang::Expr *, 2>> Values;
  /// The variable and the number of its use.
  llvm::DenseMap<const clang::DeclRefExpr *, std::pair<const clang::VarDecl *, unsigned>> ByName;
  std::vector<TaskFlow> Tasks;
};

/// A call, also through a pointer, or a `co_await` that gives a task.
bool makesValue(const clang::Expr &E);

/// What made the value: the function that was called, or null.
const clang::FunctionDecl *maker(const clang::Expr &E);

/// Its name in a message; of what no function made, the name of its type.
std::string nameOfMaker(const clang::Expr &E);

} // namespace corolint::model

#endif // COROLINT_MODEL_TASKS_TASKFLOW_H
