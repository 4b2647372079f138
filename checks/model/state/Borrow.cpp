//===- Borrow.cpp - Iterators and references into shared containers ---------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/state/Borrow.h"
#include "ast/Names.h"
#include "model/Unit.h"
#include "model/code/Call.h"
#include "model/code/Cfg.h"
#include "model/code/ObjectPath.h"
#include "model/code/Walk.h"
#include "model/run/Concurrency.h"
#include "model/state/AwaitedLock.h"
#include "model/state/Hazard.h"
#include "model/state/Held.h"
#include "model/state/Meanwhile.h"
#include "model/state/Stale.h"
#include "model/types/Coroutine.h"
#include "model/types/TaskType.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallPtrSet.h"

using namespace clang;

namespace corolint::model {
namespace {

/// An object that the function made, and has for itself until it gives it away.
bool isOwnLocal(const ObjectPath &P) {
  if (P.From != ObjectPath::Variable || !P.Root->hasLocalStorage() ||
      P.Root->getType()->isReferenceType() || P.Root->getType()->isPointerType())
    return false;
  // Others may have what a smart pointer leads to that was given.
  const CXXRecordDecl *C = P.Root->getType()->getAsCXXRecordDecl();
  return C && C->hasDefinition() && (!isa<ParmVarDecl>(P.Root) || !isStandard(*C));
}

/// How deep callers are asked whose object it is.
constexpr unsigned MaxCallers = 4;

/// The object \p P of \p F, as F sees it, is of one frame: each call is awaited in place, and gives
/// a local of the caller, who does nothing else with it meanwhile.
bool isOfOneFrame(const FunctionDecl &F, const ObjectPath &P, Unit &U, unsigned Depth) {
  const auto *Param = dyn_cast_or_null<ParmVarDecl>(P.Root);
  if (Depth == 0 || (P.From != ObjectPath::This && !Param) || U.get<Concurrency>().isBegun(F))
    return false;
  const auto Calls = U.get<Concurrency>().callsOf(F);
  return !Calls.empty() && llvm::all_of(Calls, [&](const InnerCall *Each) {
    // A plain function ends before others run; what a lambda sees is its function's.
    if (!Each->Call || (!Each->Awaited && isCoroutine(F)))
      return false;
    const Expr *Given = nullptr;
    if (Param) {
      const unsigned Offset = isa<CXXOperatorCallExpr>(Each->Call) && isa<CXXMethodDecl>(F);
      if (Param->getFunctionScopeIndex() + Offset < Each->Call->getNumArgs())
        Given = Each->Call->getArg(Param->getFunctionScopeIndex() + Offset);
    } else if (const auto *Member = dyn_cast<CXXMemberCallExpr>(Each->Call)) {
      Given = Member->getImplicitObjectArgument();
    }
    if (!Given)
      return false;
    // `worker().run()`
    if (isa<CXXTemporaryObjectExpr, CXXFunctionalCastExpr>(bare(Given)))
      return true;
    const ObjectPath Of = pathOf(*Given);
    return isOwnLocal(Of) || isOfOneFrame(*Each->By, Of, U, Depth - 1);
  });
}

std::string quotedName(const ValueDecl *D) {
  return D ? "'" + D->getNameAsString() + "'" : std::string("what it is taken from");
}

class BorrowFinder {
public:
  BorrowFinder(const FunctionDecl &F, Unit &U) : F(F), U(U), SM(U.context().getSourceManager()) {}

  std::vector<StaleBorrow> run() {
    Suspensions = suspensionSetOf(F, U);
    if (Suspensions.empty())
      return {};
    walkEvaluated(writtenBody(F), [&](const Stmt &S) {
      look(S);
      return true;
    });
    if (Taken.empty() && Loops.empty() && Passed.empty())
      return {};
    std::vector<std::optional<StaleUse>> Uses = staleUses(Taken, F, Suspensions, U);
    for (auto [For, B] : Loops)
      loop(*For, B);
    for (auto [Each, B, Use] : llvm::zip(Taken, Borrows, Uses))
      if (!Use)
        U.leave(Each.By ? Each.By->getExprLoc() : Each.Variable->getLocation(), [&] {
          return quotedName(Each.Variable) + " is taken from " + quotedName(B.Of.named()) +
                 ", and not used after a suspension";
        });
      else if (!LoopVariables.contains(Each.Variable))
        add(*Each.Variable, Each.By ? Each.By->getExprLoc() : Each.Variable->getLocation(), B,
            *Use);
    for (const Given &Each : Passed)
      passed(Each);
    // In the order in which they are found in the source.
    llvm::sort(Found, [&](const StaleBorrow &A, const StaleBorrow &B) {
      return std::pair(A.Taken, A.Use) < std::pair(B.Taken, B.Use);
    });
    return std::move(Found);
  }

private:
  /// An element that is given to a coroutine, which may use it after a suspension of its own.
  struct Given {
    const CallExpr *To;
    const FunctionDecl *Callee;
    const ParmVarDecl *As;
    const Expr *Arg;
    Borrow B;
  };

