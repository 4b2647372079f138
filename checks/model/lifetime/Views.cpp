//===- Views.cpp - What refers to others by what it is --------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/lifetime/Views.h"
#include "ast/Names.h"
#include "base/Compat.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Basic/Builtins.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace corolint::model {

bool isCallableWrapper(const CXXRecordDecl &C) {
  const auto *Spec = dyn_cast<ClassTemplateSpecializationDecl>(&C);
  return Spec && Spec->getTemplateArgs().size() != 0 &&
         Spec->getTemplateArgs()[0].getKind() == TemplateArgument::Type &&
         Spec->getTemplateArgs()[0].getAsType()->isFunctionType();
}

bool isIterator(const CXXRecordDecl &C) {
  return lifetimes::isInStlNamespace(&C) && C.getIdentifier() && C.getName().contains("iterator");
}

bool isViewType(QualType T) {
  T = T.getNonReferenceType();
  if (T->isPointerType())
    return !T->isFunctionPointerType() && !T->isVoidPointerType();
  const CXXRecordDecl *C = T->getAsCXXRecordDecl();
  if (!C || !C->hasDefinition())
    return false;
  if (lifetimes::isGslPointerType(T) || isIterator(*C))
    return true;
  if (isStandard(*C) && C->getIdentifier())
    return llvm::is_contained({"span", "reference_wrapper", "basic_string_view"}, C->getName());
  // A callable that it does not keep: two pointers, and nothing to destroy.
  return isCallableWrapper(*C) && C->hasTrivialDestructor() &&
         C->getASTContext().getTypeSizeInChars(tagType(*C)) <=
             CharUnits::fromQuantity(2 * sizeof(void *));
}

bool refersToIt(const CallExpr &Called) {
  const FunctionDecl *Callee = Called.getDirectCallee();
  return Callee && Called.getNumArgs() == 1 && isStandard(*Callee) && Callee->getIdentifier() &&
         llvm::is_contained({"ref", "cref", "addressof", "__addressof"}, Callee->getName());
}

bool isMadeOfArguments(const CallExpr &Called) {
  const FunctionDecl *Callee = Called.getDirectCallee();
  return Callee && isStandard(*Callee) && Callee->getIdentifier() &&
         llvm::is_contained({"bind_front", "bind_back", "bind", "make_tuple", "make_pair",
                             "make_optional", "make_unique", "make_shared"},
                            Callee->getName());
}

bool isSharedOwner(QualType T) {
  const CXXRecordDecl *C = T.getNonReferenceType()->getAsCXXRecordDecl();
  return C && isStandard(*C) && C->getIdentifier() &&
         llvm::is_contained({"shared_ptr", "__shared_ptr", "__shared_ptr_access", "weak_ptr"},
                            C->getName());
}

bool isUniqueOwner(QualType T) {
  const CXXRecordDecl *C = T.getNonReferenceType()->getAsCXXRecordDecl();
  return C && isStandard(*C) && C->getIdentifier() && C->getName() == "unique_ptr";
}

bool isMadeOfParts(const CXXRecordDecl &C) {
  return isStandard(C) && isa<ClassTemplateSpecializationDecl>(C) && C.getIdentifier() &&
         llvm::is_contained({"tuple", "pair", "optional", "variant", "vector", "array", "deque",
                             "list", "function", "move_only_function"},
                            C.getName());
}

} // namespace corolint::model
