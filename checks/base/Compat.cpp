//===- Compat.cpp - What LLVM 19 lacks of LLVM 22 -------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "base/Compat.h"

#if LLVM_VERSION_MAJOR < 22

#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/AST/TypeLoc.h"
#include "clang/Basic/CharInfo.h"

namespace corolint {

UnusedResult unusedResult(const clang::CallExpr &Call, const clang::ASTContext &Context) {
  const clang::QualType Returned = Call.getCallReturnType(Context);
  auto Said = [](const clang::Decl &D) { return D.getAttr<clang::WarnUnusedResultAttr>(); };
  if (const clang::TagDecl *Class = Returned->getAsTagDecl())
    if (const auto *Attr = Said(*Class))
      return {Class, Attr};
  for (const auto *Alias = Returned->getAs<clang::TypedefType>(); Alias;
       Alias = Alias->desugar()->getAs<clang::TypedefType>())
    if (const auto *Attr = Said(*Alias->getDecl()))
      return {Alias->getDecl(), Attr};
  const clang::Decl *Callee = Call.getCalleeDecl();
  return {nullptr, Callee ? Said(*Callee) : nullptr};
}

} // namespace corolint

namespace clang {
namespace {

class Visitor : public RecursiveASTVisitor<Visitor> {
public:
  explicit Visitor(DynamicRecursiveASTVisitor &To) : To(To) {}

