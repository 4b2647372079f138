//===- Threads.cpp - On which thread a piece of code runs -------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/run/Threads.h"
#include "knowledge/Knowledge.h"
#include "knowledge/Words.h"
#include "model/Unit.h"
#include "model/calls/Roles.h"
#include "model/code/Call.h"
#include "model/code/Calls.h"
#include "model/code/Cfg.h"
#include "model/code/Cycles.h"
#include "model/code/Dataflow.h"
#include "model/code/Walk.h"
#include "model/tasks/TaskFlow.h"
#include "model/types/Coroutine.h"
#include "model/types/TaskType.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace corolint::model {

llvm::StringRef nameOf(Where W) {
  switch (W) {
  case Where::Loop:
    return "loop";
  case Where::Worker:
    return "worker";
  case Where::Unknown:
    return "unknown";
  }
  llvm_unreachable("all places are named");
}

//===----------------------------------------------------------------------===//
// Hops
//===----------------------------------------------------------------------===//

namespace {

/// \p Any is a Role, of a function, or a TypeRole.
template <typename Any> std::optional<Where> leadsTo(Any R) {
  switch (R) {
  case Any::HopsToWorker:
    return Where::Worker;
  case Any::HopsToLoop:
    return Where::Loop;
  case Any::HopsToUnknown:
    return Where::Unknown;
  default:
    return std::nullopt;
  }
}

/// Where a coroutine goes on after it has awaited \p Operand, if that is known to be a hop.
std::optional<Where> hopOf(const Expr &Operand, const FunctionDecl &In, Unit &U) {
  const Expr *E = bare(&Operand);
  const auto *Written = dyn_cast<CallExpr>(E);
  if (std::optional<Call> Site = Written ? callOf(*Written) : std::nullopt)
    for (const Entry *Known : U.knowledge().of(*Site->Callee, Site->objectClass()))
      if (std::optional<Where> To = leadsTo(Known->What); To && speaks(*Known, *Site, In, U))
        return To;
  if (const CXXRecordDecl *C = E->getType().getNonReferenceType()->getAsCXXRecordDecl())
    for (const TypeEntry *Known : U.knowledge().of(*C))
      if (std::optional<Where> To = leadsTo(Known->Is))
        return To;
  return std::nullopt;
}

} // namespace

Hops::Hops(const FunctionDecl &F, Unit &U) : F(&F) {
  for (const AwaitPoint &P : awaitPointsIn(F, U)) {
    if (std::optional<Where> To = hopOf(*P.Awaited, F, U))
      Hop[P.At] = {*To, /*Perhaps=*/false};
    // With symmetric transfer who awaits a coroutine goes on where that one ended. Some tasks go
    // back by themselves, so that it is not known.
    else if (const FunctionDecl *Inner = coroutineOf(maker(*bare(P.Awaited))))
      if (std::optional<Where> End = U.get<Hops>(*Inner).end(); End && *End != Where::Loop)
        Hop[P.At] = {Where::Unknown, /*Perhaps=*/true};
  }
  // A parameter may say where it starts: `task<> work(executor_tag, thread_pool &)`.
  for (const ParmVarDecl *P : F.parameters())
    if (const CXXRecordDecl *C = P->getType().getNonReferenceType()->getAsCXXRecordDecl())
      for (const TypeEntry *Known : U.knowledge().of(*C))
        if (std::optional<Where> To = leadsTo(Known->Is))
          First = only(*To);
  Graph = Hop.empty() ? nullptr : cfgOf(F, U);
  if (Graph)
    follow();
}

/// On which threads the coroutine may be.
struct HopFlow {
  static constexpr Direction Runs = Direction::Forward;
  struct State {
    unsigned On = 0;
    bool join(const State &Other) { return std::exchange(On, On | Other.On) != On; }
  };

  State initial() const { return {Of.First}; }
  State caught(unsigned, const State &S) const { return S; }
  void step(const CFGBlock &, unsigned, const CFGElement &E, State &S) const {
    if (std::optional<CFGStmt> Element = E.getAs<CFGStmt>())
      if (auto Found = Of.Hop.find(Element->getStmt()); Found != Of.Hop.end())
        S.On = Hops::only(Found->second.To) | (Found->second.Perhaps ? S.On : 0);
  }

