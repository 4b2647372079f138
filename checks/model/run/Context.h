//===- Context.h - Where a piece of code runs -------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_RUN_CONTEXT_H
#define COROLINT_MODEL_RUN_CONTEXT_H

#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"
#include <optional>

namespace corolint::model {

struct Call;
struct Entry;
enum class Role;
class Unit;

/// A function body that runs as part of an async context.
struct AsyncBody {
  const clang::FunctionDecl *Body;
  const clang::FunctionDecl *Of; ///< the coroutine or callback: itself, or what it is called in
  /// The call of a lambda that is called on the spot, in the body of Of: it runs where that does.
  const clang::Expr *CalledAt = nullptr;
  /// A lambda that Of gives to somebody of whom nothing is known: it may run anywhere.
  bool GivenAway = false;
};

/// The bodies of \p F's async context: its own if it is a coroutine (no generator) or runs on the
/// loop, by annotation or because it is given to what calls it there; those of the lambdas that are
/// called on the spot in it; and those that it gives away. Empty for every other function.
llvm::SmallVector<AsyncBody, 2> asyncBodies(const clang::FunctionDecl &F, Unit &U);

/// Who calls a function on the loop's thread, though it is no coroutine.
struct LoopCallback {
  clang::SourceLocation At;      ///< where it is given …
  const clang::FunctionDecl *To; ///< … to this function; or null: it is annotated
  const Entry *Known;
};
/// Nothing if \p F is a coroutine, or not known to run on the loop.
std::optional<LoopCallback> loopCallback(const clang::FunctionDecl &F, Unit &U);

/// How \p F, a coroutine or lambda, comes to run; for tests and messages.
enum class Context { Coroutine, Generator, CalledOnTheSpot, Offloaded, LoopCallback, Unknown };
llvm::StringRef nameOf(Context C);
Context contextOf(const clang::FunctionDecl &F, Unit &U);

} // namespace corolint::model

#endif // COROLINT_MODEL_RUN_CONTEXT_H
