//===- DroppedAwaitResult.cpp - coro-dropped-await-result -------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Check.h"
#include "model/Unit.h"
#include "model/code/Drops.h"
#include "model/code/Uses.h"
#include "model/code/Walk.h"
#include "model/fix/KeepFix.h"
#include "model/state/AwaitedGuard.h"
#include "model/tasks/Lost.h"
#include "model/types/TaskType.h"
#include "clang/AST/Attr.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace corolint::checks {
namespace {

using model::AwaitedGuard;
using model::Drop;

class DroppedAwaitResult : public Check {
public:
  using Check::Check;

private:
  void checkFunction(const FunctionDecl &F, model::Unit &U) override;
  void checkGuard(const CoawaitExpr &Await, const AwaitedGuard &Guard, bool IsLast,
                  const std::optional<FixItHint> &Keep);
  void checkValue(const CoawaitExpr &Await, Drop How, model::Unit &U);
};

} // namespace

extern const Rule DroppedAwaitResultEntry = {
    "coro-dropped-await-result",
    "what 'co_await' gives is dropped though it must be kept: a lock, a [[nodiscard]] value",
    Tier::Default,
    Topic::Awaiting,
    Fix::Safe,
    {},
    makeCheck<DroppedAwaitResult>,
};

namespace {

/// Why nobody has to keep what is awaited here, whatever it is; or nothing.
llvm::StringRef whyItMay(const CoawaitExpr &Await, const FunctionDecl &F, model::Unit &U) {
  auto &Types = U.get<model::TaskTypes>();
  const Expr &Operand = *model::bare(model::writtenOperand(&Await));
  if (model::mayDiscard(Operand, Types.of(Operand.getType()), U) ||
      Types.of(Await.getType()).MayDiscard)
    return "what 'co_await' returns here may be dropped: an annotation or an entry says so";
  if (model::isExpectedToFail(Await, F, U))
    return "a test expects that this throws, or ends its process: there is no result then";
  return "";
}

/// What is to be awaited again is coro-unawaited-task's.
bool isTask(const CoawaitExpr &Await, model::Unit &U) {
  auto &Types = U.get<model::TaskTypes>();
  return Types.ofValue(Await).Kind != model::TaskKind::None ||
         llvm::any_of(Types.elementsOf(Await.getType()),
                      [&](QualType Each) { return Types.of(Each).needsAwait(); });
}

/// A lock's own methods know best what one that they drop holds: one without the duty to unlock,
/// say.
bool isOwnCode(const AwaitedGuard &Guard, const FunctionDecl &F) {
  const auto *Method = dyn_cast<CXXMethodDecl>(&F);
  return Method && Method->getParent()->Encloses(Guard.Class);
}

std::string whatBecomesOf(AwaitedGuard::Kind Is, bool IsLast) {
  switch (Is) {
  case AwaitedGuard::Lock:
    return IsLast ? "unlocks at once" : "unlocks at once: what follows runs unlocked";
  case AwaitedGuard::Permit:
    return IsLast ? "given back at once" : "given back at once: what follows runs without it";
  case AwaitedGuard::Other:
    return IsLast ? "ends at once" : "ends at once: what follows runs without it";
  }
  llvm_unreachable("all kinds are named");
}

void DroppedAwaitResult::checkGuard(const CoawaitExpr &Await, const AwaitedGuard &Guard,
                                    bool IsLast, const std::optional<FixItHint> &Keep) {
  // Who does nothing after it may have waited for those who held it: arguable.
  auto Finding = report(Await.getExprLoc(),
                        "the %0 that 'co_await' returns here is dropped, and %1", shownIf(!IsLast));
  if (!Finding)
    return;
  *Finding << quoted(*Guard.Class) << whatBecomesOf(Guard.Is, IsLast);
  const CXXDestructorDecl *End = Guard.Class->getDestructor();
  if (Guard.GivesBack && End)
    Finding->related(End->getLocation(), "the destructor of %0 calls %1")
        << quoted(*Guard.Class) << quoted(*Guard.GivesBack);
  else if (Guard.Class->getLocation().isValid())
    Finding->related(Guard.Class->getLocation(), "%0 is declared here") << quoted(*Guard.Class);
  if (Keep)
    *Finding << *Keep;
  else
    Finding->advice(Await.getExprLoc(), "keep it as long as it is needed: 'auto guard = co_await "
                                        "…;'");
}

void DroppedAwaitResult::checkValue(const CoawaitExpr &Await, Drop How, model::Unit &U) {
  const auto *Resume = dyn_cast<CallExpr>(model::bare(Await.getResumeExpr()));
  const auto [Said, NoDiscard] = Resume ? unusedResult(*Resume, U.context()) : UnusedResult();
  if (!NoDiscard)
    return U.leave(Await.getExprLoc(), [&] {
      return "what 'co_await' returns here may be dropped: neither '" +
             Await.getType().getNonReferenceType().getUnqualifiedType().getAsString() +
             "' nor 'await_resume' is [[nodiscard]], and it is no guard";
    });
  if (How == Drop::Cast)
    return U.leave(Await.getExprLoc(), [] {
      return "the cast to void says that what 'co_await' returns here is not needed";
    });
  auto Finding = report(Await.getExprLoc(),
                        "what 'co_await' returns here is dropped, and %0 is [[nodiscard]]%1");
  if (!Finding)
    return;
  const llvm::StringRef Why = NoDiscard->getMessage();
  const NamedDecl &By = Said ? *Said : *cast<NamedDecl>(Resume->getCalleeDecl());
  *Finding << quoted(By) << (Why.empty() ? std::string() : (": " + Why).str());
  if (By.getLocation().isValid())
    Finding->related(By.getLocation(), "%0 is declared here") << quoted(By);
  Finding->advice(Await.getExprLoc(), "look at it; '(void)co_await …' says that it is not needed");
}

void DroppedAwaitResult::checkFunction(const FunctionDecl &F, model::Unit &U) {
  if (!model::isCoroutine(F))
    return;
  llvm::SmallVector<std::pair<const CoawaitExpr *, AwaitedGuard>, 1> Guards;
  const CoawaitExpr *Cast = nullptr;
  model::forEachDropped(F, [&](const Expr &E, Drop How) {
    const auto *Await = dyn_cast<CoawaitExpr>(&E);
    if (!Await || Await->getType()->isVoidType() || Await->isTypeDependent() || isTask(*Await, U))
      return;
    if (const llvm::StringRef Why = whyItMay(*Await, F, U); !Why.empty())
      return U.leave(Await->getExprLoc(), [&] { return Why.str(); });
    // A cast to void does not keep a lock locked.
    if (std::optional<AwaitedGuard> Guard = model::awaitedGuardIn(*Await, U)) {
      if (isOwnCode(*Guard, F))
        return U.leave(Await->getExprLoc(), [] { return "this is the lock's own code"; });
      Guards.push_back({Await, *Guard});
      Cast = How == Drop::Cast ? Await : Cast;
    } else {
      checkValue(*Await, How, U);
    }
  });
  if (Guards.empty())
    return;
  const auto Last = model::lastStatementsOf(F);
  for (const auto &[Await, Guard] : Guards) {
    const bool IsLast = Last.contains(Await);
    if (IsLast && !wantsArguable(U))
      continue;
    // Two of the same mutex that are kept in one function wait for each other.
    checkGuard(*Await, Guard, IsLast,
               Guards.size() == 1 && Cast != Await ? model::keepUntilEndOfBlock(*Await, F, U)
                                                   : std::nullopt);
  }
}

} // namespace
} // namespace corolint::checks
