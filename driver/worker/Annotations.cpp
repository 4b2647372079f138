//===- Annotations.cpp - Attributes that classes could have ---------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "worker/Annotations.h"
#include "ast/Names.h"
#include "knowledge/Knowledge.h"
#include "model/Unit.h"
#include "model/lifetime/Annotate.h"
#include "output/Paths.h"
#include "clang/Lex/Lexer.h"

using namespace clang;
using namespace llvm;
using namespace corolint::model;

namespace corolint {
namespace {

/// An edit that writes \p Text at a place of a file; nothing in what a macro writes.
std::optional<Edit> insertion(SourceLocation At, const Twine &Text, const SourceManager &SM) {
  if (At.isInvalid() || At.isMacroID())
    return std::nullopt;
  OptionalFileEntryRef File = SM.getFileEntryRefForID(SM.getFileID(At));
  if (!File)
    return std::nullopt;
  Edit E;
  E.Path = canonicalPath(File->getName());
  E.Offset = SM.getFileOffset(At);
  E.Line = SM.getSpellingLineNumber(At);
  E.Column = SM.getSpellingColumnNumber(At);
  E.Text = Text.str();
  return E;
}

/// Before all that a function is declared with; a macro may stand there.
SourceLocation beforeFunction(const FunctionDecl &F, const ASTContext &Context) {
  SourceLocation Begin = F.getInnerLocStart();
  if (Begin.isMacroID())
    Lexer::isAtStartOfMacroExpansion(Begin, Context.getSourceManager(), Context.getLangOpts(),
                                     &Begin);
  return Begin;
}

/// Behind `class` or `struct`.
SourceLocation behindKeyword(const CXXRecordDecl &C, const ASTContext &Context) {
  const SourceManager &SM = Context.getSourceManager();
  const SourceLocation Begin = C.getInnerLocStart();
  if (Begin.isInvalid() || Begin.isMacroID())
    return {};
  Token Keyword;
  if (Lexer::getRawToken(Begin, Keyword, SM, Context.getLangOpts()) ||
      !Keyword.is(tok::raw_identifier) ||
      !is_contained({"class", "struct", "union"}, Keyword.getRawIdentifier()))
    return {};
  return Keyword.getEndLoc();
}

/// The edits of one answer; none if one of them cannot be written.
std::vector<Edit> editsOf(const AttributeAnswer &A, SourceLocation At, const ASTContext &Context) {
  const SourceManager &SM = Context.getSourceManager();
  std::vector<Edit> Result;
  for (const FunctionDecl *F : A.Wrappers) {
    std::optional<Edit> Wrapper =
        insertion(beforeFunction(*F, Context), "[[clang::coro_wrapper]] ", SM);
    if (!Wrapper)
      return {};
    Result.push_back(std::move(*Wrapper));
  }
  std::optional<Edit> Own = insertion(At, nameOf(A.Which), SM);
  if (!Own)
    return {};
  Result.insert(Result.begin(), std::move(*Own));
  return Result;
}

} // namespace

std::vector<Proposal> annotations(model::Unit &U) {
  const SourceManager &SM = U.context().getSourceManager();
  std::vector<Proposal> Result;
  for (const TaskAttributes &Task : taskAttributes(U)) {
    const SourceLocation At = behindKeyword(*Task.Class, U.context());
    std::optional<Edit> Where = insertion(At, "", SM);
    if (!Where)
      continue;
    for (const AttributeAnswer &A : Task.Answers) {
      Proposal P;
      P.Attribute = model::nameOf(A.Which).str();
      if (A.Which == TaskAttribute::CoroLifetimeBound && !Task.HasReturnType)
        P.Needs = model::nameOf(TaskAttribute::CoroReturnType).str();
      P.Class = plainName(*Task.Class);
      P.Library = U.knowledge().libraryOf(*Task.Class).str();
      P.Holds = A.Holds;
      P.Why = A.Why;
      P.At.Path = Where->Path;
      P.At.Line = Where->Line;
      P.At.Column = Where->Column;
      P.Edits = editsOf(A, At, U.context());
      if (P.Holds && P.Edits.empty()) {
        P.Holds = false;
        P.Why = "a macro writes what would have to be changed";
      }
      Result.push_back(std::move(P));
    }
  }
  return Result;
}

} // namespace corolint
