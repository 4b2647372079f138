//===- ContextNotForwarded.cpp - coro-context-not-forwarded -----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Check.h"
#include "ast/Names.h"
#include "knowledge/Knowledge.h"
#include "model/Unit.h"
#include "model/code/Call.h"
#include "model/tasks/Unforwarded.h"
#include "llvm/ADT/StringExtras.h"

using namespace clang;

namespace corolint::checks {
namespace {

constexpr Option ContextNotForwardedOptions[] = {
    {"CleanUp",
     "abort*;clean*;close*;discard*;disconnect*;drain*;release*;rollback*;roll_back*;shutdown*;"
     "shut_down*;stop*;undo*;unlock*",
     "functions that end or undo something, and have to do so when a stop was requested, too; "
     "separated by ';', in lower case; '*' at the end stands for any end"},
};

class ContextNotForwarded : public Check {
public:
  using Check::Check;

private:
  void checkFunction(const FunctionDecl &F, model::Unit &U) override;
};

} // namespace

extern const Rule ContextNotForwardedEntry = {
    "coro-context-not-forwarded",
    "a stop token, deadline or other context that is not passed on to an awaited call which takes "
    "one",
    Tier::Strict,
    Topic::Structure,
    Fix::Suggested,
    ContextNotForwardedOptions,
    makeCheck<ContextNotForwarded>,
};

namespace {

/// The context as one more argument; nothing where others would have to be written, too.
std::optional<FixItHint> passOn(const model::UnforwardedContext &Found) {
  std::optional<model::Call> Site = model::callOf(*Found.At);
  const SourceLocation End = Found.At->getRParenLoc();
  if (!Site || Found.Position > Found.Written || End.isInvalid() || End.isMacroID() ||
      Found.At->getBeginLoc().isMacroID())
    return std::nullopt;
  const std::string Name = (Found.ByAddress ? "&" : "") + Found.Context->getNameAsString();
  if (Found.Position == Found.Written)
    return FixItHint::CreateInsertion(End, Found.Written ? ", " + Name : Name);
  const SourceLocation Next = Site->Args[Found.Position]->getBeginLoc();
  return Next.isMacroID() ? std::nullopt
                          : std::optional(FixItHint::CreateInsertion(Next, Name + ", "));
}

void ContextNotForwarded::checkFunction(const FunctionDecl &F, model::Unit &U) {
  for (const model::UnforwardedContext &Each : model::unforwardedContexts(F, U)) {
    const SourceLocation At = Each.At->getExprLoc();
    if (isListed("CleanUp", llvm::StringRef(model::simpleName(*Each.Callee)).lower())) {
      U.leave(At, [] {
        return "it ends or undoes something, as its name says, and has to when a stop was "
               "requested";
      });
      continue;
    }
    auto Finding = report(At, "'%0' is not passed on to %1, which could take it: %2 %3");
    if (!Finding)
      continue;
    *Finding << Each.Context->getNameAsString() << quoted(*Each.Callee) << quoted(*Each.Class)
             << Each.Known->Why;
    if (Each.Overload)
      Finding->related(Each.Takes->getLocation(), "this overload takes it");
    else
      Finding->related(Each.Takes->getLocation(), "this parameter takes it, and has its default");
    FindingMessage &Advice = Finding->advice(At, "pass it on, or pass one on purpose that says no");
    if (std::optional<FixItHint> Edit = passOn(Each))
      Advice << *Edit;
  }
}

} // namespace
} // namespace corolint::checks
