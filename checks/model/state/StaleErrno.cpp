//===- StaleErrno.cpp - errno, read after a suspension -------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/state/StaleErrno.h"
#include "ast/Names.h"
#include "knowledge/Words.h"
#include "model/Unit.h"
#include "model/code/Call.h"
#include "model/code/Cfg.h"
#include "model/code/Dataflow.h"
#include "model/code/Uses.h"
#include "model/code/Walk.h"
#include "model/types/Coroutine.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace corolint::model {
namespace {

bool isErrno(const Stmt &S) {
  const auto *Written = dyn_cast<CallExpr>(&S);
  const FunctionDecl *Callee = Written ? Written->getDirectCallee() : nullptr;
  return Callee && Callee->getIdentifier() &&
         (Callee->getName() == "__errno_location" || Callee->getName() == "__error" ||
          Callee->getName() == "_errno");
}

/// A call of the system that sets errno: one in C.
bool mayFail(const CallExpr &E, Unit &U) {
  const FunctionDecl *Callee = E.getDirectCallee();
  return Callee && Callee->isExternC() && U.isSystem(Callee->getLocation()) && !isErrno(E);
}

/// Where the results of calls of the system are kept, as they are or a part of a value.
class KeptResults {
public:
  KeptResults(const FunctionDecl &F, Unit &U) {
    auto Keep = [&](const VarDecl *V, const Expr *Value) {
      if (V && Value)
        walkEvaluated(Value, [&](const Stmt &S) {
          if (const auto *Made = dyn_cast<CallExpr>(&S); Made && mayFail(*Made, U))
            In.try_emplace(Made, V);
          return true;
        });
    };
    walkEvaluated(writtenBody(F), [&](const Stmt &S) {
      if (const auto *Declares = dyn_cast<DeclStmt>(&S)) {
        for (const Decl *D : Declares->decls())
          if (const auto *V = dyn_cast<VarDecl>(D))
            Keep(V, V->getInit());
      } else if (const auto *Assign = dyn_cast<BinaryOperator>(&S);
                 Assign && Assign->isAssignmentOp()) {
        Keep(variableIn(Assign->getLHS()), Assign->getRHS());
      }
      return true;
    });
  }
  /// The variable, or null.
  const VarDecl *find(const CallExpr &Made) const { return In.lookup(&Made); }

private:
  llvm::DenseMap<const CallExpr *, const VarDecl *> In;
};

/// The last call of the system on every path, and what came after it.
class ErrnoFlow {
public:
  static constexpr Direction Runs = Direction::Forward;
  struct State {
    const CallExpr *Failed = nullptr; ///< null: none, or another on each path
    const Expr *Suspension = nullptr; ///< the first since
    bool Asked = false;               ///< its result was asked for before that
    bool AskedAfter = false;          ///< … and since the last suspension
    bool join(const State &Other) {
      State Both = Failed == Other.Failed && !Suspension == !Other.Suspension ? *this : State();
      Both.Asked &= Other.Asked;
      Both.AskedAfter &= Other.AskedAfter;
      const bool Changed = Both.Failed != Failed || Both.Asked != Asked ||
                           Both.AskedAfter != AskedAfter || !Both.Suspension != !Suspension;
      *this = Both;
      return Changed;
    }
  };

  ErrnoFlow(const FunctionDecl &F, Unit &U)
      : U(U), Suspensions(suspensionSetOf(F, U)), Results(F, U) {}

  State initial() const { return {}; }
  State caught(unsigned, const State &) const { return {}; } // any call may have thrown

  void step(const CFGBlock &, unsigned, const CFGElement &E, State &S) const {
    std::optional<CFGStmt> Element = E.getAs<CFGStmt>();
    if (!Element)
      return;
    const Stmt *Here = Element->getStmt();
    if (const auto *At = dyn_cast<Expr>(Here);
        At && Suspensions.contains(At) && !isa<CoyieldExpr>(At)) {
      if (S.Failed && !S.Suspension)
        S.Suspension = At;
      S.AskedAfter = false;
    } else if (const auto *Ref = dyn_cast<DeclRefExpr>(Here)) {
      const VarDecl *Result = S.Failed ? Results.find(*S.Failed) : nullptr;
      S.AskedAfter |= Result && Ref->getDecl() == Result;
    } else if (const auto *Written = dyn_cast<CallExpr>(Here); Written && !isErrno(*Written)) {
      // What is awaited is made before it is: only a call of the system counts.
      if (mayFail(*Written, U))
        S = {Written};
      else if (S.Suspension)
        S = {};
    }
  }

  /// A branch asks for the result of the call.
  void refine(const CFGBlock &B, unsigned, State &S) const {
    const Stmt *Condition = S.Failed && !S.Suspension ? B.getTerminatorCondition() : nullptr;
    if (!Condition)
      return;
    const VarDecl *Result = Results.find(*S.Failed);
    S.Asked |= evaluates(Condition, *S.Failed) || (Result && mentions(Condition, *Result));
  }

private:
  Unit &U;
  const SuspensionSet &Suspensions;
  const KeptResults Results;
};

} // namespace

std::vector<StaleErrno> staleErrno(const FunctionDecl &F, Unit &U) {
  llvm::SmallPtrSet<const Stmt *, 4> Reads;
  if (isCoroutine(F) && !suspensionsIn(F, U).empty())
    walkEvaluated(writtenBody(F), [&](const Stmt &S) {
      if (isErrno(S))
        Reads.insert(&S);
      return true;
    });
  const Cfg *Graph = Reads.empty() ? nullptr : cfgOf(F, U);
  if (!Graph)
    return {};
  ErrnoFlow Problem(F, U);
  Dataflow<ErrnoFlow> Flow(*Graph, Problem);
  Flow.solve();
  std::vector<StaleErrno> Result;
  Flow.forEachElement(
      [&](const CFGBlock &, unsigned, const CFGElement &E, const ErrnoFlow::State &S) {
        std::optional<CFGStmt> Element = E.getAs<CFGStmt>();
        if (!Element || !Reads.contains(Element->getStmt()))
          return;
        const auto *Read = cast<CallExpr>(Element->getStmt());
        if (!S.Failed || !S.Suspension)
          return U.leave(Read->getExprLoc(), [] {
            return std::string("no suspension stands between errno and the call that set it");
          });
        if (!S.AskedAfter && !(S.Asked && U.get<Uses>(F).isDropped(*S.Suspension)))
          return U.leave(Read->getExprLoc(), [&] {
            return "errno may be that of what was awaited: no code after the suspension checks the "
                   "result of the call of " +
                   lineOf(S.Failed->getExprLoc(), U.context().getSourceManager());
          });
        Result.push_back({Read, S.Failed, S.Suspension});
      });
  const SourceManager &SM = U.context().getSourceManager();
  llvm::sort(Result, [&](const StaleErrno &A, const StaleErrno &B) {
    return SM.isBeforeInTranslationUnit(A.Read->getExprLoc(), B.Read->getExprLoc());
  });
  return Result;
}

} // namespace corolint::model
