//===- LockAcrossSuspension.cpp - coro-lock-across-suspension ---------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Check.h"
#include "model/code/Walk.h"
#include "model/fix/WayOut.h"
#include "model/state/Hazard.h"
#include "model/state/Held.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace corolint::checks {
namespace {

class LockAcrossSuspension : public Check {
public:
  using Check::Check;

private:
  void checkFunction(const FunctionDecl &F, model::Unit &U) override;
};

} // namespace

extern const Rule LockAcrossSuspensionEntry = {
    "coro-lock-across-suspension",
    "a thread lock that is held while the coroutine is suspended",
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

/// "'mutex'", where the guard was made of something with a name.
std::string mutexOf(const model::HeldAcross &Held) {
  const auto *V = llvm::dyn_cast_or_null<VarDecl>(Held.Object);
  if (Held.Raw || !V || Held.What.Member || !V->getInit())
    return Held.Raw ? "it" : "the same mutex";
  const Expr *Init = model::bare(V->getInit());
  const auto *Made = dyn_cast<CXXConstructExpr>(Init);
  if (!Made || Made->getNumArgs() == 0)
    return "the same mutex";
  const Expr *First = model::bare(Made->getArg(0));
  if (const auto *Address = dyn_cast<UnaryOperator>(First);
      Address && Address->getOpcode() == UO_AddrOf)
    First = model::bare(Address->getSubExpr());
  const NamedDecl *Named = nullptr;
  if (const auto *Ref = dyn_cast<DeclRefExpr>(First))
    Named = Ref->getDecl();
  else if (const auto *Member = dyn_cast<MemberExpr>(First))
    Named = Member->getMemberDecl();
  return Named && Named->getIdentifier() && isa<VarDecl, FieldDecl>(Named)
             ? "'" + Named->getNameAsString() + "'"
             : "the same mutex";
}

void noteWayOut(FindingBuilder &Finding, const model::HeldAcross &Held, const FunctionDecl &F,
                model::Unit &U) {
  const SourceLocation At = Held.At.front()->getExprLoc();
  std::optional<model::WayOut> Way = model::wayOut(Held, F, U);
  if (!Way) {
    Finding.advice(At, "unlock it before, or take a mutex that is awaited");
    return;
  }
  FindingMessage &Note =
      Finding.advice(At, Way->Scope ? "end its scope before, or take a mutex that is awaited"
                                    : "unlock it before, or take a mutex that is awaited");
  for (const FixItHint &Edit : Way->Edits)
    Note << Edit;
}

void LockAcrossSuspension::checkFunction(const FunctionDecl &F, model::Unit &U) {
  model::explainUnheld(F, model::Hazard::Lock, U);
  for (const model::HeldAcross &Held : model::heldAcross(F, U)) {
    if (!Held.Raw && Held.What.Is != model::Hazard::Lock)
      continue;
    if (!Held.Certain && !wantsArguable(U))
      continue;
    auto Finding =
        report(Held.At.front()->getExprLoc(),
               "%0 %select{may still be|is still}1 locked at this suspension point: another "
               "coroutine of this loop that locks %2 deadlocks the loop",
               shownIf(Held.Certain));
    if (!Finding)
      continue;
    *Finding << described(Held) << Held.Certain << mutexOf(Held);
    Finding->step(Held.Since, "it is locked here");
    for (const Expr *Other : llvm::drop_begin(Held.At))
      Finding->step(Other->getExprLoc(), "and is still locked at this suspension");
    noteWayOut(*Finding, Held, F, U);
  }
}

} // namespace
} // namespace corolint::checks
