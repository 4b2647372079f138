//===- Place.h - Which object an expression names ---------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_CODE_PLACE_H
#define COROLINT_MODEL_CODE_PLACE_H

#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"
#include "llvm/ADT/SmallVector.h"

namespace corolint::model {

/// A variable or `*this`, and the members on the way from there to the object. What a pointer or a
/// smart pointer leads to is taken for itself, and a reference for what it was bound to.
struct Place {
  bool This = false; ///< else the first of Path is a variable
  llvm::SmallVector<const clang::ValueDecl *, 2> Path;

  explicit operator bool() const { return This || !Path.empty(); }
  bool operator<(const Place &Other) const {
    return This != Other.This ? This < Other.This : Path < Other.Path;
  }
  bool operator==(const Place &Other) const { return This == Other.This && Path == Other.Path; }
  const clang::VarDecl *variable() const;
  /// The member or variable that it ends with; null for `*this`.
  const clang::ValueDecl *named() const { return Path.empty() ? nullptr : Path.back(); }
};

/// Nothing where it cannot be told: elements, what functions give.
Place placeIn(const clang::Expr *E);
Place placeOf(const clang::VarDecl &V);

/// Likewise, where it is a reference or pointer in a local object whose constructor, or braces,
/// made it of an argument: what that names. Else the place itself.
Place boundPlace(const Place &P);

/// The temporary that lives as long as the reference \p V: what it refers to, or has as a member
/// what it refers to. Or null.
const clang::Expr *extendedTemporary(const clang::VarDecl &V);

} // namespace corolint::model

#endif // COROLINT_MODEL_CODE_PLACE_H
