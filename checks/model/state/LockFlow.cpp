//===- LockFlow.cpp - The states of locks over a control flow graph ---------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/state/LockFlow.h"
#include "ast/Names.h"
#include "knowledge/Knowledge.h"
#include "knowledge/Words.h"
#include "model/Unit.h"
#include "model/code/Call.h"
#include "model/code/Cfg.h"
#include "model/code/Walk.h"
#include "model/state/Hazard.h"
#include "model/types/Coroutine.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace corolint::model {

//===- What is followed ------------------------------------------------------===//

namespace {

bool isLockCall(const Entry &E) {
  return E.What == Role::Locks || E.What == Role::TriesLock;
}

QualType pointee(QualType T) {
  T = T.getNonReferenceType();
  return T->isPointerType() ? T->getPointeeType() : T;
}

} // namespace

unsigned LockFlow::add(Object O) {
  Objects.push_back(std::move(O));
  return Objects.size() - 1;
}

std::optional<Hazard> LockFlow::hazardIn(const VarDecl &V) const {
  if (What == Awaited)
    return IsGuard(V) ? std::optional(Hazard{Hazard::AwaitedLock}) : std::nullopt;
  const Expr *Extended = extendedTemporary(V);
  std::optional<Hazard> Found = hazardOf(Extended ? Extended->getType() : V.getType(), U);
  if (!Found || (isForCaller() && Found->Is != Hazard::Lock) ||
      (Found->Is == Hazard::NoYield && !Yields))
    return std::nullopt;
  return Found;
}

void LockFlow::addVariable(const VarDecl &V) {
  const std::optional<Hazard> What = hazardIn(V);
  if (!What)
    return;
  if (Ids.try_emplace(placeOf(V), Objects.size()).second) {
    Object O;
    O.Public.What = *What;
    O.Public.Object = &V;
    if (const auto *Bound = dyn_cast<DecompositionDecl>(&V)) // it has no name, its parts have
      for (const BindingDecl *Each : llvm::reverse(Bound->bindings()))
        if (Bound->bindings().front() == Each || hazardOf(Each->getType().getNonReferenceType(), U))
          O.Public.Object = Each;
    O.At = placeOf(V);
    O.Variable = &V;
    add(std::move(O));
  }
}

/// A guard of the caller that the function names.
void LockFlow::addNamed(const Expr &E) {
  const CXXRecordDecl *C = pointee(E.getType())->getAsCXXRecordDecl();
  std::optional<Hazard> What = C ? hazardOf(*C, U) : std::nullopt;
  if (!What || What->Is != Hazard::Lock)
    return;
  Place P = placeIn(&E);
  if (!P || P.Path.empty())
    return;
  if (Ids.try_emplace(P, Objects.size()).second) {
    Object O;
    O.Public.What = *What;
    O.Public.Object = P.named();
    O.At = P;
    add(std::move(O));
  }
}

/// \p Named: the object that the user named, where it is a member of that which is locked.
void LockFlow::addLocked(const Place &P, const ValueDecl *Named) {
  if (!P || idAt(P))
    return;
  Object O;
  O.Public.Object = Named ? Named : P.named();
  O.Public.Raw = true;
  O.At = boundPlace(P);
  const Place At = O.At;
  Ids[At] = add(std::move(O));
}

void LockFlow::addCall(const Call &Site) {
  const CXXRecordDecl *Class = Site.objectClass();
  for (const Entry *Known : U.knowledge().of(*Site.Callee, Class))
    if (isLockCall(*Known) || (isForCaller() && Known->What == Role::Unlocks))
      for (int Arg : Known->Args)
        addLocked(placeIn(argument(Site, Arg)), nullptr);
  for (const LockEffect &Effect : effectsOf(Site, U))
    if (isForCaller() || (Effect.Leaves & Lock::Held))
      addLocked(Effect.Of, Site.Object ? placeIn(Site.Object).named() : nullptr);
}

