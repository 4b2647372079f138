//===- ThreadStateAcrossSuspension.cpp - what belongs to a thread -----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Check.h"
#include "knowledge/Knowledge.h"
#include "knowledge/Words.h"
#include "model/Unit.h"
#include "model/calls/Roles.h"
#include "model/code/Call.h"
#include "model/code/Cfg.h"
#include "model/code/Uses.h"
#include "model/code/Walk.h"
#include "model/run/Threads.h"
#include "model/state/Stale.h"
#include "model/state/ThreadLocal.h"
#include "model/types/Coroutine.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace corolint::checks {
namespace {

class ThreadStateAcrossSuspension : public Check {
public:
  using Check::Check;

private:
  void checkFunction(const FunctionDecl &F, model::Unit &U) override;
  void checkLocals(const FunctionDecl &F, model::Unit &U);
  void checkErrno(const FunctionDecl &F, model::Unit &U);

  llvm::SmallPtrSet<const Expr *, 8> Suspensions; ///< all
  llvm::SmallPtrSet<const Expr *, 8> Changing;    ///< those that may change the thread
};

} // namespace

extern const Rule ThreadStateAcrossSuspensionEntry = {
    "coro-thread-state-across-suspension",
    "what belongs to a thread, taken before a suspension and used after it, on another thread "
    "maybe",
    Tier::Default,
    Topic::Suspension,
    Fix::None,
    {},
    makeCheck<ThreadStateAcrossSuspension>,
};

namespace {

/// What is known of a call that gives something of the calling thread, or null.
const model::Entry *threadStateOf(const Expr *E, const FunctionDecl &In, model::Unit &U) {
  const auto *Written = dyn_cast<CallExpr>(model::bare(E));
  std::optional<model::Call> Site = Written ? model::callOf(*Written) : std::nullopt;
  if (Site)
    for (const model::Entry *Known : U.knowledge().of(*Site->Callee, Site->objectClass()))
      if (Known->What == model::Role::ThreadState && model::speaks(*Known, *Site, In, U))
        return Known;
  return nullptr;
}

/// `EXPECT_NE(before, std::this_thread::get_id())`: to compare is to ask whether it changed.
llvm::SmallPtrSet<const Expr *, 8> comparedIn(const FunctionDecl &F) {
  llvm::SmallPtrSet<const Expr *, 8> Result;
  model::walkEvaluated(model::writtenBody(F), [&](const Stmt &S) {
    if (const auto *Binary = dyn_cast<BinaryOperator>(&S); Binary && Binary->isComparisonOp()) {
      Result.insert(model::bare(Binary->getLHS()));
      Result.insert(model::bare(Binary->getRHS()));
    }
    if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(&S);
        Operator && Operator->isComparisonOp())
      for (const Expr *Arg : Operator->arguments())
        Result.insert(model::bare(Arg));
    return true;
  });
  return Result;
}

