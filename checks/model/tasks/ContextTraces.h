//===- ContextTraces.h - What has to do with a stop token --------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_TASKS_CONTEXTTRACES_H
#define COROLINT_MODEL_TASKS_CONTEXTTRACES_H

#include "model/calls/ContextTypes.h"
#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"
#include "llvm/ADT/DenseMap.h"
#include <vector>

namespace corolint::model {

class Unit;

using ContextMask = unsigned; ///< of contexts, by their number

struct OwnContext {
  const clang::VarDecl *Variable;
  ContextType Type;
  bool IsRead = false;                 ///< asked of the coroutine's own context by a `co_await`
  const clang::Stmt *GoneAt = nullptr; ///< it is moved or assigned there
};

/// Those of a coroutine, without those that nobody knows to be meant.
std::vector<OwnContext> contextsOf(const clang::FunctionDecl &F, Unit &U);

/// A call that may be one without its context.
struct ContextCandidate {
  const clang::CallExpr *At;
  const clang::Expr *Top; ///< the outermost expression around it, up to a `co_await`
};

/// Which expressions have to do with which contexts: they name one, or a variable that was given
/// one. Found in one walk.
class ContextTraces {
public:
  ContextTraces(const clang::FunctionDecl &F, std::vector<OwnContext> &Contexts, Unit &U);
  /// Named in it, not below a `co_await`: what that gives has nothing to do with it any more.
  ContextMask at(const clang::Stmt *S) const { return Marks.lookup(S); }
  /// Named anywhere in it.
  ContextMask within(const clang::Stmt *S) const { return All.lookup(S); }
  const std::vector<ContextCandidate> &candidates() const { return Candidates; }

private:
  bool enter(const clang::Stmt &S);
  void leave(const clang::Stmt &S);
  void mark(const clang::Stmt &S, ContextMask M);
  /// What has to do with a context from here on.
  void spread(const clang::Stmt &S, ContextMask M);
  void assign(const clang::Expr *To, const clang::Expr *From, const clang::Stmt &S);
  void call(const clang::CallExpr &Called, ContextMask M);
  void noteGone(const clang::ValueDecl *D, const clang::Stmt &At);
  /// The object that an expression names a part of.
  void give(const clang::Expr *To, ContextMask M);
  /// `std::stop_callback stop(token, [&] { socket.cancel(); })`: it stops by hand what the closure
  /// names.
  void giveToClosure(const clang::Expr *Arg, ContextMask M);
  std::vector<OwnContext> &Contexts;
  Unit &U;
  llvm::DenseMap<const clang::ValueDecl *, ContextMask> Of;
  ContextMask OfThis = 0;
  llvm::DenseMap<const clang::Stmt *, ContextMask> Marks, All;
  std::vector<const clang::Stmt *> Stack;
  std::vector<const clang::Expr *> Tops;
  std::vector<ContextCandidate> Candidates;
};

} // namespace corolint::model

#endif // COROLINT_MODEL_TASKS_CONTEXTTRACES_H
