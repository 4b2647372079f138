//===- ContextTypes.h - What takes a stop token ------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_CALLS_CONTEXTTYPES_H
#define COROLINT_MODEL_CALLS_CONTEXTTYPES_H

#include "clang/AST/Decl.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/Type.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"

namespace corolint::model {

struct TypeEntry;
class Unit;

/// How a variable or parameter has a context.
enum class ContextForm { Object, Pointer, Optional, Shared };

struct ContextType {
  const clang::CXXRecordDecl *Class = nullptr;
  const TypeEntry *Known = nullptr;
  ContextForm Is = ContextForm::Object;
  explicit operator bool() const { return Class; }
};

/// That of a type; nothing of one that is none.
ContextType contextType(clang::QualType T, Unit &U);

/// Only parameters of one name are passed on.
bool isNamedContext(const ContextType &T);

/// A parameter of a function that takes a context.
struct ContextTaker {
  const clang::FunctionDecl *Of = nullptr;
  unsigned Index = 0;
  ContextType Type;
};

/// Its parameters that take one, without types that two of them have.
llvm::SmallVector<ContextTaker, 1> contextTakersOf(const clang::FunctionDecl &F, Unit &U);

/// Overloads that differ from a function by one more parameter, which takes one, and give the same.
llvm::ArrayRef<ContextTaker> contextOverloadsOf(const clang::FunctionDecl &F, Unit &U);

/// The name that some declaration gives to a parameter, without what only tells it from a member.
llvm::StringRef nameOfParameter(const clang::FunctionDecl &F, unsigned Index);

/// What was written: of an instantiation its template.
const clang::FunctionDecl &writtenPattern(const clang::FunctionDecl &F);

/// The default stands for none: an empty one, a constant, what a static function of its class
/// gives. What calls anything else may find the context of the caller by itself.
bool standsForNone(const clang::CXXDefaultArgExpr &Default, const clang::CXXRecordDecl &Class);

} // namespace corolint::model

#endif // COROLINT_MODEL_CALLS_CONTEXTTYPES_H
