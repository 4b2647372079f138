//===- DanglingAwaitResult.cpp - coro-dangling-await-result ---------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Check.h"
#include "model/Unit.h"
#include "model/code/Call.h"
#include "model/code/Walk.h"
#include "model/fix/ValueFix.h"
#include "model/lifetime/DanglingResults.h"
#include "model/tasks/TaskFlow.h"

using namespace clang;

namespace corolint::checks {
namespace {

using model::AwaitedReference;
using model::DanglingResult;

class DanglingAwaitResult : public Check {
public:
  using Check::Check;

private:
  void checkFunction(const FunctionDecl &F, model::Unit &U) override;
};

} // namespace

extern const Rule DanglingAwaitResultEntry = {
    "coro-dangling-await-result",
    "a reference or view of what 'co_await' gives, which is gone at the end of the expression",
    Tier::Default,
    Topic::Lifetime,
    Fix::Safe,
    {},
    makeCheck<DanglingAwaitResult>,
};

namespace {

std::string nameOf(const VarDecl &V) {
  return V.getIdentifier() ? "'" + V.getNameAsString() + "'" : "the structured binding";
}

/// The object that is gone, and why.
std::string goneObject(const DanglingResult &D) {
  const Expr &Operand = *model::bare(model::writtenOperand(D.Await));
  const VarDecl *Named = model::variableIn(&Operand);
  const std::string Name =
      Named ? "'" + Named->getNameAsString() + "'" : model::nameOfMaker(Operand);
  if (!D.Reference)
    return "what 'co_await' gives here, a temporary that is";
  switch (D.Reference->Lies) {
  case AwaitedReference::InFrame:
    return "the frame of " + Name + ", which is";
  case AwaitedReference::InAwaiter:
    return "the awaiter of " + Name + ", a temporary that is";
  case AwaitedReference::InOperand:
    return "what " + Name + " gives, a temporary that is";
  }
  llvm_unreachable("all places are named");
}

void explainGone(FindingBuilder &Finding, const DanglingResult &D) {
  if (D.Used)
    Finding.step(D.Used->getExprLoc(), "it is used here");
  if (D.Reference && D.Reference->Resume->getLocation().isValid())
    Finding.related(D.Reference->Resume->getLocation(), "%0 returns a reference")
        << quoted(*D.Reference->Resume);
  if (D.Reference && D.Reference->Destroys)
    Finding.related(D.Reference->Destroys->getLocation(), "the destructor of %0 destroys the frame")
        << quoted(*D.Reference->Destroys->getParent());
}

/// How the object is kept instead.
void adviseToKeep(FindingBuilder &Finding, const DanglingResult &D) {
  const bool IsWhole = model::bare(D.Given) == D.Await;
  if (!D.Used)
    Finding.advice(D.Given->getBeginLoc(),
                   "keep it in a local of its own type first: 'auto items = "
                   "co_await …;'");
  else if (std::optional<FixItHint> Value =
               IsWhole && !D.IsView ? model::asValue(*D.Bound) : std::nullopt)
    Finding << *Value;
  else
    Finding.advice(D.Await->getBeginLoc(),
                   "keep the object in a local, and refer to that: 'auto value = co_await …;'");
}

void DanglingAwaitResult::checkFunction(const FunctionDecl &F, model::Unit &U) {
  for (const DanglingResult &D : U.get<model::DanglingResults>(F)) {
    const bool IsLoop = !D.Used;
    auto Finding = report(IsLoop || D.IsView ? D.Await->getExprLoc() : D.Bound->getLocation(),
                          "%select{%1 refers|the loop runs}0 %2 %3 gone %select{at the end of "
                          "this expression|before the loop begins}0");
    if (!Finding)
      continue;
    const bool IsPart = D.Reference || model::bare(D.Given) != D.Await;
    *Finding << IsLoop << nameOf(*D.Bound)
             << (IsLoop   ? (D.Reference ? "over what lies in" : "over")
                 : IsPart ? "into"
                          : "to")
             << goneObject(D);
    explainGone(*Finding, D);
    adviseToKeep(*Finding, D);
  }
}

} // namespace
} // namespace corolint::checks
