//===- AwaitedLock.h - Locks that suspend who waits for them ----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_STATE_AWAITEDLOCK_H
#define COROLINT_MODEL_STATE_AWAITEDLOCK_H

#include "clang/AST/Decl.h"
#include "clang/AST/Stmt.h"
#include "clang/Basic/SourceLocation.h"
#include "llvm/ADT/SmallVector.h"
#include <utility>
#include <vector>

namespace corolint::model {

class Unit;

/// Where a function holds locks that are awaited: `auto lock = co_await mutex.scoped_lock();`.
/// Others who want them are suspended meanwhile. They are known by what is known of their type, by
/// its name, or because they are there for nothing but their destructor; by `co_await
/// mutex.lock();` where there is a `mutex.unlock();`; and as parameters, which the caller locked.
/// They are followed as locks of threads are (LockFlow.h): held while the guard lives and has it,
/// on every path. Not told apart is what a lock is for.
class AwaitedLocks {
public:
  AwaitedLocks(const clang::FunctionDecl &F, Unit &U);

  /// One is held, and was all the way, from one place to the other.
  bool isHeld(clang::SourceLocation From, clang::SourceLocation To) const;
  bool isHeld(clang::SourceLocation At) const { return isHeld(At, At); }

private:
  /// Which, and where each was taken.
  using HeldLocks = llvm::SmallVector<std::pair<unsigned, clang::SourceLocation>, 1>;
  void record(const clang::Stmt &S, const HeldLocks &Now);
  HeldLocks at(clang::SourceLocation At) const;

  const clang::SourceManager *SM;
  bool Always = false;
  std::vector<std::pair<clang::SourceLocation, HeldLocks>> Held; ///< in the order of the source
};

/// Every call in the unit of \p F is made under such a lock, and nobody else can call it.
bool isCalledUnderLock(const clang::FunctionDecl &F, Unit &U);

} // namespace corolint::model

#endif // COROLINT_MODEL_STATE_AWAITEDLOCK_H
