//===- SuspendingInitializer.cpp - coro-suspending-initializer --------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Check.h"
#include "model/Unit.h"
#include "model/code/Lifetime.h"
#include "model/code/Macros.h"
#include "model/code/Walk.h"
#include "model/types/Coroutine.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Lexer.h"

using namespace clang;

namespace corolint::checks {
namespace {

constexpr Option SuspendingInitializerOptions[] = {
    {"Assertions",
     "assert;_ASSERTE;ASSERT;Q_ASSERT;Q_ASSERT_X;BOOST_ASSERT;BOOST_ASSERT_MSG;DCHECK;DCHECK_*;"
     "ABSL_ASSERT;KJ_DASSERT;SEASTAR_ASSERT_DEBUG",
     "macros that a release leaves out, separated by ';'; '*' at the end stands for any end; if it "
     "is "
     "not set, they count only where their definition cannot be read"},
};

class SuspendingInitializer : public Check {
public:
  using Check::Check;

private:
  void checkFunction(const FunctionDecl &F, model::Unit &U) override;
  void checkStatic(const VarDecl &V, const model::AwaitPoint &P);
  void checkAssertion(const model::AwaitPoint &P, model::Unit &U);
  void checkRange(const CXXForRangeStmt &For, const FunctionDecl &F, model::Unit &U);
};

} // namespace

extern const Rule SuspendingInitializerEntry = {
    "coro-suspending-initializer",
    "a suspension where the language does not expect one: in a static's initialiser, an assertion, "
    "a loop over a part of a temporary",
    Tier::Default,
    Topic::Suspension,
    Fix::None,
    SuspendingInitializerOptions,
    makeCheck<SuspendingInitializer>,
};

namespace {

void SuspendingInitializer::checkStatic(const VarDecl &V, const model::AwaitPoint &P) {
  const bool IsThreadLocal = V.getTLSKind() != VarDecl::TLS_None;
  if (auto Finding = report(
          P.At->getExprLoc(),
          "the coroutine is suspended while it initialises the %select{static|thread_local}0 '%1': "
          "another coroutine that comes here %select{waits for it and blocks the thread: a "
          "deadlock "
          "if that thread is to resume this one|finds it half initialised}0")) {
    *Finding << IsThreadLocal << V.getName();
    Finding->advice(V.getLocation(),
                    "await the value first, into a local, and initialise '%0' with that")
        << V.getName();
  }
}

void SuspendingInitializer::checkAssertion(const model::AwaitPoint &P, model::Unit &U) {
  std::optional<llvm::StringRef> Macro;
  if (P.At->getExprLoc().isMacroID())
    Macro = U.get<model::Macros>().leftOutAround(
        P.At->getExprLoc(), isSet("Assertions"),
        [&](llvm::StringRef Name) { return isListed("Assertions", Name); });
  if (!Macro) {
    if (P.At->getExprLoc().isMacroID())
      U.leave(P.At->getExprLoc(), [] { return "no macro here leaves out its argument"; });
    return;
  }
  if (auto Finding =
          report(P.At->getExprLoc(), "a release build skips this 'co_await': it leaves out '%0'"))
    *Finding << *Macro;
}

void SuspendingInitializer::checkRange(const CXXForRangeStmt &For, const FunctionDecl &F,
                                       model::Unit &U) {
  if (!For.getRangeInit())
    return;
  const Expr *Lost = model::lostTemporary(For);
  if (!Lost || U.context().getLangOpts().CPlusPlus23) {
    U.leave(For.getForLoc(), [&] {
      return Lost ? "from C++23 on, the temporaries of the range live as long as the loop"
                  : "the range is no part of a temporary that ends before the loop";
    });
    return;
  }
  for (const model::AwaitPoint *P : model::awaitPointsBelow(*For.getRangeInit(), F, U))
    if (auto Finding = report(P->At->getExprLoc(),
                              "the loop runs over a part of what is awaited here, which is "
                              "destroyed before the loop begins")) {
      Finding->advice(For.getRangeInit()->getBeginLoc(),
                      "keep it in a local first; from C++23 on, it lives as long as the loop");
      return;
    }
}

void SuspendingInitializer::checkFunction(const FunctionDecl &F, model::Unit &U) {
  if (!model::isCoroutine(F))
    return;
  for (const model::AwaitPoint &P : model::awaitPointsIn(F, U))
    checkAssertion(P, U);
  model::walkEvaluated(model::writtenBody(F), [&](const Stmt &S) {
    if (const auto *Declares = dyn_cast<DeclStmt>(&S)) {
      for (const Decl *D : Declares->decls())
        if (const auto *V = dyn_cast<VarDecl>(D); V && V->isStaticLocal() && V->getInit())
          for (const model::AwaitPoint *P : model::awaitPointsBelow(*V->getInit(), F, U)) {
            if (P->Ready)
              U.leave(P->At->getExprLoc(), [] {
                return "the awaiter is always ready: the coroutine is not suspended in the "
                       "initialiser";
              });
            else
              checkStatic(*V, *P);
          }
    } else if (const auto *For = dyn_cast<CXXForRangeStmt>(&S)) {
      checkRange(*For, F, U);
    }
    return true;
  });
}

} // namespace
} // namespace corolint::checks
