//===- TaskType.h - What a type means to us ---------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_TYPES_TASKTYPE_H
#define COROLINT_MODEL_TYPES_TASKTYPE_H

#include "clang/AST/DeclCXX.h"
#include "clang/AST/Expr.h"
#include "clang/AST/Type.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"
#include <string>

namespace corolint::model {

class Unit;

enum class TaskKind {
  None,
  Lazy,      ///< a coroutine's task that does not run until it is awaited
  Eager,     ///< a coroutine's task that runs on without you
  Handle,    ///< stands for work that somebody else owns
  Awaiter,   ///< an operation that starts when it is awaited, without a coroutine behind it
  Detached,  ///< destroys its own frame; nobody can await it
  Generator, ///< yields, and nobody can await it
};
llvm::StringRef nameOf(TaskKind K);

/// What a type is to us, read from its promise and its awaiter, never from its name.
struct TaskType {
  TaskKind Kind = TaskKind::None;
  bool Awaitable = false;
  bool NoDiscard = false;  ///< the class is [[nodiscard]]
  bool MayDiscard = false; ///< somebody said that dropping it is fine
  bool Cancels = false;    ///< what is cancelled when it dies: keeping it is a use
  bool IsSaid = false;     ///< an annotation or a YAML file says the kind
  bool AsyncLock = false;
  bool Scope = false;
  bool MustJoin = false; ///< a scope whose work somebody has to wait for before it dies
  const clang::CXXRecordDecl *Class = nullptr;
  std::string Why; ///< completes "it is …, because …"

  /// It does nothing unless somebody awaits it.
  bool needsAwait() const { return Kind == TaskKind::Lazy || Kind == TaskKind::Awaiter; }
  /// A task: what a coroutine returns, and what can be awaited.
  bool isTask() const { return Kind == TaskKind::Lazy || Kind == TaskKind::Eager; }
};

/// Answers for every type of a unit, each computed once.
class TaskTypes {
public:
  explicit TaskTypes(Unit &U) : U(U) {}

  /// References and cv are looked through. Not a class: None.
  const TaskType &of(clang::QualType T);
  const TaskType &of(const clang::CXXRecordDecl &C);

  /// The class of a value, and how this one was made: by which promise the call selects, and what
  /// was done with the coroutine since.
  TaskType ofValue(const clang::Expr &E);

  /// The class of the promise of coroutines that return \p C, or null. Of a template that was
  /// never instantiated it is the pattern.
  const clang::CXXRecordDecl *promiseOf(const clang::CXXRecordDecl &C);

  /// True if the awaiter \p A is always ready, so that awaiting it never suspends.
  bool alwaysReady(const clang::CXXRecordDecl &A);

  /// A task in a container of the standard library (vector, array, optional, …): its element type.
  clang::QualType elementOfContainer(clang::QualType T);

  /// The types that a class template of the standard library is made of: of a container its
  /// element, of a tuple, pair or variant each; empty for any other type.
  llvm::SmallVector<clang::QualType, 4> elementsOf(clang::QualType T);

  /// What awaiting a \p C gives, or a null type where that is not known without instantiation.
  clang::QualType resultOf(const clang::CXXRecordDecl &C);

  /// True if a coroutine with the promise \p Promise may `co_await` a \p C: its `await_transform`,
  /// if it has one, is known to take it.
  bool mayAwait(const clang::CXXRecordDecl &Promise, const clang::CXXRecordDecl &C);

private:
  TaskType compute(const clang::CXXRecordDecl &C);
  /// What knowledge says of the class.
  void addSaid(TaskType &T, const clang::CXXRecordDecl &C);
  /// What being awaitable says of a class that no coroutine is known to return. \p Awaiter: it is
  /// one; \p Operator: it has a `co_await` of its own.
  void addKindWithoutPromise(TaskType &T, const clang::CXXRecordDecl &C, bool Awaiter,
                             bool Operator);
  /// What the promise says of a class that it makes.
  void addKind(TaskType &T, const clang::CXXRecordDecl &C, const clang::CXXRecordDecl &Promise);

  Unit &U;
  llvm::DenseMap<const clang::CXXRecordDecl *, TaskType> Known;
  llvm::DenseMap<const clang::CXXRecordDecl *, const clang::CXXRecordDecl *> Promises;
};

} // namespace corolint::model

#endif // COROLINT_MODEL_TYPES_TASKTYPE_H
