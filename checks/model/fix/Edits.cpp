//===- Edits.cpp - Fixes that several rules share ---------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/fix/Edits.h"
#include "knowledge/Words.h"
#include "model/Unit.h"
#include "model/code/Call.h"
#include "model/code/Walk.h"
#include "model/state/Hazard.h"
#include "model/types/Coroutine.h"
#include "model/types/TaskType.h"
#include "clang/AST/Attr.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Lex/Lexer.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace corolint::model {
bool mayInsertCoAwait(const Expr &E, const FunctionDecl &In, Unit &U) {
  const CXXRecordDecl *Promise = promiseOf(In);
  const CXXRecordDecl *Awaited = E.getType().getNonReferenceType()->getAsCXXRecordDecl();
  return Promise && Awaited && U.get<TaskTypes>().mayAwait(*Promise, *Awaited) &&
         mayCoAwaitAt(E, In, U);
}

AwaitPlaces::AwaitPlaces(const FunctionDecl &F, Unit &U) {
  bool HoldsHazard = false;
  llvm::SmallVector<const Stmt *, 4> Forbidden; // handlers, and the initialisers of statics
  auto Postfixed = [&](const Expr *Operand) { Postfix.insert(bare(Operand)); };
  walkEvaluated(writtenBody(F), [&](const Stmt &S) {
    if (const auto *E = dyn_cast<Expr>(&S))
      Places.insert(E);
    if (isa<CXXCatchStmt>(S))
      Forbidden.push_back(&S);
    if (const auto *Declares = dyn_cast<DeclStmt>(&S)) {
      for (const Decl *D : Declares->decls())
        if (const auto *V = dyn_cast<VarDecl>(D)) {
          if (std::optional<Hazard> Has = hazardOf(V->getType(), U))
            HoldsHazard |= Has->Is != Hazard::NoYield;
          if (!V->hasLocalStorage() && V->getInit())
            Forbidden.push_back(V->getInit());
        }
    } else if (const auto *Member = dyn_cast<MemberExpr>(&S)) {
      Postfixed(Member->getBase());
    } else if (const auto *Subscript = dyn_cast<ArraySubscriptExpr>(&S)) {
      Postfixed(Subscript->getBase());
    } else if (const auto *Unary = dyn_cast<UnaryOperator>(&S); Unary && Unary->isPostfix()) {
      Postfixed(Unary->getSubExpr());
    } else if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(&S)) {
      if (llvm::is_contained({OO_Arrow, OO_Subscript, OO_Call, OO_PlusPlus, OO_MinusMinus},
                             Operator->getOperator()))
        Postfixed(Operator->getArg(0));
    } else if (const auto *Call = dyn_cast<CallExpr>(&S)) {
      Postfixed(Call->getCallee());
    }
    return true;
  });
  if (HoldsHazard)
    Places.clear();
  for (const Stmt *Each : Forbidden)
    walkEvaluated(Each, [&](const Stmt &S) {
      if (const auto *E = dyn_cast<Expr>(&S))
        Places.erase(E);
      return true;
    });
}

bool AwaitPlaces::isPostfixOperand(const Expr &E) const {
  return Postfix.contains(bare(&E));
}

bool mayCoAwaitAt(const Expr &E, const FunctionDecl &In, Unit &U) {
  return isCoroutine(In) && !E.getBeginLoc().isMacroID() && U.get<AwaitPlaces>(In).may(E);
}

FixItHint insertCoAwait(const Expr &E, Unit &U) {
  return FixItHint::CreateInsertion(E.getBeginLoc(), "co_await ");
}

std::optional<FixItHint> replaceCall(const Call &Site, llvm::StringRef Text, const FunctionDecl &In,
                                     Unit &U) {
  if (!Site.Written || Site.Around || Site.Written->getBeginLoc().isMacroID() ||
      Site.Written->getEndLoc().isMacroID())
    return std::nullopt;
  return FixItHint::CreateReplacement(
      CharSourceRange::getTokenRange(Site.Written->getSourceRange()),
      U.get<AwaitPlaces>(In).isPostfixOperand(*Site.Written) ? ("(" + Text + ")").str()
                                                             : Text.str());
}

