//===- Meanwhile.h - Who changes a container meanwhile --------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_STATE_MEANWHILE_H
#define COROLINT_MODEL_STATE_MEANWHILE_H

#include "model/run/Concurrency.h"
#include "model/state/Changes.h"
#include "model/state/Origins.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallPtrSet.h"
#include <optional>

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
  const Begins *Concurrent = nullptr;
  /// There is enough to say that it happens: see Meanwhile::judge.
  bool Certain = false;
};

/// Who changes a container while a coroutine is suspended that holds an element of it.
class Meanwhile {
public:
  Meanwhile(const clang::FunctionDecl &F, Unit &U) : F(F), U(U) {}

  /// The coroutine has a loop there.
  void addLoop(clang::SourceRange Loop) { Loops.push_back(Loop); }
  /// The local that is asked about from now on: it names the element.
  void isAbout(const clang::ValueDecl *V);

  /// The awaited call itself, what it calls, or a lambda that it is given changes this very
  /// container: nobody has to run beside.
  bool changedByAwaited(StaleBorrow &Of, const Borrow &B);

  enum Who { Others, ItselfAlone };
  /// What speaks for a change meanwhile, by others than what is awaited. It is certain where
  ///
  /// - somebody is started beside this one, or called back, and comes to a change that ends what
  ///   was taken whichever element it is, and elements come and go: that goes on while the program
  ///   runs, and not only at its start;
  /// - somebody takes out single elements who comes to that while this one is suspended;
  /// - the coroutine takes its element out itself, after the suspension, and may run several times
  ///   at once: the second run has the same element.
  Who judge(StaleBorrow &Of, const Borrow &B, const clang::FunctionDecl &In);

private:
  llvm::SmallVector<const clang::FieldDecl *, 1> waysBack(const clang::CallExpr &Call,
                                                          const clang::FunctionDecl &Callee,
                                                          const clang::ValueDecl &Container) const;
  llvm::ArrayRef<const clang::Expr *> callsAwaitedBy(const clang::Expr &Suspension);
  bool takesMeanwhile(const Begins &Who, const ContainerChange &Each, const StaleBorrow &Of,
                      const clang::FunctionDecl &In);
  bool isOfElement(const clang::Expr &Object, unsigned Depth = 2) const;
  bool waitsForElement(const clang::Expr &Suspension);
  bool isAnotherRun(const ContainerChange &Each, const StaleBorrow &Of, const Borrow &B,
                    const clang::FunctionDecl &In);
  bool hasFlag();

  const clang::FunctionDecl &F;
  Unit &U;
  llvm::SmallVector<clang::SourceRange, 4> Loops;
  llvm::SmallPtrSet<const clang::ValueDecl *, 2> Elements; ///< locals that name what is asked about
  llvm::DenseMap<const clang::Expr *, llvm::SmallVector<const clang::Expr *, 2>> AwaitedCalls;
  std::optional<bool> Flagged;
};

} // namespace corolint::model

#endif // COROLINT_MODEL_STATE_MEANWHILE_H
