//===- Annotate.h - Attributes that a task type could have ----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// Clang and the standard have attributes for classes that coroutines return, and few libraries use
// them. What a class is says which of them hold; each answer has its reason.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_LIFETIME_ANNOTATE_H
#define COROLINT_MODEL_LIFETIME_ANNOTATE_H

#include "clang/AST/Decl.h"
#include "clang/AST/DeclCXX.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include <string>
#include <vector>

namespace corolint::model {

class Unit;

enum class TaskAttribute {
  NoDiscard,
  CoroReturnType,
  CoroLifetimeBound,
  OnlyDestroyWhenComplete,
  AwaitElidable,
};
/// As it is written: "nodiscard", "clang::coro_return_type".
llvm::StringRef nameOf(TaskAttribute A);

/// What this unit says of one attribute that a class does not have.
struct AttributeAnswer {
  TaskAttribute Which;
  bool Holds;
  std::string Why; ///< a clause: "it is lazy: …"
  /// With it, functions that have to become a `coro_wrapper`: their definitions.
  std::vector<const clang::FunctionDecl *> Wrappers;
};

/// Of one class of tasks: its definition, or that of the template.
struct TaskAttributes {
  const clang::CXXRecordDecl *Class = nullptr;
  bool HasReturnType = false; ///< it is `coro_return_type` already
  std::vector<AttributeAnswer> Answers;
};

/// Those of the unit's classes outside system headers: what coroutines return, and awaiters that
/// functions return. In the order of the source.
std::vector<TaskAttributes> taskAttributes(Unit &U);

} // namespace corolint::model

#endif // COROLINT_MODEL_LIFETIME_ANNOTATE_H
