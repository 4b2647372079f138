//===- LockAcrossSuspension.cpp - coro-lock-across-suspension ---------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Check.h"
#include "model/Flow.h"
#include "model/Knowledge.h"
#include "model/Scopes.h"
#include "clang/AST/DeclCXX.h"

using namespace clang;

namespace corolint::checks {
namespace {

class LockAcrossSuspension : public Check {
public:
  using Check::Check;

private:
  void checkFunction(const FunctionDecl &F, model::Unit &U) override;
  void noteWayOut(const model::HeldAcross &Held, const FunctionDecl &F, model::Unit &U);
};

} // namespace

extern const Rule LockAcrossSuspensionEntry = {
    "coro-lock-across-suspension",
    "a lock of threads that is held while the coroutine is suspended",
    Tier::Default,
    Topic::Suspension,
    Fix::Suggested,
    {},
    makeCheck<LockAcrossSuspension>,
};

namespace {

/// "'guard'", "'guard' (its member 'lock')", "the temporary 'std::unique_lock'", "'mutex'".
std::string described(const model::HeldAcross &Held) {
  if (!Held.Object)
    return "a temporary " + quoted(*Held.What.Class);
  std::string Text = "'" + Held.Object->getNameAsString() + "'";
  if (Held.What.Member && Held.What.Member->getIdentifier()) // what a closure keeps has no name
    Text += " (by its member '" + Held.What.Member->getNameAsString() + "')";
  return Text;
}

void LockAcrossSuspension::checkFunction(const FunctionDecl &F, model::Unit &U) {
  model::explainUnheld(F, model::Burden::Lock, U);
  for (const model::HeldAcross &Held : U.heldAcross(F)) {
    if (!Held.Raw && Held.What.Is != model::Burden::Lock)
      continue;
    if (!Held.Certain && !wantsArguable(U))
      continue;
    auto Finding =
        report(Held.At.front()->getExprLoc(),
               "the coroutine %select{may suspend|suspends}0 while %1 %select{holds a lock|is "
               "locked}2: until it is resumed, whoever wants the lock blocks a thread, and "
               "that of the event loop for good",
               shownIf(Held.Certain));
    if (!Finding)
      continue;
    *Finding << Held.Certain << described(Held) << Held.Raw;
    Finding.reset();
    note(Held.Since, "it is locked here");
    for (const Expr *Other : llvm::drop_begin(Held.At))
      note(Other->getExprLoc(), "and is still locked at this suspension");
    noteWayOut(Held, F, U);
  }
}

void LockAcrossSuspension::noteWayOut(const model::HeldAcross &Held, const FunctionDecl &F,
                                      model::Unit &U) {
  const SourceLocation At = Held.At.front()->getExprLoc();
  std::optional<model::WayOut> Way = model::wayOut(Held, F, U);
  if (!Way) {
    note(At, "unlock it before, or take a mutex that is awaited");
    return;
  }
  auto Note = note(At, Way->Scope ? "end its scope before, or take a mutex that is awaited"
                                  : "unlock it before, or take a mutex that is awaited");
  for (const FixItHint &Edit : Way->Edits)
    Note << Edit;
}

} // namespace
} // namespace corolint::checks
