//===- ObjectPath.cpp - Which object an expression names -------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/code/ObjectPath.h"
#include "ast/Names.h"
#include "model/code/Walk.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace corolint::model {
namespace {

/// How many names and accessors are looked through: a chain of them may lead back to itself.
constexpr unsigned MaxPathDepth = 8;

bool leadsOn(const CXXRecordDecl &C) {
  if (!C.hasDefinition())
    return false;
  const DeclarationName Arrow = C.getASTContext().DeclarationNames.getCXXOperatorName(OO_Arrow);
  if (!C.lookup(Arrow).empty())
    return true;
  return llvm::any_of(C.bases(), [](const CXXBaseSpecifier &Base) { // as that of std::shared_ptr
    const CXXRecordDecl *B = Base.getType()->getAsCXXRecordDecl();
    return B && leadsOn(*B);
  });
}

/// A local that is another name for what it is made of, as a reference is, or a pointer to it.
bool isAlias(const VarDecl &V) {
  if (!V.getInit() || isa<ParmVarDecl>(V) || isa<DecompositionDecl>(V) || !V.hasLocalStorage())
    return false;
  const QualType T = V.getType();
  const CXXRecordDecl *C = T->getAsCXXRecordDecl();
  return T->isReferenceType() || T->isPointerType() || (C && leadsOn(*C));
}

ObjectPath place(const Expr *E, unsigned Depth);

/// What an accessor names, as its caller sees it.
ObjectPath throughAccessor(const CallExpr &Called, unsigned Depth) {
  const FunctionDecl *Callee = definitionCalledBy(Called);
  const Expr *Returned = returnedBy(Callee);
  if (!Returned)
    return {};
  ObjectPath Inner = place(Returned, Depth);
  const Expr *Outer = nullptr;
  if (Inner.From == ObjectPath::This) {
    if (const auto *Member = dyn_cast<CXXMemberCallExpr>(&Called))
      Outer = Member->getImplicitObjectArgument();
    else if (isa<CXXOperatorCallExpr>(Called) && isa<CXXMethodDecl>(Callee))
      Outer = Called.getArg(0);
  } else if (const auto *P = dyn_cast_or_null<ParmVarDecl>(Inner.Root)) {
    const unsigned Offset = isa<CXXOperatorCallExpr>(Called) && isa<CXXMethodDecl>(Callee);
    if (const unsigned I = P->getFunctionScopeIndex() + Offset; I < Called.getNumArgs())
      Outer = Called.getArg(I);
  } else if (Inner.Root && Inner.Root->hasGlobalStorage()) {
    return Inner;
  }
  ObjectPath Result = Outer ? place(Outer, Depth) : ObjectPath();
  Result.Members.append(Inner.Members);
  return Result;
}

ObjectPath place(const Expr *E, unsigned Depth) {
  if (Depth == 0)
    return {};
  E = bare(E);
  if (const auto *Cast = dyn_cast<ExplicitCastExpr>(E))
    return place(Cast->getSubExpr(), Depth);
  if (isa<CXXThisExpr>(E))
    return {ObjectPath::This, nullptr, {}};
  if (const auto *Unary = dyn_cast<UnaryOperator>(E))
    return Unary->getOpcode() == UO_AddrOf || Unary->getOpcode() == UO_Deref
               ? place(Unary->getSubExpr(), Depth)
               : ObjectPath();
  if (const auto *Member = dyn_cast<MemberExpr>(E)) {
    if (const auto *Static = dyn_cast<VarDecl>(Member->getMemberDecl()))
      return {ObjectPath::Variable, Static->getCanonicalDecl(), {}};
    ObjectPath Result = place(Member->getBase(), Depth);
    Result.Members.push_back(Member->getMemberDecl());
    return Result;
  }
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
    const auto *V = dyn_cast<VarDecl>(Ref->getDecl());
    if (!V)
      return {};
    if (isAlias(*V))
      if (ObjectPath Of = place(V->getInit(), Depth - 1); Of.From != ObjectPath::Somewhere)
        return Of;
    return {ObjectPath::Variable, V->getCanonicalDecl(), {}};
  }
  if (const auto *Built = dyn_cast<CXXConstructExpr>(E)) // a copy of a smart pointer
    return Built->getNumArgs() == 1 && leadsOn(*Built->getConstructor()->getParent())
               ? place(Built->getArg(0), Depth)
               : ObjectPath();
  if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(E))
    if (Operator->getNumArgs() == 1 &&
        (Operator->getOperator() == OO_Arrow || Operator->getOperator() == OO_Star))
      return place(Operator->getArg(0), Depth);
  const auto *Called = dyn_cast<CallExpr>(E);
  const FunctionDecl *Callee = Called ? Called->getDirectCallee() : nullptr;
  if (!Callee)
    return {};
  const llvm::StringRef Name = Callee->getIdentifier() ? Callee->getName() : "";
  if (const auto *Member = dyn_cast<CXXMemberCallExpr>(Called)) {
    if (Name == "shared_from_this")
      return {ObjectPath::This, nullptr, {}};
    if (const CXXRecordDecl *C = Member->getRecordDecl();
        C && ((Name == "get" && leadsOn(*C)) ||
              (Name == "lock" && C->isInStdNamespace() && C->getName() == "weak_ptr")))
      return place(Member->getImplicitObjectArgument(), Depth);
  }
  if (isStandard(*Callee))
    return Called->getNumArgs() == 1 &&
                   llvm::is_contained({"move", "forward", "as_const", "ref", "cref", "addressof"},
                                      Name)
               ? place(Called->getArg(0), Depth)
               : ObjectPath();
  return throughAccessor(*Called, Depth - 1);
}