namespace {

bool unlocksAwaited(llvm::StringRef Method) {
  return Method.contains("unlock") || Method == "release" || Method == "signal";
}

/// `co_await mutex.lock();`: the mutex, or null.
const Expr *awaitedMutex(const CoawaitExpr &Await) {
  const auto *Called = dyn_cast<CXXMemberCallExpr>(bare(writtenOperand(&Await)));
  const llvm::StringRef Name =
      Called && Called->getMethodDecl() ? simpleName(*Called->getMethodDecl()) : "";
  const bool Locks = Name == "acquire" || Name == "wait" || Name.contains("lock");
  return Await.getType()->isVoidType() && Locks ? Called->getImplicitObjectArgument() : nullptr;
}

} // namespace

/// The guards, and the mutexes that the function locks by hand and unlocks as well: what only waits
/// for something else is no lock. Locks of threads have no part in it.
void LockFlow::collectAwaited() {
  llvm::SmallVector<Place, 2> Locked, Unlocked;
  walkEvaluated(writtenBody(F), [&](const Stmt &S) {
    if (const auto *Declares = dyn_cast<DeclStmt>(&S)) {
      for (const Decl *D : Declares->decls())
        if (const auto *V = dyn_cast<VarDecl>(D); V && V->hasLocalStorage())
          addVariable(*V);
    } else if (const auto *Await = dyn_cast<CoawaitExpr>(&S)) {
      if (const Expr *Mutex = awaitedMutex(*Await))
        Locked.push_back(placeIn(Mutex));
    } else if (const auto *Called = dyn_cast<CXXMemberCallExpr>(&S);
               Called && Called->getMethodDecl() &&
               unlocksAwaited(simpleName(*Called->getMethodDecl()))) {
      Unlocked.push_back(placeIn(Called->getImplicitObjectArgument()));
    }
    return true;
  });
  for (const Place &P : Locked)
    if (P && llvm::is_contained(Unlocked, P))
      addLocked(P, nullptr);
}

/// A local of the function itself, what its constructor locks, and the closures that it keeps.
void LockFlow::addLocal(const VarDecl &V) {
  addVariable(V);
  if (!V.getInit())
    return;
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(bare(V.getInit())))
    for (const LockEffect &Effect : effectsOn(V, callOf(*Construct), U))
      if (isForCaller() || (Effect.Leaves & Lock::Held))
        addLocked(Effect.Of, &V);
  if (const auto *Lambda = dyn_cast<LambdaExpr>(bare(V.getInit())))
    Closures[&V] = bodyOfLambda(*Lambda);
  walkEvaluated(V.getInit(), [&](const Stmt &Part) {
    const FunctionDecl *Body = nullptr;
    if (const auto *Lambda = dyn_cast<LambdaExpr>(&Part)) {
      Kept.insert(&Part);
      Body = bodyOfLambda(*Lambda);
    } else if (const auto *Ref = dyn_cast<DeclRefExpr>(&Part)) {
      const auto *Closure = dyn_cast<VarDecl>(Ref->getDecl());
      Body = Closure ? Closures.lookup(Closure) : nullptr;
    }
    if (Body && !Closures.contains(&V))
      KeptIn[&V].push_back(Body);
    return true;
  });
}

bool LockFlow::collect() {
  if (What == Awaited)
    collectAwaited();
  else
    collectOfThreads();
  Built = Objects.empty() && Made.empty() ? nullptr : cfgOf(F, U);
  if (!Built)
    return false;
  // A prvalue is an object of its own only where the graph destroys it: else it is what it
  // initialises, a variable, a member, what is returned.
  llvm::DenseSet<const CXXBindTemporaryExpr *> Destroyed;
  if (!Made.empty())
    for (const CFGBlock *B : Built->graph())
      for (const CFGElement &E : *B)
        if (std::optional<CFGTemporaryDtor> End = E.getAs<CFGTemporaryDtor>())
          Destroyed.insert(End->getBindTemporaryExpr());
  for (const auto &[Temporary, What, In] : Made)
    if (Destroyed.contains(Temporary) &&
        Temporaries.try_emplace(Temporary, Objects.size()).second) {
      Object O;
      O.Public.What = What;
      O.Within = In;
      add(std::move(O));
    }
  return !Objects.empty();
}

