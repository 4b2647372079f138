//===- Unforwarded.cpp - A stop token that is not passed on ------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/tasks/Unforwarded.h"
#include "ast/Classes.h"
#include "model/Unit.h"
#include "model/calls/ContextTypes.h"
#include "model/code/Call.h"
#include "model/code/Cfg.h"
#include "model/code/Dataflow.h"
#include "model/code/Scopes.h"
#include "model/code/Walk.h"
#include "model/tasks/ContextTraces.h"
#include "model/tasks/TaskFlow.h"
#include "model/types/Protocol.h"
#include "model/types/TaskType.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace corolint::model {
namespace {

/// Of which contexts a path knows that they are over: a stop was requested, the deadline has
/// passed. What is awaited from there on cleans up.
struct OverFlow {
  static constexpr Direction Runs = Direction::Forward;
  struct State {
    ContextMask Over = 0;
    bool join(const State &Other) {
      const ContextMask Before = Over;
      Over |= Other.Over;
      return Over != Before;
    }
  };

  State initial() const { return {}; }
  void step(const CFGBlock &, unsigned, const CFGElement &, State &) const {}
  /// What was asked with a context may have thrown because of it.
  State caught(unsigned Try, const State &S) const {
    return {S.Over | Of.within(Graph.tries()[Try].Written->getTryBlock())};
  }
  void refine(const CFGBlock &B, unsigned Successor, State &S) const {
    const Stmt *Terminator = B.getTerminatorStmt();
    const auto *Asked = llvm::dyn_cast_or_null<Expr>(B.getLastCondition());
    if (!Terminator || !Asked || B.succ_size() != 2 || isa<SwitchStmt>(Terminator))
      return;
    bool OverIfTrue = true;
    for (Asked = bare(Asked);; Asked = bare(Asked)) {
      const auto *Not = dyn_cast<UnaryOperator>(Asked);
      if (!Not || Not->getOpcode() != UO_LNot)
        break;
      OverIfTrue = !OverIfTrue;
      Asked = Not->getSubExpr();
    }
    const ContextMask M = Of.at(Asked);
    if (!M)
      return;
    if (const std::optional<bool> Told = tellsOver(*Asked, M); Told && !*Told)
      OverIfTrue = !OverIfTrue;
    else if (!Told)
      return;
    if (OverIfTrue == (Successor == 0))
      S.Over |= M;
    else
      S.Over &= ~M;
  }

  /// A question to a context: is it over if that is true? `now < deadline` is a question, too.
  std::optional<bool> tellsOver(const Expr &Asked, ContextMask M) const {
    if (const auto *Rewritten = dyn_cast<CXXRewrittenBinaryOperator>(&Asked)) {
      const auto Parts = Rewritten->getDecomposedForm();
      return compares(Parts.Opcode, Parts.RHS, M);
    }
    if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(&Asked);
        Operator && Operator->isComparisonOp())
      return compares(BinaryOperator::getOverloadedOpcode(Operator->getOperator()),
                      Operator->getArg(1), M);
    if (const auto *Operator = dyn_cast<BinaryOperator>(&Asked);
        Operator && Operator->isComparisonOp())
      return compares(Operator->getOpcode(), Operator->getRHS(), M);
    return isa<CallExpr>(Asked) ? std::optional(true) : std::nullopt;
  }
  std::optional<bool> compares(BinaryOperatorKind Kind, const Expr *Right, ContextMask M) const {
    const bool IsRight = Of.at(Right) & M;
    if (Kind == BO_LT || Kind == BO_LE)
      return !IsRight;
    if (Kind == BO_GT || Kind == BO_GE)
      return IsRight;
    return std::nullopt;
  }

  const Cfg &Graph;
  const ContextTraces &Of;
};

class UnforwardedFinder {
public:
  UnforwardedFinder(std::vector<OwnContext> &Contexts, const FunctionDecl &F, Unit &U)
      : Contexts(Contexts), F(F), U(U), Of(F, Contexts, U), Flows(U.get<TaskFlows>(F)) {}

