//===- LockSteps.cpp - What declarations and calls do to locks --------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ast/Names.h"
#include "knowledge/Knowledge.h"
#include "knowledge/Words.h"
#include "model/Unit.h"
#include "model/calls/Roles.h"
#include "model/code/Call.h"
#include "model/code/Walk.h"
#include "model/state/Hazard.h"
#include "model/state/LockFlow.h"
#include "model/state/LockWords.h"
#include "model/tasks/Unjoined.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace clang;

namespace corolint::model {

namespace {

/// A condition variable locks again before it returns; everybody else may do anything.
bool leavesLocked(const FunctionDecl &Callee) {
  if (isStandard(Callee) && simpleName(Callee) != "swap")
    return true;
  const auto *Method = dyn_cast<CXXMethodDecl>(&Callee);
  return Method && Method->getParent()->getIdentifier() &&
         Method->getParent()->getName().starts_with("condition_variable");
}

} // namespace

void LockFlow::declare(const VarDecl &V, State &S) {
  const Expr *Init = V.getInit();
  if (Init && V.getType()->isBooleanType())
    if (const auto *Asked = dyn_cast<CallExpr>(bare(Init)))
      if (std::optional<Call> Site = callOf(*Asked)) {
        std::optional<unsigned> Id = Site->Object ? idOf(Site->Object) : std::nullopt;
        for (const LockEffect &Effect : effectsOf(*Site, U))
          if (!Id && Effect.Leaves == (Lock::Same | Lock::Held))
            Id = idAt(Effect.Of);
        if (Id)
          Answers[&V] = *Id;
      }
  if (auto Found = Ids.find(placeOf(V)); Found != Ids.end()) {
    const Object &O = Objects[Found->second];
    if (const Expr *Extended = extendedTemporary(V))
      Init = Extended;
    if (!O.Public.Raw)
      set(S[Found->second], initial(Init, O.Public.What, S), V.getLocation());
  }
  // What its constructor locks of it, though its destructor does not unlock it.
  if (const auto *Made = llvm::dyn_cast_or_null<CXXConstructExpr>(Init ? makerIn(Init) : nullptr))
    for (const LockEffect &Effect : effectsOn(V, callOf(*Made), U))
      if (std::optional<unsigned> Id = idAt(Effect.Of))
        apply(*Id, Effect.Leaves, V.getLocation(), S);
}

void LockFlow::apply(unsigned Id, LockBits Effect, SourceLocation At, State &S) const {
  Slot &Of = S[Id];
  auto Locked = [&](LockBits Was) -> LockBits {
    if (!isForCaller())
      return Lock::Held;
    return (Was & Lock::Released ? Lock::Same : 0) |
           (Was & ~Lock::Released || !Was ? Lock::Held : 0);
  };
  auto Unlocked = [&](LockBits Was) -> LockBits {
    if (!isForCaller())
      return Lock::Same;
    // What it locked itself, it gives back; what was locked before, it takes from its caller.
    return (Was & Lock::Held ? Lock::Same : 0) | (Was & ~Lock::Held || !Was ? Lock::Released : 0);
  };
  const bool Raw = Objects[Id].Public.Raw;
  LockBits Now = 0;
  if (Effect & Lock::Same)
    Now |= Of.Now;
  if (Effect & Lock::Held)
    Now |= Locked(Of.Now);
  if (Effect & Lock::Released)
    Now |= Unlocked(Of.Now);
  if (Effect & Lock::Unknown)
    Now |= Lock::Unknown;
  if (Effect & Lock::Held || !Raw)
    Of.Since = At;
  Of.Now = Now;
}

/// What a visible body does. False if it does nothing to what is followed.
bool LockFlow::applyEffects(const Call &Site, State &S) {
  bool Any = false;
  for (const LockEffect &Effect : effectsOf(Site, U))
    if (std::optional<unsigned> Id = idAt(Effect.Of)) {
      apply(*Id, Effect.Leaves, Site.At, S);
      Any = true;
    }
  return Any;
}

static bool isOf(const CXXRecordDecl *Object, const CXXRecordDecl &C) {
  return Object && (Object->getCanonicalDecl() == C.getCanonicalDecl() ||
                    (Object->hasDefinition() && Object->isDerivedFrom(&C)));
}

/// A call on what only a `co_yield` must not find: a scope is given work, or waits for it; a
/// transaction is committed, a timeout switched off.
void LockFlow::callAtYield(unsigned Id, const Call &Site, State &S) {
  const Hazard &What = Objects[Id].Public.What;
  const auto *Method = cast<CXXMethodDecl>(Site.Callee);
  Slot &Of = S[Id];
  if (What.Member && !isOf(Site.objectClass(), *What.Class)) {
    if (!Method->isConst())
      Of.Now = Lock::Unknown; // it may do so with its member
  } else if (!What.isScope()) {
    if (!Method->isConst() && llvm::all_of(Site.Args, llvm::IsaPred<CXXDefaultArgExpr>))
      set(Of, Lock::Same, Site.At);
  } else if (const auto *Written = llvm::dyn_cast_or_null<CXXMemberCallExpr>(Site.Written);
             Written && putsWorkIn(*Written, F, U)) {
    set(Of, isForItself(*Written, F, U) ? Lock::Held : Lock::Unknown, Site.At);
  } else if (!onlyAsksScope(*Method)) {
    set(Of, Lock::Same, Site.At);
  }
}

void LockFlow::callMethod(unsigned Id, const Call &Site, State &S) {
  const Object &O = Objects[Id];
  const Hazard &What = O.Public.What;
  const auto *Method = cast<CXXMethodDecl>(Site.Callee);
  Slot &Of = S[Id];
  if (Method->isOverloadedOperator()) {
    if (Method->getOverloadedOperator() == OO_Equal && Site.Args.size() == 1) {
      const std::optional<Hazard> Put =
          hazardOf(Site.Args.front()->getType().getNonReferenceType(), U);
      LockBits Now =
          What.Optional && !Put ? Lock::Same : initial(Site.Args.front(), Put ? *Put : What, S);
      if (isForCaller() && (Now & Lock::Same)) // what it held before, is given back
        Now = (Now & ~Lock::Same) | Lock::Released;
      set(Of, Now, Site.At);
      Of.Moved = 0;
    }
    return;
  }
  if (What.Is == Hazard::NoYield && (!What.Optional || isOf(Site.objectClass(), *What.Class)))
    return callAtYield(Id, Site, S);
  const bool GivesNothing = llvm::all_of(Site.Args, llvm::IsaPred<CXXDefaultArgExpr>);
  const llvm::StringRef Written = simpleName(*Method);
  const std::string Lower = Written.lower();
  const llvm::StringRef Name = Lower;
  const bool Puts = Name == "emplace" || Name == "emplace_back" || Name == "push_back" ||
                    Name == "push" || Name == "insert" || Name == "emplace_front";
  if (What.Optional && Puts) {
    // `v.emplace<std::monostate>()` gives what it made.
    const QualType Made = Method->getReturnType();
    const bool IsOther =
        Name == "emplace" && Made->isReferenceType() && !hazardOf(Made.getNonReferenceType(), U);
    set(Of, IsOther ? Lock::Same : Lock::Held, Site.At);
  } else if (What.Optional && Name == "clear")
    apply(Id, Lock::Released, Site.At, S);
  else if (What.Optional && (Name.starts_with("pop") || Name == "erase" || Name == "resize"))
    Of.Now = Lock::Unknown;
  else if (Name == "swap" || Written == "release")
    Of.Now = Lock::Unknown; // what it held stays locked, or goes elsewhere
  else if (Name.contains("unlock"))
    apply(Id, Name.contains("unlock_and_lock") ? Lock::Unknown : Lock::Released, Site.At, S);
  else if (Written == "Release" || (Name == "reset" && GivesNothing))
    apply(Id, Lock::Released, Site.At, S);
  else if (Name == "reset" || Puts)
    set(Of, Name == "reset" && isNull(Site.Args.front(), U.context()) ? Lock::Same : Lock::Held,
        Site.At);
  else if (Name.contains("lock") && Name.contains("try"))
    apply(Id, Lock::Same | Lock::Held, Site.At, S);
  else if (Name == "relock" || Name == "lock" || Name.starts_with("lock_"))
    apply(Id, Lock::Held, Site.At, S);
  else if ((What.Member || What.Own) && !Method->isConst() && !Method->hasBody())
    Of.Now = Lock::Unknown; // it may unlock its member
}

void LockFlow::swapWith(const Call &Site, State &S) {
  llvm::SmallVector<const Expr *, 4> Two = Site.Args;
  if (Site.Object)
    Two.insert(Two.begin(), Site.Object);
  if (Two.size() != 2)
    return;
  const std::optional<unsigned> A = idOf(Two[0]), B = idOf(Two[1]);
  if (A && B) {
    const Slot First = S.get(*A), Second = S.get(*B);
    S[*A] = Second;
    S[*B] = First;
  } else if (A || B) {
    S[A ? *A : *B].Now = Lock::Unknown;
  }
}

/// A closure goes to somebody who may call it at any time.
void LockFlow::giveAway(const Expr *Arg, State &S) {
  const FunctionDecl *Body = nullptr;
  if (const auto *Lambda = dyn_cast<LambdaExpr>(bare(Arg)))
    Body = bodyOfLambda(*Lambda);
  else if (const VarDecl *V = variableIn(Arg))
    Body = Closures.lookup(V);
  if (Body)
    for (const LockEffect &Effect : lockEffectsOf(*Body, U))
      if (std::optional<unsigned> Id = idAt(Effect.Of))
        S[*Id].Now = Lock::Unknown;
}

/// An object that is no guard may give back what was locked before: `unlocker u(m);`, `scope_exit
/// e{[&] { m.unlock(); }};`. Nobody knows whether what it was made of was called by then.
void LockFlow::endOf(const VarDecl &V, State &S) {
  auto End = [&](const Place &P, LockBits Effect) {
    if (std::optional<unsigned> Id = idAt(P); Id && (Effect & Lock::Released))
      apply(*Id, Effect & ~Lock::Held, V.getLocation(), S);
  };
  for (const FunctionDecl *Body : KeptIn.lookup(&V))
    for (const LockEffect &Effect : lockEffectsOf(*Body, U))
      End(Effect.Of, Effect.Leaves);
  const CXXRecordDecl *C = V.getType()->getAsCXXRecordDecl();
  const CXXDestructorDecl *D = C && C->hasDefinition() ? C->getDestructor() : nullptr;
  if (!D)
    return;
  for (const LockEffect &Effect : lockEffectsOf(*D, U)) {
    Place P = Effect.Of;
    if (P.This) {
      P = placeOf(V);
      P.Path.append(Effect.Of.Path.begin(), Effect.Of.Path.end());
    }
    End(P, Effect.Leaves);
  }
}

/// A call in a function whose awaited locks are followed. True if it was one on them.
bool LockFlow::callAwaited(const Call &Site, State &S) {
  const std::optional<unsigned> Id = Site.Object ? idOf(Site.Object) : std::nullopt;
  if (!Id || !isa<CXXMethodDecl>(Site.Callee))
    return false;
  const llvm::StringRef Name = simpleName(*Site.Callee);
  const bool GivesBack = llvm::is_contained({"release", "reset", "return_all", "signal"}, Name);
  if (GivesBack || Name.contains("unlock"))
    apply(*Id, Lock::Released, Site.At, S);
  else if (!Objects[*Id].Public.Raw)
    callMethod(*Id, Site, S);
  return true;
}

/// What entries say that the call does to locks; gives the arguments that they speak of.
LockFlow::SpokenArgs LockFlow::callKnown(const Call &Site, State &S) {
  SpokenArgs Spoken;
  for (const Entry *Known : U.knowledge().of(*Site.Callee, Site.objectClass())) {
    const bool Unlocks = Known->What == Role::Unlocks;
    if ((!Unlocks && Known->What != Role::Locks && Known->What != Role::TriesLock) ||
        !speaks(*Known, Site, F, U))
      continue;
    for (int Arg : Known->Args)
      if (std::optional<unsigned> Id = idOf(argument(Site, Arg))) {
        Spoken.insert(Arg);
        apply(*Id,
              Unlocks                      ? Lock::Released
              : Known->What == Role::Locks ? Lock::Held
                                           : Lock::Same | Lock::Held,
              Site.At, S);
      }
  }
  return Spoken;
}

/// Whoever is given a lock may do anything to it, unless its body or an entry says what.
void LockFlow::giveArguments(const Call &Site, const SpokenArgs &Spoken, State &S) {
  const FunctionDecl *Body = nullptr;
  const bool IsSeen = Site.Callee->hasBody(Body) && !isCoroutine(*Body) &&
                      !U.isSystem(Site.Callee->getLocation()) && !Body->isDependentContext() &&
                      U.knowledge().libraryOf(*Body).empty();
  for (auto [Index, Arg] : llvm::enumerate(Site.Args)) {
    // What a parameter is made of belongs to the function, a coroutine's frame moves it away.
    const Expr *Whole = Arg->IgnoreParens();
    while (const auto *Cast = dyn_cast<CastExpr>(Whole)) // `std::unique_lock(m)`
      Whole = Cast->getSubExpr()->IgnoreParens();
    if (const auto *Made = dyn_cast<CXXBindTemporaryExpr>(Whole))
      if (auto Found = Temporaries.find(Made); Found != Temporaries.end())
        S[Found->second].Now = Lock::Unknown;
    if (!isa<CXXConstructorDecl>(Site.Callee))
      giveAway(Arg, S);
    std::optional<unsigned> Id = idOf(Arg);
    if (!Id || Spoken.contains(static_cast<int>(Index)))
      continue;
    const Object &O = Objects[*Id];
    if (O.Public.Raw) {
      // `std::lock_guard g(m, std::adopt_lock)`: the guard unlocks it, not the coroutine.
      const auto *Constructor = dyn_cast<CXXConstructorDecl>(Site.Callee);
      if (Constructor &&
          llvm::any_of(Site.Args, [](const Expr *E) { return tagOf(E) == "adopt_lock_t"; })) {
        Slot &Of = S[*Id];
        Of.Moved = Of.Now;
        Of.Now = Lock::Same;
      }
      continue;
    }
    QualType Taken = Index < Site.Callee->getNumParams()
                         ? Site.Callee->getParamDecl(Index)->getType()
                         : Arg->getType();
    const bool MayChange = (Taken->isLValueReferenceType() || Taken->isPointerType()) &&
                           !Taken->getPointeeType().isConstQualified();
    if (MayChange && !IsSeen && !leavesLocked(*Site.Callee))
      S[*Id].Now = Lock::Unknown;
  }
}

void LockFlow::call(const Call &Site, State &S) {
  if (Site.Object && isa_and_nonnull<CXXOperatorCallExpr>(Site.Written))
    if (const VarDecl *V = variableIn(Site.Object); V && !Closures.contains(V))
      for (const FunctionDecl *Body : KeptIn.lookup(V)) // a std::function, say
        for (const LockEffect &Effect : lockEffectsOf(*Body, U))
          if (std::optional<unsigned> Id = idAt(Effect.Of))
            S[*Id].Now = Lock::Unknown;
  const SpokenArgs Spoken = callKnown(Site, S);
  if (Site.Callee->getIdentifier() && Site.Callee->getName() == "swap")
    return swapWith(Site, S);
  const auto *Written = dyn_cast_or_null<CallExpr>(Site.Written);
  const bool Exchanges = Written && isExchange(*Written);
  if (Written && ((Written->isCallToStdMove() && Written->getNumArgs() == 1) || Exchanges)) {
    if (std::optional<unsigned> Id = idOf(Written->getArg(0))) {
      Slot &Of = S[*Id];
      Of.Moved = Of.Now;
      Of.Now = Lock::Same;
      if (Exchanges)
        Of.Now = initial(Written->getArg(1), Objects[*Id].Public.What, S);
    }
    return;
  }
  if (What == Awaited) {
    callAwaited(Site, S);
    return; // who is given a guard by reference waits under it, and leaves it locked
  }
  if (applyEffects(Site, S))
    return;
  if (Site.Object && !Spoken.contains(Condition::Object))
    if (std::optional<unsigned> Id = idOf(Site.Object);
        Id && !Objects[*Id].Public.Raw && isa<CXXMethodDecl>(Site.Callee))
      callMethod(*Id, Site, S);

  giveArguments(Site, Spoken, S);
}

} // namespace corolint::model
