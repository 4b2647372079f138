//===- Chains.cpp - By which calls a function comes to block --------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/run/Chains.h"
#include "knowledge/Words.h"
#include "model/Unit.h"
#include "model/calls/Conditions.h"
#include "model/calls/DirectlyBlocks.h"
#include "model/types/TaskType.h"
#include "llvm/ADT/STLExtras.h"
#include <tuple>
#include <utility>

using namespace clang;

namespace corolint::model {

bool waitsForTask(const FunctionDecl &F, Unit &U) {
  if (const auto *Method = dyn_cast<CXXMethodDecl>(&F);
      Method && !Method->isStatic() && !isa<CXXConstructorDecl, CXXDestructorDecl>(Method) &&
      U.get<TaskTypes>().of(*Method->getParent()).isTask())
    return true;
  return llvm::any_of(F.parameters(), [&](const ParmVarDecl *P) {
    const TaskType &T = U.get<TaskTypes>().of(P->getType());
    if (P->getType()->isLValueReferenceType())
      return T.isTask();
    return T.isTask() || T.Kind == TaskKind::Awaiter || T.Kind == TaskKind::Handle;
  });
}

Chains::Chains(Unit &U) : U(U), Calls(U), Blocks(Calls.nodes().size()) {
  seed(/*Certain=*/true);
  spread(/*Certain=*/true);
  // Then what hangs on a mode or an override, where nothing certain was found.
  for (unsigned Id = 0; Id != Blocks.size(); ++Id)
    for (const auto &[K, R] : Blocks[Id])
      Queue.push_back({Id, K});
  seed(/*Certain=*/false);
  spread(/*Certain=*/false);
}

void Chains::seed(bool Certain) {
  for (unsigned Id = 0; Id != Blocks.size(); ++Id) {
    const CallGraph::Node &N = Calls.nodes()[Id];
    for (unsigned I = 0; I != N.Sites.size(); ++I) {
      const Direct &D = N.Known[I];
      if (D.Is == Direct::Blocks && D.Certain == Certain && Calls.isLive(N, N.Sites[I]))
        reach(Id, {D.Waits, hangOn({D.Known, D.IfNot, D.IfParameter})}, {Certain, 1, I, D.Known});
    }
  }
}

void Chains::reach(unsigned Id, Key K, Reach R) {
  std::map<Key, Reach> &Known = Blocks[Id];
  // A wait inside what was given a task is a wait for the task.
  if (K.first == static_cast<Category>(Family::Thread) && waitsForTask(*Calls.nodes()[Id].F, U))
    K.first = LoopCategory;
  if (Known.count({K.first, Always}) || !Known.try_emplace(K, R).second)
    return;
  Queue.push_back({Id, K});
}

/// Spreads what is queued to the callers, nearest first.
void Chains::spread(bool Certain) {
  for (; !Queue.empty(); Queue.pop_front()) {
    auto [Id, K] = Queue.front();
    const Reach From = Blocks[Id].at(K);
    for (const CallGraph::Edge &E : Calls.nodes()[Id].Callers) {
      const CallGraph::Node &Caller = Calls.nodes()[E.Caller];
      const Call &Site = Caller.Sites[E.Site];
      if (Certain && !allBlock(Caller, E.Site, K.first))
        continue;
      std::optional<int> Parameter = hangsOn(Site, K.second, *Caller.F);
      if (!Parameter || !Calls.isLive(Caller, Site))
        continue;
      reach(E.Caller, {K.first, *Parameter},
            {Certain && From.Certain, From.Distance + 1, E.Site, nullptr, Id, K});
    }
  }
}

bool Chains::blocks(unsigned Id, Category C) const {
  auto Found = Blocks[Id].lower_bound({C, Always});
  return Found != Blocks[Id].end() && Found->first.first == C;
}

/// Whatever the call runs blocks.
bool Chains::allBlock(const CallGraph::Node &N, unsigned Site, Category C) const {
  return llvm::all_of(N.Targets[Site], [&](unsigned Target) { return blocks(Target, C); }) &&
         N.Targets[Site].size() == N.Ways[Site];
}

int Chains::hangOn(const Hang &Wanted) {
  if (Wanted.Parameter == Always)
    return Always;
  auto Found = llvm::find(Hangs, Wanted);
  if (Found == Hangs.end())
    Found = Hangs.insert(Hangs.end(), Wanted);
  return static_cast<int>(Found - Hangs.begin());
}

/// On what of the caller a call hangs that hangs on the \p Id of its own; nothing if the argument
/// fulfils the condition (is zero, was asked whether it is ready), so that it does not block.
std::optional<int> Chains::hangsOn(const Call &Site, int Id, const FunctionDecl &Caller) {
  if (Id == Always)
    return Always;
  Hang Next = Hangs[Id];
  const int Argument = std::exchange(Next.Parameter, Always);
  for (Condition C : Next.Of->Unless) {
    if (C.Arg != Next.Argument)
      continue;
    C.Arg = Argument;
    Holds Answer = holds(C, Site, Caller, U);
    if (Answer.Answer == Holds::Yes)
      return std::nullopt;
    if (Answer.Answer == Holds::AsParameter)
      Next.Parameter = static_cast<int>(Answer.Parameter);
  }
  return hangOn(Next);
}

void Chains::follow(unsigned Id, Key K, BlockingWitness &Into) const {
  // A chain gets shorter with each step, so this ends.
  for (;;) {
    const Reach &R = Blocks[Id].at(K);
    const Call &Site = Calls.nodes()[Id].Sites[R.Site];
    Into.Chain.push_back({Site.At, R.Known ? Site.Callee : Calls.nodes()[R.Next].F});
    if (R.Known) {
      Into.Known = R.Known;
      return;
    }
    Id = R.Next;
    K = R.NextKey;
  }
}

/// The strongest first.
llvm::SmallVector<Chains::Candidate, 4> Chains::candidates(const CallGraph::Node &N,
                                                           unsigned Site) {
  llvm::SmallVector<Candidate, 4> Found;
  const Direct &D = N.Known[Site];
  if (D.Is == Direct::Blocks)
    Found.push_back({D.Waits, D.Certain, 1, D.Known, 0, {}});
  for (unsigned Target : N.Targets[Site])
    for (const auto &[K, R] : Blocks[Target])
      if (hangsOn(N.Sites[Site], K.second, *N.F))
        Found.push_back(
            {K.first, R.Certain && allBlock(N, Site, K.first), R.Distance + 1, nullptr, Target, K});
  llvm::sort(Found, [](const Candidate &A, const Candidate &B) {
    return std::tuple(!A.Certain, A.Distance, A.C != LoopCategory, A.C) <
           std::tuple(!B.Certain, B.Distance, B.C != LoopCategory, B.C);
  });
  return Found;
}

std::optional<BlockingWitness> Chains::causeOf(const CallGraph::Node &N, unsigned I,
                                               const Wanted &W) {
  const Call &Site = N.Sites[I];
  const llvm::SmallVector<Candidate, 4> Found = candidates(N, I);
  // One cause, one finding: a call that turns a loop is not also a blocking call.
  const bool TurnsLoop =
      llvm::any_of(Found, [](const Candidate &C) { return C.C == LoopCategory && C.Certain; });
  for (const Candidate &C : Found) {
    bool Wants = C.C == LoopCategory
                     ? W.Loops
                     : !TurnsLoop && llvm::is_contained(W.Families, static_cast<Family>(C.C));
    if (!Wants || (!C.Certain && !W.Uncertain))
      continue;
    BlockingWitness Result;
    Result.Loop = C.C == LoopCategory;
    Result.Waits = Result.Loop ? Family::Thread : static_cast<Family>(C.C);
    Result.Certain = C.Certain;
    Result.Site = Site;
    Result.Chain.push_back({Site.At, C.Known ? Site.Callee : Calls.nodes()[C.Node].F});
    Result.Known = C.Known;
    if (!C.Known)
      follow(C.Node, C.K, Result);
    return Result;
  }
  return std::nullopt;
}

} // namespace corolint::model
