//===- Swallowed.cpp - Handlers that keep a coroutine from stopping ---------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/run/Swallowed.h"
#include "ast/Names.h"
#include "model/Unit.h"
#include "model/code/Cfg.h"
#include "model/code/Loops.h"
#include "model/code/Scopes.h"
#include "model/code/Walk.h"
#include "model/types/Coroutine.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallPtrSet.h"

using namespace clang;

namespace corolint::model {
namespace {

/// By block, a suspension that is reached from its begin, or null.
class NextSuspension {
public:
  NextSuspension(const Cfg &Graph, const FunctionDecl &F, Unit &U)
      : Next(Graph.graph().getNumBlockIDs()) {
    const SuspensionSet &Set = suspensionSetOf(F, U);
    std::vector<const CFGBlock *> Work;
    for (const CFGBlock *B : Graph.graph())
      for (const CFGElement &E : *B)
        if (std::optional<CFGStmt> S = E.getAs<CFGStmt>())
          if (const auto *At = dyn_cast<Expr>(S->getStmt());
              At && Set.contains(At) && !Next[B->getBlockID()]) {
            Next[B->getBlockID()] = At;
            Work.push_back(B);
          }
    while (!Work.empty()) {
      const CFGBlock *B = Work.back();
      Work.pop_back();
      for (const CFGBlock *Before : B->preds())
        if (Before && !Next[Before->getBlockID()]) {
          Next[Before->getBlockID()] = Next[B->getBlockID()];
          Work.push_back(Before);
        }
    }
  }
  const Expr *from(const CFGBlock &B) const { return Next[B.getBlockID()]; }

private:
  std::vector<const Expr *> Next;
};

bool derives(const CXXRecordDecl &C, const CXXRecordDecl &Base) {
  return C.getCanonicalDecl() == Base.getCanonicalDecl() ||
         (C.hasDefinition() && C.isDerivedFrom(&Base));
}

/// What says to stop, and is caught here; or null. A type that this unit does not show is caught by
/// `...` only, as far as is known.
const Cancellation *caughtBy(const CXXCatchStmt &Handler, const Offers &Has) {
  if (!Handler.getExceptionDecl())
    return &Has.Cancellations.front();
  const CXXRecordDecl *Caught = Handler.getCaughtType().getNonReferenceType()->getAsCXXRecordDecl();
  for (const Cancellation &Each : Has.Cancellations)
    if (Caught && Each.Class && derives(*Each.Class, *Caught))
      return &Each;
  return nullptr;
}

/// It throws on, leaves, keeps the exception for later, or asks it what it is.
bool thinksOfIt(const CXXCatchStmt &Handler) {
  bool Thinks = false;
  const VarDecl *Caught = Handler.getExceptionDecl();
  if (Handler.getCatchLoc().isMacroID())
    return true; // an assertion's: what it does with it is its affair
  walkEvaluated(Handler.getHandlerBlock(), [&](const Stmt &S) {
    if (isa<CXXThrowExpr, BreakStmt, GotoStmt, ReturnStmt, CoreturnStmt>(S))
      Thinks = true;
    else if (const auto *Called = dyn_cast<CallExpr>(&S)) {
      const FunctionDecl *Callee = Called->getDirectCallee();
      Thinks |= Callee && (Callee->isNoReturn() ||
                           (isStandard(*Callee) && simpleName(*Callee) == "current_exception"));
      // It is given away as a whole: somebody else thinks of it.
      for (const Expr *Each : Called->arguments())
        if (const auto *Ref = dyn_cast<DeclRefExpr>(bare(Each)))
          Thinks |= Caught && Ref->getDecl() == Caught && !isa<CXXOperatorCallExpr>(Called);
    } else if (const auto *Assign = dyn_cast<BinaryOperator>(&S)) {
      const auto *Ref =
          Assign->isAssignmentOp() ? dyn_cast<DeclRefExpr>(bare(Assign->getRHS())) : nullptr;
      Thinks |= Ref && Caught && Ref->getDecl() == Caught;
    }
    const Expr *Asked = nullptr;
    if (const auto *Binary = dyn_cast<BinaryOperator>(&S); Binary && Binary->isComparisonOp())
      Asked = Binary;
    else if (const auto *Rewritten = dyn_cast<CXXRewrittenBinaryOperator>(&S))
      Asked = Rewritten;
    else if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(&S);
             Operator && Operator->isComparisonOp())
      Asked = Operator;
    else if (const auto *If = dyn_cast<IfStmt>(&S))
      Asked = If->getCond();
    else if (const auto *Switch = dyn_cast<SwitchStmt>(&S))
      Asked = Switch->getCond();
    if (Asked)
      walkEvaluated(Asked, [&](const Stmt &Below) {
        const auto *Ref = dyn_cast<DeclRefExpr>(&Below);
        Thinks |= Ref && Caught && Ref->getDecl() == Caught;
        return !Thinks;
      });
    return !Thinks;
  });
  return Thinks;
}

/// Who names the type that says to stop has thought of it, as where it has stopped something
/// itself. Not in a loop without an end: that goes on whoever was meant.
bool isMeant(const CXXCatchStmt &Handler, const Cancellation &What, const FunctionDecl &F,
             Unit &U) {
  const CXXRecordDecl *Caught =
      Handler.getExceptionDecl()
          ? Handler.getCaughtType().getNonReferenceType()->getAsCXXRecordDecl()
          : nullptr;
  if (!Caught || !What.Class || Caught->getCanonicalDecl() != What.Class->getCanonicalDecl() ||
      !What.Why.empty())
    return false;
  const Stmt *Around = U.get<Scopes>(F).loopAround(*Handler.getHandlerBlock(), *writtenBody(F));
  const Loop *L = Around ? loopAt(*Around, F, U) : nullptr;
  return !L || L->isOverRange() || L->Condition || !L->Exits.empty();
}

} // namespace

