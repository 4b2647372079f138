//===- Borrow.h - Iterators and references into shared containers -----------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_BORROW_H
#define COROLINT_MODEL_BORROW_H

#include "Beside.h"
#include "Changes.h"
#include "Origins.h"

namespace corolint::model {

/// A local that refers into a shared container, from before a suspension to after it.
struct StaleBorrow {
  const clang::ValueDecl *Variable = nullptr;  ///< null: the iterator of a range-based `for`
  const clang::ValueDecl *Container = nullptr; ///< the member, global or parameter
  BorrowKind Kind = BorrowKind::Iterator;
  clang::SourceLocation Taken;
  llvm::SmallVector<const clang::Expr *, 2> Suspensions; ///< that it spans; at least one
  clang::SourceLocation Use;
  /// The change in this unit that says most, if there is one.
  const Invalidation *Changed = nullptr;
  bool ChangedByItself = false; ///< none but in the coroutine itself
  /// The call that is awaited meanwhile, and that comes to this change of this very container; or
  /// null.
  const clang::Expr *Awaited = nullptr;
  const clang::FunctionDecl *AwaitedCallee = nullptr; ///< null: a lambda that it is given
  /// Else who comes to it while the coroutine is suspended, if that shows; or null.
  const Begins *Beside = nullptr;
  /// There is enough to say that it happens: see Meanwhile::judge.
  bool Certain = false;
};

/// The borrows of \p F's own locals that are used after a suspension on some path, without having
/// been taken again; each with the first such use. Left out is what a lock protects that is awaited
/// and still held, and what nobody else has.
std::vector<StaleBorrow> staleBorrows(const clang::FunctionDecl &F, Unit &U);

} // namespace corolint::model

#endif // COROLINT_MODEL_BORROW_H
