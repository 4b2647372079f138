//===- LifetimeFix.cpp - Letting a task keep what it needs -----------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/fix/LifetimeFix.h"
#include "ast/Names.h"
#include "model/Unit.h"
#include "model/code/Call.h"
#include "model/code/Walk.h"
#include "model/fix/Edits.h"
#include "model/lifetime/Loans.h"
#include "model/lifetime/Views.h"
#include "model/types/Protocol.h"
#include "model/types/TaskType.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/TypeLoc.h"
#include "clang/Lex/Lexer.h"

using namespace clang;

namespace corolint::model {
namespace {

bool isWritten(SourceRange Range, const ASTContext &Context) {
  return Range.isValid() && !Range.getBegin().isMacroID() && !Range.getEnd().isMacroID() &&
         Context.getSourceManager().isWrittenInSameFile(Range.getBegin(), Range.getEnd());
}

llvm::StringRef textIn(SourceRange Range, const ASTContext &Context) {
  return isWritten(Range, Context)
             ? Lexer::getSourceText(CharSourceRange::getTokenRange(Range),
                                    Context.getSourceManager(), Context.getLangOpts())
             : llvm::StringRef();
}

/// The edit that puts \p Text first into the parameters of a lambda.
std::optional<FixItHint> addParameters(const LambdaExpr &Lambda, llvm::StringRef Text,
                                       const ASTContext &Context) {
  if (!isWritten(Lambda.getIntroducerRange(), Context))
    return std::nullopt;
  if (!Lambda.hasExplicitParameters()) {
    if (!Lambda.getExplicitTemplateParameters().empty())
      return std::nullopt;
    return FixItHint::CreateInsertion(
        Lexer::getLocForEndOfToken(Lambda.getIntroducerRange().getEnd(), 0,
                                   Context.getSourceManager(), Context.getLangOpts()),
        ("(" + Text + ")").str());
  }
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

/// What is captured, as a parameter and as its argument.
struct AsParameter {
  std::string Parameter, Argument;
};

std::optional<AsParameter> asParameter(const LambdaCapture &C, const ASTContext &Context) {
  if (!C.capturesVariable() || C.isPackExpansion() || C.getCapturedVar()->isParameterPack())
    return std::nullopt;
  const auto *V = dyn_cast<VarDecl>(C.getCapturedVar());
  if (!V || V->getType().getNonReferenceType()->isArrayType()) // it would be a pointer
    return std::nullopt;
  const std::string Name = V->getNameAsString();
  const bool ByReference = C.getCaptureKind() == LCK_ByRef;
  if (!V->isInitCapture())
    return AsParameter{(ByReference ? "auto &" : "auto ") + Name, Name};
  if (ByReference || V->getInitStyle() != VarDecl::CInit || !V->getInit() ||
      isa<InitListExpr, CXXStdInitializerListExpr>(bare(V->getInit())))
    return std::nullopt;
  const std::string Init = textIn(V->getInit()->getSourceRange(), Context).str();
  return Init.empty() ? std::nullopt : std::optional(AsParameter{"auto " + Name, Init});
}

/// It can be copied; of a template, so can all that it is made of.
bool isCopied(QualType T) {
  const CXXRecordDecl *C = T->getAsCXXRecordDecl();
  if (!C)
    return !T->isArrayType() && !T->isFunctionType() && !T->isVoidType();
  if (!C->hasDefinition() || C->isPolymorphic()) // a copy may be of its base alone
    return false;
  if (C->needsImplicitCopyConstructor() ? C->defaultedCopyConstructorIsDeleted()
                                        : llvm::none_of(C->ctors(), [](const auto *Each) {
                                            return Each->isCopyConstructor() &&
                                                   !Each->isDeleted() &&
                                                   Each->getAccess() == AS_public;
                                          }))
    return false;
  const auto *Spec = dyn_cast<ClassTemplateSpecializationDecl>(C);
  return !Spec || llvm::all_of(Spec->getTemplateArgs().asArray(), [](const TemplateArgument &Arg) {
    return Arg.getKind() != TemplateArgument::Type || !Arg.getAsType()->getAsCXXRecordDecl() ||
           isCopied(Arg.getAsType());
  });
}

/// The string that has what a view of the C++ library sees.
llvm::StringRef ownerOfView(QualType View) {
  const auto *Spec = dyn_cast_or_null<ClassTemplateSpecializationDecl>(View->getAsCXXRecordDecl());
  if (!Spec || !isStandard(*Spec) || Spec->getName() != "basic_string_view")
    return {};
  const TemplateArgument &Of = Spec->getTemplateArgs()[0];
  const auto *Unit =
      Of.getKind() == TemplateArgument::Type ? Of.getAsType()->getAs<BuiltinType>() : nullptr;
  switch (Unit ? Unit->getKind() : BuiltinType::Void) {
  case BuiltinType::Char_S:
  case BuiltinType::Char_U:
    return "std::string";
  case BuiltinType::WChar_S:
  case BuiltinType::WChar_U:
    return "std::wstring";
  case BuiltinType::Char8:
    return "std::u8string";
  case BuiltinType::Char16:
    return "std::u16string";
  case BuiltinType::Char32:
    return "std::u32string";
  default:
    return {};
  }
}

/// What a string is made of without a cast.
bool makesString(const Expr &Given) {
  const QualType T = bare(&Given)->getType().getNonReferenceType();
  const CXXRecordDecl *C = T->getAsCXXRecordDecl();
  return C ? isStandard(*C) && C->getIdentifier() && C->getName() == "basic_string"
           : T->isPointerType() || T->isArrayType();
}

/// Its result is not a view or reference, which would refer to the copy.
bool givesValues(const FunctionDecl &F) {
  const auto *Spec = dyn_cast_or_null<ClassTemplateSpecializationDecl>(returnedClass(F));
  return !Spec || llvm::none_of(Spec->getTemplateArgs().asArray(), [](const TemplateArgument &Arg) {
    return Arg.getKind() == TemplateArgument::Type &&
           (Arg.getAsType()->isReferenceType() || isViewType(Arg.getAsType()));
  });
}

/// The view is made shorter, as no string is.
bool isShortened(const ParmVarDecl &P, const FunctionDecl &F) {
  bool Is = false;
  walkEvaluated(writtenBody(F), [&](const Stmt &S) {
    const auto *Called = dyn_cast<CXXMemberCallExpr>(&S);
    const CXXMethodDecl *Method = Called ? Called->getMethodDecl() : nullptr;
    Is |= Method && Method->getIdentifier() && Method->getName().starts_with("remove_") &&
          variableIn(Called->getImplicitObjectArgument()) == &P;
    return !Is;
  });
  return Is;
}

/// One declaration of the parameter, as \p Owner, or, where that is empty, as what it refers to.
std::optional<FixItHint> writeByValue(const ParmVarDecl &P, llvm::StringRef Owner, Unit &U) {
  const ASTContext &Context = U.context();
  const TypeSourceInfo *Written = P.getTypeSourceInfo();
  if (!Written || U.isSystem(P.getLocation()) || P.isParameterPack())
    return std::nullopt;
  const TypeLoc Type = Written->getTypeLoc();
  const SourceRange Range(P.getOuterLocStart(),
                          P.getName().empty() ? Type.getEndLoc() : P.getLocation());
  if (!isWritten(Range, Context) || (!Owner.empty() && P.getType()->isDependentType()))
    return std::nullopt;
  std::string Text = Owner.str();
  if (Owner.empty()) {
    const auto Reference = Type.getAs<ReferenceTypeLoc>();
    if (!Reference ||
        (P.getType()->isRValueReferenceType() &&
         P.getType()->getPointeeType()->getAs<TemplateTypeParmType>())) // takes any reference
      return std::nullopt;
    Text = textIn(Reference.getPointeeLoc().getUnqualifiedLoc().getSourceRange(), Context).str();
    if (Text.empty())
      return std::nullopt;
  }
  if (!P.getName().empty())
    Text += " " + P.getName().str();
  return FixItHint::CreateReplacement(Range, Text);
}

/// All that is declared of the function, of a template once.
const FunctionDecl &asWritten(const FunctionDecl &F) {
  const FunctionDecl *Pattern = F.getTemplateInstantiationPattern();
  return Pattern ? *Pattern : F;
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
      Lambda.capture_size() == 0 || Lambda.getCallOperator()->isExplicitObjectMemberFunction() ||
      (Lambda.isGenericLambda() && Lambda.getCaptureDefault() != LCD_None))
    return {};
  std::string Parameters, Arguments;
  for (const LambdaCapture &C : Lambda.captures()) {
    const std::optional<AsParameter> Each = asParameter(C, Context);
    if (!Each)
      return {};
    Parameters += (Parameters.empty() ? "" : ", ") + Each->Parameter;
    Arguments += (Arguments.empty() ? "" : ", ") + Each->Argument;
  }
  std::optional<FixItHint> Added = addParameters(Lambda, Parameters, Context);
  // The first argument is the closure.
  const Expr *First = Called.getNumArgs() > 1 ? Called.getArg(1) : nullptr;
  const bool HasOthers = First && !isa<CXXDefaultArgExpr>(First);
  const SourceLocation At = HasOthers ? First->getBeginLoc() : Called.getRParenLoc();
  if (!Added || !isWritten(At, Context))
    return {};
  return {FixItHint::CreateReplacement(Lambda.getIntroducerRange(), "[]"), *Added,
          FixItHint::CreateInsertion(At, HasOthers ? Arguments + ", " : Arguments)};
}

Edits takeByValue(const Loan &L, Unit &U) {
  const auto *P = dyn_cast_or_null<ParmVarDecl>(L.For.Holder);
  const auto *F = P ? dyn_cast<FunctionDecl>(P->getDeclContext()) : nullptr;
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(F);
  if (!F || !isCoroutine(*F) || !givesValues(*F) || (Method && Method->isVirtual()) ||
      P->isExplicitObjectParameter())
    return {};
  const QualType T = P->getType().getNonReferenceType();
  const bool IsOwner = P->getType()->isRValueReferenceType();
  if (!IsOwner && P->getType()->isReferenceType() && !T.isConstQualified())
    return {};
  const llvm::StringRef Owner = ownerOfView(T);
  const auto *By = dyn_cast_or_null<CallExpr>(L.By);
  const std::optional<Call> Site = By ? callOf(*By) : std::nullopt;
  const size_t I = P->getFunctionScopeIndex();
  if (!Owner.empty()) {
    const FunctionDecl *Definition = nullptr;
    if (!Site || !Site->Callee->isDefined(Definition) || Definition != F ||
        I >= Site->Args.size() || !makesString(*Site->Args[I]) || isShortened(*P, *F))
      return {};
  } else if (!P->getType()->isReferenceType() || T.isVolatileQualified() || !isCopied(T)) {
    return {};
  }
  const FunctionDecl &Written = asWritten(*F);
  if (Written.getNumParams() != F->getNumParams())
    return {};
  Edits Result;
  for (const FunctionDecl *Each : Written.redecls()) {
    const std::optional<FixItHint> Edit = writeByValue(*Each->getParamDecl(I), Owner, U);
    if (!Edit)
      return {};
    Result.push_back(*Edit);
  }
  if (!Owner.empty())
    if (std::optional<FixItHint> Include = addIncludes({"string"}, P->getLocation(), U))
      Result.push_back(*Include);
  return Result;
}

Edits awaitReturned(const FunctionDecl &F, Unit &U) {
  const CXXRecordDecl *Result = returnedClass(F);
  const CXXRecordDecl *Promise = Result ? U.get<TaskTypes>().promiseOf(*Result) : nullptr;
  if (!Promise || !U.get<TaskTypes>().mayAwait(*Promise, *Result) || isCoroutine(F) ||
      F.getReturnType()->getContainedDeducedType() || F.isConstexpr() || F.isVariadic())
    return {};
  Edits Found;
  bool IsSure = true;
  walkEvaluated(writtenBody(F), [&](const Stmt &S) {
    const auto *Return = dyn_cast<ReturnStmt>(&S);
    if (!Return)
      return IsSure;
    const Expr *Made = Return->getRetValue() ? bare(Return->getRetValue()) : nullptr;
    IsSure &= isa_and_nonnull<CallExpr>(Made) && !Made->isLValue() &&
              isWritten(Return->getReturnLoc(), U.context()) && U.get<AwaitPlaces>(F).may(*Made) &&
              U.context().hasSameUnqualifiedType(Made->getType(), F.getReturnType());
    Found.push_back(FixItHint::CreateReplacement(Return->getReturnLoc(), "co_return co_await"));
    return IsSure;
  });
  return IsSure ? Found : Edits();
}

} // namespace corolint::model
