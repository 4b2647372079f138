//===- ThreadLocal.cpp - What leads into the storage of a thread ------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/state/ThreadLocal.h"
#include "ast/Names.h"
#include "knowledge/Knowledge.h"
#include "model/Unit.h"
#include "model/code/Walk.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace corolint::model {
namespace {

/// Functions that return what others return: a longer chain is nobody's code.
constexpr unsigned Deepest = 8;

class Search {
public:
  explicit Search(Unit &U) : U(U) {}

  /// The thread_local that the glvalue \p E is a part of.
  ThreadLocal of(const Expr *E, unsigned Depth) {
    E = strip(E);
    if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
      return ofDecl(Ref->getDecl(), Depth);
    if (const auto *Member = dyn_cast<MemberExpr>(E)) {
      if (const auto *Static = dyn_cast<VarDecl>(Member->getMemberDecl()))
        return ofDecl(Static, Depth);
      if (Member->getMemberDecl()->getType()->isReferenceType())
        return {};
      return Member->isArrow() ? pointed(Member->getBase(), Depth) : of(Member->getBase(), Depth);
    }
    if (const auto *Element = dyn_cast<ArraySubscriptExpr>(E))
      return pointed(Element->getBase(), Depth);
    if (const auto *Unary = dyn_cast<UnaryOperator>(E))
      return Unary->getOpcode() == UO_Deref ? pointed(Unary->getSubExpr(), Depth) : ThreadLocal();
    if (const auto *Either = dyn_cast<AbstractConditionalOperator>(E)) {
      ThreadLocal First = of(Either->getTrueExpr(), Depth);
      return First.Variable ? First : of(Either->getFalseExpr(), Depth);
    }
    if (const auto *Cast = dyn_cast<ExplicitCastExpr>(E))
      return of(Cast->getSubExpr(), Depth);
    if (const auto *Call = dyn_cast<CallExpr>(E)) {
      if (const Expr *Owner = ownerIn(*Call))
        return of(Owner, Depth);
      return returned(*Call, Depth);
    }
    return {};
  }

  /// The one that the pointer \p E points into.
  ThreadLocal pointed(const Expr *E, unsigned Depth) {
    E = stripValue(E);
    if (const auto *Cast = dyn_cast<ImplicitCastExpr>(E)) {
      if (Cast->getCastKind() == CK_ArrayToPointerDecay)
        return of(Cast->getSubExpr(), Depth);
      if (Cast->getCastKind() != CK_LValueToRValue)
        return {};
      // A local pointer that was made of an address is that address.
      const auto *Ref = dyn_cast<DeclRefExpr>(strip(Cast->getSubExpr()));
      const auto *V = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
      return V && V->hasLocalStorage() && V->getInit() && V->getType()->isPointerType() &&
                     Depth != Deepest
                 ? pointed(V->getInit(), Depth + 1)
                 : ThreadLocal();
    }
    if (const auto *Unary = dyn_cast<UnaryOperator>(E))
      return Unary->getOpcode() == UO_AddrOf ? of(Unary->getSubExpr(), Depth) : ThreadLocal();
    if (const auto *Either = dyn_cast<AbstractConditionalOperator>(E)) {
      ThreadLocal First = pointed(Either->getTrueExpr(), Depth);
      return First.Variable ? First : pointed(Either->getFalseExpr(), Depth);
    }
    if (const auto *Cast = dyn_cast<ExplicitCastExpr>(E))
      return pointed(Cast->getSubExpr(), Depth);
    if (const auto *Call = dyn_cast<CallExpr>(E)) {
      const FunctionDecl *Callee = Call->getDirectCallee();
      if (Callee && Callee->isInStdNamespace() && simpleName(*Callee) == "addressof" &&
          Call->getNumArgs() == 1)
        return of(Call->getArg(0), Depth);
      if (const Expr *Owner = ownerIn(*Call))
        return of(Owner, Depth);
      return returned(*Call, Depth);
    }
    return {};
  }

private:
  static const Expr *strip(const Expr *E) {
    while (true) {
      const Expr *Inner = nullptr;
      if (const auto *Full = dyn_cast<FullExpr>(E))
        Inner = Full->getSubExpr();
      else if (const auto *Paren = dyn_cast<ParenExpr>(E))
        Inner = Paren->getSubExpr();
      else if (const auto *Cast = dyn_cast<ImplicitCastExpr>(E);
               Cast && Cast->getCastKind() != CK_LValueToRValue)
        Inner = Cast->getSubExpr();
      if (!Inner)
        return E;
      E = Inner;
    }
  }

