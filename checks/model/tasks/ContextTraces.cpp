//===- ContextTraces.cpp - What has to do with a stop token ------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/tasks/ContextTraces.h"
#include "knowledge/Knowledge.h"
#include "model/Unit.h"
#include "model/code/Call.h"
#include "model/code/Walk.h"
#include "model/types/Coroutine.h"
#include "model/types/TaskType.h"
#include "clang/AST/Attr.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace corolint::model {
namespace {

class ContextFinder {
public:
  ContextFinder(const FunctionDecl &F, Unit &U) : F(F), U(U) {}

  std::vector<OwnContext> run() {
    for (const ParmVarDecl *P : F.parameters())
      add(*P, /*IsRead=*/false);
    if (const auto *Method = dyn_cast<CXXMethodDecl>(&F); Method && Method->getParent()->isLambda())
      for (const LambdaCapture &Each : Method->getParent()->captures())
        if (Each.capturesVariable())
          if (const auto *V = dyn_cast<VarDecl>(Each.getCapturedVar()))
            add(*V, /*IsRead=*/false);
    if (!mayRead())
      return {};
    walkEvaluated(writtenBody(F), [&](const Stmt &S) {
      if (const auto *Declares = dyn_cast<DeclStmt>(&S))
        for (const Decl *D : Declares->decls())
          if (const auto *V = dyn_cast<VarDecl>(D))
            add(*V, V->getInit() && isa<CoawaitExpr>(bare(V->getInit())));
      return true;
    });
    std::vector<OwnContext> Result;
    for (const OwnContext &Each : Found)
      if (isMeant(Each))
        Result.push_back(Each);
    constexpr size_t Most = 8 * sizeof(ContextMask);
    if (Result.size() > Most)
      Result.clear();
    return Result;
  }

private:
  /// Without a parameter of such a type only a `co_await` can give one.
  bool mayRead() const { return !Found.empty() || !awaitPointsIn(F, U).empty(); }

  void add(const VarDecl &V, bool IsRead) {
    if (ContextType T = contextType(V.getType(), U)) {
      Found.push_back({&V, T, IsRead, nullptr});
      ++Number[kindOf(V, T)];
    }
  }

  bool isMeant(const OwnContext &One) const {
    const VarDecl &V = *One.Variable;
    const bool IsLocal = V.isLocalVarDecl() && V.getDeclContext() == &F;
    if (V.getName().empty() || V.hasAttr<UnusedAttr>() || (IsLocal && !One.IsRead))
      return false;
    // Of several, nobody knows which is meant: one may have been made of the other.
    return Number.lookup(kindOf(V, One.Type)) == 1;
  }

  /// Of those that stand for each other: by the class, and by the name where that decides.
  using Kind = std::pair<const CXXRecordDecl *, const IdentifierInfo *>;
  static Kind kindOf(const VarDecl &V, const ContextType &T) {
    return {T.Class, isNamedContext(T) ? V.getIdentifier() : nullptr};
  }

  const FunctionDecl &F;
  Unit &U;
  std::vector<OwnContext> Found;
  llvm::DenseMap<Kind, unsigned> Number;
};

} // namespace

std::vector<OwnContext> contextsOf(const FunctionDecl &F, Unit &U) {
  return ContextFinder(F, U).run();
}

ContextTraces::ContextTraces(const FunctionDecl &F, std::vector<OwnContext> &Contexts, Unit &U)
    : Contexts(Contexts), U(U) {
  for (auto [I, Each] : llvm::enumerate(Contexts))
    Of[Each.Variable] = ContextMask(1) << I;
  walkEvaluated(
      writtenBody(F), [&](const Stmt &S) { return enter(S); }, [&](const Stmt &S) { leave(S); });
}

bool ContextTraces::enter(const Stmt &S) {
  const auto *E = dyn_cast<Expr>(&S);
  const bool IsTop =
      E && (Stack.empty() || !isa<Expr>(Stack.back()) || isa<CoroutineSuspendExpr>(Stack.back()));
  if (IsTop)
    Tops.push_back(E);
  Stack.push_back(&S);
  if (const auto *Ref = dyn_cast<DeclRefExpr>(&S))
    mark(S, Of.lookup(Ref->getDecl()));
  else if (const auto *Member = dyn_cast<MemberExpr>(&S))
    mark(S, Of.lookup(Member->getMemberDecl()));
  else if (isa<CXXThisExpr>(S))
    mark(S, OfThis);
  else if (const auto *Lambda = dyn_cast<LambdaExpr>(&S))
    for (const LambdaCapture &Each : Lambda->captures())
      if (Each.capturesVariable())
        mark(S, Of.lookup(Each.getCapturedVar()));
  if (const auto *Called = dyn_cast<CallExpr>(&S))
    Candidates.push_back({Called, Tops.empty() ? Called : Tops.back()});
  return true;
}

