//===- NeedlessCoroutine.cpp - coro-needless-coroutine -------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Check.h"
#include "model/Unit.h"
#include "model/tasks/Needless.h"
#include "model/types/TaskType.h"
#include "clang/AST/ASTContext.h"

using namespace clang;

namespace corolint::checks {
namespace {

class NeedlessCoroutine : public Check {
public:
  using Check::Check;

private:
  void checkFunction(const FunctionDecl &F, model::Unit &U) override;
};

} // namespace

extern const Rule NeedlessCoroutineEntry = {
    "coro-needless-coroutine",
    "a coroutine that awaits nothing, where a plain function would do",
    Tier::Pedantic,
    Topic::Structure,
    Fix::None,
    {},
    makeCheck<NeedlessCoroutine>,
};

namespace {

void NeedlessCoroutine::checkFunction(const FunctionDecl &F, model::Unit &U) {
  const model::Needless Found = model::needless(F, U);
  if (!Found.Task) {
    if (!Found.Against.empty())
      U.leave(F.getLocation(), [&] { return quoted(F) + " awaits nothing, but " + Found.Against; });
    return;
  }
  auto Finding = report(F.getLocation(), "%0 is a coroutine, and awaits nothing");
  if (!Finding)
    return;
  *Finding << quoted(F);
  QualType Result = U.get<model::TaskTypes>().resultOf(*Found.Task);
  const bool IsKnown = !Result.isNull() && !Result->isVoidType();
  Finding->advice(F.getLocation(),
                  "make it a plain function%select{| that returns '%2'}1%select{|, or one that "
                  "makes the %3 of its result}4, and call it without 'co_await'%select{|; it "
                  "then throws at the call, where now its task keeps the exception}0")
      << Found.Catches << IsKnown
      << (IsKnown ? Result.getAsString(U.context().getPrintingPolicy()) : std::string())
      << quoted(*Found.Task) << Found.IsValue;
}

} // namespace
} // namespace corolint::checks
