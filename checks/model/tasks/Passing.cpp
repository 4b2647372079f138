//===- Passing.cpp - What a call does with a task it is given ------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/tasks/Passing.h"
#include "knowledge/Knowledge.h"
#include "knowledge/Words.h"
#include "model/Unit.h"
#include "model/calls/Roles.h"
#include "model/code/Call.h"
#include "model/code/Uses.h"
#include "model/code/Walk.h"
#include "model/types/TaskType.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace corolint::model {

llvm::StringRef nameOf(Passing P) {
  switch (P) {
  case Passing::Unknown:
    return "unknown";
  case Passing::Ignores:
    return "ignores";
  case Passing::Awaits:
    return "awaits";
  case Passing::Wraps:
    return "wraps";
  case Passing::Stores:
    return "stores";
  case Passing::Consumes:
    return "consumes";
  case Passing::Offloads:
    return "offloads";
  case Passing::Elsewhere:
    return "runs elsewhere";
  case Passing::Detaches:
    return "detaches";
  }
  llvm_unreachable("all are named");
}

namespace {

/// What a function of the user does with one of its parameters, as far as its own body shows.
struct OfParameter {
  using Result = Passing;
  static constexpr bool AsksForItself = true;
  static Passing make(const ParmVarDecl &P, Unit &U);
};

bool names(const Expr *E, const ParmVarDecl &P) {
  return E && variableIn(E) == &P;
}

using Statements = llvm::SmallPtrSet<const Stmt *, 4>;

/// The value of \p E has it: it is named, or the call wraps it, as a coroutine does that awaits it.
bool has(const Expr *E, const ParmVarDecl &P, const FunctionDecl &In, Unit &U) {
  if (names(E, P))
    return true;
  const auto *Written = dyn_cast_or_null<CallExpr>(E ? bare(E) : nullptr);
  std::optional<Call> Site = Written ? callOf(*Written) : std::nullopt;
  if (!Site)
    return false;
  // The task of a callable that is called.
  if (Site->Object && Site->Callee->getOverloadedOperator() == OO_Call && names(Site->Object, P))
    return true;
  for (auto [Index, Arg] : llvm::enumerate(Site->Args))
    if (has(Arg, P, In, U))
      return passingOf(*Site, static_cast<int>(Index), In, U) == Passing::Wraps;
  return false;
}

/// What one statement does with it; Unknown if nothing that can be told. \p Ignored: the arguments
/// in which it goes to what ignores it.
Passing doneBy(const Stmt &S, const ParmVarDecl &P, const FunctionDecl &In, Unit &U,
               Statements &Ignored) {
  if (const auto *Await = dyn_cast<CoroutineSuspendExpr>(&S);
      Await && has(writtenOperand(Await), P, In, U))
    return Passing::Awaits;
  if (const auto *Return = dyn_cast<ReturnStmt>(&S); Return && has(Return->getRetValue(), P, In, U))
    return Passing::Wraps;
  if (const auto *Assign = dyn_cast<BinaryOperator>(&S);
      Assign && Assign->isAssignmentOp() && names(Assign->getRHS(), P))
    return Passing::Stores;
  const auto *Written = dyn_cast<CallExpr>(&S);
  if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(&S);
      Operator && Operator->getOperator() == OO_Equal && Operator->getNumArgs() == 2)
    return names(Operator->getArg(1), P) ? Passing::Stores : Passing::Unknown;
  std::optional<Call> Site = Written && !isOtherName(*Written) ? callOf(*Written) : std::nullopt;
  if (!Site)
    return Passing::Unknown;
  for (auto [Index, Arg] : llvm::enumerate(Site->Args))
    if (names(Arg, P)) {
      const Passing Role = passingOf(*Site, static_cast<int>(Index), In, U);
      if (Role == Passing::Wraps) // by what becomes of the call's result
        return Passing::Unknown;
      if (Role != Passing::Ignores)
        return Role;
      walkEvaluated(Arg, [&](const Stmt &Part) {
        Ignored.insert(&Part);
        return true;
      });
    }
  return Passing::Unknown;
}

Passing OfParameter::make(const ParmVarDecl &P, Unit &U) {
  const auto *In = dyn_cast_or_null<FunctionDecl>(P.getDeclContext());
  if (!In || !In->getBody())
    return Passing::Unknown;
  Passing Done = Passing::Unknown;
  if (const auto *Constructor = dyn_cast<CXXConstructorDecl>(In))
    for (const CXXCtorInitializer *Init : Constructor->inits())
      if (mentions(Init->getInit(), P))
        return Init->isMemberInitializer() ? Passing::Stores : Passing::Unknown;
  Statements Ignored;
  walkEvaluated(writtenBody(*In), [&](const Stmt &S) {
    if (Done == Passing::Unknown)
      Done = doneBy(S, P, *In, U, Ignored);
    return Done == Passing::Unknown;
  });
  if (Done != Passing::Unknown)
    return Done;
  // What only asks it something leaves it as it is.
  return llvm::all_of(mentionsOf(P, *In, U),
                      [&](const Mention &M) { return isInert(M) || Ignored.contains(M.Ref); })
             ? Passing::Ignores
             : Passing::Unknown;
}

const ParmVarDecl *parameterOf(const Call &Site, int Arg, Unit &U) {
  const FunctionDecl *Definition = nullptr;
  if (Arg < 0 || !Site.Callee->isDefined(Definition) ||
      static_cast<unsigned>(Arg) >= Definition->getNumParams() ||
      U.isSystem(Definition->getLocation()) || !U.knowledge().libraryOf(*Definition).empty())
    return nullptr;
  const auto *Method = dyn_cast<CXXMethodDecl>(Definition);
  return Method && Method->isVirtual() ? nullptr : Definition->getParamDecl(Arg);
}

/// A shipped file says it of every function of that name. A body says more.
bool isGuess(const Entry &Known) {
  return llvm::StringRef(Known.Name).starts_with("*::") && Known.From.From == Origin::Shipped;
}

} // namespace

Passing passingOf(const Call &Site, int Arg, const FunctionDecl &In, Unit &U) {
  const ParmVarDecl *P = parameterOf(Site, Arg, U);
  for (auto [R, Said] : {std::pair(Role::Offloads, Passing::Offloads),
                         {Role::RunsElsewhere, Passing::Elsewhere},
                         {Role::Detaches, Passing::Detaches},
                         {Role::ConsumesTask, Passing::Consumes},
                         {Role::Stores, Passing::Stores},
                         {Role::Wraps, Passing::Wraps}})
    if (const Entry *Known = roleOf(Site, Arg, R, In, U); Known && !(P && isGuess(*Known)))
      return Said;
  const Passing Done = P ? U.get<OfParameter>(*P) : Passing::Unknown;
  if (Done != Passing::Awaits || !coroutineOf(Site.Callee))
    return Done;
  // The coroutine has not ended when the call has.
  return U.get<TaskTypes>().of(Site.Callee->getReturnType()).Awaitable ? Passing::Wraps
                                                                       : Passing::Detaches;
}

} // namespace corolint::model
