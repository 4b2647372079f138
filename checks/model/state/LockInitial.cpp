//===- LockInitial.cpp - In which state an object begins ---------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ast/Names.h"
#include "knowledge/Words.h"
#include "model/Unit.h"
#include "model/state/Hazard.h"
#include "model/state/LockFlow.h"
#include "model/state/LockWords.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace clang;

namespace corolint::model {

namespace {

/// Of two parts of an object: one that is held is enough.
LockBits together(LockBits A, LockBits B) {
  return A == Lock::Held || B == Lock::Held ? Lock::Held : A | B;
}

} // namespace

LockBits LockFlow::takenFrom(unsigned Id, const State &S) const {
  const Slot From = S.get(Id);
  return From.Moved ? From.Moved : From.Now;
}

/// Of the members of an object, the guards among them.
LockBits LockFlow::ofParts(llvm::ArrayRef<const Expr *> Inits, const CXXRecordDecl &C,
                           const State &S) const {
  LockBits Result = 0;
  auto Join = [&](LockBits Part) { Result = together(Result, Part); };
  unsigned Index = 0;
  for (const CXXBaseSpecifier &Base : C.bases()) {
    if (Index < Inits.size())
      if (std::optional<Hazard> Inner = hazardOf(Base.getType(), U))
        Join(initial(Inits[Index], *Inner, S));
    ++Index;
  }
  for (const FieldDecl *Field : C.fields()) {
    if (Index < Inits.size() && Inits[Index])
      if (std::optional<Hazard> Inner = hazardOf(Field->getType(), U))
        Join(initial(Inits[Index], *Inner, S));
    ++Index;
  }
  return Result ? Result : Lock::Held;
}

LockBits LockFlow::madeBy(const CXXConstructExpr &Made, const Hazard &What, const State &S) const {
  const CXXConstructorDecl *Written = Made.getConstructor();
  const FunctionDecl *Defined = nullptr;
  if (!Written->hasBody(Defined) || U.isSystem(Written->getLocation()))
    return Lock::Held; // it may lock what it is made around
  const auto *Constructor = cast<CXXConstructorDecl>(Defined);
  LockBits Result = 0;
  if (What.Member || What.Base) // what its constructor makes of its guard
    for (const CXXCtorInitializer *Init : Constructor->inits()) {
      const CXXRecordDecl *Of = nullptr;
      if (Init->isMemberInitializer() || Init->isIndirectMemberInitializer())
        Of = Init->getAnyMember()->getType()->getAsCXXRecordDecl();
      else if (Init->isBaseInitializer())
        Of = Init->getBaseClass()->getAsCXXRecordDecl();
      if (std::optional<Hazard> Inner = Of ? hazardOf(*Of, U) : std::nullopt)
        Result = together(Result, initial(Init->getInit(), *Inner, S));
    }
  LockBits Locked = 0;
  for (const LockEffect &Effect : lockEffectsOf(*Constructor, U))
    Locked |= Effect.Leaves;
  if (Locked & Lock::Held)
    return Locked & ~Lock::Released;
  if (Locked & Lock::Unknown)
    return Lock::Unknown;
  if (Locked & Lock::Released)
    return Lock::Same;
  return Result ? Result : Lock::Same;
}

/// In which state the object is that \p Init makes.
LockBits LockFlow::initial(const Expr *Init, const Hazard &What, const State &S) const {
  if (What.isScope())
    return Lock::Same; // nothing is in it
  if (!Init)
    return What.Optional ? Lock::Same : Lock::Held;
  const Expr *E = makerIn(Init);
  if (const auto *Either = dyn_cast<AbstractConditionalOperator>(E))
    return initial(Either->getTrueExpr(), What, S) | initial(Either->getFalseExpr(), What, S);
  if (What.Is == Hazard::AwaitedLock && isa<CoawaitExpr>(E))
    return Lock::Held;
  llvm::ArrayRef<const Expr *> Args;
  const CXXRecordDecl *Class = E->getType()->getAsCXXRecordDecl();
  if (const auto *Made = dyn_cast<CXXConstructExpr>(E)) {
    Args = llvm::ArrayRef(Made->getArgs(), Made->getNumArgs());
    if (Made->getConstructor()->isCopyOrMoveConstructor() && !Args.empty()) {
      std::optional<unsigned> From = idOf(Args.front());
      return From ? takenFrom(*From, S) : initial(Args[0], What, S);
    }
    if (What.Is == Hazard::Lock && !What.Optional && (What.Own || What.Member || What.Base) &&
        !Made->getConstructor()->isInheritingConstructor()) // else its arguments tell
      return madeBy(*Made, What, S);
  } else if (const auto *List = dyn_cast<InitListExpr>(E)) {
    Args = List->inits();
    if (What.Member && !What.Optional && Class && Class->isAggregate() && What.Is == Hazard::Lock)
      return ofParts(Args, *Class, S);
  } else if (const auto *List = dyn_cast<CXXParenListInitExpr>(E)) {
    Args = List->getInitExprs();
    if (What.Member && Class && What.Is == Hazard::Lock)
      return ofParts(Args, *Class, S);
  } else if (const auto *Lambda = dyn_cast<LambdaExpr>(E)) {
    llvm::SmallVector<const Expr *, 4> Inits(Lambda->capture_inits());
    return What.Is == Hazard::Lock ? ofParts(Inits, *Lambda->getLambdaClass(), S) : Lock::Held;
  } else if (const auto *Written = dyn_cast<CallExpr>(E)) {
    if ((Written->isCallToStdMove() && Written->getNumArgs() == 1) || isExchange(*Written))
      if (std::optional<unsigned> From = idOf(Written->getArg(0)))
        return takenFrom(*From, S);
    const FunctionDecl *Callee = Written->getDirectCallee();
    if (Callee && llvm::StringRef(simpleName(*Callee).lower()).contains("try"))
      return Lock::Same | Lock::Held;
    // `std::make_pair(std::unique_lock(m, std::defer_lock), 1)`
    if (Callee && isStandard(*Callee))
      for (const Expr *Arg : Written->arguments())
        if (std::optional<Hazard> Inner = hazardOf(Arg->getType(), U))
          return initial(Arg, *Inner, S);
    return given(What);
  } else if (isa<DeclRefExpr>(E) || isa<MemberExpr>(E)) {
    if (std::optional<unsigned> From = idOf(E))
      return takenFrom(*From, S);
  }
  if ((What.Is == Hazard::Hostile || What.Is == Hazard::NoYield) && !What.Optional)
    return Lock::Held;
  if (Args.empty())
    return Lock::Same;
  for (const Expr *Arg : Args) {
    if (isa<CXXDefaultArgExpr>(Arg))
      continue;
    llvm::StringRef Tag = tagOf(Arg);
    if (Tag == "defer_lock_t" || Tag == "defer_lock_type" || Tag == "nullopt_t" ||
        Tag == "none_t" || Tag == "monostate" || isNull(Arg, U.context()))
      return Lock::Same;
    if (Tag == "try_to_lock_t" || Tag == "try_to_lock_type" || Tag == "duration" ||
        Tag == "time_point")
      return Lock::Same | Lock::Held;
    if (What.Holder || What.Optional) // what is put in decides
      if (std::optional<Hazard> Inner = hazardOf(Arg->getType().getNonReferenceType(), U))
        return initial(Arg, *Inner, S);
  }
  return Lock::Held;
}

} // namespace corolint::model