void ThreadStateAcrossSuspension::checkLocals(const FunctionDecl &F, model::Unit &U) {
  struct Origin {
    model::ThreadLocal Local;
    const model::Entry *Known;
  };
  std::vector<model::Taking> Taken;
  std::vector<Origin> Origins;
  model::walkEvaluated(model::writtenBody(F), [&](const Stmt &S) {
    if (const auto *Declares = dyn_cast<DeclStmt>(&S))
      for (const Decl *D : Declares->decls()) {
        const auto *V = dyn_cast<VarDecl>(D);
        if (!V || !V->hasLocalStorage() || !V->getInit())
          continue;
        const bool Refers = V->getType()->isReferenceType() || V->getType()->isPointerType();
        Origin From{Refers ? model::threadLocalIn(*V->getInit(), U) : model::ThreadLocal(),
                    nullptr};
        if (!From.Local.Variable)
          From.Known = threadStateOf(V->getInit(), F, U);
        if (!From.Local.Variable && !From.Known) {
          if (Refers || isa<CallExpr>(model::bare(V->getInit())))
            U.leave(V->getLocation(), [&] {
              return "'" + V->getNameAsString() + "' is not known to belong to the thread";
            });
          continue;
        }
        Taken.push_back({V});
        Origins.push_back(From);
      }
    return true;
  });
  if (Taken.empty())
    return;
  const auto Compared = comparedIn(F);
  const auto Uses = model::staleUses(Taken, F, Changing, U);
  for (size_t I = 0; I != Taken.size(); ++I) {
    const std::optional<model::StaleUse> &Stale = Uses[I];
    const VarDecl &V = *Taken[I].Variable;
    const std::string Name = "'" + V.getNameAsString() + "'";
    if (!Stale) {
      U.leave(V.getLocation(), [&] {
        return Name +
               " belongs to the thread, and is not used after a suspension that may change the "
               "thread" +
               (Changing.empty() ? ": what this coroutine awaits brings it back to its thread"
                                 : "");
      });
      continue;
    }
    const VarDecl *Local = Origins[I].Local.Variable;
    const model::Entry *Known = Origins[I].Known;
    // In a macro of a test framework, or in a comparison.
    const bool Arguable =
        Known && (Stale->Use->getBeginLoc().isMacroID() || Compared.contains(Stale->Use));
    if (Arguable && !wantsArguable(U))
      continue;
    if (Arguable)
      U.leave(Stale->Use->getLocation(), [&] {
        return Name + " is only compared, or asserted: that asks whether the thread has changed";
      });
    auto Finding =
        report(Stale->Use->getLocation(),
               "'%0' is used after a suspension: it %select{%2|refers to the thread_local "
               "'%2' of the thread}1 that took it, and the coroutine may have been "
               "resumed on another",
               shownIf(!Arguable));
    if (!Finding)
      continue;
    *Finding << V.getName() << (Local != nullptr) << (Local ? Local->getName().str() : Known->Why);
    if (Known)
      Finding->step(V.getLocation(), "it is taken here, by '%0' (%1)") << Known->Name << Known->From.str();
    else if (Origins[I].Local.From)
      Finding->step(V.getLocation(), "it is taken here, from '%0'")
          << Origins[I].Local.From->getQualifiedNameAsString();
    else
      Finding->step(V.getLocation(), "it is taken here");
    Finding->step(Stale->Suspensions.front()->getExprLoc(), "the coroutine is suspended here");
    for (const Expr *Other : llvm::drop_begin(Stale->Suspensions))
      Finding->step(Other->getExprLoc(), "and here");
    Finding->advice(Stale->Use->getLocation(), "take it again after the suspension");
  }
}

bool isErrno(const Stmt &S) {
  const auto *Written = dyn_cast<CallExpr>(&S);
  const FunctionDecl *Callee = Written ? Written->getDirectCallee() : nullptr;
  return Callee && Callee->getIdentifier() &&
         (Callee->getName() == "__errno_location" || Callee->getName() == "__error" ||
          Callee->getName() == "_errno");
}

/// A call of the system that sets errno: one in C.
bool mayFail(const CallExpr &E, model::Unit &U) {
  const FunctionDecl *Callee = E.getDirectCallee();
  return Callee && Callee->isExternC() && U.isSystem(Callee->getLocation()) && !isErrno(E);
}

/// Where the results of calls of the system are kept, as they are or a part of a value.
class Kept {
public:
  Kept(const FunctionDecl &F, model::Unit &U) {
    auto Keep = [&](const VarDecl *V, const Expr *Value) {
      if (V && Value)
        model::walkEvaluated(Value, [&](const Stmt &S) {
          if (const auto *Made = dyn_cast<CallExpr>(&S); Made && mayFail(*Made, U))
            In.try_emplace(Made, V);
          return true;
        });
    };
    model::walkEvaluated(model::writtenBody(F), [&](const Stmt &S) {
      if (const auto *Declares = dyn_cast<DeclStmt>(&S)) {
        for (const Decl *D : Declares->decls())
          if (const auto *V = dyn_cast<VarDecl>(D))
            Keep(V, V->getInit());
      } else if (const auto *Assign = dyn_cast<BinaryOperator>(&S);
                 Assign && Assign->isAssignmentOp()) {
        Keep(model::variableIn(Assign->getLHS()), Assign->getRHS());
      }
      return true;
    });
  }
  /// The variable, or null.
  const VarDecl *find(const CallExpr &Made) const { return In.lookup(&Made); }

private:
  llvm::DenseMap<const CallExpr *, const VarDecl *> In;
};

/// How many elements of the graph one looks back from errno for the call that set it.
constexpr unsigned FarBack = 2000;

