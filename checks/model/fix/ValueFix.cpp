//===- ValueFix.cpp - A value where a reference was -----------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/fix/ValueFix.h"
#include "ast/Names.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/TypeLoc.h"
#include "clang/Basic/CharInfo.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace corolint::model {
namespace {

bool isUsable(const CXXConstructorDecl &Made) {
  return !Made.isDeleted() && Made.getAccess() == AS_public && !Made.isExplicit();
}

/// An object of the type can be made of another one, which may be moved from.
bool canBeMade(QualType T, bool ByMove, unsigned Depth = 0) {
  if (T->isArrayType() || T->isFunctionType())
    return false;
  const CXXRecordDecl *C = T->getAsCXXRecordDecl();
  if (!C)
    return true;
  if (!C->hasDefinition() || C->isAbstract() || Depth == 4)
    return false;
  // `std::vector<std::unique_ptr<T>>` says that it can be copied.
  const auto *Spec = dyn_cast<ClassTemplateSpecializationDecl>(C);
  if (Spec && isStandard(*C) && !ByMove)
    for (const TemplateArgument &A : Spec->getTemplateArgs().asArray())
      if (A.getKind() == TemplateArgument::Type && !canBeMade(A.getAsType(), ByMove, Depth + 1))
        return false;
  if (ByMove && C->needsImplicitMoveConstructor())
    return !C->defaultedMoveConstructorIsDeleted();
  bool HasMove = false;
  for (const CXXConstructorDecl *Made : C->ctors())
    if (Made->isMoveConstructor()) {
      HasMove = true;
      if (ByMove)
        return isUsable(*Made);
    }
  if (C->needsImplicitCopyConstructor())
    return !HasMove && !C->defaultedCopyConstructorIsDeleted();
  for (const CXXConstructorDecl *Made : C->ctors())
    if (Made->isCopyConstructor() && isUsable(*Made))
      return true;
  return false;
}

} // namespace

std::optional<FixItHint> asValue(const VarDecl &V) {
  const ASTContext &Context = V.getASTContext();
  const Expr *Init = V.getInit();
  if (!Init || !V.getType()->isReferenceType() || !V.getTypeSourceInfo() || !Init->isGLValue())
    return std::nullopt;
  const QualType Named = V.getType().getNonReferenceType(),
                 Given = Init->IgnoreImpCasts()->getType();
  if (!Context.hasSameUnqualifiedType(Named, Given) || Named.isVolatileQualified() ||
      !canBeMade(Given, Init->isXValue() && !Given.isConstQualified()))
    return std::nullopt;
  const auto Reference =
      V.getTypeSourceInfo()->getTypeLoc().IgnoreParens().getAs<ReferenceTypeLoc>();
  if (Reference.isNull() || !Reference.getSigilLoc().isFileID())
    return std::nullopt;
  const SourceManager &SM = Context.getSourceManager();
  const SourceLocation At = Reference.getSigilLoc();
  const unsigned Length =
      V.getType()->isRValueReferenceType() || Reference.getAs<RValueReferenceTypeLoc>() ? 2 : 1;
  const char *Text = SM.getCharacterData(At);
  const bool Joins = isAsciiIdentifierContinue(Text[-1]) && isAsciiIdentifierContinue(Text[Length]);
  return Joins ? FixItHint::CreateReplacement(SourceRange(At), " ") : FixItHint::CreateRemoval(At);
}

} // namespace corolint::model