  const Hops &Of;
};

void Hops::follow() {
  HopFlow Problem{*this};
  Dataflow<HopFlow> Flow(*Graph, Problem);
  Flow.solve();
  AtEntry.assign(Graph->graph().getNumBlockIDs(), 0);
  for (const CFGBlock *B : Graph->graph())
    if (const HopFlow::State *At = Flow.at(*B))
      AtEntry[B->getBlockID()] = At->On;
  Flow.forEachElement(
      [&](const CFGBlock &B, unsigned Index, const CFGElement &E, const HopFlow::State &S) {
        if (std::optional<CFGStmt> Element = E.getAs<CFGStmt>())
          if (Hop.contains(Element->getStmt()))
            Behind[&B].push_back({static_cast<int>(Index), S.On});
      });
}

bool Hops::operator==(const Hops &Other) const {
  // The rest follows from these.
  return F == Other.F && First == Other.First && Hop == Other.Hop;
}

Where Hops::resolve(Places P) {
  for (Where W : {Where::Loop, Where::Worker})
    if (P == only(W))
      return W;
  return Where::Unknown;
}

std::optional<Where> Hops::end() const {
  if (!F) // of one that awaits itself, nothing yet
    return std::nullopt;
  if (!Hop.empty() && !Graph)
    return Where::Unknown;
  const Places End = Graph ? AtEntry[Graph->graph().getExit().getBlockID()] : First;
  if (!End || End == Start) // it never ends, or never went away
    return std::nullopt;
  return End & Start ? Where::Unknown : resolve(End);
}

Hops::Places Hops::placesAt(const Stmt *S) const {
  if (Hop.empty())
    return First;
  const Cfg::Point At = Graph && S ? Graph->pointOf(*S) : Cfg::Point();
  if (!At)
    return 0;
  const Places Entry = AtEntry[At.Block->getBlockID()];
  auto Hopped = Behind.find(At.Block);
  if (!Entry || Hopped == Behind.end())
    return Entry;
  auto After = llvm::partition_point(Hopped->second,
                                     [&](const auto &Each) { return Each.first < At.Index; });
  return After == Hopped->second.begin() ? Entry : std::prev(After)->second;
}

Where Hops::at(const Stmt *S, Where Began) const {
  const Places P = placesAt(S);
  return resolve(P & Start ? (P & ~Start) | only(Began) : P);
}

Where Hops::at(const Stmt *S, Unit &U) const {
  return at(S, placesAt(S) & Start ? startOf(*F, U) : Where::Unknown);
}

//===----------------------------------------------------------------------===//
// Starts
//===----------------------------------------------------------------------===//

namespace {

/// Who starts the coroutines of a unit.
class Starts {
public:
  explicit Starts(Unit &U);
  Where of(const FunctionDecl &F) const {
    auto Found = Known.find(&F);
    return Found == Known.end() ? Where::Loop : Found->second;
  }

private:
  /// One way in which a coroutine is started.
  struct Start {
    Where Runs;
    const FunctionDecl *By = nullptr; ///< the coroutine that awaits it …
    const Stmt *At = nullptr;         ///< … here: it runs where that does
  };
  void addStartsIn(const FunctionDecl &F);
  void solve(llvm::ArrayRef<const FunctionDecl *> Cycle);
  std::optional<Where> answer(const FunctionDecl &F) const;

  Unit &U;
  llvm::DenseMap<const FunctionDecl *, llvm::SmallVector<Start, 2>> Of;
  llvm::DenseMap<const FunctionDecl *, Where> Known;
};

} // namespace

Where startOf(const FunctionDecl &F, Unit &U) {
  return isCoroutine(F) ? U.get<Starts>().of(F) : Where::Loop;
}

Starts::Starts(Unit &U) : U(U) {
  for (const FunctionDecl *F : U.functions())
    addStartsIn(*F);
  llvm::SmallVector<const FunctionDecl *, 0> All;
  for (const FunctionDecl *F : U.functions())
    if (Of.contains(F))
      All.push_back(F);
  auto Next = [&](const FunctionDecl *F) {
    llvm::SmallVector<const FunctionDecl *, 4> Result;
    for (const Start &S : Of.find(F)->second)
      if (S.By && Of.contains(S.By))
        Result.push_back(S.By);
    return Result;
  };
  forEachCycle(llvm::ArrayRef<const FunctionDecl *>(All), Next,
               [&](llvm::ArrayRef<const FunctionDecl *> Cycle) { solve(Cycle); });
}

