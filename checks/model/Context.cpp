//===- Context.cpp - Where a piece of code runs -----------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Context.h"
#include "Call.h"
#include "Cfg.h"
#include "Coroutine.h"
#include "Knowledge.h"
#include "Unit.h"
#include "clang/AST/ASTLambda.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSwitch.h"

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

llvm::StringRef nameOf(Context C) {
  switch (C) {
  case Context::Coroutine:
    return "coroutine";
  case Context::Generator:
    return "generator";
  case Context::CalledOnTheSpot:
    return "called-on-the-spot";
  case Context::Offloaded:
    return "offloaded";
  case Context::LoopCallback:
    return "loop-callback";
  case Context::Unknown:
    return "unknown";
  }
  llvm_unreachable("all contexts are named");
}

bool givesRole(const Call &Site, int Arg, Role R, const FunctionDecl &In, Unit &U) {
  return llvm::any_of(U.knowledge().of(*Site.Callee, Site.objectClass()), [&](const Entry *E) {
    auto Applies = [&](const Condition &C) { return holds(C, Site, In, U).Answer == Holds::Yes; };
    return E->What == R && (E->Args.empty() || llvm::is_contained(E->Args, Arg)) &&
           llvm::all_of(E->When, Applies) && llvm::none_of(E->Unless, Applies);
  });
}

namespace {

bool runsOnLoopByAnnotation(const FunctionDecl &F, Unit &U) {
  return llvm::any_of(U.knowledge().of(F),
                      [](const Entry *E) { return E->What == Role::LoopThread; });
}

/// A lambda that is written inside \p F, however deep.
bool isLambdaIn(const FunctionDecl &Callee, const FunctionDecl &F) {
  const auto *Method = dyn_cast<CXXMethodDecl>(&Callee);
  if (!Method || !isLambdaCallOperator(Method))
    return false;
  for (const DeclContext *D = Method->getParent()->getDeclContext(); D; D = D->getParent())
    if (D == &F)
      return true;
  return false;
}

/// The lambdas written in \p F that \p Body calls before it goes on.
void addCalledOnTheSpot(const FunctionDecl &Body, const FunctionDecl &F, Unit &U,
                        llvm::SmallVectorImpl<AsyncBody> &Result) {
  auto Add = [&](const FunctionDecl &Callee) {
    if (!Callee.getBody() || isCoroutine(Callee) || !isLambdaIn(Callee, F) ||
        llvm::any_of(Result, [&](const AsyncBody &B) { return B.Body == &Callee; }))
      return;
    Result.push_back({&Callee, &F});
    addCalledOnTheSpot(Callee, F, U, Result);
  };
  for (const Call &Site : callsIn(Body)) {
    Add(*Site.Callee);
    for (auto [Callable, Arg] : Site.callables())
      if (givesRole(Site, Arg, Role::CallsInPlace, Body, U))
        Add(*Callable);
  }
}

} // namespace

llvm::SmallVector<AsyncBody, 2> asyncBodies(const FunctionDecl &F, Unit &U) {
  llvm::SmallVector<AsyncBody, 2> Result;
  bool IsAsync = isCoroutine(F) ? !isGenerator(F, U) : runsOnLoopByAnnotation(F, U);
  if (!IsAsync)
    return Result;
  Result.push_back({&F, &F});
  addCalledOnTheSpot(F, F, U, Result);
  return Result;
}

Context contextOf(const FunctionDecl &F, Unit &U) {
  if (isGenerator(F, U))
    return Context::Generator;
  if (runsOnLoopByAnnotation(F, U))
    return Context::LoopCallback;
  if (isCoroutine(F))
    return Context::Coroutine;
  // A lambda is what those who mention it make of it.
  const auto *Method = dyn_cast<CXXMethodDecl>(&F);
  if (!Method || !Method->getParent()->isLambda())
    return Context::Unknown;
  const DeclContext *Around = Method->getParent()->getDeclContext();
  const auto *In = dyn_cast_or_null<FunctionDecl>(Around);
  if (!In)
    return Context::Unknown;
  for (const Call &Site : callsIn(*In)) {
    if (Site.Callee == &F)
      return Context::CalledOnTheSpot;
    for (auto [Callable, Arg] : Site.callables()) {
      if (Callable != &F)
        continue;
      if (givesRole(Site, Arg, Role::Offloads, *In, U))
        return Context::Offloaded;
      if (givesRole(Site, Arg, Role::CallsInPlace, *In, U))
        return Context::CalledOnTheSpot;
    }
  }
  return Context::Unknown;
}