  std::vector<UnforwardedContext> run() {
    findOver();
    std::vector<UnforwardedContext> Result;
    for (const ContextCandidate &Each : Of.candidates())
      if (std::optional<UnforwardedContext> Found = look(Each))
        Result.push_back(*Found);
    return Result;
  }

private:
  void findOver() {
    const Cfg *Graph = cfgOf(F, U);
    if (!Graph)
      return;
    OverFlow Problem{*Graph, Of};
    Dataflow<OverFlow> Solved(*Graph, Problem);
    Solved.solve();
    Solved.forEachElement(
        [&](const CFGBlock &, unsigned, const CFGElement &E, const OverFlow::State &S) {
          if (std::optional<CFGStmt> Element = E.getAs<CFGStmt>(); Element && S.Over)
            Over[Element->getStmt()] |= S.Over;
        });
  }

  std::optional<UnforwardedContext> look(const ContextCandidate &Each) {
    std::optional<Call> Site = callOf(*Each.At);
    if (!Site || !isAwaitable(Each.At->getType()))
      return std::nullopt;
    const SourceLocation At = Site->At;
    for (const auto &[I, One] : llvm::enumerate(Contexts)) {
      std::optional<UnforwardedContext> Found = takes(*Site, One);
      if (!Found)
        continue;
      Found->At = Each.At;
      const ContextMask M = ContextMask(1) << I;
      const char *Why = whyNot(Each, One, *Found, M);
      if (!Why)
        return Found;
      U.leave(At, [&] {
        return "'" + One.Variable->getNameAsString() + "' could be passed on here, and " + Why;
      });
    }
    return std::nullopt;
  }

  bool isAwaitable(QualType T) {
    const TaskType &Type = U.get<TaskTypes>().of(T);
    return Type.Awaitable || Type.isTask() || Type.Kind == TaskKind::Handle;
  }

  /// By a parameter that was left out, or by an overload.
  std::optional<UnforwardedContext> takes(const Call &Site, const OwnContext &One) {
    const unsigned Written =
        llvm::count_if(Site.Args, [](const Expr *Arg) { return !isa<CXXDefaultArgExpr>(Arg); });
    auto Make = [&](const ContextTaker &T, const FunctionDecl *Overload) {
      UnforwardedContext Found;
      Found.Callee = Site.Callee;
      Found.Context = One.Variable;
      Found.Class = One.Type.Class;
      Found.Known = One.Type.Known;
      Found.Takes = T.Of->getParamDecl(T.Index);
      Found.Overload = Overload;
      Found.Position = T.Index;
      Found.Written = Written;
      Found.ByAddress = T.Type.Is == ContextForm::Pointer && One.Type.Is == ContextForm::Object;
      return Found;
    };
    const llvm::SmallVector<ContextTaker, 1> Own = contextTakersOf(*Site.Callee, U);
    for (const ContextTaker &T : Own) {
      if (!fits(T, One))
        continue;
      const auto *Default =
          T.Index < Site.Args.size() ? dyn_cast<CXXDefaultArgExpr>(Site.Args[T.Index]) : nullptr;
      return Default && standsForNone(*Default, *One.Type.Class) ? std::optional(Make(T, nullptr))
                                                                 : std::nullopt;
    }
    // It takes one of that type already.
    if (llvm::any_of(Own, [&](const ContextTaker &T) { return T.Type.Class == One.Type.Class; }))
      return std::nullopt;
    for (const ContextTaker &T : contextOverloadsOf(*Site.Callee, U))
      if (fits(T, One) && T.Index <= Written && !isThisOne(*T.Of))
        return Make(T, T.Of);
    return std::nullopt;
  }

  /// The overload with the context may be made of the one without.
  bool isThisOne(const FunctionDecl &Overload) const {
    return writtenPattern(F).getCanonicalDecl() == Overload.getCanonicalDecl() ||
           F.getTemplateInstantiationPattern() == &Overload;
  }