/// \p Whole begins as \p Prefix does: what is left of the way.
bool stripPrefix(const ObjectPath &Prefix, const ObjectPath &Whole, ObjectPath &Rest) {
  if (Prefix.From == ObjectPath::Somewhere || Prefix.From != Whole.From ||
      Prefix.Root != Whole.Root || Prefix.Members.size() > Whole.Members.size() ||
      !std::equal(Prefix.Members.begin(), Prefix.Members.end(), Whole.Members.begin()))
    return false;
  Rest.Members.assign(Whole.Members.begin() + Prefix.Members.size(), Whole.Members.end());
  return true;
}

} // namespace

QualType leadsTo(QualType T) {
  if (T->isReferenceType())
    return T->getPointeeType()->isPointerType() ? leadsTo(T->getPointeeType())
                                                : T->getPointeeType();
  if (T->isPointerType())
    return T->getPointeeType();
  const auto *C = dyn_cast_or_null<ClassTemplateSpecializationDecl>(T->getAsCXXRecordDecl());
  if (!C || !(leadsOn(*C) || plainName(*C) == "std::weak_ptr") ||
      C->getTemplateArgs().size() == 0 ||
      C->getTemplateArgs()[0].getKind() != TemplateArgument::Type)
    return QualType();
  return C->getTemplateArgs()[0].getAsType();
}

ObjectPath pathOf(const Expr &E) {
  return place(&E, MaxPathDepth);
}

const FunctionDecl *definitionCalledBy(const CallExpr &Called) {
  const FunctionDecl *Callee = Called.getDirectCallee();
  const FunctionDecl *Definition = nullptr;
  if (!Callee || !Callee->hasBody(Definition) || isStandard(*Definition))
    return nullptr;
  const auto *Method = dyn_cast<CXXMethodDecl>(Callee);
  const auto *Member = dyn_cast<CXXMemberCallExpr>(&Called);
  if (!Method || !Member || !Method->isVirtual())
    return Definition;
  const auto *Name = dyn_cast<MemberExpr>(Member->getCallee()->IgnoreParens());
  // `this->f()` is what stands here, as a rule; `other->f()` is whatever it is.
  return (Name && Name->hasQualifier()) || Method->hasAttr<FinalAttr>() ||
                 Method->getParent()->hasAttr<FinalAttr>() ||
                 isa<CXXThisExpr>(Member->getImplicitObjectArgument()->IgnoreParenImpCasts())
             ? Definition
             : nullptr;
}

const Expr *returnedBy(const FunctionDecl *F) {
  const auto *Body = F ? dyn_cast_or_null<CompoundStmt>(F->getBody()) : nullptr;
  if (!Body || Body->body_empty() || Body->size() > 2)
    return nullptr;
  // `static registry only; return only;`
  const auto *Declares = dyn_cast<DeclStmt>(Body->body_front());
  if (Body->size() == 2 && (!Declares || !llvm::all_of(Declares->decls(), [](const Decl *D) {
        const auto *V = dyn_cast<VarDecl>(D);
        return V && V->isStaticLocal();
      })))
    return nullptr;
  const auto *Return = dyn_cast<ReturnStmt>(Body->body_back());
  return Return ? Return->getRetValue() : nullptr;
}

llvm::SmallVector<ObjectPath, 1> asSeenBy(const ObjectPath &P, const CallExpr &Called,
                                          const FunctionDecl &Callee) {
  llvm::SmallVector<ObjectPath, 1> Result;
  if (P.From == ObjectPath::Variable && P.Root->hasGlobalStorage()) {
    Result.push_back(P);
    return Result;
  }
  const auto *Method = dyn_cast<CXXMethodDecl>(&Callee);
  const bool IsOperator = isa<CXXOperatorCallExpr>(Called) && Method && !Method->isStatic();
  const Expr *Object = IsOperator ? Called.getArg(0) : nullptr;
  if (const auto *Member = dyn_cast<CXXMemberCallExpr>(&Called))
    Object = Member->getImplicitObjectArgument();
  if (Method && Method->getParent()->isLambda()) {
    Result.push_back(P); // it sees what is around it
    if (Called.getDirectCallee() != Method)
      return Result; // it is among what is given to the one that calls it
  } else if (Object) {
    ObjectPath Inner{ObjectPath::This, nullptr, {}};
    if (stripPrefix(pathOf(*Object), P, Inner))
      Result.push_back(Inner);
  }
  for (unsigned I = IsOperator, E = Called.getNumArgs(); I < E; ++I) {
    const unsigned Index = I - IsOperator;
    if (Index >= Callee.getNumParams())
      break;
    const ParmVarDecl *Param = Callee.getParamDecl(Index);
    const QualType T = Param->getType();
    const CXXRecordDecl *C = T->getAsCXXRecordDecl();
    // A copy is another object, unless it is a copy of a pointer.
    if (!T->isReferenceType() && !T->isPointerType() && !(C && leadsOn(*C)) &&
        !(C && C->isInStdNamespace() && C->getName() == "reference_wrapper"))
      continue;
    ObjectPath Inner{ObjectPath::Variable, Param, {}};
    if (stripPrefix(pathOf(*Called.getArg(I)), P, Inner))
      Result.push_back(Inner);
  }
  return Result;
}

} // namespace corolint::model
