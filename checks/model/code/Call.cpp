//===- Call.cpp - One call, however it is written ---------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/code/Call.h"
#include "ast/Names.h"
#include "knowledge/Knowledge.h"
#include "knowledge/Words.h"
#include "model/Unit.h"
#include "model/code/Walk.h"
#include "clang/AST/Attr.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Basic/Builtins.h"
#include "llvm/ADT/DenseSet.h"

using namespace clang;

namespace corolint::model {

const CXXRecordDecl *Call::objectClass() const {
  if (!Object) {
    if (const auto *Method = llvm::dyn_cast_or_null<CXXMethodDecl>(Callee))
      return Method->getParent();
    return nullptr;
  }
  // Not the base that it is converted to: `std::future::wait` is declared in a base of std::future.
  const Expr *E = Object->IgnoreParenImpCasts();
  // `out << a << b` is about `out`.
  while (const auto *Shift = dyn_cast<CXXOperatorCallExpr>(E)) {
    if (Shift->getNumArgs() != 2 ||
        (Shift->getOperator() != OO_LessLess && Shift->getOperator() != OO_GreaterGreater))
      break;
    E = Shift->getArg(0)->IgnoreParenImpCasts();
  }
  QualType T = E->getType();
  if (const auto *Pointer = T->getAs<PointerType>())
    T = Pointer->getPointeeType();
  return T.getNonReferenceType()->getAsCXXRecordDecl();
}

llvm::SmallVector<const FunctionDecl *, 2> Call::targets(Unit &U) const {
  const auto *Method = dyn_cast<CXXMethodDecl>(Callee);
  if (!Method || !Method->isVirtual() || !Object)
    return {Callee};
  if (const auto *Member = dyn_cast_or_null<CXXMemberCallExpr>(Written))
    if (const auto *Name = dyn_cast<MemberExpr>(Member->getCallee()->IgnoreParens());
        Name && Name->hasQualifier())
      return {Callee}; // Base::f() is no dynamic call
  const Expr *Named = bare(Object);
  if (const CXXMethodDecl *Final = Method->getDevirtualizedMethod(Named, /*IsAppleKext=*/false))
    return {Final};
  llvm::SmallVector<const FunctionDecl *, 2> Result;
  if (!Method->isPureVirtual())
    Result.push_back(Method);
  const CXXRecordDecl *Static = objectClass();
  for (const CXXMethodDecl *Override : U.overridersOf(*Method))
    if (!Static || Override->getParent() == Static || Override->getParent()->isDerivedFrom(Static))
      Result.push_back(Override);
  if (Result.empty())
    Result.push_back(Method);
  return Result;
}

bool isOtherName(const CallExpr &Called) {
  const FunctionDecl *Callee = Called.getDirectCallee();
  if (!Callee || Called.getNumArgs() != 1)
    return false;
  switch (Callee->getBuiltinID()) {
  case Builtin::BImove:
  case Builtin::BIforward:
  case Builtin::BIas_const:
  case Builtin::BImove_if_noexcept:
    return true;
  default:
    return isStandard(*Callee) && Callee->getIdentifier() &&
           llvm::is_contained({"move", "forward", "as_const", "forward_like"}, Callee->getName());
  }
}

const VarDecl *variableIn(const Expr *E) {
  while (E) {
    E = bare(E);
    if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
      return dyn_cast<VarDecl>(Ref->getDecl());
    if (const auto *Unary = dyn_cast<UnaryOperator>(E);
        Unary && (Unary->getOpcode() == UO_AddrOf || Unary->getOpcode() == UO_Deref))
      E = Unary->getSubExpr();
    else if (const auto *Call = dyn_cast<CallExpr>(E); Call && isOtherName(*Call))
      E = Call->getArg(0);
    else if (const auto *Cast = dyn_cast<CXXStaticCastExpr>(E); Cast && Cast->isXValue())
      E = Cast->getSubExpr(); // `static_cast<T &&>(x)`
    else
      return nullptr;
  }
  return nullptr;
}

const ValueDecl *objectIn(const Expr *E) {
  for (E = bare(E); E;) {
    if (const VarDecl *V = variableIn(E))
      return V;
    if (const auto *Member = dyn_cast<MemberExpr>(E))
      return isa<CXXThisExpr>(bare(Member->getBase())) ? Member->getMemberDecl() : nullptr;
    const auto *Operator = dyn_cast<CXXOperatorCallExpr>(E);
    if (const auto *Unary = dyn_cast<UnaryOperator>(E);
        Unary && (Unary->getOpcode() == UO_AddrOf || Unary->getOpcode() == UO_Deref))
      E = bare(Unary->getSubExpr());
    else if (Operator && (Operator->getOperator() == OO_Arrow ||
                          (Operator->getOperator() == OO_Star && Operator->getNumArgs() == 1)))
      E = bare(Operator->getArg(0));
    else
      return nullptr;
  }
  return nullptr;
}

const FunctionDecl *bodyOfLambda(const LambdaExpr &Lambda) {
  const CXXMethodDecl *Operator = Lambda.getCallOperator();
  // A generic lambda that only system code calls may have no instantiation that was parsed.
  if (const FunctionTemplateDecl *Generic = Operator->getDescribedFunctionTemplate())
    for (const FunctionDecl *Spec : Generic->specializations())
      if (Spec->getBody())
        return Spec;
  return Operator;
}

bool allowsBlocking(const Stmt &S) {
  auto Allows = [](const Attr *A) {
    const auto *Annotation = dyn_cast<AnnotateAttr>(A);
    return Annotation && Annotation->getAnnotation() == "corolint::allow-blocking";
  };
  if (const auto *Attributed = dyn_cast<AttributedStmt>(&S))
    return llvm::any_of(Attributed->getAttrs(), Allows);
  if (const auto *Declares = dyn_cast<DeclStmt>(&S))
    return llvm::any_of(Declares->decls(),
                        [&](const Decl *D) { return llvm::any_of(D->attrs(), Allows); });
  return false;
}

const FunctionDecl *bodyOfCallable(const Expr *E) {
  E = bare(E);
  if (const VarDecl *V = variableIn(E);
      V && V->isLocalVarDecl() && V->getInit() && !isa<LambdaExpr>(E))
    if (isa<LambdaExpr>(bare(V->getInit())))
      E = bare(V->getInit());
  if (const auto *Lambda = dyn_cast<LambdaExpr>(E))
    return bodyOfLambda(*Lambda);
  if (const auto *Unary = dyn_cast<UnaryOperator>(E); Unary && Unary->getOpcode() == UO_AddrOf)
    E = bare(Unary->getSubExpr());
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
    return dyn_cast<FunctionDecl>(Ref->getDecl());
  return nullptr;
}

std::optional<Call> callOf(const CallExpr &E) {
  const FunctionDecl *Callee = E.getDirectCallee();
  if (!Callee)
    return std::nullopt;
  Call C;
  C.Written = &E;
  C.Callee = Callee;
  // Through the base: of an operator call, CallExpr::getBeginLoc gives the operator.
  C.At = static_cast<const Stmt &>(E).getBeginLoc();
  auto Args = llvm::ArrayRef(E.getArgs(), E.getNumArgs());
  if (const auto *Member = dyn_cast<CXXMemberCallExpr>(&E)) {
    C.Object = Member->getImplicitObjectArgument();
    C.At = Member->getExprLoc();
  } else if (isa<CXXOperatorCallExpr>(E) && isa<CXXMethodDecl>(Callee) && !Args.empty()) {
    if (!cast<CXXMethodDecl>(Callee)->isStatic())
      C.Object = Args.front();
    Args = Args.drop_front();
  }
  C.Args.assign(Args.begin(), Args.end());
  return C;
}

Call callOf(const CXXConstructExpr &E) {
  Call C;
  C.Written = &E;
  C.Callee = E.getConstructor();
  C.At = E.getBeginLoc();
  C.Args.assign(E.arg_begin(), E.arg_end());
  return C;
}

namespace {

using Callables = llvm::SmallVector<std::pair<const FunctionDecl *, int>, 2>;

void addCallables(const Expr *E, int Index, Unit &U, unsigned Depth, Callables &Into) {
  if (const FunctionDecl *Body = bodyOfCallable(E)) {
    Into.push_back({Body, Index});
    return;
  }
  if (Depth == 4)
    return;
  E = bare(E);
  if (const VarDecl *V = variableIn(E); V && V->isLocalVarDecl() && V->getInit())
    E = bare(V->getInit());
  if (const auto *Made = dyn_cast<CXXConstructExpr>(E); Made && Made->getNumArgs() == 1)
    return addCallables(Made->getArg(0), Index, U, Depth + 1, Into); // a std::function of it
  const auto *Written = dyn_cast<CallExpr>(E);
  std::optional<Call> Site = Written ? callOf(*Written) : std::nullopt;
  if (!Site)
    return;
  for (const Entry *Known : U.knowledge().of(*Site->Callee, Site->objectClass()))
    if (Known->What == Role::Wraps)
      for (auto [Inner, Arg] : llvm::enumerate(Site->Args))
        if (Known->Args.empty() || llvm::is_contained(Known->Args, static_cast<int>(Inner)))
          addCallables(Arg, Index, U, Depth + 1, Into);
}

} // namespace

llvm::SmallVector<std::pair<const FunctionDecl *, int>, 2> Call::callables(Unit &U) const {
  Callables Result;
  for (auto [Index, Arg] : llvm::enumerate(Args))
    addCallables(Arg, static_cast<int>(Index), U, 0, Result);
  return Result;
}

const Expr *argument(const Call &Site, int Arg) {
  if (Arg == Condition::Object)
    return Site.Object;
  if (Arg < 0 || static_cast<size_t>(Arg) >= Site.Args.size())
    return nullptr;
  const Expr *E = Site.Args[Arg];
  if (const auto *Default = dyn_cast<CXXDefaultArgExpr>(E))
    return Default->getExpr();
  return E;
}

} // namespace corolint::model
