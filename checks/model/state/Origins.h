//===- Origins.h - What a local was taken from ------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_STATE_ORIGINS_H
#define COROLINT_MODEL_STATE_ORIGINS_H

#include "model/code/ObjectPath.h"
#include "model/types/Container.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/DenseMap.h"
#include <optional>

namespace corolint::model {

class Unit;

/// How something refers into a container.
enum class BorrowKind {
  Iterator,
  Reference, ///< or a pointer
  View,      ///< a `std::string_view`, a `std::span`, what else says that it is a gsl::Pointer
};

/// What an expression borrows: from which container, and how.
struct Borrow {
  ObjectPath Of;
  clang::SourceLocation At;                    ///< where the container is named
  const clang::CXXRecordDecl *Class = nullptr; ///< of the container
  Keeps Kept = Keeps::Nothing;
  BorrowKind Kind = BorrowKind::Iterator;
  enum { Any, First, Last } Which = Any; ///< of its elements
  bool Shared = false;                   ///< others can change the container
  /// What an element owns by a `std::unique_ptr`: moving the element leaves it where it is.
  bool Owned = false;
};

/// What the locals of one function were taken from, in the order of the source.
class Origins {
public:
  explicit Origins(Unit &U) : U(U) {}

  /// What a local is made of, and keeps.
  std::optional<Borrow> declare(const clang::VarDecl &V);
  /// What it is set to, later.
  std::optional<Borrow> assign(const clang::VarDecl &V, const clang::Expr &Value);

  /// The container that a range-based `for` goes over, by itself or through views of it.
  std::optional<Borrow> rangeOf(const clang::Expr *E) const;

  /// `c.begin()`, `c.find(k)`, `c[i]`, `c.at(i).member`, `&c.back()`, a part of what a known borrow
  /// refers to: `it->second`, or what a function of the user gives back of these.
  std::optional<Borrow> borrowOf(const clang::Expr *E, bool ByReference) const;

private:
  std::optional<Borrow> from(const clang::Expr &Container, BorrowKind Kind) const;
  std::optional<Borrow> kept(const clang::VarDecl &V, const clang::Expr *Value) const;
  std::optional<Borrow> inside(const clang::Expr *E) const;
  std::optional<Borrow> ofMember(const clang::CXXMemberCallExpr &Called, bool ByReference) const;
  std::optional<Borrow> ofFunction(const clang::CallExpr &Called, bool ByReference) const;
  std::optional<Borrow> foundIn(const clang::Expr &Container, const clang::CallExpr &Called) const;
  std::optional<Borrow> ownedBy(const clang::Expr &Pointer) const;
  std::optional<Borrow> elementAt(const clang::Expr &Iterator) const;
  std::optional<Borrow> viewOf(const clang::Expr *E) const;

  Unit &U;
  unsigned Depth = 0; ///< of functions that give back what others do
  llvm::DenseMap<const clang::VarDecl *, Borrow> Known;
  llvm::DenseMap<const clang::VarDecl *, Borrow> Ranges; ///< views that take their iterators later
};

} // namespace corolint::model

#endif // COROLINT_MODEL_STATE_ORIGINS_H
