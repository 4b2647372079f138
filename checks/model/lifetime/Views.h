//===- Views.h - What refers to others by what it is ----------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_LIFETIME_VIEWS_H
#define COROLINT_MODEL_LIFETIME_VIEWS_H

#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"

namespace corolint::model {

/// An object of the class refers to others by what it is: a pointer, a view, a reference that can
/// be copied, a callable that is not kept.
bool isViewType(clang::QualType T);

/// One of the iterators of the C++ library.
bool isIterator(const clang::CXXRecordDecl &C);

/// A class template with a function type as its argument: a callable of any kind.
bool isCallableWrapper(const clang::CXXRecordDecl &C);

/// `std::ref(x)`, `std::addressof(x)`: by its value it refers to x.
bool refersToIt(const clang::CallExpr &Called);

/// `std::bind_front(f, &x)`, `std::make_tuple(&x)`: what its arguments refer to, it does.
bool isMadeOfArguments(const clang::CallExpr &Called);

/// It owns what others may own, too; or may come to.
bool isSharedOwner(clang::QualType T);

/// It alone owns it.
bool isUniqueOwner(clang::QualType T);

/// A class of the C++ library that is made of its arguments: what they refer to, it does.
bool isMadeOfParts(const clang::CXXRecordDecl &C);

} // namespace corolint::model

#endif // COROLINT_MODEL_LIFETIME_VIEWS_H