/// `.` and `->` may stand behind its text as it is.
static bool isPostfix(const Expr &E) {
  const Expr *Written = E.IgnoreUnlessSpelledInSource();
  if (isa<ParenExpr>(E.IgnoreImplicit()))
    return true;
  if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(Written))
    return Operator->getOperator() == OO_Call || Operator->getOperator() == OO_Subscript;
  return isa<DeclRefExpr, MemberExpr, CallExpr, ArraySubscriptExpr, CXXThisExpr, CXXNamedCastExpr,
             CXXFunctionalCastExpr, CXXTemporaryObjectExpr, ParenExpr, CXXDependentScopeMemberExpr,
             UnresolvedMemberExpr>(Written) &&
         !isa<UserDefinedLiteral>(Written);
}

/// The object of a call, so that what is written behind it may follow: of `p->f()` it is `p->`
/// before a dot, which is taken from \p Rest, and else `(*p)`.
static std::optional<std::string> objectText(const Expr &Object, llvm::StringRef &Rest, Unit &U) {
  const Expr *E = Object.IgnoreImplicit();
  bool Points = Object.getType()->isPointerType();
  std::optional<std::string> Text;
  if (const auto *This = dyn_cast<CXXThisExpr>(E); This && This->isImplicit()) {
    Text = "this";
  } else if (const auto *Arrow = dyn_cast<CXXOperatorCallExpr>(E);
             Arrow && Arrow->getOperator() == OO_Arrow) {
    // `p->f()`, where `->` is the class's own; it may lead through several.
    bool Through = false;
    while (Arrow && Arrow->getOperator() == OO_Arrow) {
      Through |= E != Object.IgnoreImplicit();
      E = Arrow->getArg(0)->IgnoreImplicit();
      Arrow = dyn_cast<CXXOperatorCallExpr>(E);
    }
    if (Through && !Rest.starts_with("."))
      return std::nullopt;
    Points = true;
    Text = textOf(*E, U);
  } else {
    Text = textOf(*E, U);
  }
  if (!Text)
    return std::nullopt;
  const bool Dot = Rest.starts_with(".");
  if (!isPostfix(*E) && (Dot || Points) && !(isa<CXXThisExpr>(E)))
    Text = "(" + *Text + ")";
  if (!Points)
    return Text;
  if (Rest.consume_front("."))
    return *Text + "->";
  return "(*" + *Text + ")";
}

std::optional<FixItHint> writeCounterpart(const Call &Site, const AsyncCounterpart &T,
                                          const FunctionDecl &In, Unit &U) {
  auto ArgumentText = [&](const Expr *E) -> std::optional<std::string> {
    return E && !isa<CXXDefaultArgExpr>(E) ? textOf(*E, U) : std::nullopt;
  };
  std::string Written;
  for (llvm::StringRef Rest = T.Write; !Rest.empty();) {
    auto [Plain, Tail] = Rest.split('{');
    Written += Plain;
    if (Plain.size() == Rest.size())
      break;
    auto [Name, After] = Tail.split('}');
    Rest = After;
    std::optional<std::string> Text;
    unsigned Index;
    if (Name == "object") {
      Text = Site.Object ? objectText(*Site.Object, Rest, U) : std::nullopt;
    } else if (Name == "args") {
      Text = "";
      for (const Expr *Arg : Site.Args) {
        if (isa<CXXDefaultArgExpr>(Arg))
          break;
        std::optional<std::string> One = ArgumentText(Arg);
        if (!One)
          return std::nullopt;
        *Text += (Text->empty() ? "" : ", ") + *One;
      }
    } else if (!Name.getAsInteger(10, Index) && Index < Site.Args.size()) {
      Text = ArgumentText(Site.Args[Index]);
      if (Text && Rest.starts_with(".") && !isPostfix(*Site.Args[Index]))
        Text = "(" + *Text + ")";
    }
    if (!Text)
      return std::nullopt;
    Written += *Text;
  }
  return replaceCall(Site, Written, In, U);
}

