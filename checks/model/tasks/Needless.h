//===- Needless.h - Coroutines that need not be one ----------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_TASKS_NEEDLESS_H
#define COROLINT_MODEL_TASKS_NEEDLESS_H

#include "clang/AST/Decl.h"
#include "clang/AST/DeclCXX.h"
#include <string>

namespace corolint::model {

class Unit;

/// Of a coroutine that awaits nothing.
struct Needless {
  const clang::CXXRecordDecl *Task = nullptr; ///< what it returns; null: it is needed
  std::string Against;                        ///< why it is, where somebody could ask; "it …"
  bool Catches = false; ///< it runs at the call, and the task keeps what it throws
  bool IsValue = false; ///< such a task can be made of its result, without a coroutine
};

/// Whether the coroutine could be a plain function: it is never suspended, in no configuration that
/// can be seen, its task is eager or lazy and has no other part in it, and nobody needs a coroutine
/// with its signature.
Needless needless(const clang::FunctionDecl &F, Unit &U);

} // namespace corolint::model

#endif // COROLINT_MODEL_TASKS_NEEDLESS_H