  void look(const Stmt &S) {
    if (isa<ForStmt, WhileStmt, DoStmt, CXXForRangeStmt>(S))
      Others.addLoop(S.getSourceRange());
    if (const auto *Declares = dyn_cast<DeclStmt>(&S)) {
      for (const Decl *D : Declares->decls())
        if (const auto *V = dyn_cast<VarDecl>(D); V && V->hasLocalStorage() && !V->isImplicit())
          declared(*V);
    } else if (const auto *For = dyn_cast<CXXForRangeStmt>(&S)) {
      if (std::optional<Borrow> B =
              For->getRangeInit() ? Known.rangeOf(For->getRangeInit()) : std::nullopt) {
        Loops.push_back({For, *B});
        if (const VarDecl *V = For->getLoopVariable(); V && V->getType()->isReferenceType())
          ByReference[V] = *B;
      }
    } else if (const VarDecl *V = assignedBy(S); V && V->hasLocalStorage()) {
      const Expr *Value = assignedValue(S);
      if (std::optional<Borrow> B = Value ? Known.assign(*V, *Value) : std::nullopt)
        take({V, cast<Expr>(&S)}, *B);
    } else if (const auto *Call = dyn_cast<CallExpr>(&S)) {
      given(*Call);
    }
  }

  void take(const Taking &Each, const Borrow &B) {
    Taken.push_back(Each);
    Borrows.push_back(B);
  }

  void declared(const VarDecl &V) {
    if (auto Each = ByReference.find(&V); Each != ByReference.end()) {
      Borrow Element = Each->second; // of a loop that is left after a suspension
      Element.Kind = BorrowKind::Reference;
      take({&V}, Element);
      return;
    }
    if (std::optional<Borrow> B = V.getInit() ? Known.declare(V) : std::nullopt)
      take({&V}, *B);
    else if (V.getType()->isLValueReferenceType() || V.getType()->isPointerType())
      U.leave(V.getLocation(),
              [&] { return quotedName(&V) + " is not known to refer into a container"; });
  }

  void given(const CallExpr &To) {
    const FunctionDecl *Callee = definitionCalledBy(To);
    if (!Callee || !isCoroutine(*Callee) || Callee == &F || U.isSystem(Callee->getLocation()))
      return;
    const unsigned Offset = isa<CXXOperatorCallExpr>(To) && isa<CXXMethodDecl>(Callee);
    for (unsigned I = Offset; I < To.getNumArgs() && I - Offset < Callee->getNumParams(); ++I) {
      const ParmVarDecl *P = Callee->getParamDecl(I - Offset);
      const QualType T = P->getType();
      if (!T->isLValueReferenceType() && !T->isPointerType())
        continue;
      std::optional<Borrow> B = Known.borrowOf(To.getArg(I), T->isReferenceType());
      if (B && B->Shared && B->Kind == BorrowKind::Reference)
        Passed.push_back({&To, Callee, P, To.getArg(I), *B});
    }
  }

  void loop(const CXXForRangeStmt &For, const Borrow &B) {
    const Cfg *Graph = For.getInc() ? cfgOf(F, U) : nullptr;
    const CFGBlock *Increment = Graph ? Graph->blockOf(*For.getInc()) : nullptr;
    if (!Increment)
      return;
    // Who leaves the loop after a suspension does not go on with its iterator, nor who comes by its
    // begin again.
    const CFGBlock *Begin = For.getBeginStmt() ? Graph->blockOf(*For.getBeginStmt()) : nullptr;
    llvm::SmallVector<const CFGBlock *, 16> Work{Increment};
    llvm::SmallPtrSet<const CFGBlock *, 16> GoOn{Increment};
    while (!Work.empty())
      for (const CFGBlock *Previous : Work.pop_back_val()->preds())
        if (Previous && Previous != Begin && GoOn.insert(Previous).second)
          Work.push_back(Previous);
    StaleUse Use;
    walkEvaluated(For.getBody(), [&](const Stmt &S) {
      if (const auto *E = dyn_cast<Expr>(&S);
          E && Suspensions.contains(E) && Use.Suspensions.size() < MaxSpanned)
        if (const CFGBlock *At = Graph->blockOf(*E); At && GoOn.contains(At))
          Use.Suspensions.push_back(E);
      return true;
    });
    if (Use.Suspensions.empty())
      return U.leave(For.getForLoc(), [&] {
        return "the loop over " + quotedName(B.Of.named()) + " does not go on after a suspension";
      });
    const size_t Before = Found.size();
    addAt(nullptr, B.At, B, Use, For.getForLoc(), F, &For);
    if (Found.size() != Before)
      LoopVariables.insert(For.getLoopVariable());
  }

