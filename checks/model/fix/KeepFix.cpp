//===- KeepFix.cpp - A name for what is dropped -----------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/fix/KeepFix.h"
#include "model/Unit.h"
#include "model/code/Walk.h"
#include "clang/AST/Stmt.h"
#include "clang/Lex/Lexer.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/StringSet.h"

using namespace clang;

namespace corolint::model {
namespace {

/// What a function has that a new local must get along with, found in one walk.
class NewLocals {
public:
  NewLocals(const FunctionDecl &F, Unit &U) {
    walkEvaluated(writtenBody(F), [&](const Stmt &S) {
      if (const auto *Block = dyn_cast<CompoundStmt>(&S))
        see(*Block);
      return true;
    });
    for (const ParmVarDecl *P : F.parameters())
      Names.insert(P->getName());
    readNames(F, U);
  }

  bool mayDeclareAt(const Expr &E) const { return Places.contains(&E); }
  bool isFree(llvm::StringRef Name) const { return HasNames && !Names.contains(Name); }

private:
  /// A jump to a label must not come by an initialisation, and at the end of a block nothing is
  /// left to be held for.
  void see(const CompoundStmt &Block) {
    bool Follows = false;
    for (const Stmt *Each : llvm::reverse(Block.body())) {
      if (isa<SwitchCase, LabelStmt>(Each))
        return;
      if (const auto *E = dyn_cast<Expr>(Each); E && Follows && Each->getBeginLoc().isFileID())
        Places.insert(bare(E));
      Follows |= !isa<NullStmt>(Each);
    }
  }

  void readNames(const FunctionDecl &F, Unit &U) {
    const SourceManager &SM = U.context().getSourceManager();
    const Stmt *Body = F.getBody();
    if (!Body || Body->getBeginLoc().isMacroID() || Body->getEndLoc().isMacroID())
      return;
    const auto [File, Begin] = SM.getDecomposedLoc(Body->getBeginLoc());
    const llvm::StringRef Text = SM.getBufferData(File);
    Lexer Raw(SM.getLocForStartOfFile(File), U.context().getLangOpts(), Text.begin(),
              Text.begin() + Begin, Text.end());
    Token T;
    for (bool AtEnd = false;
         !AtEnd && !SM.isBeforeInTranslationUnit(Body->getEndLoc(), T.getLocation());) {
      AtEnd = Raw.LexFromRawLexer(T);
      if (T.is(tok::raw_identifier))
        Names.insert(T.getRawIdentifier());
    }
    HasNames = true;
  }

  llvm::DenseSet<const Expr *> Places;
  llvm::StringSet<> Names;
  bool HasNames = false;
};

} // namespace

std::optional<FixItHint> keepUntilEndOfBlock(const Expr &Dropped, const FunctionDecl &F, Unit &U) {
  const NewLocals &Locals = U.get<NewLocals>(F);
  if (!Locals.mayDeclareAt(Dropped))
    return std::nullopt;
  for (llvm::StringRef Name : {"guard", "lock", "held"})
    if (Locals.isFree(Name) && !U.context().Idents.get(Name).hasMacroDefinition())
      return FixItHint::CreateInsertion(Dropped.getBeginLoc(), ("auto " + Name + " = ").str());
  return std::nullopt;
}

} // namespace corolint::model
