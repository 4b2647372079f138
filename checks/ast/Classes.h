//===- Classes.h - Classes, their templates and their specialisations ----===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_AST_CLASSES_H
#define COROLINT_AST_CLASSES_H

#include "clang/AST/DeclCXX.h"
#include "clang/AST/TemplateBase.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"

namespace corolint::model {

using TemplateArguments = llvm::SmallVector<clang::TemplateArgument, 4>;

/// The definition, or that of the template where a specialisation was never instantiated.
const clang::CXXRecordDecl *definitionOf(const clang::CXXRecordDecl *C);

/// The class that a type names; of a dependent specialisation its template's pattern.
const clang::CXXRecordDecl *classOf(clang::QualType T);

/// One identity for a class template, its pattern and its specialisations.
const clang::Decl *familyOf(const clang::CXXRecordDecl *C);

/// The type, or the argument if it is a bare parameter of the class it was found in.
clang::QualType substituted(clang::QualType T, llvm::ArrayRef<clang::TemplateArgument> Args);

/// A copy of an object of it may be made; also where nobody can tell.
bool isCopyable(const clang::CXXRecordDecl &C);

} // namespace corolint::model

#endif // COROLINT_AST_CLASSES_H
