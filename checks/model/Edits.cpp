//===- Edits.cpp - Fixes that several rules share ---------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Edits.h"
#include "Burden.h"
#include "Call.h"
#include "Coroutine.h"
#include "Knowledge.h"
#include "TaskType.h"
#include "Unit.h"
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
  return Promise && Awaited && U.types().mayAwait(*Promise, *Awaited) && mayCoAwaitAt(E, In, U);
}

AwaitPlaces::AwaitPlaces(const FunctionDecl &F, Unit &U) {
  bool HoldsBurden = false;
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
          HoldsBurden |= burdenOf(V->getType(), U).has_value();
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
  if (HoldsBurden || !isCoroutine(F))
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
  return !E.getBeginLoc().isMacroID() && U.awaitPlaces(In).may(E);
}

FixItHint insertCoAwait(const Expr &E, Unit &U) {
  return FixItHint::CreateInsertion(E.getBeginLoc(), "co_await ");
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

std::optional<FixItHint> replaceCall(const Call &Site, llvm::StringRef Text, const FunctionDecl &In,
                                     Unit &U) {
  if (!Site.Written || Site.Around || Site.Written->getBeginLoc().isMacroID())
    return std::nullopt;
  return FixItHint::CreateReplacement(
      CharSourceRange::getTokenRange(Site.Written->getSourceRange()),
      U.awaitPlaces(In).isPostfixOperand(*Site.Written) ? ("(" + Text + ")").str() : Text.str());
}

std::optional<FixItHint> writeTwin(const Call &Site, const Twin &T, const FunctionDecl &In,
                                   Unit &U) {
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
      const Expr *Object = Site.Object ? Site.Object->IgnoreParenImpCasts() : nullptr;
      const auto *This = llvm::dyn_cast_or_null<CXXThisExpr>(Object);
      Text = This && This->isImplicit() ? "this" : Object ? textOf(*Object, U) : std::nullopt;
      // `{object}.f()` through a pointer is `p->f()`.
      if (Text && Object->getType()->isPointerType()) {
        if (Rest.consume_front("."))
          *Text += "->";
        else
          Text = "(*" + *Text + ")";
      }
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

} // namespace corolint::model
