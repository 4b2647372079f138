//===- Beside.cpp - Coroutines that run beside the others -------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Beside.h"
#include "Call.h"
#include "Coroutine.h"
#include "TaskType.h"
#include "Unit.h"
#include "Uses.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallPtrSet.h"

using namespace clang;

namespace corolint::model {
namespace {

const FunctionDecl *definitionOf(const FunctionDecl *F) {
  const FunctionDecl *Definition = nullptr;
  return F && F->hasBody(Definition) ? Definition : nullptr;
}

/// The coroutine whose task an expression makes: `work()`, or a lambda that is one; or null.
const FunctionDecl *coroutineIn(const Expr &E) {
  const Expr *Bare = bare(&E);
  const FunctionDecl *F = nullptr;
  if (const auto *Lambda = dyn_cast<LambdaExpr>(Bare))
    F = bodyOfLambda(*Lambda);
  else if (const auto *Called = dyn_cast<CallExpr>(Bare))
    F = definitionOf(Called->getDirectCallee());
  return F && isCoroutine(*F) ? F : nullptr;
}

/// Each run of it is on the same object, if it is on one: not `session->run()`.
bool isOnOneObject(const Expr &E) {
  const auto *Called = dyn_cast<CXXMemberCallExpr>(bare(&E));
  return !Called || isa<CXXThisExpr>(Called->getImplicitObjectArgument()->IgnoreParenImpCasts());
}

llvm::DenseSet<const FunctionDecl *> reachedFrom(const FunctionDecl &Start) {
  llvm::SmallVector<const FunctionDecl *, 16> Work{&Start};
  llvm::DenseSet<const FunctionDecl *> Seen{&Start};
  while (!Work.empty())
    walkEvaluated(writtenBody(*Work.pop_back_val()), [&](const Stmt &S) {
      const FunctionDecl *Callee = nullptr;
      if (const auto *Lambda = dyn_cast<LambdaExpr>(&S))
        Callee = bodyOfLambda(*Lambda);
      else if (const auto *Called = dyn_cast<CallExpr>(&S))
        Callee = definitionOf(Called->getDirectCallee());
      if (Callee && Seen.insert(Callee).second)
        Work.push_back(Callee);
      return true;
    });
  return Seen;
}

class Finder {
public:
  Finder(const FunctionDecl &F, Unit &U, std::vector<StartedBeside> &Found) : U(U), Found(Found) {
    for (const SuspensionPoint &Point : U.suspensions(F))
      Awaited.insert(bare(Point.Awaited));
    walkEvaluated(writtenBody(F), [&](const Stmt &S) {
      if (isa<ForStmt, WhileStmt, DoStmt, CXXForRangeStmt>(S))
        walkEvaluated(&S, [&](const Stmt &Inner) {
          Repeated.insert(&Inner);
          return true;
        });
      if (const auto *Called = dyn_cast<CallExpr>(&S))
        given(*Called);
      return true;
    });
    forEachDropped(F, [&](const Expr &E, Drop) {
      const TaskKind Kind = U.types().of(E.getType()).Kind;
      const FunctionDecl *Which = coroutineIn(E);
      if (Which && (Kind == TaskKind::Eager || Kind == TaskKind::Detached))
        add(*Which, E, E);
    });
  }

private:
  void given(const CallExpr &To) {
    llvm::SmallVector<const Expr *, 2> Tasks;
    for (const Expr *Arg : To.arguments())
      if (coroutineIn(*Arg))
        Tasks.push_back(Arg);
    // One task that comes back as another is wrapped, and who has that decides.
    if (Tasks.size() == 1 && (Awaited.contains(&To) || U.types().of(To.getType()).isTask()))
      return;
    for (const Expr *Each : Tasks)
      add(*coroutineIn(*Each), *Each, To);
  }

  void add(const FunctionDecl &Which, const Expr &Task, const Expr &Start) {
    Found.push_back({&Which, Task.getExprLoc(), Repeated.contains(&Start) && isOnOneObject(Task)});
  }

  Unit &U;
  std::vector<StartedBeside> &Found;
  llvm::SmallPtrSet<const Expr *, 8> Awaited;
  llvm::SmallPtrSet<const Stmt *, 32> Repeated;
};

} // namespace

std::vector<StartedBeside> findStartedBeside(Unit &U) {
  std::vector<StartedBeside> Result;
  for (const FunctionDecl *F : U.functions())
    Finder(*F, U, Result);
  for (StartedBeside &Each : Result)
    Each.Reaches = reachedFrom(*Each.Which);
  return Result;
}

} // namespace corolint::model
