//===- Uses.cpp - What becomes of a value -----------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/code/Uses.h"
#include "model/Unit.h"
#include "model/code/Call.h"
#include "model/code/Calls.h"
#include "model/code/Drops.h"
#include "model/code/Walk.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Lexer.h"

using namespace clang;

namespace corolint::model {
namespace {

/// Of a macro or a function: it wants what it is given to throw.
bool wantsThrow(llvm::StringRef Name) {
  const std::string Lower = Name.lower();
  const size_t At = Lower.find("throw");
  if (At == std::string::npos)
    return false;
  // `EXPECT_NO_THROW`, `REQUIRE_NOTHROW`, `doesNotThrow`, `never_throws`
  const llvm::StringRef Before = llvm::StringRef(Lower).take_front(At).rtrim('_');
  return llvm::none_of(llvm::ArrayRef<llvm::StringRef>{"no", "not", "never", "doesnt", "dont"},
                       [&](llvm::StringRef No) { return Before.ends_with(No); });
}

/// Likewise, or to end its process.
bool wantsFailure(llvm::StringRef Name) {
  const std::string Lower = Name.lower();
  // Not `on_death`, which is given what is to be done then.
  if (llvm::StringRef(Lower).contains("death"))
    return llvm::any_of(
        llvm::ArrayRef<llvm::StringRef>{"expect", "assert", "check", "require", "test"},
        [&](llvm::StringRef Word) { return llvm::StringRef(Lower).contains(Word); });
  return wantsThrow(Name);
}

/// It stands in a macro, in one that this is made of, or so on, of such a name.
bool isInMacro(const Expr &E, const ASTContext &Context,
               llvm::function_ref<bool(llvm::StringRef)> OfName) {
  const SourceManager &SM = Context.getSourceManager();
  for (SourceLocation At = E.getExprLoc(); At.isMacroID();
       At = SM.getImmediateExpansionRange(At).getBegin())
    if (OfName(Lexer::getImmediateMacroName(At, SM, Context.getLangOpts())))
      return true;
  return false;
}

} // namespace

bool isExpectedToThrow(const Expr &E, Unit &U) {
  return isInMacro(E, U.context(), wantsThrow);
}

bool isExpectedToFail(const Expr &E, const FunctionDecl &F, Unit &U) {
  if (isInMacro(E, U.context(), wantsFailure))
    return true;
  const auto *Method = dyn_cast<CXXMethodDecl>(&F);
  if (!Method || !Method->getParent()->isLambda())
    return false;
  const auto *Around = dyn_cast_or_null<FunctionDecl>(
      static_cast<const DeclContext *>(Method->getParent()->getDeclContext()));
  return Around && U.get<Uses>(*Around).isGivenToFail(F, U);
}

bool Uses::isGivenToFail(const FunctionDecl &Lambda, Unit &U) const {
  if (!Failing) {
    Failing.emplace();
    for (const Call &Site : callsIn(F, U))
      if (Site.Callee->getIdentifier() && wantsFailure(Site.Callee->getName()))
        for (auto [Callable, Arg] : Site.callables(U))
          Failing->insert(Callable);
  }
  return Failing->contains(&Lambda);
}

namespace {

/// Finds the mentions with what stands around them, in lambdas as well.
class MentionFinder {
public:
  using Visitor = llvm::function_ref<void(const VarDecl &, const Mention &)>;
  explicit MentionFinder(Visitor Visit) : Visit(Visit) {}

