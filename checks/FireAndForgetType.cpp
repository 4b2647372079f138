//===- FireAndForgetType.cpp - coro-fire-and-forget-type -----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Check.h"
#include "model/Unit.h"
#include "model/code/Call.h"
#include "model/code/FunctionUses.h"
#include "model/code/Walk.h"
#include "model/types/Coroutine.h"
#include "model/types/TaskType.h"
#include "model/types/Throws.h"

using namespace clang;

namespace corolint::checks {
namespace {

class FireAndForgetType : public Check {
public:
  using Check::Check;

private:
  void checkFunction(const FunctionDecl &F, model::Unit &U) override;
  void explain(FindingBuilder &Finding, const FunctionDecl &F, const CXXRecordDecl &Promise,
               const Stmt &Throws, bool Ends, model::Unit &U);
};

} // namespace

extern const Rule FireAndForgetTypeEntry = {
    "coro-fire-and-forget-type",
    "a coroutine that nobody can await, and whose exception is lost or ends the program",
    Tier::Strict,
    Topic::Structure,
    Fix::None,
    {},
    makeCheck<FireAndForgetType>,
};

namespace {

/// Its frame destroys itself, and what the function returns cannot be awaited.
bool isDetached(const FunctionDecl &F, const CXXRecordDecl &Promise, model::Unit &U) {
  if (const CXXRecordDecl *Returned = model::returnedClass(F)) {
    const model::TaskType &T = U.get<model::TaskTypes>().of(*Returned);
    return T.Kind == model::TaskKind::Detached && !T.Awaitable;
  }
  const FunctionDecl *Final = model::memberFunction(Promise, U.context(), "final_suspend");
  const CXXRecordDecl *End = Final ? model::resultClass(*Final) : nullptr;
  return F.getReturnType()->isVoidType() && End && U.get<model::TaskTypes>().alwaysReady(*End);
}

/// A parameter or a capture, or what calling it gives.
bool isGiven(const Expr *E) {
  for (E = model::bare(E); E; E = model::bare(E)) {
    if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
      return isa<ParmVarDecl>(Ref->getDecl()) || Ref->refersToEnclosingVariableOrCapture();
    const auto *Call = dyn_cast<CallExpr>(E);
    if (!Call)
      return false;
    const auto *Operator = dyn_cast<CXXOperatorCallExpr>(Call);
    const bool IsCalled = Operator && Operator->getOperator() == OO_Call;
    if (IsCalled || (model::isOtherName(*Call) && Call->getNumArgs() > 0))
      E = Call->getArg(0);
    else if (!Call->getDirectCallee() && !isa<CXXMemberCallExpr>(Call))
      E = Call->getCallee(); // a pointer to a function
    else
      return false;
  }
  return false;
}

/// It only runs what it is given: whose the exception is, its caller knows.
bool runsWhatItIsGiven(const FunctionDecl &F, model::Unit &U) {
  const auto Points = model::awaitPointsIn(F, U);
  return !Points.empty() && llvm::all_of(Points, [](const model::AwaitPoint &P) {
    return P.Ready || isGiven(P.Awaited);
  });
}

/// Where an exception ends the program in any case.
bool isOfMain(const FunctionDecl &F, model::Unit &U) {
  const auto Uses = U.get<model::FunctionUses>().of(F);
  return !Uses.empty() && llvm::all_of(Uses, [](const model::FunctionUse &Each) {
    return Each.How == model::FunctionUse::Called && Each.In && Each.In->isMain();
  });
}

void FireAndForgetType::explain(FindingBuilder &Finding, const FunctionDecl &F,
                                const CXXRecordDecl &Promise, const Stmt &Throws, bool Ends,
                                model::Unit &U) {
  Finding.step(Throws.getBeginLoc(), "an exception may leave %0 here") << quoted(F);
  const FunctionDecl *Handler = model::memberFunction(Promise, U.context(), "unhandled_exception");
  Finding.related(Handler->getLocation(), "it %select{is dropped by|ends the program in}0 %1")
      << Ends << quoted(*Handler);
  Finding.advice(F.getLocation(), "catch it in %0, or return a task that somebody awaits")
      << quoted(F);
}

void FireAndForgetType::checkFunction(const FunctionDecl &F, model::Unit &U) {
  const CXXRecordDecl *Promise = model::promiseOf(F);
  if (!Promise || !U.context().getLangOpts().CXXExceptions || !isDetached(F, *Promise, U))
    return;
  const SourceLocation At = F.getLocation();
  const model::Unhandled Becomes = model::unhandledIn(*Promise, U);
  if (Becomes == model::Unhandled::Unknown)
    return U.leave(At, [&] {
      return "'unhandled_exception' of " + quoted(*Promise) +
             " is not seen, or does something with the exception";
    });
  const Stmt *Throws = model::throwIn(F, U);
  if (!Throws)
    return U.leave(At,
                   [&] { return "nothing is known that throws an exception out of " + quoted(F); });
  const bool Ends = Becomes == model::Unhandled::EndsHere;
  if (Ends && runsWhatItIsGiven(F, U))
    return U.leave(At, [&] {
      return quoted(F) + " runs what it is given, and an exception of that ends the program, as it "
                         "does on a thread";
    });
  if (Ends && isOfMain(F, U))
    return U.leave(At, [&] {
      return "only 'main' calls " + quoted(F) + ", where an exception ends the program, too";
    });
  if (auto Finding = report(At, "nobody can await %0, so an exception that leaves it %select{is "
                                "lost|ends the program}1")) {
    *Finding << quoted(F) << Ends;
    explain(*Finding, F, *Promise, *Throws, Ends, U);
  }
}

} // namespace
} // namespace corolint::checks
