//===- LongLoops.h - Loops that hold a thread for long ----------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_RUN_LONGLOOPS_H
#define COROLINT_MODEL_RUN_LONGLOOPS_H

#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"
#include "llvm/ADT/SmallVector.h"
#include <vector>

namespace corolint::model {

class Unit;

/// A loop in which nobody else runs, and for which nothing says that it is soon over.
struct LongLoop {
  enum How {
    Never,  ///< it has no end
    Others, ///< others end it, by State; they cannot where they run on the same thread
    Time,   ///< a clock ends it
    Rounds, ///< it goes round Count times
    Number, ///< as often as its function's parameter State says, and only computes
  } By = Never;
  const clang::Stmt *Written = nullptr;
  const clang::ValueDecl *State = nullptr;
  uint64_t Count = 0;
  bool Awaits = false; ///< it awaits, and what it awaits lets nobody else run

  /// The calls that lead to it from the function that was asked about; empty: it is its own.
  struct Step {
    const clang::CallExpr *Call;
    const clang::FunctionDecl *Callee;
    bool operator==(const Step &) const = default;
  };
  llvm::SmallVector<Step, 2> Chain;
  bool operator==(const LongLoop &) const = default;

  /// Where it is in the function that was asked about.
  const clang::Stmt &place() const { return Chain.empty() ? *Written : *Chain.front().Call; }
};

/// Those of a function, and the longest that each of its calls leads to in plain functions of the
/// unit. Counted are those of at least \p Least rounds.
std::vector<LongLoop> longLoopsIn(const clang::FunctionDecl &F, uint64_t Least, Unit &U);

} // namespace corolint::model

#endif // COROLINT_MODEL_RUN_LONGLOOPS_H
