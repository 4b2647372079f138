//===- Context.cpp - Where a piece of code runs -----------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/run/Context.h"
#include "knowledge/Knowledge.h"
#include "knowledge/Words.h"
#include "model/Unit.h"
#include "model/calls/Roles.h"
#include "model/code/Call.h"
#include "model/code/Calls.h"
#include "model/code/Walk.h"
#include "model/tasks/Passing.h"
#include "model/types/Coroutine.h"
#include "model/types/TaskType.h"
#include "clang/AST/ASTLambda.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace corolint::model {

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

namespace {

/// What is given, in this unit, to a function that calls it on the loop's thread.
class LoopCallbacks {
public:
  explicit LoopCallbacks(Unit &U) : U(U) {
    for (const FunctionDecl *F : U.functions())
      walkEvaluated(writtenBody(*F), [&](const Stmt &S) {
        if (const auto *E = dyn_cast<CallExpr>(&S))
          if (std::optional<Call> Site = callOf(*E))
            add(*Site, *F);
        return true;
      });
  }

  std::optional<LoopCallback> of(const FunctionDecl &F) const {
    auto Found = Known.find(&F);
    return Found == Known.end() ? std::nullopt : std::optional(Found->second);
  }

private:
  void add(const Call &Site, const FunctionDecl &In) {
    if (llvm::none_of(U.knowledge().of(*Site.Callee, Site.objectClass()),
                      [](const Entry *E) { return E->What == Role::CallsOnLoop; }))
      return;
    for (auto [Callable, Arg] : Site.callables(U)) {
      const FunctionDecl *Definition = nullptr;
      if (const Entry *Said = roleOf(Site, Arg, Role::CallsOnLoop, In, U);
          Said && Callable->isDefined(Definition) && !isCoroutine(*Definition))
        Known.try_emplace(Definition, LoopCallback{Site.At, Site.Callee, Said});
    }
  }

  Unit &U;
  llvm::DenseMap<const FunctionDecl *, LoopCallback> Known;
};

} // namespace

std::optional<LoopCallback> loopCallback(const FunctionDecl &F, Unit &U) {
  if (isCoroutine(F))
    return std::nullopt;
  for (const Entry *E : U.knowledge().of(F))
    if (E->What == Role::LoopThread)
      return LoopCallback{F.getLocation(), nullptr, E};
  return U.get<LoopCallbacks>().of(F);
}

namespace {

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

using Bodies = llvm::SmallVectorImpl<AsyncBody>;
using Known = llvm::DenseSet<const FunctionDecl *>;

/// The lambdas written in \p F that \p Body calls before it goes on.
void addCalledOnTheSpot(const FunctionDecl &Body, const FunctionDecl &F, const Expr *Outer, Unit &U,
                        Bodies &Result, Known &Found) {
  auto Add = [&](const FunctionDecl &Callee, const Expr *Call) {
    if (!Callee.getBody() || isCoroutine(Callee) || !isLambdaIn(Callee, F) ||
        !Found.insert(&Callee).second)
      return;
    const Expr *CalledAt = Outer ? Outer : Call;
    Result.push_back({&Callee, &F, CalledAt});
    addCalledOnTheSpot(Callee, F, CalledAt, U, Result, Found);
  };
  for (const Call &Site : callsIn(Body, U)) {
    if (Site.Destroyed) // a guard's: it is the destructor that waits
      continue;
    const Expr *Evaluated = Site.Around ? Site.Around : Site.Written;
    Add(*Site.Callee, Evaluated);
    for (auto [Callable, Arg] : Site.callables(U))
      if (givesRole(Site, Arg, Role::CallsInPlace, Body, U))
        Add(*Callable, Evaluated);
  }
}

/// The lambdas of \p F that go to somebody of whom nothing is known. Those that are called on the
/// spot are in \p Found already.
void addGivenAway(const FunctionDecl &F, Unit &U, Bodies &Result, const Known &Found) {
  llvm::SmallVector<const FunctionDecl *, 8> Lambdas;
  Known Left, Named;
  walkEvaluated(writtenBody(F), [&](const Stmt &S) {
    if (allowsBlocking(S))
      return false;
    if (const auto *Lambda = dyn_cast<LambdaExpr>(&S))
      if (const FunctionDecl *Body = bodyOfLambda(*Lambda);
          Body->getBody() && !isCoroutine(*Body) && !loopCallback(*Body, U) &&
          !Found.contains(Body))
        Lambdas.push_back(Body);
    if (const auto *Declares = dyn_cast<DeclStmt>(&S))
      for (const Decl *D : Declares->decls())
        if (const auto *V = dyn_cast<VarDecl>(D); V && V->getInit())
          if (const auto *Lambda = dyn_cast<LambdaExpr>(bare(V->getInit())))
            Named.insert(bodyOfLambda(*Lambda));
    return true;
  });
  if (Lambdas.empty())
    return;
  for (const Call &Site : callsIn(F, U)) {
    if (Site.Destroyed)
      Left.insert(Site.Callee);
    const FunctionDecl *Definition = nullptr;
    const bool Read = Site.Callee->isDefined(Definition) && !U.isSystem(Definition->getLocation());
    for (auto [Callable, Arg] : Site.callables(U)) {
      Named.erase(Callable);
      // What a function that is read does with it is seen there.
      if (Read || passingOf(Site, Arg, F, U) == Passing::Offloads)
        Left.insert(Callable);
    }
  }
  for (const FunctionDecl *Body : Lambdas)
    if (!Named.contains(Body) && !Left.contains(Body)) // else nobody calls it
      Result.push_back({Body, &F, nullptr, /*GivenAway=*/true});
}

} // namespace

llvm::SmallVector<AsyncBody, 2> asyncBodies(const FunctionDecl &F, Unit &U) {
  llvm::SmallVector<AsyncBody, 2> Result;
  bool IsAsync = isCoroutine(F) ? !isGenerator(F, U) : loopCallback(F, U).has_value();
  if (!IsAsync)
    return Result;
  Result.push_back({&F, &F});
  Known Found{&F};
  addCalledOnTheSpot(F, F, nullptr, U, Result, Found);
  addGivenAway(F, U, Result, Found);
  return Result;
}

Context contextOf(const FunctionDecl &F, Unit &U) {
  if (isGenerator(F, U))
    return Context::Generator;
  if (loopCallback(F, U))
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
  for (const Call &Site : callsIn(*In, U)) {
    if (Site.Callee == &F)
      return Context::CalledOnTheSpot;
    for (auto [Callable, Arg] : Site.callables(U)) {
      if (Callable != &F)
        continue;
      if (passingOf(Site, Arg, *In, U) == Passing::Offloads)
        return Context::Offloaded;
      if (givesRole(Site, Arg, Role::CallsInPlace, *In, U))
        return Context::CalledOnTheSpot;
    }
  }
  return Context::Unknown;
}

} // namespace corolint::model