namespace {

/// `co_await pool.schedule()`, `co_await resume_on(executor)`: in a library that nobody has told us
/// about, the verb says that the coroutine goes on elsewhere. Where, nobody knows.
bool looksLikeHop(const Expr &E) {
  const auto *Written = dyn_cast<CallExpr>(&E);
  const FunctionDecl *Callee = Written ? Written->getDirectCallee() : nullptr;
  if (!Callee || !Callee->getIdentifier())
    return false;
  return llvm::StringSwitch<bool>(Callee->getName())
      .Cases({"schedule", "schedule_on", "reschedule", "reschedule_on", "resume_on",
              "resume_background", "switch_to", "transfer_to", "continue_on", "hop_to"},
             true)
      .Default(false);
}

/// Where a coroutine goes on after it has awaited \p Operand, if that is known to be a hop.
std::optional<Where> hopOf(const Expr &Operand, const FunctionDecl &In, Unit &U) {
  const Expr *E = bare(&Operand);
  for (const Entry *Known : [&]() -> llvm::ArrayRef<const Entry *> {
         const auto *Written = dyn_cast<CallExpr>(E);
         if (!Written || !Written->getDirectCallee())
           return {};
         const auto *Member = dyn_cast<CXXMemberCallExpr>(Written);
         return U.knowledge().of(*Written->getDirectCallee(),
                                 Member ? Member->getRecordDecl() : nullptr);
       }()) {
    if (Known->What == Role::HopsToWorker)
      return Where::Worker;
    if (Known->What == Role::HopsToLoop)
      return Where::Loop;
  }
  if (const CXXRecordDecl *C = E->getType().getNonReferenceType()->getAsCXXRecordDecl())
    for (const TypeEntry *Known : U.knowledge().of(*C)) {
      if (Known->Is == TypeRole::HopsToWorker)
        return Where::Worker;
      if (Known->Is == TypeRole::HopsToLoop)
        return Where::Loop;
    }
  if (looksLikeHop(*E))
    return Where::Unknown;
  // With symmetric transfer who awaits a coroutine goes on where that one ended.
  if (const auto *Written = dyn_cast<CallExpr>(E); Written && Written->getDirectCallee())
    if (const FunctionDecl *Definition = Written->getDirectCallee()->getDefinition();
        Definition && isCoroutine(*Definition) && U.endOf(*Definition) != Where::Loop)
      return Where::Unknown;
  return std::nullopt;
}

/// Not yet reached, or one of Where.
constexpr auto Unreached = static_cast<Where>(-1);

Where join(Where A, Where B) {
  if (A == Unreached)
    return B;
  if (B == Unreached || A == B)
    return A;
  return Where::Unknown;
}

} // namespace

Hops::Hops(const FunctionDecl &F, Unit &U) : F(F), U(U) {
  for (const SuspensionPoint &P : suspensionPoints(F, U))
    if (std::optional<Where> To = hopOf(*P.Awaited, F, U))
      Hop[P.At] = *To;
  // A parameter may say where it starts: `task<> work(executor_tag, thread_pool &)`.
  Where Start = Where::Loop;
  for (const ParmVarDecl *P : F.parameters())
    if (const CXXRecordDecl *C = P->getType().getNonReferenceType()->getAsCXXRecordDecl())
      for (const TypeEntry *Known : U.knowledge().of(*C))
        if (Known->Is == TypeRole::HopsToWorker)
          Start = Where::Worker;
  HasHop = !Hop.empty() || Start != Where::Loop;
  const Cfg *Graph = HasHop ? U.cfg(F) : nullptr;
  if (!Graph)
    return;

  AtEntry.assign(Graph->graph().getNumBlockIDs(), Unreached);
  const CFGBlock &Entry = Graph->graph().getEntry();
  AtEntry[Entry.getBlockID()] = Start;
  llvm::SmallVector<const CFGBlock *, 16> Work{&Entry};
  while (!Work.empty()) {
    const CFGBlock *B = Work.pop_back_val();
    Where W = AtEntry[B->getBlockID()];
    for (const CFGElement &E : *B)
      if (std::optional<CFGStmt> S = E.getAs<CFGStmt>())
        if (auto Found = Hop.find(S->getStmt()); Found != Hop.end())
          W = Found->second;
    for (const CFGBlock *Next : B->succs()) {
      if (!Next)
        continue;
      Where &At = AtEntry[Next->getBlockID()];
      Where Joined = join(At, W);
      if (Joined != At) {
        At = Joined;
        Work.push_back(Next);
      }
    }
  }
}

Where Hops::atEnd() const {
  if (!HasHop)
    return Where::Loop;
  const Cfg *Graph = U.cfg(F);
  Where End = Graph ? AtEntry[Graph->graph().getExit().getBlockID()] : Where::Unknown;
  return End == Unreached ? Where::Loop : End; // it never ends
}

Where Hops::at(const Stmt &S) const {
  if (!HasHop)
    return Where::Loop;
  const Cfg *Graph = U.cfg(F);
  const CFGBlock *B = Graph ? Graph->blockOf(S) : nullptr;
  if (!B || AtEntry[B->getBlockID()] == Unreached)
    return Where::Unknown;
  Where W = AtEntry[B->getBlockID()];
  for (const CFGElement &E : *B)
    if (std::optional<CFGStmt> Element = E.getAs<CFGStmt>()) {
      if (Element->getStmt() == &S)
        break;
      if (auto Found = Hop.find(Element->getStmt()); Found != Hop.end())
        W = Found->second;
    }
  return W;
}

} // namespace corolint::model
