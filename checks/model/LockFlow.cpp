//===- LockFlow.cpp - The states of locks over a control flow graph ---------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LockFlow.h"
#include "Cfg.h"
#include "Coroutine.h"
#include "Unit.h"
#include "llvm/ADT/STLExtras.h"
#include <queue>

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

void LockFlow::addVariable(const VarDecl &V) {
  const Expr *Extended = extendedTemporary(V);
  std::optional<Burden> What = burdenOf(Extended ? Extended->getType() : V.getType(), U);
  if (!What || (ForCaller && What->Is != Burden::Lock))
    return;
  if (Ids.try_emplace(placeOf(V), Objects.size()).second) {
    Object O;
    O.Public.What = *What;
    O.Public.Object = &V;
    if (const auto *Bound = dyn_cast<DecompositionDecl>(&V)) // it has no name, its parts have
      for (const BindingDecl *Each : llvm::reverse(Bound->bindings()))
        if (Bound->bindings().front() == Each || burdenOf(Each->getType().getNonReferenceType(), U))
          O.Public.Object = Each;
    O.At = placeOf(V);
    O.Variable = &V;
    add(std::move(O));
  }
}

/// A guard of the caller that the function names.
void LockFlow::addNamed(const Expr &E) {
  const CXXRecordDecl *C = pointee(E.getType())->getAsCXXRecordDecl();
  std::optional<Burden> What = C ? U.burden(*C) : std::nullopt;
  if (!What || What->Is != Burden::Lock)
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
    if (isLockCall(*Known) || (ForCaller && Known->What == Role::Unlocks))
      for (int Arg : Known->Args)
        addLocked(placeIn(argument(Site, Arg)), nullptr);
  for (const LockEffect &Effect : effectsOf(Site, U))
    if (ForCaller || (Effect.Leaves & Lock::Held))
      addLocked(Effect.Of, Site.Object ? placeIn(Site.Object).named() : nullptr);
}

bool LockFlow::collect() {
  if (!ForCaller)
    for (const ParmVarDecl *P : F.parameters())
      addVariable(*P);
  struct Prvalue {
    const CXXBindTemporaryExpr *At;
    Burden What;
    const Stmt *In;
  };
  llvm::SmallVector<Prvalue, 4> Made;
  const Stmt *FullExpression = nullptr;
  auto Visit = [&](const Stmt &S) {
    if (const auto *Declares = dyn_cast<DeclStmt>(&S)) {
      for (const Decl *D : Declares->decls())
        if (const auto *V = dyn_cast<VarDecl>(D); V && V->hasLocalStorage()) {
          addVariable(*V);
          if (!V->getInit())
            continue;
          if (const auto *Construct = dyn_cast<CXXConstructExpr>(bare(V->getInit())))
            for (const LockEffect &Effect : effectsOn(*V, callOf(*Construct), U))
              if (ForCaller || (Effect.Leaves & Lock::Held))
                addLocked(Effect.Of, V);
          if (const auto *Lambda = dyn_cast<LambdaExpr>(bare(V->getInit())))
            Closures[V] = bodyOfLambda(*Lambda);
          walkEvaluated(V->getInit(), [&](const Stmt &Part) {
            const FunctionDecl *Body = nullptr;
            if (const auto *Lambda = dyn_cast<LambdaExpr>(&Part)) {
              Kept.insert(&Part);
              Body = bodyOfLambda(*Lambda);
            } else if (const auto *Ref = dyn_cast<DeclRefExpr>(&Part)) {
              const auto *Closure = dyn_cast<VarDecl>(Ref->getDecl());
              Body = Closure ? Closures.lookup(Closure) : nullptr;
            }
            if (Body && !Closures.contains(V))
              KeptIn[V].push_back(Body);
            return true;
          });
        }
    } else if (const auto *Full = dyn_cast<ExprWithCleanups>(&S)) {
      FullExpression = Full;
    } else if (const auto *For = dyn_cast<CXXForRangeStmt>(&S); For && For->getInit()) {
      // Clang's graph does not end what the init-statement of such a loop declares.
      if (const auto *Declares = dyn_cast<DeclStmt>(For->getInit()))
        for (const Decl *D : Declares->decls())
          if (const auto *V = dyn_cast<VarDecl>(D))
            Within[V] = For;
    } else if (const auto *Temporary = dyn_cast<CXXBindTemporaryExpr>(&S)) {
      if (std::optional<Burden> What = burdenOf(Temporary->getType(), U))
        Made.push_back({Temporary, *What, FullExpression});
    } else if (const auto *E = dyn_cast<CallExpr>(&S)) {
      if (std::optional<Call> Site = callOf(*E))
        addCall(*Site);
    } else if (const auto *Construct = dyn_cast<CXXConstructExpr>(&S)) {
      addCall(callOf(*Construct));
    } else if (ForCaller && (isa<DeclRefExpr>(S) || isa<MemberExpr>(S))) {
      addNamed(cast<Expr>(S));
    }
    return true;
  };
  if (const auto *Constructor = dyn_cast<CXXConstructorDecl>(&F))
    for (const CXXCtorInitializer *Init : Constructor->inits())
      walkEvaluated(Init->getInit(), Visit);
  walkEvaluated(writtenBody(F), Visit);
  if (Objects.empty() && (ForCaller || Made.empty()))
    return false;
  const Cfg *Built = U.cfg(F);
  if (!Built)
    return false;
  Graph = &Built->graph();
  // A prvalue is an object of its own only where the graph destroys it: else it is what it
  // initialises, a variable, a member, what is returned.
  llvm::DenseSet<const CXXBindTemporaryExpr *> Destroyed;
  for (const CFGBlock *B : *Graph)
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
  if (Id && !Objects[*Id].Public.Raw) {
    const QualType T = E->IgnoreParenImpCasts()->getType(); // not a base that declares a member
    const CXXRecordDecl *C = pointee(T)->getBaseElementTypeUnsafe()->getAsCXXRecordDecl();
    if (!C || !U.burden(*C))
      Id = std::nullopt;
  }
  return Named[E] = Id;
}

