//===- Storage.cpp - Where an awaiter has what it gives back --------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/lifetime/Storage.h"
#include "ast/Names.h"
#include "model/code/Walk.h"
#include "model/types/Protocol.h"
#include "clang/AST/DeclTemplate.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace corolint::model {
namespace {

/// How deep expressions and functions are followed.
constexpr unsigned MaxStorageDepth = 48;

bool isSame(const CXXRecordDecl *A, const CXXRecordDecl *B) {
  return A && B && A->getCanonicalDecl() == B->getCanonicalDecl();
}

/// Another name of its argument, or a part of it that lies in it: `std::move(x)`, `*optional`,
/// `std::get<0>(tuple)`.
bool givesPart(const FunctionDecl &Callee) {
  const auto *Method = dyn_cast<CXXMethodDecl>(&Callee);
  if (!Method || Method->isStatic())
    return llvm::is_contained(
        {"move", "forward", "as_const", "forward_like", "get", "move_if_noexcept"},
        simpleName(Callee));
  const llvm::StringRef Class = simpleName(*Method->getParent());
  return (Class.contains("optional") || Class.contains("Optional") || Class.contains("expected")) &&
         (Method->getOverloadedOperator() == OO_Star || simpleName(Callee) == "value" ||
          simpleName(Callee) == "_M_get");
}

/// `std::tuple<T &>`: what it gives lies elsewhere.
bool hasReferences(QualType T) {
  const auto *Spec = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
      T.getNonReferenceType()->getAsCXXRecordDecl());
  auto Refers = [](const TemplateArgument &A) {
    return A.getKind() == TemplateArgument::Type && A.getAsType()->isReferenceType();
  };
  return Spec && llvm::any_of(Spec->getTemplateArgs().asArray(), [&](const TemplateArgument &A) {
           return A.getKind() == TemplateArgument::Pack ? llvm::any_of(A.pack_elements(), Refers)
                                                        : Refers(A);
         });
}

} // namespace

Whole Storage::ofResult(const FunctionDecl &F, Whole This) {
  Activation In;
  In.This = This;
  return ofReturns(F, In);
}

Whole Storage::ofReturns(const FunctionDecl &F, const Activation &In) {
  const FunctionDecl *Definition = nullptr;
  if (!F.isDefined(Definition) || !Definition->getBody() || Definition->isDependentContext() ||
      isCoroutine(*Definition) || Depth == MaxStorageDepth)
    return Whole::Unknown;
  const bool IsPointer = F.getReturnType()->isPointerType();
  if (!IsPointer && !F.getReturnType()->isReferenceType())
    return Whole::Unknown;
  ++Depth;
  std::optional<Whole> All;
  walkEvaluated(Definition->getBody(), [&](const Stmt &S) {
    const auto *Return = dyn_cast<ReturnStmt>(&S);
    if (!Return || !Return->getRetValue())
      return true;
    const Whole Each =
        IsPointer ? ofPointee(*Return->getRetValue(), In) : ofObject(*Return->getRetValue(), In);
    All = !All || *All == Each ? Each : Whole::Unknown;
    return true;
  });
  --Depth;
  return All.value_or(Whole::Unknown);
}

/// What a pointer or reference of the awaiter leads to, by its type.
Whole Storage::byType(QualType Pointee, Whole Has) const {
  if (Has != Whole::Awaiter && Has != Whole::Operand)
    return Whole::Unknown;
  const CXXRecordDecl *C = Pointee->getAsCXXRecordDecl();
  return isSame(C, Frame) ? Whole::Frame : isSame(C, Operand) ? Whole::Operand : Whole::Unknown;
}

Whole Storage::ofField(const MemberExpr &Member, const Activation &In) {
  const Expr &Base = *Member.getBase();
  return Member.isArrow() ? ofPointee(Base, In) : ofObject(Base, In);
}

Whole Storage::ofVariable(const VarDecl &V, const Activation &In) {
  if (auto Found = In.Parameters.find(&V); Found != In.Parameters.end())
    return Found->second;
  if (isa<ParmVarDecl>(V) || V.hasGlobalStorage() || !V.getInit())
    return Whole::Unknown;
  if (V.getType()->isReferenceType())
    return ofObject(*V.getInit(), In);
  return V.getType()->isPointerType() ? ofPointee(*V.getInit(), In) : Whole::Unknown;
}

Whole Storage::ofObject(const Expr &Any, const Activation &In) {
  if (Depth == MaxStorageDepth)
    return Whole::Unknown;
  ++Depth;
  const Expr &E = *bare(&Any);
  Whole Result = Whole::Unknown;
  if (const CallExpr *Converted = conversionIn(&Any)) {
    Result = ofCall(*Converted, In); // `operator T &()` leads to something else
  } else if (const auto *Member = dyn_cast<MemberExpr>(&E)) {
    if (const auto *Field = dyn_cast<FieldDecl>(Member->getMemberDecl())) {
      Result = ofField(*Member, In);
      if (Field->getType()->isReferenceType())
        Result = byType(Field->getType().getNonReferenceType(), Result);
    }
  } else if (const auto *Ref = dyn_cast<DeclRefExpr>(&E)) {
    const auto *V = dyn_cast<VarDecl>(Ref->getDecl());
    Result = V && V->getType()->isReferenceType() ? ofVariable(*V, In) : Whole::Unknown;
  } else if (const auto *Unary = dyn_cast<UnaryOperator>(&E)) {
    Result = Unary->getOpcode() == UO_Deref ? ofPointee(*Unary->getSubExpr(), In) : Whole::Unknown;
  } else if (const auto *Cast = dyn_cast<ExplicitCastExpr>(&E)) {
    Result = E.isGLValue() ? ofObject(*Cast->getSubExpr(), In) : Whole::Unknown;
  } else if (const auto *Choice = dyn_cast<ConditionalOperator>(&E)) {
    const Whole First = ofObject(*Choice->getTrueExpr(), In);
    Result = First == ofObject(*Choice->getFalseExpr(), In) ? First : Whole::Unknown;
  } else if (const auto *Element = dyn_cast<ArraySubscriptExpr>(&E)) {
    Result = ofPointee(*Element->getBase(), In);
  } else if (const auto *Called = dyn_cast<CallExpr>(&E)) {
    Result = E.isGLValue() ? ofCall(*Called, In) : Whole::Unknown;
  }
  --Depth;
  return Result;
}

