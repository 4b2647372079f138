//===- StaleRead.cpp - coro-stale-read --------------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Check.h"
#include "model/Unit.h"
#include "model/fix/Edits.h"
#include "model/state/StaleAccess.h"

using namespace clang;

namespace corolint::checks {
namespace {

class StaleRead : public Check {
public:
  using Check::Check;

private:
  void checkFunction(const FunctionDecl &F, model::Unit &U) override;
  void checkTestAndSet(const model::StaleAccess &Access, model::Unit &U);
  void checkWrittenBack(const model::StaleAccess &Access, model::Unit &U);
};

} // namespace

extern const Rule StaleReadEntry = {
    "coro-stale-read",
    "shared state that is read, and written back after a suspension: what others wrote is lost",
    Tier::Default,
    Topic::Suspension,
    Fix::Safe,
    {},
    makeCheck<StaleRead>,
};

namespace {

std::string wordsOf(const Expr &E, model::Unit &U) {
  return model::textOf(E, U).value_or("it");
}

void StaleRead::checkWrittenBack(const model::StaleAccess &Access, model::Unit &U) {
  const bool IsOpen = Access.How == model::StaleAccess::Unsequenced;
  auto Finding =
      report(Access.Read->getExprLoc(),
             "'%0' is read %select{before the coroutine is suspended|in the same expression as the "
             "co_await, which compilers order as they like}1: %select{|if it is read first, }1what "
             "others write to it in between is lost",
             shownIf(IsOpen));
  if (!Finding)
    return;
  *Finding << wordsOf(*Access.Read, U) << IsOpen;
  if (std::optional<FixItHint> Update =
          IsOpen ? model::asUpdate(*Access.Write, *Access.Read) : std::nullopt)
    *Finding << *Update;
  Finding->step(Access.Suspension->getExprLoc(), "the coroutine is suspended here");
  Finding->step(Access.At,
                "and the result is written back here; await the value into a local first");
}

void StaleRead::checkTestAndSet(const model::StaleAccess &Access, model::Unit &U) {
  auto Finding =
      report(Access.Read->getExprLoc(),
             "'%0' is tested, and set after a suspension: a coroutine that comes here in "
             "between does the same work again, and the last one wins",
             Tier::Strict);
  if (!Finding)
    return;
  *Finding << wordsOf(*Access.Read, U);
  Finding->step(Access.Suspension->getExprLoc(), "the coroutine is suspended here");
  Finding->step(Access.At, "and it is set here; test it again, or hold an awaited mutex");
}

void StaleRead::checkFunction(const FunctionDecl &F, model::Unit &U) {
  for (const model::StaleAccess &Access : model::staleAccesses(F, wantsArguable(U), U))
    if (Access.How == model::StaleAccess::TestedAndSet)
      checkTestAndSet(Access, U);
    else
      checkWrittenBack(Access, U);
}

} // namespace
} // namespace corolint::checks