void Starts::addStartsIn(const FunctionDecl &F) {
  auto Said = [](Passing Role) -> std::optional<Start> {
    if (Role == Passing::Offloads)
      return Start{Where::Worker};
    if (Role == Passing::Elsewhere)
      return Start{Where::Unknown};
    return std::nullopt;
  };
  // Where the task that an expression makes is started: where it is awaited, or is known to be run.
  auto StartOf = [&](const Expr &Made, const FunctionDecl &Coroutine) {
    std::optional<Start> Found;
    const TaskFlows &Flows = U.get<TaskFlows>(F); // few functions call a coroutine
    Flows.forEachUse(Made, [&](const TaskUse &Use) {
      if (Use.How == TaskUse::Awaited)
        Found = Start{Where::Unknown, &F, Use.At};
      else if (Use.How == TaskUse::Passed || Use.How == TaskUse::CalledOn)
        Found = Said(Flows.passingOf(Use));
      return !Found;
    });
    if (Found)
      Of[&Coroutine].push_back(*Found);
  };
  for (const Call &Site : callsIn(F, U)) {
    if (const FunctionDecl *Coroutine = coroutineOf(Site.Callee); Coroutine && Site.Written)
      StartOf(*Site.Written, *Coroutine);
    for (auto [Callable, Arg] : Site.callables(U))
      if (const FunctionDecl *Coroutine = coroutineOf(Callable)) {
        // `co_invoke(work)`: what calls it gives a task, and it runs where that one does.
        const TaskType &Gives = U.get<TaskTypes>().of(Site.Callee->getReturnType());
        if (std::optional<Start> Found = Said(passingOf(Site, Arg, F, U)))
          Of[Coroutine].push_back(*Found);
        else if (Site.Written && (Gives.isTask() || Gives.Awaitable))
          StartOf(*Site.Written, *Coroutine);
      }
  }
}

/// What is known now; nothing of one that only coroutines start of which that is not known yet.
std::optional<Where> Starts::answer(const FunctionDecl &F) const {
  bool On[3] = {};
  for (const Start &S : Of.find(&F)->second) {
    if (!S.By) {
      On[static_cast<int>(S.Runs)] = true;
      continue;
    }
    const Hops &There = U.get<Hops>(*S.By);
    auto Began = Known.find(S.By);
    if (There.isAtStart(S.At) && Of.contains(S.By)) {
      if (Began != Known.end())
        On[static_cast<int>(Began->second)] = true;
      continue;
    }
    On[static_cast<int>(There.at(S.At, Began == Known.end() ? Where::Loop : Began->second))] = true;
  }
  // Whoever runs it on a loop is enough for it to block one.
  for (Where W : {Where::Loop, Where::Worker, Where::Unknown})
    if (On[static_cast<int>(W)])
      return W;
  return std::nullopt;
}

/// Coroutines that await each other: all are asked at once, so that it does not matter who is
/// first.
void Starts::solve(llvm::ArrayRef<const FunctionDecl *> Cycle) {
  for (size_t Round = 0;; ++Round) {
    llvm::SmallVector<std::optional<Where>, 4> Next;
    for (const FunctionDecl *F : Cycle)
      Next.push_back(answer(*F));
    bool Changed = false;
    for (auto [F, Now] : llvm::zip(Cycle, Next))
      if (auto Was = Known.find(F); Now && (Was == Known.end() || Was->second != *Now)) {
        // One that comes to no end cannot be told.
        Known[F] = Round > Cycle.size() + 2 ? Where::Unknown : *Now;
        Changed = true;
      }
    if (!Changed || Round > Cycle.size() + 4)
      break;
  }
  for (const FunctionDecl *F : Cycle) // nobody from outside starts any of them
    Known.try_emplace(F, Where::Loop);
}

} // namespace corolint::model
