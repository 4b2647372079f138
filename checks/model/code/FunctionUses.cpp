//===- FunctionUses.cpp - Who names a function, and how ------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/code/FunctionUses.h"
#include "ast/Classes.h"
#include "ast/Names.h"
#include "base/Compat.h"
#include "model/Unit.h"
#include "model/code/Walk.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprConcepts.h"

using namespace clang;

namespace corolint::model {

const FunctionDecl &patternOf(const FunctionDecl &F) {
  const FunctionDecl *Pattern = F.getTemplateInstantiationPattern();
  return *(Pattern ? Pattern : &F)->getCanonicalDecl();
}

namespace {

class UseFinder : public DynamicRecursiveASTVisitor {
public:
  explicit UseFinder(const Unit &U) : U(U) {
    ShouldVisitTemplateInstantiations = true;
    ShouldVisitImplicitCode = true; // what a generic lambda is instantiated for
  }

  bool TraverseDecl(Decl *D) override {
    if (D && !isa<TranslationUnitDecl, NamespaceDecl, LinkageSpecDecl>(D) &&
        isa<TranslationUnitDecl, NamespaceDecl, LinkageSpecDecl>(D->getDeclContext()) &&
        U.isSystem(D->getLocation()))
      return true;
    const auto *F = dyn_cast_or_null<FunctionDecl>(D);
    if (!F)
      return DynamicRecursiveASTVisitor::TraverseDecl(D);
    const auto *Method = dyn_cast<CXXMethodDecl>(F);
    const bool IsLambda = Method && Method->getParent()->isLambda();
    const FunctionDecl *Before = std::exchange(In, IsLambda && In ? In : F);
    const bool Was = std::exchange(IsInstance, F->isTemplateInstantiation());
    const bool On = DynamicRecursiveASTVisitor::TraverseDecl(D);
    In = Before;
    IsInstance = Was;
    return On;
  }

  bool VisitCoroutineSuspendExpr(CoroutineSuspendExpr *E) override { return awaits(*E); }
  bool VisitDependentCoawaitExpr(DependentCoawaitExpr *E) override { return awaits(*E); }

  bool VisitCallExpr(CallExpr *E) override {
    Callees.try_emplace(E->getCallee()->IgnoreParenImpCasts(), E);
    return true;
  }

  bool VisitDeclRefExpr(DeclRefExpr *E) override { return names(*E, *E->getDecl()); }
  bool VisitMemberExpr(MemberExpr *E) override { return names(*E, *E->getMemberDecl()); }

  bool VisitOverloadExpr(OverloadExpr *E) override {
    Open.insert(E->getNameLoc());
    return true;
  }
  bool VisitCXXDependentScopeMemberExpr(CXXDependentScopeMemberExpr *E) override {
    Open.insert(E->getMemberLoc());
    return true;
  }

  bool VisitConceptSpecializationExpr(ConceptSpecializationExpr *E) override {
    give(E->getTemplateArguments());
    return true;
  }
  bool VisitVarDecl(VarDecl *V) override { return has(V->getType()); }
  bool VisitFieldDecl(FieldDecl *Field) override { return has(Field->getType()); }
  bool VisitTypedefNameDecl(TypedefNameDecl *D) override { return has(D->getUnderlyingType()); }
  bool VisitCXXConstructExpr(CXXConstructExpr *E) override { return has(E->getType()); }
  bool VisitCXXRecordDecl(CXXRecordDecl *C) override {
    if (C->isThisDeclarationADefinition())
      for (const CXXBaseSpecifier &Base : C->bases())
        has(Base.getType());
    return true;
  }

  struct Found {
    const FunctionDecl *F;
    FunctionUse Use;
    bool InInstance;
    SourceLocation Name;
  };
  std::vector<Found> All;
  /// Where a template names what only its instantiation knows.
  llvm::DenseSet<SourceLocation> Open;
  llvm::DenseSet<const Decl *> Given;

private:
  bool awaits(const Expr &E) {
    if (const auto *Call = dyn_cast_or_null<CallExpr>(bare(writtenOperand(&E))))
      Operands.insert(Call);
    return true;
  }

  bool names(const Expr &E, const ValueDecl &D) {
    const auto *F = dyn_cast<FunctionDecl>(&D);
    if (!F || U.isSystem(F->getLocation()) || !Seen.insert(&E).second)
      return true;
    const CallExpr *Call = Callees.lookup(&E);
    const FunctionUse::Kind How = !Call                     ? FunctionUse::Named
                                  : Operands.contains(Call) ? FunctionUse::Awaited
                                                            : FunctionUse::Called;
    const auto *Member = dyn_cast<MemberExpr>(&E);
    All.push_back({&patternOf(*F),
                   {How, &E, In},
                   IsInstance,
                   Member ? Member->getMemberLoc() : cast<DeclRefExpr>(E).getLocation()});
    // Of what is called, the arguments of a template are what it was deduced for.
    if (const TemplateArgumentList *Args = F->getTemplateSpecializationArgs();
        Args && !isStandard(*F))
      give(Args->asArray());
    return true;
  }

  bool has(QualType T) {
    if (T.isNull())
      return true;
    const auto *Spec = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
        T.getNonReferenceType()->getAsCXXRecordDecl());
    // What a container of the C++ library is of may be a template of somebody's.
    if (Spec && Types.insert(Spec).second) {
      if (!isStandard(*Spec))
        give(Spec->getTemplateArgs().asArray());
      else
        for (const TemplateArgument &A : Spec->getTemplateArgs().asArray())
          if (A.getKind() == TemplateArgument::Type)
            has(A.getAsType());
    }
    return true;
  }

  void give(llvm::ArrayRef<TemplateArgument> Args) {
    for (const TemplateArgument &A : Args) {
      if (A.getKind() == TemplateArgument::Pack) {
        give(A.pack_elements());
      } else if (A.getKind() == TemplateArgument::Type) {
        QualType T = A.getAsType().getNonReferenceType();
        if (const auto *Pointer = T->getAs<PointerType>())
          T = Pointer->getPointeeType();
        if (const CXXRecordDecl *C = classOf(T))
          Given.insert(familyOf(C));
        has(T);
      }
    }
  }

  const Unit &U;
  const FunctionDecl *In = nullptr;
  bool IsInstance = false;
  llvm::DenseMap<const Expr *, const CallExpr *> Callees;
  llvm::DenseSet<const CallExpr *> Operands;
  llvm::DenseSet<const Expr *> Seen;
  llvm::DenseSet<const ClassTemplateSpecializationDecl *> Types;
};

} // namespace

FunctionUses::FunctionUses(Unit &U) {
  UseFinder Finder(U);
  Finder.TraverseDecl(U.context().getTranslationUnitDecl());
  for (UseFinder::Found &Each : Finder.All) {
    if (Each.InInstance && Finder.Open.contains(Each.Name))
      Each.Use.How = FunctionUse::Required;
    Uses[Each.F].push_back(Each.Use);
  }
  Given = std::move(Finder.Given);
}

llvm::ArrayRef<FunctionUse> FunctionUses::of(const FunctionDecl &F) const {
  auto Found = Uses.find(&patternOf(F));
  return Found == Uses.end() ? llvm::ArrayRef<FunctionUse>() : llvm::ArrayRef(Found->second);
}

bool FunctionUses::isGivenToTemplate(const CXXRecordDecl &C) const {
  return Given.contains(familyOf(&C));
}

} // namespace corolint::model
