//===- Context.h - Where a piece of code runs -------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_CONTEXT_H
#define COROLINT_MODEL_CONTEXT_H

#include "clang/AST/Decl.h"
#include "clang/AST/Stmt.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"
#include <string>

namespace corolint::model {

struct Call;
enum class Role;
class Unit;

/// The thread that executes a piece of code.
enum class Where : int {
  Loop,    ///< the thread of an event loop: blocking it stops every other coroutine of it
  Worker,  ///< a thread that may block
  Unknown, ///< nobody can tell: rules are silent
};
llvm::StringRef nameOf(Where W);

/// A function body that runs as part of an async context.
struct AsyncBody {
  const clang::FunctionDecl *Body;
  const clang::FunctionDecl *Of; ///< the coroutine or callback: itself, or what it is called in
};

/// The bodies of \p F's async context: its own if it is a coroutine (no generator) or runs on the
/// loop by annotation, and those of the lambdas that are called on the spot in it. Empty for every
/// other function.
llvm::SmallVector<AsyncBody, 2> asyncBodies(const clang::FunctionDecl &F, Unit &U);

/// Does the call \p Site of \p In give this role (offloads it, calls it in place, …) to the
/// callable in its argument \p Arg?
bool givesRole(const Call &Site, int Arg, Role R, const clang::FunctionDecl &In, Unit &U);

/// How \p F, a coroutine or lambda, comes to run; for tests and messages.
enum class Context { Coroutine, Generator, CalledOnTheSpot, Offloaded, LoopCallback, Unknown };
llvm::StringRef nameOf(Context C);
Context contextOf(const clang::FunctionDecl &F, Unit &U);

/// Where \p S runs, that stands in the body of the coroutine \p F: on the loop until a hop is
/// awaited, on a worker until the hop back, joined over branches and loops.
class Hops {
public:
  Hops(const clang::FunctionDecl &F, Unit &U);
  Where at(const clang::Stmt &S) const;
  /// Where the coroutine is when it returns.
  Where atEnd() const;
  bool any() const { return HasHop; }

private:
  const clang::FunctionDecl &F;
  Unit &U;
  bool HasHop = false;
  llvm::DenseMap<const clang::Stmt *, Where> Hop; ///< the `co_await`s that change the thread
  llvm::SmallVector<Where, 16> AtEntry;           ///< by block
};

} // namespace corolint::model

#endif // COROLINT_MODEL_CONTEXT_H
