//===- DiscardingCallback.cpp - coro-discarding-callback --------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Check.h"
#include "model/Unit.h"
#include "model/code/Call.h"
#include "model/tasks/Discarding.h"
#include "model/tasks/TaskFlow.h"
#include "model/types/TaskType.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace corolint::checks {
namespace {

using model::DiscardedCallback;
using model::TaskKind;

class DiscardingCallback : public Check {
public:
  using Check::Check;

private:
  void checkFunction(const FunctionDecl &F, model::Unit &U) override;
};

} // namespace

extern const Rule DiscardingCallbackEntry = {
    "coro-discarding-callback",
    "a callback that returns a task is given to who expects nothing, and drops the task",
    Tier::Default,
    Topic::Awaiting,
    Fix::None,
    {},
    makeCheck<DiscardingCallback>,
};

namespace {

std::string nameOf(QualType T, model::Unit &U) {
  return "'" +
         T.getNonReferenceType().getUnqualifiedType().getAsString(U.context().getPrintingPolicy()) +
         "'";
}

std::string whatIs(const DiscardedCallback &Each, model::Unit &U) {
  if (const VarDecl *Kept = model::variableIn(Each.Given))
    return "'" + Kept->getNameAsString() + "'";
  return Each.Body ? quoted(*Each.Body) : nameOf(Each.Given->getType(), U);
}

std::string whoDrops(const DiscardedCallback &Each, model::Unit &U) {
  if (const auto *Made = llvm::dyn_cast_or_null<CXXConstructExpr>(Each.By))
    return quoted(*Made->getConstructor()) + " ignores";
  if (Each.By)
    return model::nameOfMaker(*Each.By) + " ignores";
  return nameOf(Each.Into, U) + ", which returns nothing, drops";
}

llvm::StringRef whatHappens(const model::TaskType &T) {
  if (T.Kind == TaskKind::Lazy)
    return "it never runs";
  return T.Cancels ? "that cancels it at once" : "nobody learns when it is done or how it failed";
}

void DiscardingCallback::checkFunction(const FunctionDecl &F, model::Unit &U) {
  for (const DiscardedCallback &Each : model::discardedCallbacks(F, U)) {
    const bool Certain = !Each.By;
    if (!Certain && !wantsArguable(U))
      continue;
    auto Finding =
        report(Each.Given->getBeginLoc(), "%0 returns a task, and %1 it: %2", shownIf(Certain));
    if (!Finding)
      continue;
    *Finding << whatIs(Each, U) << whoDrops(Each, U) << whatHappens(Each.Returns);
    const CXXRecordDecl &C = *Each.Returns.Class;
    if (C.getLocation().isValid() && Each.Returns.Kind == TaskKind::Lazy)
      Finding->related(C.getLocation(), "%0 is lazy: %1") << quoted(C) << Each.Returns.Why;
    else if (C.getLocation().isValid())
      Finding->related(C.getLocation(), "%0 is declared here") << quoted(C);
    Finding->advice(Each.Given->getBeginLoc(),
                    "give it a function that hands the task to who runs it, as the library's "
                    "'spawn' does");
  }
}

} // namespace
} // namespace corolint::checks
