//===- Threads.cpp - On which thread a piece of code runs -------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Threads.h"
#include "Call.h"
#include "Cfg.h"
#include "Context.h"
#include "Coroutine.h"
#include "Knowledge.h"
#include "TaskType.h"
#include "Unit.h"
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
  // With symmetric transfer who awaits a coroutine goes on where that one ended. Some tasks go back
  // by themselves, so that it is not known.
  if (Written && Written->getDirectCallee())
    if (const FunctionDecl *Definition = Written->getDirectCallee()->getDefinition();
        Definition && isCoroutine(*Definition))
      if (const Hops *Inner = U.hops(*Definition)) // else it awaits itself
        if (std::optional<Where> End = Inner->end(); End && *End != Where::Loop)
          return Where::Unknown;
  return std::nullopt;
}

} // namespace

Hops::Hops(const FunctionDecl &F, Unit &U) : F(F), U(U) {
  for (const SuspensionPoint &P : U.suspensions(F))
    if (std::optional<Where> To = hopOf(*P.Awaited, F, U))
      Hop[P.At] = *To;
  // A parameter may say where it starts: `task<> work(executor_tag, thread_pool &)`.
  for (const ParmVarDecl *P : F.parameters())
    if (const CXXRecordDecl *C = P->getType().getNonReferenceType()->getAsCXXRecordDecl())
      for (const TypeEntry *Known : U.knowledge().of(*C))
        if (std::optional<Where> To = leadsTo(Known->Is))
          First = only(*To);
  const Cfg *Graph = Hop.empty() ? nullptr : U.cfg(F);
  if (!Graph)
    return;

  AtEntry.assign(Graph->graph().getNumBlockIDs(), 0);
  const CFGBlock &Entry = Graph->graph().getEntry();
  AtEntry[Entry.getBlockID()] = First;
  llvm::SmallVector<const CFGBlock *, 16> Work{&Entry};
  while (!Work.empty()) {
    const CFGBlock *B = Work.pop_back_val();
    Places Here = AtEntry[B->getBlockID()];
    for (const CFGElement &E : *B)
      if (std::optional<CFGStmt> S = E.getAs<CFGStmt>())
        if (auto Found = Hop.find(S->getStmt()); Found != Hop.end())
          Here = only(Found->second);
    for (const CFGBlock *Next : B->succs()) {
      if (!Next || (AtEntry[Next->getBlockID()] | Here) == AtEntry[Next->getBlockID()])
        continue;
      AtEntry[Next->getBlockID()] |= Here;
      Work.push_back(Next);
    }
  }
}

Where Hops::resolve(Places P) const {
  if (P & Start)
    P = (P & ~Start) | only(U.startOf(F));
  for (Where W : {Where::Loop, Where::Worker})
    if (P == only(W))
      return W;
  return Where::Unknown;
}

std::optional<Where> Hops::end() const {
  Places End = First;
  if (!Hop.empty()) {
    const Cfg *Graph = U.cfg(F);
    if (!Graph)
      return Where::Unknown;
    End = AtEntry[Graph->graph().getExit().getBlockID()];
  }
  if (!End || End == Start) // it never ends, or never went away
    return std::nullopt;
  return End & Start ? Where::Unknown : resolve(End);
}

Where Hops::at(const Stmt *S) const {
  if (Hop.empty())
    return resolve(First);
  const Cfg *Graph = U.cfg(F);
  const CFGBlock *B = Graph && S ? Graph->blockOf(*S) : nullptr;
  if (!B || !AtEntry[B->getBlockID()])
    return Where::Unknown;
  Places Here = AtEntry[B->getBlockID()];
  for (const CFGElement &E : *B)
    if (std::optional<CFGStmt> Element = E.getAs<CFGStmt>()) {
      if (Element->getStmt() == S)
        break;
      if (auto Found = Hop.find(Element->getStmt()); Found != Hop.end())
        Here = only(Found->second);
    }
  return resolve(Here);
}

//===----------------------------------------------------------------------===//
// Starts
//===----------------------------------------------------------------------===//

Starts::Starts(Unit &U) : U(U) {
  for (const FunctionDecl *F : U.functions())
    addStartsIn(*F);
}

namespace {

/// The expression, or what the variable that it names was initialised with.
const Expr *madeAs(const Expr *E) {
  if (const VarDecl *V = variableIn(E); V && V->isLocalVarDecl() && V->getInit())
    return bare(V->getInit());
  return bare(E);
}

const FunctionDecl *coroutineDefinitionOf(const FunctionDecl &F) {
  const FunctionDecl *Definition = nullptr;
  return F.isDefined(Definition) && isCoroutine(*Definition) ? Definition : nullptr;
}

} // namespace

