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
#include "clang/AST/DeclCXX.h"

using namespace clang;

namespace corolint::checks {
namespace {

class HostileObjectAcrossSuspension : public Check {
public:
  using Check::Check;

private:
  void checkFunction(const FunctionDecl &F, model::Unit &U) override;
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

void HostileObjectAcrossSuspension::checkFunction(const FunctionDecl &F, model::Unit &U) {
  model::explainUnheld(F, model::Hazard::Hostile, U);
  for (const model::HeldAcross &Held : model::heldAcross(F, U)) {
    if (Held.Raw || Held.What.Is != model::Hazard::Hostile || (!Held.Certain && !wantsArguable(U)))
      continue;
    auto Finding =
        report(Held.At.front()->getExprLoc(), "%0 is alive while the coroutine is suspended: %1 %2",
               shownIf(Held.Certain));
    if (!Finding)
      continue;
    *Finding << (Held.Object ? "'" + Held.Object->getNameAsString() + "'"
                             : std::string("a temporary"))
             << quoted(*Held.What.Class) << Held.What.Known->Why;
    if (Held.What.ReadAt.isValid()) {
      Finding->step(Held.Since, "it is made here");
      Finding->related(Held.What.ReadAt, "it asks 'std::uncaught_exceptions' here");
    } else {
      Finding->related(Held.Since, "it is made here (%0)") << Held.What.Known->From.str();
    }
    for (const Expr *Other : llvm::drop_begin(Held.At))
      Finding->step(Other->getExprLoc(), "and is still alive at this suspension");
    FindingMessage &Note = Finding->advice(Held.At.front()->getExprLoc(), "end its scope before");
    if (std::optional<model::WayOut> Way = model::wayOut(Held, F, U); Way && Way->Scope)
      for (const FixItHint &Edit : Way->Edits)
        Note << Edit;
  }
}

} // namespace
} // namespace corolint::checks
