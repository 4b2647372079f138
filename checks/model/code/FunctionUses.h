//===- FunctionUses.h - Who names a function, and how --------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_CODE_FUNCTIONUSES_H
#define COROLINT_MODEL_CODE_FUNCTIONUSES_H

#include "clang/AST/Decl.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/Expr.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/SmallVector.h"

namespace corolint::model {

class Unit;

/// One place that names a function.
struct FunctionUse {
  enum Kind {
    Awaited,  ///< it is called, and what it returns is the operand of a `co_await`
    Called,   ///< it is called, and something else becomes of that
    Named,    ///< its address is taken, or it is passed on, as a value or by its type
    Required, ///< a template calls it under a name that hangs on its arguments
  } How;
  const clang::Expr *At;
  const clang::FunctionDecl *In; ///< in which it stands, lambdas looked through; or null
};

/// All of them in a unit, found in one walk over what the user wrote, and templates as they are
/// instantiated. Of the functions of a template there is one, its pattern.
class FunctionUses {
public:
  explicit FunctionUses(Unit &U);

  llvm::ArrayRef<FunctionUse> of(const clang::FunctionDecl &F) const;
  /// An object of the class, or the class itself, is an argument of a template other than those of
  /// the C++ library: what that asks of it may be a member that nobody names.
  bool isGivenToTemplate(const clang::CXXRecordDecl &C) const;

private:
  llvm::DenseMap<const clang::FunctionDecl *, llvm::SmallVector<FunctionUse, 2>> Uses;
  llvm::DenseSet<const clang::Decl *> Given; ///< families of classes
};

/// The function, or what it is an instantiation of.
const clang::FunctionDecl &patternOf(const clang::FunctionDecl &F);

} // namespace corolint::model

#endif // COROLINT_MODEL_CODE_FUNCTIONUSES_H
