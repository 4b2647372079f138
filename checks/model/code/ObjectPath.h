//===- ObjectPath.h - Which object an expression names ---------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_CODE_OBJECTPATH_H
#define COROLINT_MODEL_CODE_OBJECTPATH_H

#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"
#include "llvm/ADT/SmallVector.h"
#include <optional>

namespace corolint::model {

/// The way to an object, as one function sees it: from `this`, a variable, or from somewhere, along
/// members. Pointers and references on the way are followed, smart ones too, and so are other names
/// of the same object: a local reference or pointer, an accessor of one line.
struct ObjectPath {
  enum Start { This, Variable, Somewhere } From = Somewhere;
  const clang::VarDecl *Root = nullptr; ///< the local, parameter or global that it begins at
  llvm::SmallVector<const clang::ValueDecl *, 3> Members;

  /// The last on the way: the member or variable itself, or null.
  const clang::ValueDecl *named() const { return Members.empty() ? Root : Members.back(); }
  bool operator==(const ObjectPath &) const = default;
};

/// The object that an expression names. An element of something is somewhere: it may be another
/// one each time.
ObjectPath pathOf(const clang::Expr &E);

/// The same object as a function sees it that is called on \p Object and is given \p Args; nothing
/// if it does not get there, or not in this way. It may get there in several.
llvm::SmallVector<ObjectPath, 1> asSeenBy(const ObjectPath &P, const clang::CallExpr &Called,
                                          const clang::FunctionDecl &Callee);

/// What a reference, a pointer or an owner, also a weak one, leads to; null for what is a value.
clang::QualType leadsTo(clang::QualType T);

/// What a function of the user gives back whose body is `return e;`, with nothing before it but
/// static locals; or null.
const clang::Expr *returnedBy(const clang::FunctionDecl *F);

/// The definition that a call of a function of the user runs, or null: not what is virtual and may
/// be another.
const clang::FunctionDecl *definitionCalledBy(const clang::CallExpr &Called);

} // namespace corolint::model

#endif // COROLINT_MODEL_CODE_OBJECTPATH_H
