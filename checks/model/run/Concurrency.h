//===- Concurrency.h - Who runs while another is suspended ----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_RUN_CONCURRENCY_H
#define COROLINT_MODEL_RUN_CONCURRENCY_H

#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"
#include <vector>

namespace corolint::model {

class Unit;

/// Where a way of execution begins that others do not wait for.
struct Begins {
  enum Way {
    Started,     ///< a coroutine whose task is given away, kept while it runs, or dropped
    Callback,    ///< a function that is given away, to be called at some time
    FromOutside, ///< nobody in the unit calls it: others may, at any time
    Unknown,     ///< it is named where the unit does not compile
  } How = FromOutside;
  const clang::FunctionDecl *Which = nullptr;
  clang::SourceLocation At;                     ///< where it is started or given away
  const clang::FunctionDecl *GivenTo = nullptr; ///< of a callback, if that is known
  bool Often = false;                           ///< on one object: it runs beside itself
};

/// A call in one function of the unit of another, whose end it waits for or is told of.
struct InnerCall {
  /// Or that which is given a lambda and calls it on the spot; null: the destructor of a local.
  const clang::CallExpr *Call;
  const clang::FunctionDecl *By;   ///< a definition
  const clang::FunctionDecl *Whom; ///< likewise
  bool Awaited;                    ///< in place
  bool Repeated;                   ///< in a loop
};

/// Who calls whom in one unit, who is started and given away. Not known: in which order things come
/// that are begun by the same one, and what a queue does one after the other.
class Concurrency {
public:
  explicit Concurrency(Unit &U);

  /// The calls in a function, in the order of the source …
  llvm::ArrayRef<InnerCall> callsIn(const clang::FunctionDecl &F) const;
  /// … and those of it.
  llvm::SmallVector<const InnerCall *, 4> callsOf(const clang::FunctionDecl &F) const;

  /// It is begun in other ways than by a call: started, given away, or called from outside.
  bool isBegun(const clang::FunctionDecl &F) const;

  /// Where the ways begin that lead to a function. None: only constructors and `main` come to it,
  /// before and after all coroutines.
  llvm::ArrayRef<Begins> waysTo(const clang::FunctionDecl &F);

  /// A way that leads to \p Changer while \p F is suspended: none that comes to both, as that waits
  /// for the one before it does the other, unless there are several of it; nor one that is given to
  /// the same queue as all that lead to F. The one that says most, or null.
  const Begins *whoComesTo(const clang::FunctionDecl &Changer, const clang::FunctionDecl &F);

private:
  void add(const clang::FunctionDecl &F);
  friend class ConcurrencyFinder;

  Unit &U;
  llvm::DenseMap<const clang::FunctionDecl *, std::vector<InnerCall>> Calls;
  llvm::DenseMap<const clang::FunctionDecl *,
                 llvm::SmallVector<std::pair<const clang::FunctionDecl *, unsigned>, 2>>
      Callers; ///< the function and the number of the call in it
  llvm::DenseMap<const clang::FunctionDecl *, llvm::SmallVector<Begins, 1>> Beginnings;
  llvm::DenseMap<const clang::FunctionDecl *, std::vector<Begins>> Ways;
};

} // namespace corolint::model

#endif // COROLINT_MODEL_RUN_CONCURRENCY_H
