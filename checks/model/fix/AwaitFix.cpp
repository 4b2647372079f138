//===- AwaitFix.cpp - The fix that awaits a lost task ----------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/fix/AwaitFix.h"
#include "model/Unit.h"
#include "model/code/Drops.h"
#include "model/code/Uses.h"
#include "model/fix/Edits.h"
#include "model/tasks/TaskFlow.h"
#include "model/types/TaskType.h"

using namespace clang;

namespace corolint::model {
namespace {

bool mayAwaitDropped(const LostTask &Lost, const FunctionDecl &F, Unit &U) {
  // A cast to void would stay, and say that the result is not wanted.
  if (Lost.Dropping == Drop::Cast)
    return false;
  // A result that is dropped again right away may be a lock or a guard: then more has to change.
  const QualType Result = U.get<TaskTypes>().resultOf(*Lost.Type.Class);
  if (!Lost.Type.isTask() && (Result.isNull() || Result->isRecordType()))
    return false;
  const Expr *Other = otherArm(*Lost.Made, F, U);
  return !Other ||
         (maker(*Other) && U.context().hasSameType(Other->getType(), Lost.Made->getType()));
}

bool mayAwaitKept(const LostTask &Lost, const FunctionDecl &F, Unit &U) {
  const QualType Result = U.get<TaskTypes>().resultOf(*Lost.Type.Class);
  return Lost.In->getType()->getContainedDeducedType() && mentionsOf(*Lost.In, F, U).empty() &&
         !Result.isNull() && !Result->isVoidType();
}

} // namespace

std::optional<FixItHint> awaitFix(const LostTask &Lost, const FunctionDecl &F, Unit &U) {
  const bool May = Lost.How == LostTask::Dropped ? mayAwaitDropped(Lost, F, U)
                   : Lost.How == LostTask::Kept  ? mayAwaitKept(Lost, F, U)
                                                 : false;
  return May && mayInsertCoAwait(*Lost.Made, F, U) ? std::optional(insertCoAwait(*Lost.Made, U))
                                                   : std::nullopt;
}

} // namespace corolint::model