  void visit(const Stmt *S) {
    if (!S)
      return;
    if (const auto *Ref = dyn_cast<DeclRefExpr>(S)) {
      if (const VarDecl *V = named(*Ref))
        Visit(*V, mention(*Ref));
      return;
    }
    Above.push_back(S);
    if (const auto *Lambda = dyn_cast<LambdaExpr>(S)) {
      for (const Expr *Init : Lambda->capture_inits())
        visit(Init);
      visit(Lambda->getBody());
    } else if (const auto *Body = dyn_cast<CoroutineBodyStmt>(S)) {
      visit(Body->getBody());
    } else if (const auto *Suspend = dyn_cast<CoroutineSuspendExpr>(S)) {
      visit(Suspend->getOperand());
    } else if (const auto *Return = dyn_cast<CoreturnStmt>(S)) {
      visit(Return->getOperand());
    } else if (const auto *Default = dyn_cast<CXXDefaultArgExpr>(S)) {
      visit(Default->getExpr());
    } else {
      for (const Stmt *Child : S->children())
        visit(Child);
    }
    Above.pop_back();
  }

private:
  static const VarDecl *named(const DeclRefExpr &Ref) {
    if (const auto *Binding = dyn_cast<BindingDecl>(Ref.getDecl()))
      return dyn_cast_or_null<VarDecl>(Binding->getDecomposedDecl());
    return dyn_cast<VarDecl>(Ref.getDecl());
  }

  Mention mention(const DeclRefExpr &Ref) const {
    Mention M{&Ref};
    const Stmt *Below = &Ref;
    for (const Stmt *Parent : llvm::reverse(Above)) {
      if (const auto *Member = dyn_cast<MemberExpr>(Parent)) {
        Below = Member;
        continue;
      }
      if (const auto *Call = dyn_cast<CXXMemberCallExpr>(Parent)) {
        if (Call->getCallee()->IgnoreParens() == Below)
          M.Member = Call;
        break;
      }
      if (isa<ParenExpr, ImplicitCastExpr>(Parent)) {
        Below = Parent;
        continue;
      }
      if (const auto *Cast = dyn_cast<ExplicitCastExpr>(Parent))
        M.Dropped = Cast->getType()->isVoidType();
      break;
    }
    return M;
  }

  Visitor Visit;
  llvm::SmallVector<const Stmt *, 32> Above;
};

} // namespace

Uses::Uses(const FunctionDecl &F) : F(F) {
  MentionFinder([&](const VarDecl &V, const Mention &M) {
    if (!V.isFileVarDecl())
      Mentions[&V].push_back(M);
  }).visit(writtenBody(F));
  walkEvaluated(writtenBody(F), [&](const Stmt &S) {
    if (const auto *Conditional = dyn_cast<ConditionalOperator>(&S)) {
      const Expr *True = bare(Conditional->getTrueExpr());
      const Expr *False = bare(Conditional->getFalseExpr());
      OtherArms[True] = False;
      OtherArms[False] = True;
    } else if (const auto *Block = dyn_cast<CompoundStmt>(&S)) {
      for (auto [I, Each] : llvm::enumerate(Block->body()))
        if (const auto *Declares = dyn_cast<DeclStmt>(Each))
          for (const Decl *D : Declares->decls())
            if (const auto *V = dyn_cast<VarDecl>(D))
              Blocks[V] = {Block, I};
    }
    return true;
  });
}

llvm::ArrayRef<Mention> Uses::of(const VarDecl &V) const {
  auto Found = Mentions.find(&V);
  return Found == Mentions.end() ? llvm::ArrayRef<Mention>() : llvm::ArrayRef(Found->second);
}

bool Uses::isDropped(const Expr &E) const {
  if (!Dropped) {
    Dropped.emplace();
    forEachDropped(F, [&](const Expr &Each, Drop) { Dropped->insert(&Each); });
  }
  return E.getType()->isVoidType() || Dropped->contains(&E);
}

bool isInert(const Mention &M) {
  const CXXMethodDecl *Asked =
      M.Member && M.Member->getNumArgs() == 0 ? M.Member->getMethodDecl() : nullptr;
  return M.Dropped || (Asked && Asked->isConst() && Asked->getReturnType()->isBooleanType());
}

llvm::ArrayRef<Mention> mentionsOf(const VarDecl &V, const FunctionDecl &F, Unit &U) {
  return U.get<Uses>(F).of(V);
}

const Expr *otherArm(const Expr &E, const FunctionDecl &F, Unit &U) {
  return U.get<Uses>(F).otherArm(E);
}

bool mentions(const Stmt *S, const VarDecl &V) {
  bool Found = false;
  MentionFinder([&](const VarDecl &Named, const Mention &) { Found |= &Named == &V; }).visit(S);
  return Found;
}

} // namespace corolint::model