  void add(const VarDecl &V, SourceLocation At, const Borrow &B, const StaleUse &Use) {
    const auto *Binding = dyn_cast<BindingDecl>(Use.Use->getDecl());
    addAt(Binding ? static_cast<const ValueDecl *>(Binding) : &V, At, B, Use,
          Use.Use->getLocation(), F);
  }

  /// The coroutine that is given an element uses it after a suspension.
  void passed(const Given &Each) {
    const SuspensionSet &Inner = suspensionSetOf(*Each.Callee, U);
    std::optional<StaleUse> Use = staleUses(Taking{Each.As}, *Each.Callee, Inner, U).front();
    if (!Use)
      return;
    Borrow B = Each.B;
    auto Seen = asSeenBy(B.Of, *Each.To, *Each.Callee);
    B.Of = Seen.empty() ? ObjectPath{ObjectPath::Somewhere, nullptr, {B.Of.Members}} : Seen.front();
    if (!B.Of.named())
      return;
    addAt(Each.As, Each.Arg->getExprLoc(), B, *Use, Use->Use->getLocation(), *Each.Callee);
  }

  /// \p In is where it is used: this coroutine, or the one that it is given to.
  void addAt(const ValueDecl *V, SourceLocation At, const Borrow &B, const StaleUse &Use,
             SourceLocation UsedAt, const FunctionDecl &In, const CXXForRangeStmt *Loop = nullptr) {
    StaleBorrow Result;
    Result.Variable = V;
    Result.Container = B.Of.named();
    Result.Kind = B.Kind;
    Result.Taken = At;
    Result.Use = UsedAt;
    Others.isAbout(V ? V : Loop ? Loop->getLoopVariable() : nullptr);
    for (const Expr *Each : Use.Suspensions)
      if (!isLockedByThreads(*Each, In))
        Result.Suspensions.push_back(Each);
    // Where it is used, and where it is taken: both may be asked about.
    auto Leave = [&](const std::string &Why) {
      for (SourceLocation Place : {At, UsedAt})
        U.leave(Place, [&] { return quotedName(B.Of.named()) + " " + Why; });
    };
    if (Result.Suspensions.empty())
      return Leave("is changed under a thread lock that is held meanwhile: a finding of "
                   "coro-lock-across-suspension");
    if (Others.changedByAwaited(Result, B)) {
      Found.push_back(Result);
      return;
    }
    if (!B.Shared)
      return Leave("is known to this coroutine alone, and what it awaits does not change it");
    // Who is given an element uses it under the lock of who gives it.
    llvm::erase_if(Result.Suspensions, [&](const Expr *Each) {
      return locks().isHeld(At, &In == &F ? Each->getExprLoc() : At);
    });
    if (Result.Suspensions.empty())
      return Leave("cannot change meanwhile: an awaited lock is held");
    if (&In != &F && isCalledUnderLock(F, U))
      return Leave("cannot change meanwhile: every caller holds an awaited lock");
    if (Others.judge(Result, B, In) == Meanwhile::ItselfAlone)
      return Leave("is changed by this very coroutine alone, which runs once for each object");
    if (isOfOneFrame(In, B.Of, U, MaxCallers))
      return Leave("is a local of the awaiting coroutine, and no other code has it");
    if (isCalledUnderLock(In, U))
      return Leave("cannot change meanwhile: every caller holds an awaited lock");
    Found.push_back(Result);
  }

  /// A lock of threads is held there. That is bad enough, and another rule's: who wants to change
  /// something under it waits.
  bool isLockedByThreads(const Expr &Suspension, const FunctionDecl &In) {
    auto [Slot, New] = LockedIn.try_emplace(&In);
    if (New)
      for (const HeldAcross &Held : heldAcross(In, U))
        if (Held.What.Is == Hazard::Lock)
          Slot->second.insert(Held.At.begin(), Held.At.end());
    return Slot->second.contains(&Suspension);
  }

  const AwaitedLocks &locks() { return U.get<AwaitedLocks>(F); }

  const FunctionDecl &F;
  Unit &U;
  const SourceManager &SM;
  llvm::SmallPtrSet<const Expr *, 8> Suspensions;
  Origins Known{U};
  std::vector<Taking> Taken;
  std::vector<Borrow> Borrows; ///< of these
  std::vector<std::pair<const CXXForRangeStmt *, Borrow>> Loops;
  llvm::DenseMap<const VarDecl *, Borrow> ByReference;
  llvm::SmallPtrSet<const ValueDecl *, 4> LoopVariables; ///< of loops that are found
  std::vector<Given> Passed;
  llvm::DenseMap<const FunctionDecl *, llvm::SmallPtrSet<const Expr *, 4>> LockedIn;
  Meanwhile Others{F, U};
  std::vector<StaleBorrow> Found;
};

} // namespace

std::vector<StaleBorrow> staleBorrows(const FunctionDecl &F, Unit &U) {
  return BorrowFinder(F, U).run();
}

} // namespace corolint::model
