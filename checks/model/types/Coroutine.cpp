//===- Coroutine.cpp - Is it a coroutine, and where it suspends -------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/types/Coroutine.h"
#include "model/Unit.h"
#include "model/code/Walk.h"
#include "model/types/TaskType.h"
#include "clang/AST/ASTContext.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace corolint::model {
namespace {

struct AwaitPoints {
  using Result = std::vector<AwaitPoint>;
  static Result make(const FunctionDecl &F, Unit &U) {
    Result Points;
    walkEvaluated(writtenBody(F), [&](const Stmt &S) {
      if (const auto *Suspend = dyn_cast<CoroutineSuspendExpr>(&S)) {
        const Expr *Common = Suspend->getCommonExpr();
        const CXXRecordDecl *Awaiter = Common ? Common->getType()->getAsCXXRecordDecl() : nullptr;
        Points.push_back({Suspend, writtenOperand(Suspend),
                          Awaiter && U.get<TaskTypes>().alwaysReady(*Awaiter)});
      } else if (const auto *Dependent = dyn_cast<DependentCoawaitExpr>(&S)) {
        Points.push_back({Dependent, writtenOperand(Dependent), false});
      }
      return true;
    });
    return Points;
  }
};

/// Each by its expression.
struct AwaitPointsByPlace {
  AwaitPointsByPlace(const FunctionDecl &F, Unit &U) {
    for (const AwaitPoint &P : awaitPointsIn(F, U))
      Points.try_emplace(P.At, &P);
  }
  llvm::DenseMap<const Stmt *, const AwaitPoint *> Points;
};

struct Suspensions {
  Suspensions(const FunctionDecl &F, Unit &U) {
    for (const AwaitPoint &P : awaitPointsIn(F, U))
      if (!P.Ready) {
        Points.push_back(P);
        Set.insert(P.At);
      }
  }
  std::vector<AwaitPoint> Points;
  SuspensionSet Set;
};

} // namespace

llvm::ArrayRef<AwaitPoint> awaitPointsIn(const FunctionDecl &F, Unit &U) {
  return U.get<AwaitPoints>(F);
}

llvm::SmallVector<const AwaitPoint *, 2> awaitPointsBelow(const Stmt &Root, const FunctionDecl &F,
                                                          Unit &U) {
  const AwaitPointsByPlace &All = U.get<AwaitPointsByPlace>(F);
  llvm::SmallVector<const AwaitPoint *, 2> Result;
  walkEvaluated(&Root, [&](const Stmt &S) {
    if (const AwaitPoint *P = All.Points.lookup(&S))
      Result.push_back(P);
    return true;
  });
  llvm::sort(Result); // they are in one array
  return Result;
}

const AwaitPoint *awaitPointAt(const Stmt &S, const FunctionDecl &F, Unit &U) {
  return isa<Expr>(S) ? U.get<AwaitPointsByPlace>(F).Points.lookup(&S) : nullptr;
}

llvm::ArrayRef<AwaitPoint> suspensionsIn(const FunctionDecl &F, Unit &U) {
  return U.get<Suspensions>(F).Points;
}

const SuspensionSet &suspensionSetOf(const FunctionDecl &F, Unit &U) {
  return U.get<Suspensions>(F).Set;
}

bool isGenerator(const FunctionDecl &F, Unit &U) {
  if (!isCoroutine(F))
    return false;
  bool Yields = false, Awaits = false;
  walkEvaluated(writtenBody(F), [&](const Stmt &S) {
    Yields |= isa<CoyieldExpr>(S);
    Awaits |= isa<CoawaitExpr>(S) || isa<DependentCoawaitExpr>(S);
    return true;
  });
  if (!Yields || Awaits)
    return false;
  const CXXRecordDecl *Returned = returnedClass(F);
  return !Returned || !U.get<TaskTypes>().of(*Returned).Awaitable;
}

} // namespace corolint::model
