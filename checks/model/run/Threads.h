//===- Threads.h - On which thread a piece of code runs ---------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_RUN_THREADS_H
#define COROLINT_MODEL_RUN_THREADS_H

#include "clang/AST/Decl.h"
#include "clang/AST/Stmt.h"
#include "clang/Analysis/CFG.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include <optional>

namespace corolint::model {

class Cfg;
class Unit;

/// The thread that executes a piece of code.
enum class Where : int {
  Loop,    ///< the thread of an event loop: blocking it stops every other coroutine of it
  Worker,  ///< a thread that may block
  Unknown, ///< nobody can tell: rules are silent, but under strict
};
llvm::StringRef nameOf(Where W);

/// Where each part of a coroutine runs: where it was started until a hop is awaited, then where
/// that leads, joined over branches, loops and handlers. Of coroutines that await each other, each
/// has what all of them do.
class Hops {
public:
  static constexpr bool AsksForItself = true;
  Hops() = default;
  Hops(const clang::FunctionDecl &F, Unit &U);
  static Hops make(const clang::FunctionDecl &F, Unit &U) { return Hops(F, U); }

  /// Where \p S runs, that stands in the body of the coroutine itself; of null, whatever does
  /// there. \p Start: where the coroutine was started.
  Where at(const clang::Stmt *S, Where Start) const;
  /// Likewise, where it is started as far as is known; that is asked for only where it matters.
  Where at(const clang::Stmt *S, Unit &U) const;
  /// It runs where it was started, whatever that is.
  bool isAtStart(const clang::Stmt *S) const { return placesAt(S) == Start; }
  /// Does the coroutine go on on another thread after the suspension \p S, as far as is known?
  bool changesAt(const clang::Stmt *S) const { return Hop.contains(S); }
  /// Where the coroutine is when it returns; nothing if that is where it was started.
  std::optional<Where> end() const;

  bool operator==(const Hops &Other) const;

private:
  /// The threads on which it may be, as bits: that of the start, and those of Where.
  using Places = unsigned;
  static constexpr Places Start = 1;
  static Places only(Where W) { return 2u << static_cast<unsigned>(W); }
  static Where resolve(Places P);
  Places placesAt(const clang::Stmt *S) const;
  void follow();
  friend struct HopFlow;

  const clang::FunctionDecl *F = nullptr;
  const Cfg *Graph = nullptr; ///< null where no hop is awaited
  Places First = Start;
  struct HopTo {
    Where To;
    bool Perhaps; ///< or it goes on where it was
    bool operator==(const HopTo &) const = default;
  };
  llvm::DenseMap<const clang::Stmt *, HopTo> Hop; ///< the `co_await`s that change the thread
  llvm::SmallVector<Places, 16> AtEntry;          ///< by block
  /// By block, where it is after each of its hops.
  llvm::DenseMap<const clang::CFGBlock *, llvm::SmallVector<std::pair<int, Places>, 1>> Behind;
};

/// Where a coroutine begins to run, as far as the unit shows who starts it: handed to a pool,
/// awaited by another coroutine at a place that runs on a worker. What nobody in the unit starts
/// runs on the loop, and so does what is no coroutine.
Where startOf(const clang::FunctionDecl &F, Unit &U);

} // namespace corolint::model

#endif // COROLINT_MODEL_RUN_THREADS_H