  static bool fits(const ContextTaker &T, const OwnContext &One) {
    if (T.Type.Class != One.Type.Class)
      return false;
    if (isNamedContext(One.Type) &&
        nameOfParameter(*T.Of, T.Index) != One.Variable->getName().trim('_'))
      return false;
    const QualType Param = T.Of->getParamDecl(T.Index)->getType();
    const QualType Has = One.Variable->getType();
    if (Param->isRValueReferenceType())
      return false;
    const QualType From = Has->isPointerType() ? Has->getPointeeType() : Has.getNonReferenceType();
    if ((Param->isReferenceType() || Param->isPointerType()) &&
        !Param->getPointeeType().isConstQualified() && From.isConstQualified())
      return false;
    if (One.Type.Is != T.Type.Is &&
        (One.Type.Is != ContextForm::Object || T.Type.Is == ContextForm::Shared))
      return false;
    return Param->isReferenceType() || T.Type.Is == ContextForm::Pointer ||
           isCopyable(*One.Type.Class);
  }

  /// Why it may be right not to pass it on; null if it is not.
  const char *whyNot(const ContextCandidate &Each, const OwnContext &One,
                     const UnforwardedContext &Found, ContextMask M) {
    if (Of.at(Each.Top) & M)
      return "what is given to the call, or stands around it, has it already";
    if (One.IsRead && travels(*Each.At))
      return "its task finds that of who awaits it by itself";
    if (One.IsRead && !isDeclaredBefore(*One.Variable, *Each.At))
      return "is not there yet";
    if (isGone(*Each.At, One))
      return "may have been moved from, or replaced";
    if (Over.lookup(Each.At) & M)
      return "the call is made when it may be over: clean-up has to come to its end";
    bool Awaits = false, Has = false;
    Flows.forEachUse(*Each.At, [&](const TaskUse &Use) {
      Awaits |= Use.How == TaskUse::Awaited;
      Has |= Use.At && (Of.at(Use.At) & M);
      return !Has;
    });
    if (Has)
      return "what becomes of the task has it";
    return Awaits ? nullptr : "the coroutine does not await this task: it may have to go on";
  }

  /// A context that was asked for without a name is found by what is awaited, as it was here: by
  /// all tasks of the kind, and by what is no coroutine.
  bool travels(const CallExpr &Called) {
    const CXXRecordDecl *Mine = returnedClass(F);
    const CXXRecordDecl *Theirs = classOf(Called.getType());
    const TaskType &T = U.get<TaskTypes>().of(Called.getType());
    return !Mine || !Theirs || familyOf(Mine) == familyOf(Theirs) || T.Kind == TaskKind::Awaiter ||
           T.Kind == TaskKind::None;
  }

  bool isDeclaredBefore(const VarDecl &V, const Stmt &S) {
    const Scopes &Where = U.get<Scopes>(F);
    return Where.contains(*Where.scopeOf(V), S) &&
           U.context().getSourceManager().isBeforeInTranslationUnit(V.getLocation(),
                                                                    S.getBeginLoc());
  }

  bool isGone(const Stmt &Call, const OwnContext &One) {
    if (!One.GoneAt)
      return false;
    const Scopes &Where = U.get<Scopes>(F);
    return !Where.isAfter(Call, *One.GoneAt) || Where.loopAround(*One.GoneAt, *writtenBody(F));
  }

  std::vector<OwnContext> &Contexts;
  const FunctionDecl &F;
  Unit &U;
  const ContextTraces Of;
  TaskFlows &Flows;
  llvm::DenseMap<const Stmt *, ContextMask> Over;
};

} // namespace

std::vector<UnforwardedContext> unforwardedContexts(const FunctionDecl &F, Unit &U) {
  if (!isCoroutine(F) || F.isDependentContext())
    return {};
  std::vector<OwnContext> Contexts = contextsOf(F, U);
  return Contexts.empty() ? std::vector<UnforwardedContext>()
                          : UnforwardedFinder(Contexts, F, U).run();
}

} // namespace corolint::model
