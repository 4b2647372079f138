//===- Loops.h - The loops of a function ------------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_CODE_LOOPS_H
#define COROLINT_MODEL_CODE_LOOPS_H

#include "model/code/Walk.h"
#include "clang/AST/Decl.h"
#include "clang/AST/Stmt.h"
#include "llvm/ADT/APInt.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"
#include <optional>

namespace corolint::model {

class Unit;

/// A jump out of a loop, an exception that is thrown, or a call that does not return.
struct LoopExit {
  const clang::Stmt *Jump;
  /// What alone decides whether it is reached, in each round; null if more does.
  const clang::Expr *If;
};

struct Loop {
  static constexpr size_t None = ~size_t(0);

  const clang::Stmt *Written; ///< a `for`, `while` or `do`
  /// What ends it; null of one that has none, or one that is always true, and of a range-based one.
  const clang::Expr *Condition = nullptr;
  size_t Around = None; ///< the loop that it stands in, by its number
  llvm::SmallVector<LoopExit, 2> Exits;

  const clang::Stmt &body() const { return *repeatedBy(*Written); }
  bool isOverRange() const;
};

/// Those that a function executes, in the order of the source, so that each comes after the one
/// that it stands in. What `goto` makes is none.
llvm::ArrayRef<Loop> loopsIn(const clang::FunctionDecl &F, Unit &U);

/// The one that is written so, or null.
const Loop *loopAt(const clang::Stmt &Written, const clang::FunctionDecl &F, Unit &U);

/// Something in the statement changes a local variable or parameter, or may: an assignment, what
/// gets at it by a reference or its address. What a lambda has captured by reference may always
/// change.
bool changesIn(const clang::Stmt &Where, const clang::VarDecl &V, const clang::FunctionDecl &F,
               Unit &U);

/// A lambda of the function refers to it.
bool isCapturedByReference(const clang::VarDecl &V, const clang::FunctionDecl &F, Unit &U);

/// `for (i = a; i < b; i += c)`, with nothing else that changes i.
struct Counting {
  const clang::Expr *Bound;             ///< what it is compared with
  std::optional<llvm::APSInt> Distance; ///< of bound and begin, if both are constant
  llvm::APSInt Step;                    ///< more than zero

  /// How often it goes round, if that is constant.
  std::optional<uint64_t> rounds() const;
};
std::optional<Counting> countingOf(const Loop &L, const clang::FunctionDecl &F, Unit &U);

} // namespace corolint::model

#endif // COROLINT_MODEL_CODE_LOOPS_H
