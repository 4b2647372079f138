//===- Dangling.h - Tasks that outlive what they borrow -------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_LIFETIME_DANGLING_H
#define COROLINT_MODEL_LIFETIME_DANGLING_H

#include "model/lifetime/Ends.h"
#include "model/lifetime/Loans.h"
#include "clang/AST/Decl.h"
#include <vector>

namespace corolint::model {

class Unit;

/// A task that needs an object after that is gone.
struct Dangling {
  /// Of several that are true, the first. Each is a rule's.
  enum Kind {
    OfClosure,   ///< the closure of the coroutine is gone
    OfReturned,  ///< the task is returned, and what it borrows stays behind
    OfSpawned,   ///< the work runs on, or is kept by what lives longer
    OfParameter, ///< the task is kept for later than its argument
  } Is = OfParameter;
  const clang::Expr *Made = nullptr; ///< the call, or the lambda that was given away
  Loan Lent;
  TaskEnd End;
  std::vector<Loan> Others; ///< that it needs as well, and that are gone as well
  bool Certain = true;      ///< false: it may be joined, or kept alive, by what is not seen
};

/// A task of a function, or a callable that is given away, that borrows something.
struct Borrower {
  const clang::Expr *Made = nullptr; ///< as Dangling has it
  LoanList Needs;
  llvm::SmallVector<TaskEnd, 2> Ends;
};

/// Those of a function that borrow.
struct DanglingTasks {
  struct Result {
    std::vector<Borrower> Borrowers;
    std::vector<Dangling> Found;     ///< one for each task
    std::vector<Dangling> LeftAlone; ///< what lives long enough, as far as is known
  };
  static Result make(const clang::FunctionDecl &F, Unit &U);
};

} // namespace corolint::model

#endif // COROLINT_MODEL_LIFETIME_DANGLING_H
