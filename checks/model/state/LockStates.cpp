//===- LockStates.cpp - States of locks, and what branches tell of them -----===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ast/Names.h"
#include "knowledge/Knowledge.h"
#include "knowledge/Words.h"
#include "model/Unit.h"
#include "model/code/Call.h"
#include "model/state/Hazard.h"
#include "model/state/LockFlow.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace corolint::model {

namespace {
auto before(unsigned Id) {
  return [Id](const std::pair<unsigned, LockFlow::Slot> &Each) { return Each.first < Id; };
}
} // namespace

LockFlow::Slot LockFlow::State::get(unsigned Id) const {
  const auto *At = llvm::partition_point(Slots, before(Id));
  return At != Slots.end() && At->first == Id ? At->second : Slot();
}

LockFlow::Slot &LockFlow::State::operator[](unsigned Id) {
  auto *At = llvm::partition_point(Slots, before(Id));
  if (At == Slots.end() || At->first != Id)
    At = Slots.insert(At, {Id, Slot()});
  return At->second;
}

void LockFlow::State::end(unsigned Id) {
  auto *At = llvm::partition_point(Slots, before(Id));
  if (At != Slots.end() && At->first == Id)
    Slots.erase(At);
}

void LockFlow::State::tidy() {
  llvm::erase_if(Slots, [](const auto &Each) {
    return Each.second.Now == Lock::Same && Each.second.Moved == 0;
  });
}

bool LockFlow::State::join(const State &From) {
  bool Changed = false;
  decltype(Slots) Both;
  const auto *A = Slots.begin(), *B = From.Slots.begin();
  while (A != Slots.end() || B != From.Slots.end()) {
    const unsigned Id =
        B == From.Slots.end() || (A != Slots.end() && A->first < B->first) ? A->first : B->first;
    Slot Mine, Theirs;
    if (A != Slots.end() && A->first == Id)
      Mine = A++->second;
    if (B != From.Slots.end() && B->first == Id)
      Theirs = B++->second;
    Slot Joined = Mine;
    Joined.Now |= Theirs.Now;
    Joined.Moved |= Theirs.Moved;
    if (Joined.Since.isInvalid())
      Joined.Since = Theirs.Since;
    Changed |= Joined.Now != Mine.Now || Joined.Moved != Mine.Moved;
    Both.push_back({Id, Joined});
  }
  if (Changed)
    Slots = std::move(Both);
  return Changed;
}

/// The temporaries that are destroyed from \p From on, and before anything else is done.
static llvm::SmallPtrSet<const CXXBindTemporaryExpr *, 4> endingFrom(const CFGBlock *From) {
  llvm::SmallPtrSet<const CXXBindTemporaryExpr *, 4> Result;
  llvm::SmallVector<const CFGBlock *, 4> Work{From};
  llvm::SmallPtrSet<const CFGBlock *, 8> Seen;
  while (!Work.empty()) {
    const CFGBlock *Each = Work.pop_back_val();
    if (!Each || !Seen.insert(Each).second || Seen.size() > 64)
      continue;
    bool Ends = true;
    for (const CFGElement &E : *Each) {
      std::optional<CFGTemporaryDtor> End = E.getAs<CFGTemporaryDtor>();
      if (Ends = End.has_value(); !Ends)
        break;
      Result.insert(End->getBindTemporaryExpr());
    }
    if (Ends)
      Work.append(Each->succ_begin(), Each->succ_end());
  }
  return Result;
}

/// Of temporaries that were made or not, those were not made that only the other way destroys.
void LockFlow::refineTemporaries(const CFGBlock &B, unsigned Successor, State &S) const {
  if (B.succ_size() != 2 || Temporaries.empty())
    return;
  const CFGBlock *Two[] = {*B.succ_begin(), *std::next(B.succ_begin())};
  const auto Here = endingFrom(Two[Successor]);
  for (const CXXBindTemporaryExpr *Each : endingFrom(Two[1 - Successor]))
    if (!Here.contains(Each))
      if (auto Found = Temporaries.find(Each); Found != Temporaries.end())
        S.end(Found->second);
}

/// What a branch tells of the object that it asks: `if (m.try_lock())`, `while (!g.owns_lock())`.
void LockFlow::refineBranch(const CFGBlock &B, unsigned Successor, State &S) const {
  const Stmt *Terminator = B.getTerminatorStmt();
  const auto *Asked = llvm::dyn_cast_or_null<Expr>(B.getTerminatorCondition());
  if (!Terminator || !Asked || B.succ_size() != 2 || isa<SwitchStmt>(Terminator))
    return;
  bool IsTrue = Successor == 0;
  llvm::SmallVector<unsigned, 2> Told;
  auto Tell = [&](std::optional<unsigned> Id) {
    if (Id)
      Told.push_back(*Id);
  };
  for (const Expr *E = Asked; E;) {
    E = E->IgnoreParenImpCasts();
    if (const auto *Full = dyn_cast<FullExpr>(E)) {
      E = Full->getSubExpr();
    } else if (const auto *Not = dyn_cast<UnaryOperator>(E); Not && Not->getOpcode() == UO_LNot) {
      IsTrue = !IsTrue;
      E = Not->getSubExpr();
    } else if (const auto *Written = dyn_cast<CallExpr>(E)) {
      std::optional<Call> Site = callOf(*Written);
      if (!Site)
        return;
      const auto *M = dyn_cast<CXXMethodDecl>(Site->Callee);
      bool Spoken = false;
      for (const Entry *Known : U.knowledge().of(*Site->Callee, Site->objectClass()))
        if (Known->What == Role::TriesLock && Known->Args.size() == 1) {
          Tell(idOf(argument(*Site, Known->Args.front())));
          Spoken = true;
        }
      // Somebody's own `try_enter()`, whose body locks or does not.
      if (!Spoken && Site->Callee->getReturnType()->isBooleanType())
        for (const LockEffect &Effect : effectsOf(*Site, U))
          if (Effect.Leaves == (Lock::Same | Lock::Held)) {
            Tell(idAt(Effect.Of));
            Spoken = true;
          }
      if (!Spoken && M && Site->Object) {
        std::string Name = simpleName(*M).lower();
        if (isa<CXXConversionDecl>(M) || Name == "owns_lock" || Name == "islocked" ||
            Name == "has_value" || llvm::StringRef(Name).contains("try"))
          Tell(idOf(Site->Object));
      }
      break;
    } else {
      const auto *Ref = dyn_cast<DeclRefExpr>(E);
      const auto *V = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
      if (auto Found = Answers.find(V); Found != Answers.end())
        Tell(Found->second);
      break;
    }
  }
  for (unsigned Id : Told) {
    const Slot Of = S.get(Id);
    if ((Of.Now & Lock::Unknown) == 0)
      if (const LockBits There = Of.Now & (IsTrue ? Lock::Held : Lock::Same | Lock::Released))
        S[Id].Now = There;
  }
}

void LockFlow::refine(const CFGBlock &B, unsigned Successor, State &S) const {
  S.tidy();
  if (B.getTerminator().isTemporaryDtorsBranch())
    refineTemporaries(B, Successor, S);
  else
    refineBranch(B, Successor, S);
}

} // namespace corolint::model
