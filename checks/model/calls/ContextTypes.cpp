//===- ContextTypes.cpp - What takes a stop token ----------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/calls/ContextTypes.h"
#include "ast/Classes.h"
#include "ast/Names.h"
#include "knowledge/Knowledge.h"
#include "model/Unit.h"
#include "model/code/Walk.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclTemplate.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace corolint::model {
namespace {

const TypeEntry *contextEntry(const CXXRecordDecl &C, Unit &U) {
  for (const TypeEntry *E : U.knowledge().of(C))
    if (E->Is == TypeRole::Context || E->Is == TypeRole::NamedContext)
      return E;
  return nullptr;
}

bool isSameType(QualType A, QualType B) {
  return A.getCanonicalType().getUnqualifiedType() == B.getCanonicalType().getUnqualifiedType();
}

bool givesTheSame(const FunctionDecl &A, const FunctionDecl &B) {
  if (isSameType(A.getReturnType(), B.getReturnType()))
    return true;
  const CXXRecordDecl *Mine = classOf(A.getReturnType()), *Theirs = classOf(B.getReturnType());
  return Mine && Theirs && familyOf(Mine) == familyOf(Theirs);
}

/// An overload that differs from a function by one more parameter, which takes a context. Found for
/// each function once.
struct ContextOverloads {
  using Result = std::vector<ContextTaker>;
  static Result make(const FunctionDecl &F, Unit &U) {
    Result Found;
    const FunctionDecl &Mine = writtenPattern(F);
    for (const NamedDecl *D : F.getDeclContext()->getRedeclContext()->lookup(F.getDeclName())) {
      const auto *Template = dyn_cast<FunctionTemplateDecl>(D->getUnderlyingDecl());
      const auto *Other =
          Template ? Template->getTemplatedDecl() : dyn_cast<FunctionDecl>(D->getUnderlyingDecl());
      if (!Other || Other->getCanonicalDecl() == Mine.getCanonicalDecl() ||
          !isUsableLike(Mine, *Other))
        continue;
      for (const ContextTaker &T : contextTakersOf(*Other, U))
        if (differsBy(T.Index, Mine, *Other))
          Found.push_back(T);
    }
    return Found;
  }

  static bool isUsableLike(const FunctionDecl &Mine, const FunctionDecl &Other) {
    const auto *MyTemplate = Mine.getDescribedFunctionTemplate();
    const auto *ItsTemplate = Other.getDescribedFunctionTemplate();
    if (!MyTemplate != !ItsTemplate ||
        (MyTemplate && MyTemplate->getTemplateParameters()->size() !=
                           ItsTemplate->getTemplateParameters()->size()))
      return false;
    const auto *MyMethod = dyn_cast<CXXMethodDecl>(&Mine);
    const auto *ItsMethod = dyn_cast<CXXMethodDecl>(&Other);
    if (MyMethod && ItsMethod &&
        (MyMethod->isStatic() != ItsMethod->isStatic() ||
         (MyMethod->isConst() && !ItsMethod->isConst())))
      return false;
    return !Other.isDeleted() && !Other.hasAttr<DeprecatedAttr>() &&
           (Other.getAccess() == Mine.getAccess() || Other.getAccess() == AS_public) &&
           givesTheSame(Mine, Other);
  }

  /// Without it, one list of parameters is the begin of the other, and the rest has defaults.
  static bool differsBy(unsigned Index, const FunctionDecl &Mine, const FunctionDecl &Other) {
    llvm::SmallVector<const ParmVarDecl *, 4> Rest(Other.parameters());
    Rest.erase(Rest.begin() + Index);
    const unsigned Common = std::min<unsigned>(Rest.size(), Mine.getNumParams());
    for (unsigned I = 0; I != Common; ++I)
      if (!isSameType(Rest[I]->getType(), Mine.getParamDecl(I)->getType()))
        return false;
    return llvm::all_of(llvm::drop_begin(Rest, Common),
                        [](const ParmVarDecl *P) { return P->hasDefaultArg(); }) &&
           llvm::all_of(llvm::drop_begin(Mine.parameters(), Common),
                        [](const ParmVarDecl *P) { return P->hasDefaultArg(); });
  }
};

} // namespace

ContextType contextType(QualType T, Unit &U) {
  ContextType Result;
  T = T.getNonReferenceType();
  if (T->isPointerType()) {
    Result.Is = ContextForm::Pointer;
    T = T->getPointeeType();
  }
  const CXXRecordDecl *C = T->getAsCXXRecordDecl();
  if (const auto *Spec = llvm::dyn_cast_or_null<ClassTemplateSpecializationDecl>(C);
      Spec && Result.Is == ContextForm::Object && C->isInStdNamespace() &&
      Spec->getTemplateArgs().size() != 0 &&
      Spec->getTemplateArgs()[0].getKind() == TemplateArgument::Type) {
    const llvm::StringRef Name = simpleName(*C);
    if (Name == "optional" || Name == "shared_ptr") {
      Result.Is = Name == "optional" ? ContextForm::Optional : ContextForm::Shared;
      C = Spec->getTemplateArgs()[0].getAsType()->getAsCXXRecordDecl();
    }
  }
  if (C && (Result.Known = contextEntry(*C, U)))
    Result.Class = cast<CXXRecordDecl>(C->getCanonicalDecl());
  return Result;
}

bool isNamedContext(const ContextType &T) {
  return T.Known->Is == TypeRole::NamedContext;
}

llvm::StringRef nameOfParameter(const FunctionDecl &F, unsigned Index) {
  for (const FunctionDecl *Each : F.redecls())
    if (const llvm::StringRef Name = Each->getParamDecl(Index)->getName(); !Name.empty())
      return Name.trim('_');
  return "";
}

llvm::SmallVector<ContextTaker, 1> contextTakersOf(const FunctionDecl &F, Unit &U) {
  llvm::SmallVector<ContextTaker, 1> Found;
  for (const ParmVarDecl *P : F.parameters())
    if (ContextType T = contextType(P->getType(), U))
      Found.push_back({&F, P->getFunctionScopeIndex(), T});
  llvm::SmallVector<ContextTaker, 1> Result;
  for (const ContextTaker &Each : Found)
    if (isNamedContext(Each.Type) || llvm::count_if(Found, [&](const ContextTaker &Other) {
                                       return Other.Type.Class == Each.Type.Class;
                                     }) == 1)
      Result.push_back(Each);
  return Result;
}

const FunctionDecl &writtenPattern(const FunctionDecl &F) {
  const FunctionTemplateDecl *Template = F.getPrimaryTemplate();
  return Template ? *Template->getTemplatedDecl() : F;
}

llvm::ArrayRef<ContextTaker> contextOverloadsOf(const FunctionDecl &F, Unit &U) {
  return U.get<ContextOverloads>(F);
}

bool standsForNone(const CXXDefaultArgExpr &Default, const CXXRecordDecl &Class) {
  bool Asks = false;
  walkEvaluated(Default.getExpr(), [&](const Stmt &S) {
    if (const auto *Called = dyn_cast<CallExpr>(&S)) {
      const auto *Method = llvm::dyn_cast_or_null<CXXMethodDecl>(Called->getDirectCallee());
      Asks |= !Method || !Method->isStatic() || Method->getParent()->getCanonicalDecl() != &Class ||
              Called->getNumArgs() != 0;
    }
    return !Asks;
  });
  return !Asks;
}

} // namespace corolint::model