void Starts::addStartsIn(const FunctionDecl &F) {
  const std::vector<Call> &Sites = U.calls(F);
  llvm::DenseMap<const Expr *, const Stmt *> Awaited;
  if (isCoroutine(F))
    for (const SuspensionPoint &P : U.suspensions(F))
      Awaited.try_emplace(madeAs(P.Awaited), P.At);
  llvm::DenseMap<const Expr *, llvm::SmallVector<std::pair<const Call *, int>, 1>> Given;
  for (const Call &Site : Sites) {
    if (Site.Object)
      if (const Expr *Made = madeAs(Site.Object); isa<CallExpr, CXXConstructExpr>(Made))
        Given[Made].push_back({&Site, Condition::Object});
    for (auto [Index, Arg] : llvm::enumerate(Site.Args))
      if (const Expr *Made = madeAs(Arg); isa<CallExpr, CXXConstructExpr>(Made))
        Given[Made].push_back({&Site, static_cast<int>(Index)});
  }

  // What is known to run its arguments, or its object, elsewhere.
  auto SaidOf = [&](const Call &Site, int Arg) -> std::optional<Start> {
    if (givesRole(Site, Arg, Role::Offloads, F, U))
      return Start{Where::Worker};
    if (givesRole(Site, Arg, Role::RunsElsewhere, F, U))
      return Start{Where::Unknown};
    return std::nullopt;
  };
  // Where the task that an expression makes is started.
  auto StartOf = [&](auto &Self, const Expr *Made, unsigned Depth) -> std::optional<Start> {
    if (auto Found = Awaited.find(Made); Found != Awaited.end())
      return Start{Where::Unknown, &F, Found->second};
    auto Found = Given.find(Made);
    if (Found == Given.end() || Depth == 8)
      return std::nullopt;
    for (auto [Site, Arg] : Found->second) {
      if (std::optional<Start> Said = SaidOf(*Site, Arg))
        return Said;
      // `co_await when_all(f(), g())`: as the task that it becomes a part of.
      if (Site->Written && (givesRole(*Site, Arg, Role::Wraps, F, U) ||
                            U.types().of(Site->Callee->getReturnType()).Awaitable))
        if (std::optional<Start> Said = Self(Self, Site->Written, Depth + 1))
          return Said;
      // `tasks.push_back(f()); co_await when_all(std::move(tasks));`: as what keeps it.
      if (Site->Object && Arg != Condition::Object &&
          !U.types().elementOfContainer(Site->Object->getType()).isNull())
        if (std::optional<Start> Said = Self(Self, madeAs(Site->Object), Depth + 1))
          return Said;
    }
    return std::nullopt;
  };

  for (const Call &Site : Sites) {
    if (const FunctionDecl *Coroutine = coroutineDefinitionOf(*Site.Callee))
      if (std::optional<Start> Found = StartOf(StartOf, Site.Written, 0))
        Of[Coroutine].push_back(*Found);
    for (auto [Callable, Arg] : Site.callables(U))
      if (const FunctionDecl *Coroutine = coroutineDefinitionOf(*Callable)) {
        std::optional<Start> Found = SaidOf(Site, Arg);
        // `co_invoke(work)`: what calls it gives a task, and it runs where that one does.
        const TaskType &Gives = U.types().of(Site.Callee->getReturnType());
        if (!Found && Site.Written && (Gives.isTask() || Gives.Awaitable))
          Found = StartOf(StartOf, Site.Written, 0);
        if (Found)
          Of[Coroutine].push_back(*Found);
      }
  }
}

Where Starts::of(const FunctionDecl &F) {
  auto [Slot, New] = Known.try_emplace(&F);
  if (!New) // a coroutine that leads to itself adds nothing
    return Slot->second.value_or(Where::Unknown);
  bool On[3] = {};
  if (auto Found = Of.find(&F); Found != Of.end())
    for (const Start &S : Found->second) {
      if (S.By && Known.contains(S.By) && !Known[S.By])
        continue;
      On[static_cast<int>(S.By ? U.hops(*S.By)->at(S.At) : S.Runs)] = true;
    }
  // Whoever runs it on a loop is enough for it to block one.
  Where Result = On[static_cast<int>(Where::Loop)]      ? Where::Loop
                 : On[static_cast<int>(Where::Worker)]  ? Where::Worker
                 : On[static_cast<int>(Where::Unknown)] ? Where::Unknown
                                                        : Where::Loop;
  Known[&F] = Result;
  return Result;
}

} // namespace corolint::model