Whole Storage::ofPointee(const Expr &Any, const Activation &In) {
  if (Depth == MaxStorageDepth)
    return Whole::Unknown;
  ++Depth;
  const Expr &E = *bare(&Any);
  Whole Result = Whole::Unknown;
  if (const CallExpr *Converted = conversionIn(&Any))
    Result = ofCall(*Converted, In);
  else if (isa<CXXThisExpr>(E))
    Result = In.This;
  else if (E.getType()->isArrayType())
    Result = ofObject(E, In);
  else if (const auto *Unary = dyn_cast<UnaryOperator>(&E))
    Result = Unary->getOpcode() == UO_AddrOf ? ofObject(*Unary->getSubExpr(), In) : Whole::Unknown;
  else if (const auto *Cast = dyn_cast<ExplicitCastExpr>(&E); Cast && E.isPRValue())
    Result = ofPointee(*Cast->getSubExpr(), In);
  else if (const auto *Called = dyn_cast<CallExpr>(&E); Called && E.isPRValue())
    Result = ofCall(*Called, In); // else the pointer lies there, and leads anywhere
  else if (const auto *Ref = dyn_cast<DeclRefExpr>(&E)) {
    const auto *V = dyn_cast<VarDecl>(Ref->getDecl());
    Result = V && V->getType()->isPointerType() ? ofVariable(*V, In) : Whole::Unknown;
  } else if (const auto *Member = dyn_cast<MemberExpr>(&E);
             Member && E.getType()->isPointerType()) {
    if (isa<FieldDecl>(Member->getMemberDecl()))
      Result = byType(E.getType()->getPointeeType(), ofField(*Member, In));
  }
  --Depth;
  return Result;
}

/// Nothing of the C++ library is read.
Whole Storage::ofStandardCall(const CallExpr &Called, const FunctionDecl &Callee,
                              const Activation &In) {
  const llvm::StringRef Name = simpleName(Callee);
  if (const auto *Member = dyn_cast<CXXMemberCallExpr>(&Called)) {
    const Expr &Object = *Member->getImplicitObjectArgument();
    if (!isHandleType(Object.getType()) || Name != "promise")
      return givesPart(Callee) && !hasReferences(Object.getType()) ? ofObject(Object, In)
                                                                   : Whole::Unknown;
    // `handle.promise()`: which handle it is, its promise says.
    const CXXRecordDecl *Promise = Called.getType().getNonReferenceType()->getAsCXXRecordDecl();
    const Expr &Handle = *bare(&Object);
    const auto *Field = dyn_cast<MemberExpr>(&Handle);
    const Whole Has = Field ? ofField(*Field, In) : Whole::Awaiter;
    return isSame(Promise, Frame) && Has != Whole::Frame && Has != Whole::Unknown ? Whole::Frame
                                                                                  : Whole::Unknown;
  }
  if (Called.getNumArgs() == 0)
    return Whole::Unknown;
  const Expr &First = *Called.getArg(0);
  if (Name == "addressof" || Name == "__addressof")
    return ofObject(First, In);
  if (Name == "launder" || Name == "get_if")
    return ofPointee(First, In);
  return givesPart(Callee) && !(simpleName(Callee) == "get" && hasReferences(First.getType()))
             ? ofObject(First, In)
             : Whole::Unknown;
}

Whole Storage::ofCall(const CallExpr &Called, const Activation &In) {
  const FunctionDecl *Callee = Called.getDirectCallee();
  if (!Callee)
    return Whole::Unknown;
  if (isStandard(*Callee) || Callee->getBuiltinID() != 0)
    return ofStandardCall(Called, *Callee, In);
  Activation Inner;
  const FunctionDecl *Definition = nullptr;
  if (!Callee->isDefined(Definition))
    return Whole::Unknown;
  unsigned Skipped = 0;
  if (const auto *Member = dyn_cast<CXXMemberCallExpr>(&Called)) {
    if (const CXXMethodDecl *Method = Member->getMethodDecl(); !Method || Method->isVirtual())
      return Whole::Unknown;
    const Expr &Object = *Member->getImplicitObjectArgument();
    Inner.This = Object.getType()->isPointerType() ? ofPointee(Object, In) : ofObject(Object, In);
  } else if (const auto *Method = dyn_cast<CXXMethodDecl>(Callee);
             Method && Method->isImplicitObjectMemberFunction()) {
    Inner.This = ofObject(*Called.getArg(0), In); // an operator
    Skipped = 1;
  }
  for (auto [I, P] : llvm::enumerate(Definition->parameters())) {
    if (I + Skipped >= Called.getNumArgs())
      break;
    const Expr &Given = *Called.getArg(I + Skipped);
    if (P->getType()->isReferenceType())
      Inner.Parameters[P] = ofObject(Given, In);
    else if (P->getType()->isPointerType())
      Inner.Parameters[P] = ofPointee(Given, In);
  }
  return ofReturns(*Callee, Inner);
}

} // namespace corolint::model