std::optional<FixItHint> addIncludes(llvm::ArrayRef<std::string> Headers, SourceLocation At,
                                     Unit &U) {
  const SourceManager &SM = U.context().getSourceManager();
  auto IsIncluded = [&](llvm::StringRef Header) {
    for (auto It = SM.fileinfo_begin(), End = SM.fileinfo_end(); It != End; ++It)
      if (llvm::StringRef Name = It->first.getName();
          Name.ends_with(Header) && Name.drop_back(Header.size()).ends_with("/"))
        return true;
    return false;
  };
  std::string Text;
  for (const std::string &Header : Headers)
    if (!Header.empty() && !IsIncluded(Header))
      Text += "#include <" + Header + ">\n";
  if (Text.empty())
    return std::nullopt;

  FileID File = SM.getFileID(SM.getFileLoc(At));
  Lexer Raw(SM.getLocForStartOfFile(File), U.context().getLangOpts(),
            SM.getBufferData(File).begin(), SM.getBufferData(File).begin(),
            SM.getBufferData(File).end());
  // The place: the line after the last `#include` that stands before the code.
  SourceLocation Place = SM.getLocForStartOfFile(File);
  Token T;
  bool AtEnd = Raw.LexFromRawLexer(T);
  while (!AtEnd && SM.isBeforeInTranslationUnit(T.getLocation(), SM.getFileLoc(At))) {
    if (T.is(tok::hash) && T.isAtStartOfLine()) {
      AtEnd = Raw.LexFromRawLexer(T);
      if (!AtEnd && T.is(tok::raw_identifier) && T.getRawIdentifier() == "include") {
        unsigned Line = SM.getSpellingLineNumber(T.getLocation());
        Place = SM.translateLineCol(File, Line + 1, 1);
      }
      continue;
    }
    AtEnd = Raw.LexFromRawLexer(T);
  }
  return FixItHint::CreateInsertion(Place, Text);
}

namespace {

/// `x = x + co_await f()`, of built-in types: its x, or null.
const BinaryOperator *isUpdate(const BinaryOperator &Assign, const Expr &Read) {
  const auto *Operation = dyn_cast<BinaryOperator>(Assign.getRHS()->IgnoreParenImpCasts());
  if (!Operation ||
      !(Operation->isMultiplicativeOp() || Operation->isAdditiveOp() || Operation->isBitwiseOp()))
    return nullptr;
  return Operation->getLHS()->IgnoreParenImpCasts() == Read.IgnoreParenImpCasts() &&
                 Operation->getLHS()->getBeginLoc().isFileID() &&
                 Assign.getLHS()->getType().getCanonicalType().getUnqualifiedType() ==
                     Operation->getType().getCanonicalType().getUnqualifiedType()
             ? Operation
             : nullptr;
}

} // namespace

std::optional<FixItHint> asUpdate(const Stmt &S, const Expr &Read) {
  const auto *Assign = dyn_cast<BinaryOperator>(&S);
  const BinaryOperator *Operation =
      Assign && Assign->getOpcode() == BO_Assign ? isUpdate(*Assign, Read) : nullptr;
  if (!Operation)
    return std::nullopt;
  const SourceLocation From = Assign->getOperatorLoc(), To = Operation->getOperatorLoc();
  if (!From.isFileID() || !To.isFileID())
    return std::nullopt;
  const std::string Text = (BinaryOperator::getOpcodeStr(Operation->getOpcode()) + "=").str();
  return FixItHint::CreateReplacement(CharSourceRange::getTokenRange(From, To), Text);
}

} // namespace corolint::model
