//===- HostileObjectAcrossSuspension.cpp - an object that must not suspend --===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Check.h"
#include "model/fix/WayOut.h"
#include "model/state/Hazard.h"
#include "model/state/Held.h"
#include "model/tasks/Unjoined.h"
#include "clang/AST/DeclCXX.h"

using namespace clang;

namespace corolint::checks {
namespace {

class HostileObjectAcrossSuspension : public Check {
public:
  using Check::Check;

private:
  void checkFunction(const FunctionDecl &F, model::Unit &U) override;
  void reportHostile(const model::HeldAcross &Held, const FunctionDecl &F, model::Unit &U);
  void reportYield(const model::HeldAcross &Held, const FunctionDecl &F, model::Unit &U);
};

} // namespace

extern const Rule HostileObjectAcrossSuspensionEntry = {
    "coro-hostile-object-across-suspension",
    "an object that belongs to its thread, alive while the coroutine is suspended",
    Tier::Default,
    Topic::Suspension,
    Fix::Suggested,
    {},
    makeCheck<HostileObjectAcrossSuspension>,
};

namespace {

std::string nameOf(const model::HeldAcross &Held) {
  return Held.Object ? "'" + Held.Object->getNameAsString() + "'" : std::string("a temporary");
}

/// Its scope in braces, where that can be proposed.
void proposeEnd(FindingMessage &Note, const model::HeldAcross &Held, const FunctionDecl &F,
                model::Unit &U) {
  if (std::optional<model::WayOut> Way = model::wayOut(Held, F, U); Way && Way->Scope)
    for (const FixItHint &Edit : Way->Edits)
      Note << Edit;
}

void HostileObjectAcrossSuspension::checkFunction(const FunctionDecl &F, model::Unit &U) {
  model::explainUnheld(F, model::Hazard::Hostile, U);
  for (const model::HeldAcross &Held : model::heldAcross(F, U)) {
    if (Held.Raw || (!Held.Certain && !wantsArguable(U)))
      continue;
    if (Held.What.Is == model::Hazard::Hostile)
      reportHostile(Held, F, U);
    else if (Held.What.Is == model::Hazard::NoYield && wantsArguable(U))
      reportYield(Held, F, U);
  }
}

void HostileObjectAcrossSuspension::reportHostile(const model::HeldAcross &Held,
                                                  const FunctionDecl &F, model::Unit &U) {
  auto Finding =
      report(Held.At.front()->getExprLoc(), "%0 is alive while the coroutine is suspended: %1 %2",
             shownIf(Held.Certain));
  if (!Finding)
    return;
  *Finding << nameOf(Held) << quoted(*Held.What.Class) << Held.What.Known->Why;
  if (Held.What.ReadAt.isValid()) {
    Finding->step(Held.Since, "it is made here");
    Finding->related(Held.What.ReadAt, "it asks 'std::uncaught_exceptions' here");
  } else {
    Finding->related(Held.Since, "it is made here (%0)") << Held.What.Known->From.str();
  }
  for (const Expr *Other : llvm::drop_begin(Held.At))
    Finding->step(Other->getExprLoc(), "and is still alive at this suspension");
  proposeEnd(Finding->advice(Held.At.front()->getExprLoc(), "end its scope before"), Held, F, U);
}

/// The consumer has control at a `co_yield`: it does what it likes, and comes back or not.
void HostileObjectAcrossSuspension::reportYield(const model::HeldAcross &Held,
                                                const FunctionDecl &F, model::Unit &U) {
  const model::Hazard &What = Held.What;
  const SourceLocation At = Held.At.front()->getExprLoc();
  auto Finding = report(
      At, "the consumer may never resume this generator, which has %0 open: %1 %2", Tier::Strict);
  if (!Finding)
    return;
  *Finding << nameOf(Held) << quoted(*What.Class)
           << (What.isScope()
                   ? "is destroyed with work in it then: " + model::whyToJoin(*What.Class, U)
                   : What.Known->Why);
  if (What.isScope())
    Finding->step(Held.Since, "work is put into it here");
  else
    Finding->related(Held.Since, "it is made here (%0)") << What.Known->From.str();
  for (const Expr *Other : llvm::drop_begin(Held.At))
    Finding->step(Other->getExprLoc(), "and is still open at this one");
  if (What.isScope())
    Finding->advice(At, "join it before, or take the scope from the consumer, who joins it");
  else
    proposeEnd(Finding->advice(At, "end it before, or take it from the consumer, who ends it"),
               Held, F, U);
}

} // namespace
} // namespace corolint::checks
