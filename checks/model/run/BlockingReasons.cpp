//===- BlockingReasons.cpp - Why a call is not said to block ---------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/run/BlockingReasons.h"
#include "knowledge/Knowledge.h"
#include "knowledge/Words.h"
#include "model/Unit.h"
#include "model/calls/Conditions.h"
#include "model/calls/Descriptor.h"
#include "model/calls/Objects.h"
#include "model/calls/Roles.h"
#include "model/code/Call.h"
#include "model/code/Calls.h"
#include "model/code/Walk.h"
#include "model/run/Context.h"
#include "model/run/Threads.h"
#include "model/types/Coroutine.h"
#include "model/types/TaskType.h"
#include "clang/AST/DeclCXX.h"
#include "llvm/ADT/StringExtras.h"

using namespace clang;

namespace corolint::model {
namespace {

/// Which call made the descriptor one that does not wait.
std::string whyNonBlocking(const Expr &E, const FunctionDecl &In, Unit &U) {
  for (const Objects::Use &Use : U.get<Objects>(In).usesOf(objectNameOf(&E)))
    if (const FunctionDecl *Callee = Use.By->getDirectCallee())
      for (const Entry *Known : U.knowledge().of(*Callee))
        if (Known->What == Role::Unblocks || Known->What == Role::OpensDescriptor)
          return " is non-blocking since the " + namedAs(*Callee) + " of " +
                 lineOf(Use.By->getExprLoc(), U.context().getSourceManager());
  return " is non-blocking, or was awaited until it is ready";
}

/// The conditions of the entry that do not let it speak of this call.
std::string whySilent(const Entry &Known, const Call &Site, const FunctionDecl &In, Unit &U) {
  std::vector<std::string> Reasons;
  for (const Condition &C : Known.When)
    if (holds(C, Site, In, U).Answer != Holds::Yes)
      Reasons.push_back("only if " + describe(C));
  for (const Condition &C : Known.Unless)
    if (holds(C, Site, In, U).Answer == Holds::Yes)
      Reasons.push_back("not if " + describe(C));
  const Expr *E = Known.Descriptor ? argument(Site, *Known.Descriptor) : nullptr;
  if (E && Reasons.empty()) {
    std::string Name;
    if (const ValueDecl *Object = objectIn(E); Object && Object->getIdentifier())
      Name = "'" + Object->getNameAsString() + "'";
    else
      Name = argumentName(*Known.Descriptor);
    if (modeOf(*E, Site, In, U).Is == Mode::NonBlocking)
      Reasons.push_back("not here: " + Name + whyNonBlocking(*E, In, U));
  }
  if (Reasons.empty())
    Reasons.push_back(U.get<TaskTypes>().of(Site.Callee->getReturnType()).Awaitable
                          ? "not here: what it returns is awaited"
                          : "not with these arguments");
  return llvm::join(Reasons, ", ");
}

/// Who is given the lambda; or null.
const FunctionDecl *handedTo(const FunctionDecl &Lambda, Unit &U) {
  const auto *Method = dyn_cast<CXXMethodDecl>(&Lambda);
  const DeclContext *Around = Method ? Method->getParent()->getDeclContext() : nullptr;
  const auto *In = dyn_cast_or_null<FunctionDecl>(Around);
  if (!In || !Method->getParent()->isLambda())
    return nullptr;
  for (const Call &Site : callsIn(*In, U))
    for (auto [Callable, Arg] : Site.callables(U))
      if (Callable == &Lambda)
        return Site.Callee;
  return nullptr;
}

} // namespace

std::string whyHarmless(const Call &Site, const FunctionDecl &In, bool Followed, Unit &U) {
  const std::string Name = namedAs(*Site.Callee);
  const Entry *Silent = nullptr; ///< the one that comes nearest to speaking of this call
  for (const Entry *Known : U.knowledge().of(*Site.Callee, Site.objectClass())) {
    const std::string Source = " (" + Known->From.str() + ")";
    switch (Known->What) {
    case Role::NonBlocking:
    case Role::AllowInside:
      if (speaks(*Known, Site, In, U))
        return Name + " is known not to block" + Source;
      break;
    case Role::Offloads:
      return Name + " is known to run what it is given on another thread, and not to wait" + Source;
    case Role::Blocks:
    case Role::RunsLoop:
      if (!Silent || llvm::all_of(Known->When, [&](const Condition &C) {
            return holds(C, Site, In, U).Answer == Holds::Yes;
          }))
        Silent = Known;
      break;
    default:
      break;
    }
  }
  if (Silent)
    return Name + " is known to block, but " + whySilent(*Silent, Site, In, U) + " (" +
           Silent->From.str() + ")";
  const FunctionDecl *Definition = nullptr;
  if (Site.Callee->isDefined(Definition) && isCoroutine(*Definition))
    return Name + " is a coroutine: its body runs when it is awaited";
  if (Followed)
    return "nothing that " + Name + " does or calls is known to block";
  if (!Site.Callee->getIdentifier() && U.isSystem(Site.Callee->getLocation()))
    return ""; // constructors and operators
  return "nothing is known of " + Name +
         (Definition && U.isSystem(Definition->getLocation())
              ? ", and bodies in system headers are not analysed"
              : ", and its body is not in this unit") +
         ": it is assumed not to block";
}

std::string whyNotAsync(const FunctionDecl &F, Unit &U) {
  const std::string Name = namedAs(F);
  const FunctionDecl *To = handedTo(F, U);
  switch (contextOf(F, U)) {
  case Context::Generator:
    return Name + " is a generator: it runs where its caller does";
  case Context::Offloaded:
    return Name + " runs on another thread" + (To ? ": it is passed to " + namedAs(*To) : "") +
           ", and may block there";
  case Context::CalledOnTheSpot:
    return Name + " is called at once by a function that is no coroutine";
  default:
    break;
  }
  if (To)
    return "context unknown: " + Name + " is passed to " + namedAs(*To) +
           ", which is not known to run it on the event loop";
  if (const auto *Method = dyn_cast<CXXMethodDecl>(&F); Method && Method->getParent()->isLambda())
    return "context unknown: " + Name + " is not called in this function";
  return Name + " is no coroutine, and not known to run on the event loop; where a "
                "coroutine calls it, the finding is at that call";
}

std::string whyElsewhere(const Stmt *S, Where Runs, const FunctionDecl &F,
                         const FunctionDecl *GivenAway, Unit &U) {
  if (GivenAway) {
    const FunctionDecl *To = handedTo(*GivenAway, U);
    return "context unknown: " + namedAs(*GivenAway) + " is passed to " +
           (To ? namedAs(*To) : std::string("somebody")) +
           ", and it is not known where that runs it";
  }
  const SourceManager &SM = U.context().getSourceManager();
  const Hops &Threads = U.get<Hops>(F);
  const Expr *Hop = nullptr;
  for (const AwaitPoint &P : awaitPointsIn(F, U))
    if (S && Threads.changesAt(P.At) &&
        SM.isBeforeInTranslationUnit(P.At->getExprLoc(), S->getBeginLoc()))
      Hop = P.At;
  const std::string By = Hop ? ", by the co_await of " + lineOf(Hop->getExprLoc(), SM) : "";
  if (Runs == Where::Worker)
    return namedAs(F) + " runs on a worker here" +
           (Hop ? By : std::string(", since it is started there")) + ": it may block";
  return "context unknown: it is not known whether " + namedAs(F) +
         " runs on the event loop or on a worker here" + By;
}

} // namespace corolint::model