//===- Over the graph --------------------------------------------------------===//

void LockFlow::findTries() {
  for (const CFGBlock *B : Graph->try_blocks()) {
    const auto *Written = llvm::dyn_cast_or_null<CXXTryStmt>(B->getTerminatorStmt());
    if (!Written)
      continue;
    Try Each;
    for (const CFGBlock *Handler : B->succs())
      if (Handler && Handler != &Graph->getExit())
        Each.Handlers.push_back(Handler);
    const unsigned Index = Tries.size();
    walkEvaluated(Written->getTryBlock(), [&](const Stmt &S) {
      Throws[&S].push_back(Index);
      if (const auto *Declares = dyn_cast<DeclStmt>(&S))
        for (const Decl *D : Declares->decls())
          if (const auto *V = dyn_cast<VarDecl>(D))
            if (auto Found = Ids.find(placeOf(*V)); Found != Ids.end())
              Each.Ends.insert(Found->second);
      return true;
    });
    for (const auto &[Made, Id] : Temporaries)
      Each.Ends.insert(Id);
    Tries.push_back(std::move(Each));
  }
}

bool LockFlow::solve() {
  AtEntry.resize(Graph->getNumBlockIDs());
  Reached.resize(Graph->getNumBlockIDs());
  findTries();
  const CFGBlock &Entry = Graph->getEntry();
  for (auto [Id, O] : llvm::enumerate(Objects))
    if (!ForCaller && O.Variable && isa<ParmVarDecl>(O.Variable))
      set(AtEntry[Entry.getBlockID()][Id], given(O.Public.What), O.Variable->getLocation());

  // Clang numbers its blocks from the end: the largest number first visits a block after those that
  // lead to it, but for loops.
  std::vector<const CFGBlock *> ByNumber(Graph->getNumBlockIDs());
  for (const CFGBlock *B : *Graph)
    ByNumber[B->getBlockID()] = B;
  std::priority_queue<unsigned> Work;
  llvm::BitVector Waiting(Graph->getNumBlockIDs());
  size_t Spent = 0;
  auto Lead = [&](const CFGBlock &To, const State &S) {
    const unsigned Number = To.getBlockID();
    Spent += 1 + S.size();
    const bool New = !Reached.test(Number);
    Reached.set(Number);
    bool Changed = New;
    if (New)
      AtEntry[Number] = S;
    else
      Changed = AtEntry[Number].join(S);
    if (Changed && !Waiting.test(Number)) {
      Waiting.set(Number);
      Work.push(Number);
    }
  };
  Reached.set(Entry.getBlockID());
  Work.push(Entry.getBlockID());
  while (!Work.empty()) {
    const CFGBlock *B = ByNumber[Work.top()];
    Work.pop();
    Waiting.reset(B->getBlockID());
    State Here = AtEntry[B->getBlockID()];
    for (const CFGElement &E : *B) {
      std::optional<CFGStmt> Element = E.getAs<CFGStmt>();
      auto Leaves = Element && !Tries.empty() ? Throws.find(Element->getStmt()) : Throws.end();
      if (Leaves != Throws.end())
        for (unsigned Index : Leaves->second) {
          State There;
          for (const auto &[Id, Of] : Here)
            if (!Tries[Index].Ends.contains(Id))
              There[Id] = Of;
          for (const CFGBlock *Handler : Tries[Index].Handlers)
            Lead(*Handler, There);
        }
      step(E, Here);
    }
    Here.tidy();
    if (Spent += B->size() / 8 + Here.size(); Spent > FlowBudget)
      return false;
    unsigned Successor = 0;
    for (const CFGBlock *Next : B->succs()) {
      // A call that does not return leads nowhere, whatever the graph says.
      if (Next && !(B->hasNoReturnElement() && Next == &Graph->getExit())) {
        State There = Here;
        if (B->getTerminator().isTemporaryDtorsBranch()) {
          refineTemporaries(*B, Successor, There);
        } else {
          refine(*B, Successor, There);
        }
        Lead(*Next, There);
      }
      ++Successor;
    }
  }
  return true;
}

void LockFlow::forEachStatement(llvm::function_ref<void(const Stmt &, const State &)> Visit) {
  for (const CFGBlock *B : *Graph) {
    if (!Reached.test(B->getBlockID()))
      continue;
    State Here = AtEntry[B->getBlockID()];
    for (const CFGElement &E : *B) {
      step(E, Here);
      if (std::optional<CFGStmt> Element = E.getAs<CFGStmt>())
        Visit(*Element->getStmt(), Here);
    }
  }
}

bool LockFlow::isAlive(unsigned Id, const Stmt &At) const {
  const Object &O = Objects[Id];
  const Stmt *Scope = O.Variable ? Within.lookup(O.Variable) : O.Within;
  return !Scope || evaluates(Scope, At);
}

const LockFlow::State *LockFlow::atExit() const {
  const unsigned Exit = Graph->getExit().getBlockID();
  return Reached.test(Exit) ? &AtEntry[Exit] : nullptr;
}

void LockFlow::step(const CFGElement &E, State &S) {
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
