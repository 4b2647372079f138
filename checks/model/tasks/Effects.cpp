//===- Effects.cpp - What a call does before its result is awaited -----------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/tasks/Effects.h"
#include "ast/Names.h"
#include "knowledge/Knowledge.h"
#include "knowledge/Words.h"
#include "model/Unit.h"
#include "model/code/Walk.h"
#include "model/tasks/TaskFlow.h"
#include "model/types/Protocol.h"
#include "model/types/TaskType.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/StringExtras.h"

using namespace clang;

namespace corolint::model {

bool saysLock(llvm::StringRef Name) {
  const bool HasPrefix =
      Name.starts_with("co_") || Name.starts_with("async_") || Name.starts_with("scoped_");
  for (size_t At = 0; (At = Name.find_insensitive("lock", At)) != llvm::StringRef::npos; At += 4) {
    const bool Begins =
        At == 0 || Name[At - 1] == '_' || (llvm::isUpper(Name[At]) && !llvm::isUpper(Name[At - 1]));
    const size_t End = At + 4;
    const bool Ends = End == Name.size() || !llvm::isLower(Name[End]);
    if (Begins && Ends && (At == 0 || End == Name.size() || HasPrefix))
      return true;
  }
  return false;
}

namespace {

/// The body does nothing but make what it returns.
Effect effectOf(const FunctionDecl *F, unsigned Depth = 0) {
  const Stmt *Body = F ? bodyOf(*F) : nullptr;
  if (!Body || Depth > 3)
    return Effect::Unknown;
  Effect Result = Effect::None;
  auto Add = [&](Effect Of) {
    if (Of == Effect::Some || (Of == Effect::Unknown && Result == Effect::None))
      Result = Of;
  };
  walkEvaluated(Body, [&](const Stmt &S) {
    if (const auto *Made = dyn_cast<CXXConstructExpr>(&S)) {
      const CXXConstructorDecl *By = Made->getConstructor();
      if (!By->isTrivial() && !By->isImplicit() && !By->isDefaulted() && !isStandard(*By) &&
          bodyOf(*By))
        Add(effectOf(By, Depth + 1));
    } else if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(&S)) {
      if (Operator->isAssignmentOp())
        Add(Effect::Some);
    } else if (const auto *Called = dyn_cast<CallExpr>(&S)) {
      const FunctionDecl *Callee = Called->getDirectCallee();
      const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Callee);
      const bool Changes = Method && Method->isInstance() && !Method->isConst();
      const bool Passes = Called->isCallToStdMove() ||
                          (Callee && isStandard(*Callee) && !Changes) ||
                          (Method && Method->isConst());
      // What cannot be seen and gives nothing, or changes its object, is called for what it does.
      if (!Passes)
        Add(Callee && bodyOf(*Callee)                               ? effectOf(Callee, Depth + 1)
            : Changes || !Callee || Called->getType()->isVoidType() ? Effect::Some
                                                                    : Effect::Unknown);
    } else if (const auto *Binary = dyn_cast<BinaryOperator>(&S)) {
      if (Binary->isAssignmentOp())
        Add(Effect::Some);
    } else if (const auto *Unary = dyn_cast<UnaryOperator>(&S)) {
      if (Unary->isIncrementDecrementOp())
        Add(Effect::Some);
    }
    return true;
  });
  return Result;
}
Effect effectOf(const Expr &E) {
  if (isa<CallExpr>(E))
    return effectOf(maker(E));
  const auto *Made = dyn_cast<CXXConstructExpr>(&E);
  return Made && bodyOf(*Made->getConstructor()) ? effectOf(Made->getConstructor()) : Effect::None;
}

} // namespace

Effect effectOfMaking(const Expr &Made, Unit &U) {
  const FunctionDecl *F = maker(Made);
  const bool Hops = F && llvm::any_of(U.knowledge().of(*F), [](const Entry *Known) {
                      return Known->What == Role::HopsToWorker || Known->What == Role::HopsToLoop ||
                             Known->What == Role::HopsToUnknown;
                    });
  return Hops ? Effect::None : effectOf(Made);
}

bool wouldLock(const Expr &E, const TaskType &T, Unit &U) {
  if (const FunctionDecl *F = maker(E); F && saysLock(simpleName(*F)))
    return true;
  const QualType Result = T.Class ? U.get<TaskTypes>().resultOf(*T.Class) : QualType();
  const CXXRecordDecl *Guard = Result.isNull() ? nullptr : Result->getAsCXXRecordDecl();
  return Guard && Guard->getIdentifier() &&
         (saysLock(Guard->getName()) || Guard->getName().contains_insensitive("guard"));
}

} // namespace corolint::model
