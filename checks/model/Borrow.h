//===- Borrow.h - Iterators and references into shared containers -----------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_BORROW_H
#define COROLINT_MODEL_BORROW_H

#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"
#include "llvm/ADT/DenseMap.h"
#include <vector>

namespace corolint::model {

class Unit;

/// A container that others can change while a coroutine is suspended.
struct SharedContainer {
  const clang::ValueDecl *Object = nullptr; ///< the member, global or parameter
  /// A member of `*this`, which nobody else has while the coroutine runs: its caller made the
  /// object as a local and does nothing but wait for this call.
  bool OfOneFrame = false;
  /// What is put in can move or end what is borrowed; else only what is taken out can.
  bool Grows = false;
};

/// Who changes a container so that what is borrowed from it is no longer valid.
struct Invalidation {
  clang::SourceLocation At;
  const clang::FunctionDecl *In;
};

/// What a function of the unit does to a container.
struct ContainerChange {
  Invalidation Where;
  bool Removes; ///< takes out or replaces elements; else it adds some
};

/// A local that refers into a shared container, from before a suspension to after it.
struct StaleBorrow {
  const clang::VarDecl *Variable = nullptr; ///< null: the iterator of a range-based `for`
  SharedContainer Container;
  bool IsReference = false;
  clang::SourceLocation Taken;
  const clang::Expr *Suspension = nullptr;
  clang::SourceLocation Use;
  const Invalidation *Changed = nullptr; ///< the first in this unit, if there is one
};

/// The borrows of \p F's own locals that are used after a suspension on some path, without having
/// been taken again; each with the first such use. Left out is what a lock protects that is awaited
/// and still held. What invalidates what: [container.reqmts] and each container's own section.
std::vector<StaleBorrow> staleBorrows(const clang::FunctionDecl &F, Unit &U);

/// `auto lock = co_await mutex.scoped_lock();`: others who want it are suspended while it is held.
bool isAwaitedLock(const clang::VarDecl &V, Unit &U);

/// The changes of each container that is shared, in the order of the source; without those in
/// constructors and destructors, where no coroutine of the object is suspended.
llvm::DenseMap<const clang::ValueDecl *, std::vector<ContainerChange>>
findContainerChanges(Unit &U);

} // namespace corolint::model

#endif // COROLINT_MODEL_BORROW_H
