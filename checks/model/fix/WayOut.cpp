//===- WayOut.cpp - Ending an object before a suspension ------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/fix/WayOut.h"
#include "model/Unit.h"
#include "model/code/Uses.h"
#include "model/code/Walk.h"
#include "model/state/Hazard.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/Stmt.h"
#include "clang/Lex/Lexer.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace corolint::model {
namespace {

/// Where the statement ends, its semicolon included; invalid in a macro.
SourceLocation endOf(const Stmt &S, const ASTContext &Context) {
  const SourceManager &SM = Context.getSourceManager();
  SourceLocation End = S.getEndLoc();
  if (End.isMacroID() || S.getBeginLoc().isMacroID())
    return {};
  if (!isa<Expr>(S)) // a block ends with its brace, a declaration with its semicolon
    return Lexer::getLocForEndOfToken(End, 0, SM, Context.getLangOpts());
  std::optional<Token> Next = Lexer::findNextToken(End, SM, Context.getLangOpts());
  return Next && Next->is(tok::semi) ? Next->getEndLoc() : SourceLocation();
}

bool canUnlock(const CXXRecordDecl &C) {
  return llvm::any_of(C.methods(), [](const CXXMethodDecl *M) {
    return M->getIdentifier() && M->getName() == "unlock" && M->getNumParams() == 0 &&
           M->getAccess() == AS_public;
  });
}

} // namespace

std::optional<WayOut> wayOut(const HeldAcross &Held, const FunctionDecl &F, Unit &U) {
  const auto *V = llvm::dyn_cast_or_null<VarDecl>(Held.Object);
  if (!V || Held.Raw || Held.What.Optional)
    return std::nullopt;
  const ASTContext &Context = U.context();
  const auto [Block, Place] = U.get<Uses>(F).declaredIn(*V);
  if (!Block)
    return std::nullopt;
  const SourceManager &SM = Context.getSourceManager();
  auto IsBefore = [&](SourceLocation A, SourceLocation B) {
    return SM.isBeforeInTranslationUnit(SM.getExpansionLoc(A), SM.getExpansionLoc(B));
  };
  llvm::ArrayRef<const Stmt *> Body(Block->body_begin(), Block->size());
  const auto *Declared = Body.begin() + Place;
  // The statement that it is in: the last that does not begin after it.
  const SourceLocation At = Held.At.front()->getBeginLoc();
  const auto *Suspends =
      std::prev(std::partition_point(Declared + 1, Body.end(), [&](const Stmt *Each) {
        return !IsBefore(At, Each->getBeginLoc());
      }));
  if (Suspends == Declared || (*Suspends)->getBeginLoc().isMacroID() ||
      !evaluates(*Suspends, *Held.At.front()))
    return std::nullopt;

  // What is declared between must not be needed later. Braces around half a function help nobody.
  constexpr std::ptrdiff_t Far = 50;
  const bool Needed =
      Suspends - Declared > Far || std::any_of(Declared, Suspends, [&](const Stmt *Between) {
        const auto *Declares = dyn_cast<DeclStmt>(Between);
        return Declares && llvm::any_of(Declares->decls(), [&](const Decl *D) {
                 const auto *Local = dyn_cast<VarDecl>(D);
                 return !Local || llvm::any_of(mentionsOf(*Local, F, U), [&](const Mention &M) {
                   return !IsBefore(M.Ref->getLocation(), (*Suspends)->getBeginLoc());
                 });
               });
      });
  WayOut Result;
  if (Suspends != Declared + 1 && !Needed) {
    const Stmt &Last = **(Suspends - 1);
    if (SourceLocation End = endOf(Last, Context), Begin = (*Declared)->getBeginLoc();
        End.isValid() && Begin.isFileID()) {
      Result.Scope = true;
      Result.Edits.push_back(FixItHint::CreateInsertion(Begin, "{ "));
      Result.Edits.push_back(FixItHint::CreateInsertion(End, " }"));
      return Result;
    }
  }
  if (Held.What.Is != Hazard::Lock || Held.What.Member || !canUnlock(*Held.What.Class))
    return std::nullopt;
  Result.Edits.push_back(
      FixItHint::CreateInsertion((*Suspends)->getBeginLoc(), V->getNameAsString() + ".unlock(); "));
  return Result;
}

} // namespace corolint::model
