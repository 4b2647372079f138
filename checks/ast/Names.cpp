//===- Names.cpp - What a declaration is called --------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ast/Names.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/raw_ostream.h"

using namespace clang;
using namespace llvm;

namespace corolint::model {

void printOwnName(raw_ostream &OS, const NamedDecl &D) {
  DeclarationName Name = D.getDeclName();
  switch (Name.getNameKind()) {
  case DeclarationName::CXXConstructorName:
  case DeclarationName::CXXDestructorName:
    if (Name.getNameKind() == DeclarationName::CXXDestructorName)
      OS << '~';
    // By the class: the name's own type would print its template arguments.
    if (const auto *Class = dyn_cast<CXXRecordDecl>(D.getDeclContext()))
      return printOwnName(OS, *Class);
    break;
  case DeclarationName::CXXConversionFunctionName: {
    QualType To = Name.getCXXNameType();
    if (const CXXRecordDecl *Class = To->getAsCXXRecordDecl()) {
      OS << "operator " << plainName(*Class);
      return;
    }
    PrintingPolicy Policy(D.getASTContext().getLangOpts());
    Policy.Bool = true;
    OS << "operator " << To.getCanonicalType().getAsString(Policy);
    return;
  }
  case DeclarationName::CXXDeductionGuideName:
    OS << Name.getCXXDeductionGuideTemplate()->getDeclName();
    return;
  default:
    break;
  }
  if (!Name.isEmpty()) {
    OS << Name;
    return;
  }
  if (const auto *Tag = dyn_cast<TagDecl>(&D))
    if (const TypedefNameDecl *Typedef = Tag->getTypedefNameForAnonDecl()) {
      OS << Typedef->getDeclName();
      return;
    }
  const auto *Record = dyn_cast<CXXRecordDecl>(&D);
  OS << (Record && Record->isLambda() ? "(lambda)" : "(anonymous)");
}

llvm::StringRef simpleName(const NamedDecl &D) {
  return D.getIdentifier() ? D.getName() : llvm::StringRef();
}

const NamespaceDecl *outermostNamespace(const Decl &D) {
  const NamespaceDecl *Found = nullptr;
  for (const DeclContext *In = D.getDeclContext(); In; In = In->getParent())
    if (const auto *Named = dyn_cast<NamespaceDecl>(In); Named && Named->getIdentifier())
      Found = Named->getCanonicalDecl();
  return Found;
}

bool isStandard(const Decl &D) {
  const NamespaceDecl *Outermost = outermostNamespace(D);
  return Outermost && Outermost->isStdNamespace();
}

std::string plainName(const NamedDecl &D) {
  SmallVector<const NamedDecl *, 8> Parts = {&D};
  for (const DeclContext *C = D.getDeclContext(); C && !C->isTranslationUnit();
       C = C->getParent()) {
    if (C->isTransparentContext() || isa<LinkageSpecDecl, ExportDecl>(C))
      continue;
    if (const auto *N = dyn_cast<NamespaceDecl>(C);
        N && (N->isInline() || N->isAnonymousNamespace()))
      continue;
    if (const auto *Part = dyn_cast<NamedDecl>(C))
      Parts.push_back(Part);
  }
  std::string Result;
  raw_string_ostream OS(Result);
  for (const NamedDecl *Part : reverse(Parts)) {
    if (!Result.empty())
      OS << "::";
    printOwnName(OS, *Part);
  }
  return Result;
}

} // namespace corolint::model