  /// Likewise, but for the casts that read a pointer or make one of an array.
  static const Expr *stripValue(const Expr *E) {
    while (true) {
      const Expr *Inner = nullptr;
      if (const auto *Full = dyn_cast<FullExpr>(E))
        Inner = Full->getSubExpr();
      else if (const auto *Paren = dyn_cast<ParenExpr>(E))
        Inner = Paren->getSubExpr();
      else if (const auto *Cast = dyn_cast<ImplicitCastExpr>(E);
               Cast && Cast->getCastKind() != CK_LValueToRValue &&
               Cast->getCastKind() != CK_ArrayToPointerDecay)
        Inner = Cast->getSubExpr();
      if (!Inner)
        return E;
      E = Inner;
    }
  }

  ThreadLocal ofDecl(const ValueDecl *D, unsigned Depth) {
    const auto *V = dyn_cast<VarDecl>(D);
    if (!V)
      return {};
    if (V->getTLSKind() != VarDecl::TLS_None)
      return V->getType()->isReferenceType() ? ThreadLocal() : ThreadLocal{V, nullptr};
    if (V->hasLocalStorage() && V->getType()->isReferenceType() && V->getInit() && Depth != Deepest)
      return of(V->getInit(), Depth + 1);
    return {};
  }

  /// The smart pointer or optional whose content the call gives: `*own`, `own->`, `own.get()`.
  static const Expr *ownerIn(const CallExpr &E) {
    const Expr *Object = nullptr;
    if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(&E)) {
      if (Operator->getOperator() == OO_Arrow || Operator->getOperator() == OO_Subscript ||
          (Operator->getOperator() == OO_Star && Operator->getNumArgs() == 1))
        Object = Operator->getArg(0);
    } else if (const auto *Member = dyn_cast<CXXMemberCallExpr>(&E)) {
      const CXXMethodDecl *M = Member->getMethodDecl();
      const llvm::StringRef Name = M ? simpleName(*M) : "";
      if (Name == "get" || Name == "value" || Name == "data" || Name == "front" || Name == "back" ||
          Name == "at")
        Object = Member->getImplicitObjectArgument();
    }
    if (!Object)
      return nullptr;
    // Not a shared one: others own it as well, and it may well outlive the thread.
    const CXXRecordDecl *C = Object->IgnoreParenImpCasts()->getType()->getAsCXXRecordDecl();
    const llvm::StringRef Class = C && C->isInStdNamespace() ? simpleName(*C) : "";
    return !Class.empty() && Class != "shared_ptr" && Class != "weak_ptr" &&
                   Class != "reference_wrapper" && !Class.contains("iterator") && Class != "span" &&
                   !Class.contains("view")
               ? Object
               : nullptr;
  }

  ThreadLocal returned(const CallExpr &E, unsigned Depth) {
    const FunctionDecl *Callee = E.getDirectCallee(), *Body = nullptr;
    if (!Callee || Depth == Deepest || !Callee->hasBody(Body) || isCoroutine(*Body) ||
        Body->isDependentContext() || U.isSystem(Body->getLocation()) ||
        !U.knowledge().libraryOf(*Body).empty())
      return {};
    const bool IsPointer = Body->getReturnType()->isPointerType();
    if (!IsPointer && !Body->getReturnType()->isReferenceType())
      return {};
    if (const auto *Method = dyn_cast<CXXMethodDecl>(Callee);
        Method && Method->isVirtual() && !U.overridersOf(*Method).empty())
      return {};
    ThreadLocal Found;
    walkEvaluated(writtenBody(*Body), [&](const Stmt &S) {
      const auto *Return = dyn_cast<ReturnStmt>(&S);
      if (const Expr *Value = Return ? Return->getRetValue() : nullptr; Value && !Found.Variable)
        Found = IsPointer ? pointed(Value, Depth + 1) : of(Value, Depth + 1);
      return !Found.Variable;
    });
    if (Found.Variable)
      Found.From = Callee;
    return Found;
  }

  Unit &U;
};

} // namespace

ThreadLocal threadLocalIn(const Expr &E, Unit &U) {
  Search In(U);
  return E.getType()->isPointerType() && E.isPRValue() ? In.pointed(&E, 0) : In.of(&E, 0);
}

} // namespace corolint::model
