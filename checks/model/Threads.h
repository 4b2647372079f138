//===- Threads.h - On which thread a piece of code runs ---------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_THREADS_H
#define COROLINT_MODEL_THREADS_H

#include "clang/AST/Decl.h"
#include "clang/AST/Stmt.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include <optional>

namespace corolint::model {

class Unit;

/// The thread that executes a piece of code.
enum class Where : int {
  Loop,    ///< the thread of an event loop: blocking it stops every other coroutine of it
  Worker,  ///< a thread that may block
  Unknown, ///< nobody can tell: rules are silent, but under strict
};
llvm::StringRef nameOf(Where W);

/// Where each part of a coroutine runs: where it was started until a hop is awaited, then where
/// that leads, joined over branches and loops. Where it was started is asked for only when that
/// matters.
class Hops {
public:
  Hops(const clang::FunctionDecl &F, Unit &U);

  /// Where \p S runs, that stands in the body of the coroutine itself; of null, whatever does
  /// there.
  Where at(const clang::Stmt *S) const;
  /// Does the coroutine go on on another thread after the suspension \p S, as far as is known?
  bool changesAt(const clang::Stmt *S) const { return Hop.contains(S); }
  /// Where the coroutine is when it returns; nothing if that is where it was started.
  std::optional<Where> end() const;

private:
  /// The threads on which it may be, as bits: that of the start, and those of Where.
  using Places = unsigned;
  static constexpr Places Start = 1;
  static Places only(Where W) { return 2u << static_cast<unsigned>(W); }
  Where resolve(Places P) const;

  const clang::FunctionDecl &F;
  Unit &U;
  Places First = Start;
  llvm::DenseMap<const clang::Stmt *, Where> Hop; ///< the `co_await`s that change the thread
  llvm::SmallVector<Places, 16> AtEntry;          ///< by block
};

/// Where the coroutines of a unit are started, as far as it shows who does it: handed to a pool,
/// awaited by another coroutine at a place that runs on a worker. What nobody in the unit starts
/// runs on the loop.
class Starts {
public:
  explicit Starts(Unit &U);
  Where of(const clang::FunctionDecl &F);

private:
  /// One way in which a coroutine is started.
  struct Start {
    Where Runs;
    const clang::FunctionDecl *By = nullptr; ///< the coroutine that awaits it …
    const clang::Stmt *At = nullptr;         ///< … here: it runs where that does
  };
  void addStartsIn(const clang::FunctionDecl &F);

  Unit &U;
  llvm::DenseMap<const clang::FunctionDecl *, llvm::SmallVector<Start, 2>> Of;
  llvm::DenseMap<const clang::FunctionDecl *, std::optional<Where>> Known;
};

} // namespace corolint::model

#endif // COROLINT_MODEL_THREADS_H
