//===- LifetimeFix.cpp - Letting a task keep what it needs -----------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/fix/LifetimeFix.h"
#include "ast/Names.h"
#include "model/Unit.h"
#include "model/code/Walk.h"
#include "model/types/Protocol.h"
#include "model/types/TaskType.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/TypeLoc.h"
#include "clang/Lex/Lexer.h"

using namespace clang;

namespace corolint::model {
namespace {

bool isWritten(SourceRange Range, const ASTContext &Context) {
  return Range.isValid() && !Range.getBegin().isMacroID() && !Range.getEnd().isMacroID() &&
         Context.getSourceManager().isWrittenInSameFile(Range.getBegin(), Range.getEnd());
}

/// The edit that puts \p Text first into the parameters of a lambda.
std::optional<FixItHint> addParameters(const LambdaExpr &Lambda, llvm::StringRef Text,
                                       const ASTContext &Context) {
  if (!Lambda.hasExplicitParameters())
    return FixItHint::CreateInsertion(
        Lexer::getLocForEndOfToken(Lambda.getIntroducerRange().getEnd(), 0,
                                   Context.getSourceManager(), Context.getLangOpts()),
        ("(" + Text + ")").str());
  const auto Type = Lambda.getCallOperator()->getTypeSourceInfo()->getTypeLoc();
  const auto Function = Type.IgnoreParens().getAs<FunctionTypeLoc>();
  if (!Function || !isWritten({Function.getLParenLoc(), Function.getRParenLoc()}, Context))
    return std::nullopt;
  const bool HasOthers = Lambda.getCallOperator()->getNumParams() != 0;
  return FixItHint::CreateInsertion(Function.getLParenLoc().getLocWithOffset(1),
                                    HasOthers ? (Text + ", ").str() : Text.str());
}

bool isByValue(const LambdaCapture &C) {
  return C.capturesThis() || (C.capturesVariable() && C.getCaptureKind() == LCK_ByCopy &&
                              (!C.getCapturedVar()->isInitCapture() ||
                               !C.getCapturedVar()->getType()->isReferenceType()));
}

} // namespace

Edits takeClosureByValue(const LambdaExpr &Lambda, Unit &U) {
  const ASTContext &Context = U.context();
  const CXXMethodDecl *Operator = Lambda.getCallOperator();
  if (!Context.getLangOpts().CPlusPlus23 || !isWritten(Lambda.getSourceRange(), Context) ||
      Lambda.isMutable() || Operator->isStatic() || Operator->isExplicitObjectMemberFunction() ||
      !llvm::all_of(Lambda.captures(), isByValue))
    return {};
  const CXXRecordDecl *Closure = Lambda.getLambdaClass();
  if (!Closure->hasSimpleCopyConstructor()) // the parameter is a copy
    return {};
  std::optional<FixItHint> Edit = addParameters(Lambda, "this auto", Context);
  return Edit ? Edits{*Edit} : Edits();
}

Edits captureAsParameters(const LambdaExpr &Lambda, const CallExpr &Called, Unit &U) {
  const ASTContext &Context = U.context();
  if (!isWritten(Called.getSourceRange(), Context) || !Called.getDirectCallee() ||
      Lambda.capture_size() == 0 ||
      Lambda.capture_size() != static_cast<unsigned>(std::distance(Lambda.explicit_capture_begin(),
                                                                   Lambda.explicit_capture_end())))
    return {};
  std::string Parameters, Arguments;
  for (const LambdaCapture &C : Lambda.captures()) {
    if (!isByValue(C) || C.capturesThis() || C.getCapturedVar()->isInitCapture())
      return {};
    const std::string Name = C.getCapturedVar()->getNameAsString();
    Parameters += (Parameters.empty() ? "auto " : ", auto ") + Name;
    Arguments += (Arguments.empty() ? "" : ", ") + Name;
  }
  std::optional<FixItHint> Added = addParameters(Lambda, Parameters, Context);
  if (!Added)
    return {};
  const SourceRange Introducer = Lambda.getIntroducerRange();
  const bool HasArguments = Called.getNumArgs() > 1; // the first is the closure
  return {FixItHint::CreateReplacement(Introducer, "[]"), *Added,
          FixItHint::CreateInsertion(HasArguments ? Called.getArg(1)->getBeginLoc()
                                                  : Called.getRParenLoc(),
                                     HasArguments ? Arguments + ", " : Arguments)};
}

Edits takeByValue(const ParmVarDecl &P, Unit &U) {
  const ASTContext &Context = U.context();
  const TypeSourceInfo *Written = P.getTypeSourceInfo();
  if (!Written || P.getName().empty() || U.isSystem(P.getLocation()) ||
      !isWritten(P.getSourceRange(), Context))
    return {};
  const QualType T = P.getType();
  const CXXRecordDecl *C = T.getNonReferenceType()->getAsCXXRecordDecl();
  if (C && isStandard(*C) && C->getIdentifier() && C->getName() == "basic_string_view" &&
      Context.hasSameType(T.getNonReferenceType().getUnqualifiedType(),
                          T.getNonReferenceType().getUnqualifiedType().getDesugaredType(Context))) {
    if (T.getNonReferenceType().getUnqualifiedType().getAsString().find("string_view") ==
        std::string::npos)
      return {};
    return {FixItHint::CreateReplacement(SourceRange(P.getOuterLocStart(), P.getLocation()),
                                         "std::string " + P.getNameAsString())};
  }
  const auto *Reference = T->getAs<LValueReferenceType>();
  if (!Reference || !Reference->getPointeeType().isConstQualified() ||
      (C && C->hasDefinition() &&
       (!C->hasSimpleCopyConstructor() && !C->hasUserDeclaredCopyConstructor())) ||
      (C && C->isAbstract()))
    return {};
  // `const T &x` and `T const &x`: what is written but for `const` and `&`.
  const auto Type = Written->getTypeLoc().getAs<ReferenceTypeLoc>();
  if (!Type || !isWritten(Type.getPointeeLoc().getUnqualifiedLoc().getSourceRange(), Context))
    return {};
  const llvm::StringRef Plain = Lexer::getSourceText(
      CharSourceRange::getTokenRange(Type.getPointeeLoc().getUnqualifiedLoc().getSourceRange()),
      Context.getSourceManager(), Context.getLangOpts());
  if (Plain.empty())
    return {};
  return {FixItHint::CreateReplacement(SourceRange(P.getOuterLocStart(), P.getLocation()),
                                       (Plain + " " + P.getName()).str())};
}

Edits awaitReturned(const ReturnStmt &Return, const FunctionDecl &F, Unit &U) {
  const Expr *Made = Return.getRetValue();
  if (!Made || isCoroutine(F) || Return.getReturnLoc().isMacroID() ||
      F.getReturnType()->getContainedDeducedType() || isa<CXXConstructorDecl>(F))
    return {};
  const CXXRecordDecl *Result = returnedClass(F);
  const CXXRecordDecl *Promise = Result ? U.get<TaskTypes>().promiseOf(*Result) : nullptr;
  if (!Promise || !U.get<TaskTypes>().mayAwait(*Promise, *Result))
    return {};
  unsigned Returns = 0;
  walkEvaluated(writtenBody(F), [&](const Stmt &S) {
    Returns += isa<ReturnStmt>(S);
    return true;
  });
  if (Returns != 1)
    return {};
  return {FixItHint::CreateReplacement(Return.getReturnLoc(), "co_return co_await")};
}

} // namespace corolint::model
