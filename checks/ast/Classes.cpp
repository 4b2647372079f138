//===- Classes.cpp - Classes, their templates and their specialisations --===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ast/Classes.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"

using namespace clang;

namespace corolint::model {
const CXXRecordDecl *definitionOf(const CXXRecordDecl *C) {
  if (!C)
    return nullptr;
  if (const CXXRecordDecl *Definition = C->getDefinition())
    return Definition;
  if (const CXXRecordDecl *Pattern = C->getTemplateInstantiationPattern())
    return Pattern->getDefinition();
  if (const auto *Spec = dyn_cast<ClassTemplateSpecializationDecl>(C))
    return Spec->getSpecializedTemplate()->getTemplatedDecl()->getDefinition();
  return nullptr;
}

const CXXRecordDecl *classOf(QualType T) {
  if (T.isNull())
    return nullptr;
  T = T.getNonReferenceType();
  if (const CXXRecordDecl *C = T->getAsCXXRecordDecl())
    return C;
  const auto *Spec = T->getAs<TemplateSpecializationType>();
  while (Spec && Spec->isTypeAlias())
    Spec = Spec->getAliasedType()->getAs<TemplateSpecializationType>();
  if (Spec)
    if (const auto *Template =
            dyn_cast_or_null<ClassTemplateDecl>(Spec->getTemplateName().getAsTemplateDecl()))
      return Template->getTemplatedDecl();
  return nullptr;
}

const Decl *familyOf(const CXXRecordDecl *C) {
  if (!C)
    return nullptr;
  if (const auto *Spec = dyn_cast<ClassTemplateSpecializationDecl>(C))
    return Spec->getSpecializedTemplate()->getCanonicalDecl();
  if (const ClassTemplateDecl *Template = C->getDescribedClassTemplate())
    return Template->getCanonicalDecl();
  return C->getCanonicalDecl();
}

QualType substituted(QualType T, llvm::ArrayRef<TemplateArgument> Args) {
  const auto *Parameter = T.isNull() ? nullptr : T->getAs<TemplateTypeParmType>();
  if (Parameter && Parameter->getIndex() < Args.size() &&
      Args[Parameter->getIndex()].getKind() == TemplateArgument::Type)
    return Args[Parameter->getIndex()].getAsType();
  return T;
}

bool isCopyable(const CXXRecordDecl &C) {
  const CXXRecordDecl *Definition = definitionOf(&C);
  if (!Definition)
    return true; // nobody can tell
  if (Definition->needsImplicitCopyConstructor()) {
    // Of a pattern nothing is declared: its bases and members say it.
    if (Definition->hasUserDeclaredMoveConstructor() || Definition->hasUserDeclaredMoveAssignment())
      return false;
    return !Definition->defaultedCopyConstructorIsDeleted();
  }
  return llvm::any_of(Definition->ctors(), [](const CXXConstructorDecl *Each) {
    return Each->isCopyConstructor() && !Each->isDeleted();
  });
}

} // namespace corolint::model
