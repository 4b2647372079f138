//===- UsedAgain.h - Tasks that are used after they were used up -------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_TASKS_USEDAGAIN_H
#define COROLINT_MODEL_TASKS_USEDAGAIN_H

#include "model/types/SingleUse.h"
#include "model/types/TaskType.h"
#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"
#include <vector>

namespace corolint::model {

class Unit;

/// What leaves nothing of a task, or of a generator.
struct TaskUsedUp {
  enum Way {
    Awaited,
    AwaitedInside, ///< by the call At, to which it is passed by reference, and which is awaited
    Moved,         ///< into another object, by At
    Called,        ///< by the member that At calls
    Iterated,      ///< by a `for` over it, to its end
  } How = Awaited;
  const clang::Expr *At = nullptr;
  const clang::DeclRefExpr *Named = nullptr;
};

/// A local that is used after it was used up, where nothing has made it again.
struct TaskUsedAgain {
  const clang::VarDecl *Local = nullptr;
  TaskType Type;
  TaskUsedUp First, Second;
  bool InLoop = false; ///< First and Second are one, in a loop
  /// What was left of it.
  AwaitAgain Left = AwaitAgain::Unknown;
};

/// Those of a function. Both uses lie on one path, and no branch between them can be what keeps
/// them apart: the first is on every path to the second, the second on every path from the first,
/// or each round of a loop that goes on has it.
std::vector<TaskUsedAgain> tasksUsedAgain(const clang::FunctionDecl &F, Unit &U);

} // namespace corolint::model

#endif // COROLINT_MODEL_TASKS_USEDAGAIN_H
