//===- SingleUse.h - Tasks that can be awaited only once ---------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Nothing says of a type that its objects are used up when they are awaited: it is read from what
// its operator `co_await` and its awaiter do. What is copied, or asks its coroutine whether it has
// ended, may be meant to be awaited again.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_TYPES_SINGLEUSE_H
#define COROLINT_MODEL_TYPES_SINGLEUSE_H

#include "model/types/TaskType.h"
#include "clang/AST/ExprCXX.h"

namespace corolint::model {

class Unit;

/// What this `co_await` leaves for a second one.
enum class AwaitAgain {
  Unknown,
  Fine,     ///< its coroutine is asked whether it has ended, and its result is still there
  Resumes,  ///< its coroutine is resumed again, though it has ended
  Empty,    ///< nothing: its coroutine was taken out of it
  NoResult, ///< its coroutine, of which the result was moved out
};
AwaitAgain awaitAgain(const clang::CoawaitExpr &Await, const TaskType &T, Unit &U);

/// The member uses up the object that it is called on: it is for rvalues only, and gives something
/// else, or its body moves the whole object.
bool usesUpItsObject(const clang::CXXMethodDecl &M);

/// `begin()` of a generator resumes its coroutine without a question whether it has ended.
bool beginResumes(const clang::CXXRecordDecl &Generator, Unit &U);

} // namespace corolint::model

#endif // COROLINT_MODEL_TYPES_SINGLEUSE_H
