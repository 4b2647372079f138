//===- LeftBehind.h - Tasks that some path awaits, and another does not -------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_TASKS_LEFTBEHIND_H
#define COROLINT_MODEL_TASKS_LEFTBEHIND_H

#include "clang/AST/Decl.h"
#include "clang/AST/Stmt.h"
#include "llvm/ADT/DenseMap.h"

namespace corolint::model {

class Unit;

/// The lazy tasks that a coroutine keeps in locals and takes on some path, and of which another
/// path destroys one that nobody has taken. On that path the coroutine has awaited something else
/// since the task was made: who makes a task before that means it to run meanwhile, and it has not.
/// What is made and dropped at once, as on the way to an error, has missed nothing.
class LeftBehind {
public:
  LeftBehind(const clang::FunctionDecl &F, Unit &U);

  /// What ends the first such path: a return, `continue`, or the block; or null.
  const clang::Stmt *endFor(const clang::VarDecl &V) const { return Ends.lookup(&V); }

private:
  llvm::DenseMap<const clang::VarDecl *, const clang::Stmt *> Ends;
};

} // namespace corolint::model

#endif // COROLINT_MODEL_TASKS_LEFTBEHIND_H