void LockFlow::collectOfThreads() {
  Yields = !isForCaller() && llvm::any_of(suspensionsIn(F, U), [](const AwaitPoint &P) {
    return isa<CoyieldExpr>(P.At);
  });
  if (!isForCaller())
    for (const ParmVarDecl *P : F.parameters())
      addVariable(*P);
  const Stmt *FullExpression = nullptr;
  auto Visit = [&](const Stmt &S) {
    if (const auto *Declares = dyn_cast<DeclStmt>(&S)) {
      for (const Decl *D : Declares->decls())
        if (const auto *V = dyn_cast<VarDecl>(D); V && V->hasLocalStorage())
          addLocal(*V);
    } else if (const auto *Full = dyn_cast<ExprWithCleanups>(&S)) {
      FullExpression = Full;
    } else if (const auto *For = dyn_cast<CXXForRangeStmt>(&S); For && For->getInit()) {
      // Clang's graph does not end what the init-statement of such a loop declares.
      if (const auto *Declares = dyn_cast<DeclStmt>(For->getInit()))
        for (const Decl *D : Declares->decls())
          if (const auto *V = dyn_cast<VarDecl>(D))
            Within[V] = For;
    } else if (const auto *Temporary = dyn_cast<CXXBindTemporaryExpr>(&S)) {
      if (std::optional<Hazard> Of = hazardOf(Temporary->getType(), U);
          Of && Of->Is != Hazard::NoYield)
        Made.push_back({Temporary, *Of, FullExpression});
    } else if (const auto *E = dyn_cast<CallExpr>(&S)) {
      if (std::optional<Call> Site = callOf(*E))
        addCall(*Site);
    } else if (const auto *Construct = dyn_cast<CXXConstructExpr>(&S)) {
      addCall(callOf(*Construct));
    } else if (isForCaller() && (isa<DeclRefExpr>(S) || isa<MemberExpr>(S))) {
      addNamed(cast<Expr>(S));
    }
    return true;
  };
  if (const auto *Constructor = dyn_cast<CXXConstructorDecl>(&F))
    for (const CXXCtorInitializer *Init : Constructor->inits())
      walkEvaluated(Init->getInit(), Visit);
  walkEvaluated(writtenBody(F), Visit);
}

std::optional<unsigned> LockFlow::idAt(const Place &P) const {
  if (!P)
    return std::nullopt;
  if (auto Found = Ids.find(P); Found != Ids.end())
    return Found->second;
  // What is done to a part of a guard is done to the guard: `both.first.unlock()`.
  for (Place Whole = P; !Whole.Path.empty();) {
    Whole.Path.pop_back();
    if (!Whole)
      break;
    if (auto Found = Ids.find(Whole); Found != Ids.end() && !Objects[Found->second].Public.Raw)
      return Found->second;
  }
  if (auto Found = Ids.find(boundPlace(P)); Found != Ids.end())
    return Found->second;
  return std::nullopt;
}

std::optional<unsigned> LockFlow::idOf(const Expr *E) const {
  if (!E)
    return std::nullopt;
  // A block is visited more than once, and what its expressions name does not change.
  auto [Slot, New] = Named.try_emplace(E);
  if (!New)
    return Slot->second;
  const Place P = placeIn(E);
  std::optional<unsigned> Id = idAt(P);
  // A member that is no guard has nothing to do with the one beside it, nor has what an
  // `operator->` gives.
  if (Id && !Objects[*Id].Public.Raw && What != Awaited) {
    const QualType T = E->IgnoreParenImpCasts()->getType(); // not a base that declares a member
    const CXXRecordDecl *C = pointee(T)->getBaseElementTypeUnsafe()->getAsCXXRecordDecl();
    if (!C || !hazardOf(*C, U))
      Id = std::nullopt;
  }
  return Named[E] = Id;
}

//===- Over the graph --------------------------------------------------------===//

void LockFlow::findTries() {
  for (const Cfg::Try &Written : Built->tries()) {
    llvm::DenseSet<unsigned> &Ends = EndsWith.emplace_back();
    walkEvaluated(Written.Written->getTryBlock(), [&](const Stmt &S) {
      if (const auto *Declares = dyn_cast<DeclStmt>(&S))
        for (const Decl *D : Declares->decls())
          if (const auto *V = dyn_cast<VarDecl>(D))
            if (auto Found = Ids.find(placeOf(*V)); Found != Ids.end())
              Ends.insert(Found->second);
      return true;
    });
    for (const auto &[Made, Id] : Temporaries)
      Ends.insert(Id);
  }
}

