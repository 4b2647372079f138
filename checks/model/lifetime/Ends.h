//===- Ends.h - When a task is done with ---------------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_LIFETIME_ENDS_H
#define COROLINT_MODEL_LIFETIME_ENDS_H

#include "model/tasks/TaskFlow.h"
#include "clang/AST/Decl.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/SmallVector.h"

namespace corolint::model {

class Unit;

/// One way in which a task, or a callable that makes one, ends up.
struct TaskEnd {
  enum Way {
    InPlace,   ///< awaited, or waited for, in the full-expression that made it
    Later,     ///< awaited or used by At, out of the local In
    Returned,  ///< by At
    Detached,  ///< runs on, and At's caller does not wait for it
    Scoped,    ///< taken over by what At is called on, or by one of its arguments
    Stored,    ///< by At, in a member or a global, or in a closure
    Contained, ///< put by At into the local In
    Dropped,   ///< nobody has it; if it was not started, it never runs
    Unknown,   ///< given to At, of which nothing is known
  } How = Unknown;
  const clang::Expr *At = nullptr;
  const clang::VarDecl *In = nullptr;
};

/// The ends of the value \p Made of \p F, which may be several: different paths, and different uses
/// of the local that has it.
llvm::SmallVector<TaskEnd, 2> endsOf(const clang::Expr &Made, const clang::FunctionDecl &F,
                                     Unit &U);

/// Likewise of a lambda that is given away uncalled. Who may call it at once is not followed.
llvm::SmallVector<TaskEnd, 2> endsOfCallable(const clang::LambdaExpr &Lambda,
                                             const clang::FunctionDecl &F, Unit &U);

} // namespace corolint::model

#endif // COROLINT_MODEL_LIFETIME_ENDS_H