std::vector<SwallowedCancellation> swallowedIn(const FunctionDecl &F, Unit &U) {
  std::vector<SwallowedCancellation> Result;
  if (!isCoroutine(F) || suspensionsIn(F, U).empty())
    return Result;
  const Cfg *Graph = cfgOf(F, U);
  const Offers *Has = Graph && !Graph->tries().empty() ? offersTo(F, U) : nullptr;
  if (!Has || Has->Cancellations.empty())
    return Result;
  const NextSuspension Next(*Graph, F, U);
  llvm::SmallPtrSet<const CXXCatchStmt *, 4> Seen;
  auto Judge = [&](const SwallowedCancellation &Each) {
    auto Leave = [&](const char *Why) {
      U.leave(Each.Handler->getCatchLoc(), [&] { return std::string(Why); });
    };
    if (!Each.GoesOn)
      Leave("nothing is awaited after this handler, so the coroutine ends all the same");
    else if (thinksOfIt(*Each.Handler))
      Leave("the handler throws, leaves, keeps the exception or asks it what it is");
    else if (isMeant(*Each.Handler, *Each.What, F, U))
      Leave("the handler names what the coroutine is cancelled with: its author thought of it");
    else
      Result.push_back(Each);
  };
  // The first handler that catches it, from the innermost `try` outwards: the graph has the outer
  // ones first.
  auto Find = [&](const AwaitPoint &P) -> void {
    for (unsigned Index : llvm::reverse(Graph->triesAround(*P.At))) {
      const Cfg::Try &Try = Graph->tries()[Index];
      for (unsigned I = 0; I != Try.Written->getNumHandlers(); ++I) {
        const CXXCatchStmt *Handler = Try.Written->getHandler(I);
        const Cancellation *What = caughtBy(*Handler, *Has);
        if (!What)
          continue;
        const Expr *GoesOn = I < Try.Handlers.size() ? Next.from(*Try.Handlers[I]) : nullptr;
        if (Seen.insert(Handler).second)
          Judge({Handler, What, P.At, GoesOn});
        return;
      }
    }
  };
  for (const AwaitPoint &P : suspensionsIn(F, U))
    if (isa<CoawaitExpr>(P.At))
      Find(P);
  return Result;
}

} // namespace corolint::model
