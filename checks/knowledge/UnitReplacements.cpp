//===- UnitReplacements.cpp - Which functions say that they replace another ===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "knowledge/UnitReplacements.h"
#include "knowledge/Annotations.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;
using namespace llvm;

namespace corolint::model {

UnitReplacements::UnitReplacements(const ASTContext &Context) {
  walk(*Context.getTranslationUnitDecl());
}

void UnitReplacements::walk(const DeclContext &In) {
  for (const Decl *D : In.decls())
    visit(*D);
}

static bool hasAnnotation(const Decl &D) {
  return D.hasAttrs() && any_of(D.specific_attrs<AnnotateAttr>(), [](const AnnotateAttr *A) {
           return A->getAnnotation() == "corolint::replaces";
         });
}

void UnitReplacements::visit(const Decl &D) {
  if (const auto *Template = dyn_cast<RedeclarableTemplateDecl>(&D))
    return Template->getTemplatedDecl() ? visit(*Template->getTemplatedDecl()) : void();
  if (const auto *F = dyn_cast<FunctionDecl>(&D))
    return hasAnnotation(*F) ? note(*F) : void();
  const auto *Class = dyn_cast<CXXRecordDecl>(&D);
  if (Class && Class->isThisDeclarationADefinition() && hasAnnotation(*Class))
    for (const Decl *Member : Class->decls()) {
      if (const auto *Template = dyn_cast<FunctionTemplateDecl>(Member))
        Member = Template->getTemplatedDecl();
      if (const auto *Constructor = dyn_cast<CXXConstructorDecl>(Member);
          Constructor && !Constructor->isCopyOrMoveConstructor())
        note(*Constructor);
    }
  if (const auto *Namespace = dyn_cast<NamespaceDecl>(&D))
    return Namespace->isStdNamespace() ? void() : walk(*Namespace);
  if (Class ? Class->isThisDeclarationADefinition() : isa<LinkageSpecDecl, ExportDecl>(D))
    walk(*cast<DeclContext>(&D));
}

void UnitReplacements::note(const FunctionDecl &F) {
  SmallVector<Entry, 2> Marked;
  readAnnotations(F, Marked);
  for (const Entry &E : Marked)
    if (E.What == Role::Replaces) {
      SmallVector<Replacement, 2> &Known = ByName[E.Of];
      const FunctionDecl *By = F.getCanonicalDecl();
      if (none_of(Known, [&](const Replacement &Each) { return Each.By == By; }))
        Known.push_back({By, E.From});
    }
}

} // namespace corolint::model