/// `n = read(…); co_await log(); if (n < 0 && errno == EAGAIN)`, or `if (n < 0) { co_await log();
/// throw error(errno); }`: it is that of whoever ran in between. Looks back along the only way that
/// leads to errno.
void ThreadStateAcrossSuspension::checkErrno(const FunctionDecl &F, model::Unit &U) {
  llvm::SmallVector<const CallExpr *, 2> Reads;
  model::walkEvaluated(model::writtenBody(F), [&](const Stmt &S) {
    if (isErrno(S))
      Reads.push_back(cast<CallExpr>(&S));
    return true;
  });
  const model::Cfg *Graph = Reads.empty() ? nullptr : model::cfgOf(F, U);
  if (!Graph)
    return;
  const Kept KeptIn(F, U);
  for (const CallExpr *Read : Reads) {
    const model::Cfg::Point From = Graph->pointOf(*Read);
    const CFGBlock *Block = From.Block;
    const Expr *Suspended = nullptr;
    const CallExpr *Failed = nullptr;
    llvm::SmallPtrSet<const ValueDecl *, 4> Mentioned;
    llvm::SmallVector<const Stmt *, 4> Before; ///< the conditions that led to the suspension
    bool Ended = false;
    unsigned Steps = 0;
    for (unsigned Blocks = 0; Block && !Ended && Blocks != 32; ++Blocks) {
      for (int I = Blocks ? static_cast<int>(Block->size()) : From.Index; I-- > 0 && !Ended;) {
        Ended = ++Steps == FarBack;
        std::optional<CFGStmt> Element = (*Block)[I].getAs<CFGStmt>();
        if (!Element)
          continue;
        const Stmt *S = Element->getStmt();
        if (const auto *At = dyn_cast<Expr>(S); At && Suspensions.contains(At))
          Suspended = At;
        else if (const auto *Ref = dyn_cast<DeclRefExpr>(S); Ref && !Suspended)
          Mentioned.insert(Ref->getDecl());
        else if (const auto *Written = dyn_cast<CallExpr>(S); Written && !isErrno(*Written)) {
          // What is awaited is made before it is: only a call of the system counts.
          if (mayFail(*Written, U))
            Failed = Written;
          if (Failed || !Suspended) {
            Ended = true;
            break;
          }
        }
      }
      Block =
          Block->pred_size() == 1 ? static_cast<const CFGBlock *>(*Block->pred_begin()) : nullptr;
      if (const Stmt *Condition = Block && Suspended ? Block->getTerminatorCondition() : nullptr)
        Before.push_back(Condition);
    }
    if (!Suspended || !Failed) {
      U.leave(Read->getExprLoc(), [&] {
        return std::string("no suspension stands between errno and the call that set it");
      });
      continue;
    }
    // The result of that call is what a branch asks for. Where it asked before the suspension,
    // errno may be that of what was awaited, if somebody asks for the result of that.
    const VarDecl *Result = KeptIn.find(*Failed);
    const bool IsTestedBefore = llvm::any_of(Before, [&](const Stmt *Condition) {
      return model::evaluates(Condition, *Failed) ||
             (Result && model::mentions(Condition, *Result));
    });
    if (!(Result && Mentioned.contains(Result)) &&
        !(IsTestedBefore && U.get<model::Uses>(F).isDropped(*Suspended))) {
      U.leave(Read->getExprLoc(), [&] {
        return "errno may be that of what was awaited: no code after the suspension checks the "
               "result "
               "of the call of " +
               model::lineOf(Failed->getExprLoc(), U.context().getSourceManager());
      });
      continue;
    }
    if (auto Finding = report(Read->getExprLoc(),
                              "errno is read after a suspension: other code on the thread may have "
                              "set it meanwhile")) {
      Finding->step(Failed->getExprLoc(), "this call set it");
      Finding->step(Suspended->getExprLoc(), "the coroutine is suspended here; copy errno before");
    }
  }
}

void ThreadStateAcrossSuspension::checkFunction(const FunctionDecl &F, model::Unit &U) {
  if (!model::isCoroutine(F))
    return;
  Suspensions.clear();
  Changing.clear();
  const CXXRecordDecl *Returned = model::returnedClass(F);
  const bool IsPinned =
      Returned && llvm::any_of(U.knowledge().of(*Returned), [](const model::TypeEntry *E) {
        return E->Is == model::TypeRole::Pinned;
      });
  for (const model::AwaitPoint &P : model::suspensionsIn(F, U)) {
    if (isa<CoyieldExpr>(P.At))
      continue;
    Suspensions.insert(P.At);
    if (!IsPinned || U.get<model::Hops>(F).changesAt(P.At))
      Changing.insert(P.At);
  }
  if (Suspensions.empty())
    return;
  checkErrno(F, U);
  checkLocals(F, U);
}

} // namespace
} // namespace corolint::checks
