//===- LoansOfCalls.cpp - What the result of a call refers to -------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ast/Names.h"
#include "model/Unit.h"
#include "model/code/Call.h"
#include "model/code/ObjectPath.h"
#include "model/code/Uses.h"
#include "model/code/Walk.h"
#include "model/lifetime/Loans.h"
#include "model/lifetime/Views.h"
#include "model/tasks/TaskFlow.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace corolint::model {

/// It was made here, and nobody was given a share of it.
bool Loans::isSoleOwner(const Expr &Shared) {
  const Expr &E = *bare(&Shared);
  if (const auto *Called = dyn_cast<CallExpr>(&E)) {
    const FunctionDecl *Callee = Called->getDirectCallee();
    if (Callee && isStandard(*Callee))
      return Callee->getIdentifier() &&
             llvm::is_contained({"make_shared", "allocate_shared"}, Callee->getName());
    const Expr *Given = returnedBy(definitionCalledBy(*Called));
    return Given && isa<CallExpr>(bare(Given)) && isSoleOwner(*Given);
  }
  const auto *Ref = dyn_cast<DeclRefExpr>(&E);
  const auto *V = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  if (!V || !V->isLocalVarDecl() || V->hasGlobalStorage() || V->getType()->isReferenceType() ||
      !V->getInit() || !isa<CallExpr>(bare(V->getInit())) || !isSoleOwner(*V->getInit()))
    return false;
  return llvm::all_of(mentionsOf(*V, F, U), [&](const Mention &M) {
    const TaskUse *Use = U.get<TaskFlows>(F).useAt(*M.Ref);
    return Use && Use->How == TaskUse::CalledOn;
  });
}

/// The callables that \p Given is, or has in it, and whose tasks need their own closure: lambdas,
/// and what was given by the caller, who knows what it is.
LoanList Loans::ofCallable(const Expr &Given) {
  const Expr &E = *bare(&Given);
  Loan L;
  L.At = &E;
  if (const auto *Lambda = dyn_cast<LambdaExpr>(&E)) {
    const FunctionDecl *Body = bodyOfLambda(*Lambda);
    LoanList Result;
    for (const Need &N : Body ? U.get<ResultNeeds>(*Body) : std::vector<Need>()) {
      if (N.Arg != Condition::Object || !N.ByReference)
        continue;
      if (!N.Callable) {
        L.For = N;
        return {L};
      }
      for (const Expr *Init : Lambda->capture_inits())
        if (Init)
          addTo(Result, ofCallable(*Init));
    }
    return Result;
  }
  if (const auto *Called = dyn_cast<CallExpr>(&E))
    return isOtherName(*Called) ? ofCallable(*Called->getArg(0)) : LoanList();
  if (const auto *Cast = dyn_cast<ExplicitCastExpr>(&E))
    return ofCallable(*Cast->getSubExpr());
  if (const auto *Built = dyn_cast<CXXConstructExpr>(&E)) {
    LoanList Result = Built->getNumArgs() == 1 ? ofCallable(*Built->getArg(0)) : LoanList();
    for (const Need &N : U.get<ResultNeeds>(*Built->getConstructor()))
      if (N.Callable) // it refers to the callable, which lives as long as the expression
        for (Loan &Each : Result)
          Each.Referred = true;
    return Result;
  }
  const auto *Ref = dyn_cast<DeclRefExpr>(&E);
  const auto *V = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  if (!V || V->hasGlobalStorage())
    return {};
  L.Variable = V;
  if (Ref->refersToEnclosingVariableOrCapture())
    L.From = Loan::Captured;
  else if (isa<ParmVarDecl>(V))
    L.From = V->getType()->isReferenceType() ? Loan::Borrowed : Loan::Parameter;
  else if (V->getInit()) {
    LoanList Result = ofCallable(*V->getInit());
    for (Loan &Each : Result)
      if (!V->getType()->isReferenceType() && Each.From == Loan::Temporary && !Each.Referred) {
        Each.From = Loan::Local; // which has it now
        Each.At = &E;
        Each.Variable = V;
      }
    return Result;
  } else
    return {};
  const CXXRecordDecl *C = V->getType().getNonReferenceType()->getAsCXXRecordDecl();
  return C && (C->isLambda() || isCallableWrapper(*C)) ? LoanList{L} : LoanList();
}

LoanList Loans::ofCall(const CallExpr &Called) {
  if (refersToIt(Called))
    return ofReference(*Called.getArg(0));
  if (isMadeOfArguments(Called)) {
    LoanList Result;
    for (const Expr *Arg : Called.arguments())
      addTo(Result, ofValue(*Arg));
    return Result;
  }
  std::optional<Call> Site = callOf(Called);
  if (!Site)
    return {};
  const auto *Method = dyn_cast<CXXMethodDecl>(Site->Callee);
  const bool IsExplicit = Method && Method->isExplicitObjectMemberFunction();
  LoanList Result;
  for (const Need &N : U.get<ResultNeeds>(*Site->Callee)) {
    const bool OfObject = N.Arg == Condition::Object || (IsExplicit && N.Arg == 0);
    const bool IsShifted = IsExplicit && Site->Object; // by the operator's notation
    const size_t Arg = IsShifted ? N.Arg - 1 : N.Arg;
    const Expr *Given = OfObject && Site->Object  ? Site->Object
                        : Arg < Site->Args.size() ? Site->Args[Arg]
                                                  : nullptr;
    if (!Given)
      continue;
    if (N.Callable) {
      for (Loan &L : ofCallable(*Given)) {
        L.By = &Called;
        Need For = L.For.Of ? L.For : N;
        For.Callable =
            L.From == Loan::Borrowed || L.From == Loan::Parameter || L.From == Loan::Captured;
        For.Dead = N.Dead && !L.Referred;
        For.Of = For.Of ? For.Of : Site->Callee;
        For.ByReference = true;
        For.Holder = nullptr;
        L.For = For;
        addTo(Result, {L});
      }
      continue;
    }
    const bool IsPointer = OfObject && !IsExplicit && Given->getType()->isPointerType();
    LoanList Lent = N.ByReference && !IsPointer ? ofReference(*Given) : ofValue(*Given);
    if (OfObject && isSharedOwner(Given->getType()) && !isSoleOwner(*Given))
      continue;
    for (Loan &L : Lent) {
      L.Owned |= OfObject && isUniqueOwner(Given->getType());
      if (N.Of) {
        L.By = &Called;
        L.For = N;
      }
    }
    addTo(Result, Lent);
  }
  return Result;
}

} // namespace corolint::model
