//===- Yields.cpp - Whether others run while a coroutine awaits -------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/tasks/Yields.h"
#include "model/Unit.h"
#include "model/code/Walk.h"
#include "model/types/Protocol.h"
#include "model/types/TaskType.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace corolint::model {
namespace {

/// Of a coroutine: it has a point at which others may run. Of those that await each other, none has
/// until one is found.
struct YieldsSomewhere {
  struct Result {
    bool May = false;
    bool operator==(const Result &) const = default;
  };
  static constexpr bool AsksForItself = true;
  static Result make(const FunctionDecl &F, Unit &U) {
    return {llvm::any_of(awaitPointsIn(F, U), [&](const AwaitPoint &P) { return mayYield(P, U); })};
  }
};

/// Who awaits it is suspended, and the awaited coroutine is resumed at once: `await_suspend` gives
/// a handle, whose address is what Clang's expression is about.
bool isResumedInPlace(const CoawaitExpr &Await) {
  const Expr *Suspend = Await.getSuspendExpr();
  return Suspend && (Suspend->getType()->isPointerType() || isHandleType(Suspend->getType()));
}

} // namespace

bool mayYield(const AwaitPoint &P, Unit &U) {
  if (P.Ready)
    return false;
  const auto *Await = dyn_cast<CoawaitExpr>(P.At);
  const auto *Made = Await ? dyn_cast<CallExpr>(bare(P.Awaited)) : nullptr;
  const FunctionDecl *Awaited = Made ? coroutineOf(Made->getDirectCallee()) : nullptr;
  if (const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Awaited); Method && Method->isVirtual())
    return true;
  if (!Awaited || U.get<TaskTypes>().ofValue(*Made).Kind != TaskKind::Lazy ||
      !isResumedInPlace(*Await))
    return true;
  return U.get<YieldsSomewhere>(*Awaited).May;
}

} // namespace corolint::model
