//===- Borrow.h - Iterators and references into shared containers -----------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_BORROW_H
#define COROLINT_MODEL_BORROW_H

#include "Beside.h"
#include "Container.h"

namespace corolint::model {

/// A container that others can change while a coroutine is suspended.
struct SharedContainer {
  const clang::ValueDecl *Object = nullptr; ///< the member, global or parameter
  /// A member of `*this`, which nobody else has while the coroutine runs: its caller made the
  /// object as a local and does nothing but wait for this call.
  bool OfOneFrame = false;
};

/// How a local refers into a container.
enum class BorrowKind {
  Iterator,
  Reference, ///< or a pointer
  View,      ///< a `std::string_view`, a `std::span`, what else says that it is a gsl::Pointer
};

/// A local that refers into a shared container, from before a suspension to after it.
struct StaleBorrow {
  const clang::VarDecl *Variable = nullptr; ///< null: the iterator of a range-based `for`
  SharedContainer Container;
  BorrowKind Kind = BorrowKind::Iterator;
  clang::SourceLocation Taken;
  llvm::SmallVector<const clang::Expr *, 2> Suspensions; ///< that it spans; at least one
  clang::SourceLocation Use;
  /// The change in this unit that says most, if there is one; see below.
  const Invalidation *Changed = nullptr;
  bool ChangedByItself = false; ///< none but in the coroutine itself
  /// A coroutine that does this change, and that the unit starts beside this one; or null. Asked
  /// for where the change ends it whichever element it is, and where others add elements and others
  /// take single ones out again: that goes on while the program runs, and not only at its start.
  const StartedBeside *Beside = nullptr;
};

/// The borrows of \p F's own locals that are used after a suspension on some path, without having
/// been taken again; each with the first such use. Left out is what a lock protects that is awaited
/// and still held.
std::vector<StaleBorrow> staleBorrows(const clang::FunctionDecl &F, Unit &U);

/// `auto lock = co_await mutex.scoped_lock();`: others who want it are suspended while it is held.
/// Known by what is known of its type, by its type's name, or because it is there for nothing but
/// its destructor.
bool isAwaitedLock(const clang::VarDecl &V, Unit &U);

} // namespace corolint::model

#endif // COROLINT_MODEL_BORROW_H