void ContextTraces::leave(const Stmt &S) {
  Stack.pop_back();
  if (!Tops.empty() && Tops.back() == &S)
    Tops.pop_back();
  const ContextMask Own = at(&S), Any = within(&S);
  if (Own)
    spread(S, Own);
  if (!Any || Stack.empty())
    return;
  All[Stack.back()] |= Any;
  if (!isa<CoroutineSuspendExpr>(S) && Own)
    Marks[Stack.back()] |= Own;
}

void ContextTraces::mark(const Stmt &S, ContextMask M) {
  if (!M)
    return;
  Marks[&S] |= M;
  All[&S] |= M;
}

void ContextTraces::spread(const Stmt &S, ContextMask M) {
  if (const auto *Declares = dyn_cast<DeclStmt>(&S)) {
    for (const Decl *D : Declares->decls())
      if (const auto *V = dyn_cast<VarDecl>(D); V && V->getInit())
        Of[V] |= at(V->getInit());
  } else if (const auto *Assign = dyn_cast<BinaryOperator>(&S);
             Assign && Assign->isAssignmentOp()) {
    assign(Assign->getLHS(), Assign->getRHS(), S);
  } else if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(&S);
             Operator && Operator->isAssignmentOp()) {
    assign(Operator->getArg(0), Operator->getArg(1), S);
  } else if (const auto *Called = dyn_cast<CallExpr>(&S)) {
    call(*Called, M);
  } else if (const auto *Made = dyn_cast<CXXConstructExpr>(&S)) {
    for (const Expr *Arg : Made->arguments())
      giveToClosure(Arg, M);
  }
}

void ContextTraces::assign(const Expr *To, const Expr *From, const Stmt &S) {
  if (const auto *Ref = dyn_cast<DeclRefExpr>(bare(To)))
    noteGone(Ref->getDecl(), S);
  give(To, at(From));
}

void ContextTraces::call(const CallExpr &Called, ContextMask M) {
  if (Called.isCallToStdMove() && Called.getNumArgs() == 1) {
    if (const auto *Ref = dyn_cast<DeclRefExpr>(bare(Called.getArg(0))))
      noteGone(Ref->getDecl(), Called);
    return;
  }
  for (const Expr *Arg : Called.arguments())
    giveToClosure(Arg, M);
  // A task has it; whoever has the others may pass it on later.
  const TaskType &Result = U.get<TaskTypes>().of(Called.getType());
  if (Result.Awaitable || Result.Kind != TaskKind::None)
    return;
  ContextMask Given = 0;
  for (const Expr *Arg : Called.arguments())
    Given |= at(Arg);
  std::optional<Call> Site = callOf(Called);
  if (!Site || !Given)
    return;
  give(Site->Object, Given);
  for (auto [I, Arg] : llvm::enumerate(Site->Args))
    if (I < Site->Callee->getNumParams()) {
      const QualType T = Site->Callee->getParamDecl(I)->getType();
      if ((T->isLValueReferenceType() || T->isPointerType()) &&
          !T->getPointeeType().isConstQualified())
        give(Arg, Given);
    }
}

void ContextTraces::noteGone(const ValueDecl *D, const Stmt &At) {
  for (OwnContext &Each : Contexts)
    if (Each.Variable == D && !Each.GoneAt)
      Each.GoneAt = &At;
}

void ContextTraces::give(const Expr *To, ContextMask M) {
  while (To) {
    To = bare(To);
    if (const auto *Ref = dyn_cast<DeclRefExpr>(To)) {
      Of[Ref->getDecl()] |= M;
      return;
    }
    const auto *Member = dyn_cast<MemberExpr>(To);
    if (Member && isa<CXXThisExpr>(bare(Member->getBase()))) {
      Of[Member->getMemberDecl()] |= M;
      return;
    }
    if (Member)
      To = Member->getBase();
    else if (const auto *Unary = dyn_cast<UnaryOperator>(To))
      To = Unary->getSubExpr();
    else if (const auto *Arrow = dyn_cast<CXXOperatorCallExpr>(To))
      To = Arrow->getArg(0);
    else
      return;
  }
}

void ContextTraces::giveToClosure(const Expr *Arg, ContextMask M) {
  const auto *Lambda = dyn_cast<LambdaExpr>(bare(Arg));
  if (!Lambda)
    return;
  for (const LambdaCapture &Each : Lambda->captures())
    if (Each.capturesVariable())
      Of[Each.getCapturedVar()] |= M;
  walkEvaluated(Lambda->getBody(), [&](const Stmt &S) {
    if (const auto *Member = dyn_cast<MemberExpr>(&S);
        Member && isa<CXXThisExpr>(bare(Member->getBase()))) {
      if (isa<FieldDecl>(Member->getMemberDecl()))
        Of[Member->getMemberDecl()] |= M;
      else
        OfThis |= M;
    }
    return true;
  });
}

} // namespace corolint::model