bool LockFlow::solve() {
  findTries();
  Flow.emplace(*Built, *this);
  return Flow->solve(FlowBudget);
}

LockFlow::State LockFlow::initial() const {
  State S;
  for (auto [Id, O] : llvm::enumerate(Objects))
    if (!isForCaller() && O.Variable && isa<ParmVarDecl>(O.Variable))
      set(S[Id], given(O.Public.What), O.Variable->getLocation());
  return S;
}

LockFlow::State LockFlow::caught(unsigned Try, const State &S) const {
  State There;
  for (const auto &[Id, Of] : S)
    if (!EndsWith[Try].contains(Id))
      There[Id] = Of;
  return There;
}

void LockFlow::forEachStatement(llvm::function_ref<void(const Stmt &, const State &)> Visit) {
  Flow->forEachElement([&](const CFGBlock &, unsigned, const CFGElement &E, const State &S) {
    if (std::optional<CFGStmt> Element = E.getAs<CFGStmt>())
      Visit(*Element->getStmt(), S);
  });
}

bool LockFlow::isAlive(unsigned Id, const Stmt &At) const {
  const Object &O = Objects[Id];
  const Stmt *Scope = O.Variable ? Within.lookup(O.Variable) : O.Within;
  return !Scope || evaluates(Scope, At);
}

const LockFlow::State *LockFlow::atExit() const {
  return Flow->at(Built->graph().getExit());
}

void LockFlow::step(const CFGBlock &, unsigned, const CFGElement &E, State &S) {
  if (std::optional<CFGAutomaticObjDtor> End = E.getAs<CFGAutomaticObjDtor>()) {
    if (auto Found = Ids.find(placeOf(*End->getVarDecl())); Found != Ids.end())
      S.end(Found->second);
    else
      endOf(*End->getVarDecl(), S);
    return;
  }
  if (std::optional<CFGTemporaryDtor> End = E.getAs<CFGTemporaryDtor>()) {
    if (auto Found = Temporaries.find(End->getBindTemporaryExpr()); Found != Temporaries.end())
      S.end(Found->second);
    return;
  }
  std::optional<CFGStmt> Element = E.getAs<CFGStmt>();
  if (!Element)
    return;
  const Stmt *Evaluated = Element->getStmt();
  if (const auto *Declares = dyn_cast<DeclStmt>(Evaluated)) {
    for (const Decl *D : Declares->decls())
      if (const auto *V = dyn_cast<VarDecl>(D); V && V->hasLocalStorage())
        declare(*V, S);
  } else if (const auto *Made = dyn_cast<CXXBindTemporaryExpr>(Evaluated)) {
    if (auto Found = Temporaries.find(Made); Found != Temporaries.end())
      set(S[Found->second], initial(Made->getSubExpr(), Objects[Found->second].Public.What, S),
          Made->getBeginLoc());
  } else if (const auto *Await = dyn_cast<CoawaitExpr>(Evaluated); Await && What == Awaited) {
    if (const Expr *Mutex = awaitedMutex(*Await))
      if (std::optional<unsigned> Id = idOf(Mutex); Id && Objects[*Id].Public.Raw)
        apply(*Id, Lock::Held, Await->getExprLoc(), S);
  } else if (const auto *Written = dyn_cast<CallExpr>(Evaluated)) {
    if (std::optional<Call> Site = callOf(*Written))
      call(*Site, S);
  } else if (const auto *Construct = dyn_cast<CXXConstructExpr>(Evaluated)) {
    call(callOf(*Construct), S);
  } else if (const auto *Lambda = dyn_cast<LambdaExpr>(Evaluated)) {
    // Who gets it may call it at any time; one that is kept here does it when it is called.
    if (!Kept.contains(Lambda))
      giveAway(Lambda, S);
  }
}

} // namespace corolint::model
