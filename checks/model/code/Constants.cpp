//===- Constants.cpp - What an expression says by itself -----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/code/Constants.h"
#include "ast/Names.h"
#include "model/Unit.h"
#include "model/code/Call.h"
#include "model/code/Walk.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Lex/Lexer.h"

using namespace clang;

namespace corolint::model {
namespace {

bool isAllZero(const APValue &V) {
  switch (V.getKind()) {
  case APValue::Int:
    return V.getInt().isZero();
  case APValue::Float:
    return V.getFloat().isZero();
  case APValue::Struct:
    for (unsigned I = 0; I != V.getStructNumFields(); ++I)
      if (!isAllZero(V.getStructField(I)))
        return false;
    return V.getStructNumFields() + V.getStructNumBases() > 0;
  case APValue::LValue:
    return V.isNullPointer();
  default:
    return false;
  }
}

} // namespace

bool isZero(const Expr *E, const ASTContext &Context) {
  if (!E || E->isValueDependent() || E->isTypeDependent())
    return false;
  if (const auto *Address = dyn_cast<UnaryOperator>(bare(E));
      Address && Address->getOpcode() == UO_AddrOf) {
    const VarDecl *V = variableIn(Address);
    return V && V->getInit() && isa<InitListExpr>(bare(V->getInit())) &&
           isZero(V->getInit(), Context);
  }
  Expr::EvalResult Result;
  if (E->getType()->isPointerType() || E->isGLValue()) {
    if (!E->isGLValue() || !E->EvaluateAsRValue(Result, Context))
      return false;
    return !Result.HasSideEffects && isAllZero(Result.Val);
  }
  return E->EvaluateAsConstantExpr(Result, Context) && !Result.HasSideEffects &&
         isAllZero(Result.Val);
}

bool mentionsIdentifier(const Expr &E, llvm::StringRef Name, const ASTContext &Context) {
  const SourceManager &SM = Context.getSourceManager();
  bool Found = false;
  walkEvaluated(&E, [&](const Stmt &S) {
    const NamedDecl *D = nullptr;
    if (const auto *Ref = dyn_cast<DeclRefExpr>(&S))
      D = Ref->getDecl();
    else if (const auto *Member = dyn_cast<MemberExpr>(&S))
      D = Member->getMemberDecl();
    if (D && D->getIdentifier() && D->getName() == Name)
      Found = true;
    if (const auto *Literal = dyn_cast<CXXBoolLiteralExpr>(&S))
      Found |= Name == (Literal->getValue() ? "true" : "false");
    // What a macro stands for, however deep; what is an argument of one was written elsewhere.
    for (SourceLocation At = S.getBeginLoc(); At.isMacroID() && !Found;) {
      if (!SM.isMacroArgExpansion(At))
        Found = Lexer::getImmediateMacroName(At, SM, Context.getLangOpts()) == Name;
      At = SM.getImmediateMacroCallerLoc(At);
    }
    return !Found;
  });
  return Found;
}

std::optional<std::string> textOf(const Expr &E, Unit &U) {
  const SourceManager &SM = U.context().getSourceManager();
  if (E.getBeginLoc().isMacroID() || E.getEndLoc().isMacroID())
    return std::nullopt;
  bool Invalid = false;
  llvm::StringRef Text = Lexer::getSourceText(CharSourceRange::getTokenRange(E.getSourceRange()),
                                              SM, U.context().getLangOpts(), &Invalid);
  return Invalid || Text.empty() ? std::nullopt : std::optional(Text.str());
}

} // namespace corolint::model
