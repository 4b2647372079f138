//===- Returners.h - The functions that return a task ----------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_LIFETIME_RETURNERS_H
#define COROLINT_MODEL_LIFETIME_RETURNERS_H

#include "clang/AST/Decl.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/Expr.h"
#include "llvm/ADT/SetVector.h"
#include <string>
#include <utility>
#include <vector>

namespace corolint::model {

class Unit;

/// What the unit has of one class of tasks, which may be a template.
struct TaskReturners {
  llvm::SetVector<const clang::CXXRecordDecl *> Types; ///< that functions return
  std::vector<const clang::FunctionDecl *> Coroutines;
  /// Functions that are no coroutines, and can say so: `coro_wrapper`.
  std::vector<const clang::FunctionDecl *> Wrappers;
  std::string Against;                  ///< one that can not, or nothing
  const clang::Expr *Dropped = nullptr; ///< a value that the unit drops, and does not say so
};

/// By the definition of the class, or that of the template. Classes of system headers are left out.
using ReturnersOfTasks = std::vector<std::pair<const clang::CXXRecordDecl *, TaskReturners>>;
ReturnersOfTasks taskReturners(Unit &U);

/// Where Clang would warn of a temporary or local, if the class was `coro_lifetimebound`, and the
/// task does not need it; or null.
const clang::Expr *wronglyWarnedAt(const clang::CXXRecordDecl &Class, Unit &U);

} // namespace corolint::model

#endif // COROLINT_MODEL_LIFETIME_RETURNERS_H