  bool shouldVisitTemplateInstantiations() const { return To.ShouldVisitTemplateInstantiations; }
  bool shouldVisitImplicitCode() const { return To.ShouldVisitImplicitCode; }
  bool TraverseDecl(Decl *D) { return To.TraverseDecl(D); }
  bool TraverseStmt(Stmt *S) { return To.TraverseStmt(S); }
#define DECL(CLASS, BASE)                                                                          \
  bool Visit##CLASS##Decl(CLASS##Decl *D) { return To.Visit##CLASS##Decl(D); }
#include "clang/AST/DeclNodes.inc"
#define STMT(CLASS, PARENT)                                                                        \
  bool Visit##CLASS(CLASS *S) { return To.Visit##CLASS(S); }
#include "clang/AST/StmtNodes.inc"

private:
  DynamicRecursiveASTVisitor &To;
};

} // namespace

DynamicRecursiveASTVisitor::~DynamicRecursiveASTVisitor() = default;

bool DynamicRecursiveASTVisitor::TraverseDecl(Decl *D) {
  return Visitor(*this).RecursiveASTVisitor<Visitor>::TraverseDecl(D);
}

bool DynamicRecursiveASTVisitor::TraverseStmt(Stmt *S) {
  return Visitor(*this).RecursiveASTVisitor<Visitor>::TraverseStmt(S);
}

namespace lifetimes {

template <typename A> static bool has(const CXXRecordDecl *C) {
  if (const auto *Special = dyn_cast_or_null<ClassTemplateSpecializationDecl>(C))
    C = Special->getSpecializedTemplate()->getTemplatedDecl();
  return C && C->hasAttr<A>();
}

bool isGslPointerType(QualType T) {
  return has<PointerAttr>(T->getAsCXXRecordDecl());
}

/// Iterators of some libraries are in a namespace of the implementation: `__gnu_cxx`.
bool isInStlNamespace(const Decl *D) {
  const DeclContext *In = D->getDeclContext();
  const auto *Namespace = dyn_cast_or_null<NamespaceDecl>(In);
  if (const IdentifierInfo *Id = Namespace ? Namespace->getIdentifier() : nullptr)
    if (StringRef Name = Id->getName();
        Name.size() >= 2 && Name[0] == '_' && (Name[1] == '_' || isUppercase(Name[1])))
      return true;
  return In && In->isStdNamespace();
}

const FunctionDecl *getDeclWithMergedLifetimeBoundAttrs(const FunctionDecl *F) {
  return F ? F->getMostRecentDecl() : nullptr;
}

bool isNormalAssignmentOperator(const FunctionDecl *F) {
  const OverloadedOperatorKind Kind = F->getDeclName().getCXXOverloadedOperator();
  if (Kind != OO_Equal && !isCompoundAssignmentOperator(Kind))
    return false;
  ASTContext &Context = F->getASTContext();
  const auto *Method = dyn_cast<CXXMethodDecl>(F);
  const QualType Left =
      Method && Method->isInstance()
          ? Context.getLValueReferenceType(Method->getFunctionObjectParameterType())
          : F->getParamDecl(0)->getType();
  return F->getReturnType()->isLValueReferenceType() &&
         Context.hasSameType(F->getReturnType(), Left);
}

bool implicitObjectParamIsLifetimeBound(const FunctionDecl *F) {
  F = getDeclWithMergedLifetimeBoundAttrs(F);
  const TypeSourceInfo *Written = F->getTypeSourceInfo();
  if (!Written)
    return false;
  AttributedTypeLoc Attributed;
  for (TypeLoc At = Written->getTypeLoc(); (Attributed = At.getAsAdjusted<AttributedTypeLoc>());
       At = Attributed.getModifiedLoc())
    if (Attributed.getAttrAs<LifetimeBoundAttr>())
      return true;
  return isNormalAssignmentOperator(F);
}

static bool isPointerLike(QualType T) {
  return isGslPointerType(T) || T->isPointerType() || T->isNullPtrType();
}

bool shouldTrackImplicitObjectArg(const CXXMethodDecl *Callee) {
  const CXXRecordDecl *Class = Callee->getParent();
  if (const auto *Conversion = dyn_cast<CXXConversionDecl>(Callee))
    if (isGslPointerType(Conversion->getConversionType()) && has<OwnerAttr>(Class))
      return true;
  if (!isInStlNamespace(Class) || (!has<PointerAttr>(Class) && !has<OwnerAttr>(Class)))
    return false;
  const bool IsNamed = Callee->getIdentifier() != nullptr;
  if (isPointerLike(Callee->getReturnType()))
    return IsNamed && corolint::StringSwitch<bool>(Callee->getName())
                          .Cases({"begin", "rbegin", "cbegin", "crbegin"}, true)
                          .Cases({"end", "rend", "cend", "crend"}, true)
                          .Cases({"c_str", "data", "get"}, true)
                          .Cases({"find", "equal_range", "lower_bound", "upper_bound"}, true)
                          .Default(false);
  if (!Callee->getReturnType()->isReferenceType())
    return false;
  if (IsNamed)
    return corolint::StringSwitch<bool>(Callee->getName())
        .Cases({"front", "back", "at", "top", "value"}, true)
        .Default(false);
  const OverloadedOperatorKind Kind = Callee->getOverloadedOperator();
  return has<OwnerAttr>(Class) && (Kind == OO_Subscript || Kind == OO_Star);
}

bool shouldTrackFirstArgument(const FunctionDecl *F) {
  if (!F->getIdentifier() || F->getNumParams() != 1 || !F->isInStdNamespace())
    return false;
  const CXXRecordDecl *Class = F->getParamDecl(0)->getType()->getPointeeCXXRecordDecl();
  if (!Class || !Class->isInStdNamespace() || (!has<PointerAttr>(Class) && !has<OwnerAttr>(Class)))
    return false;
  if (F->getReturnType()->isPointerType() || isGslPointerType(F->getReturnType()))
    return corolint::StringSwitch<bool>(F->getName())
        .Cases({"begin", "rbegin", "cbegin", "crbegin"}, true)
        .Cases({"end", "rend", "cend", "crend", "data"}, true)
        .Default(false);
  return F->getReturnType()->isReferenceType() &&
         corolint::StringSwitch<bool>(F->getName()).Cases({"get", "any_cast"}, true).Default(false);
}

} // namespace lifetimes
} // namespace clang

#endif
