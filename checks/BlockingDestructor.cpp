//===- BlockingDestructor.cpp - coro-blocking-destructor --------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Check.h"
#include "model/Call.h"
#include "model/Coroutine.h"
#include "model/Knowledge.h"
#include "model/Uses.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/StringSwitch.h"

using namespace clang;

namespace corolint::checks {
namespace {

class BlockingDestructor : public Check {
public:
  using Check::Check;

private:
  void checkFunction(const FunctionDecl &F, model::Unit &U) override;
};

} // namespace

extern const Rule BlockingDestructorEntry = {
    "coro-blocking-destructor",
    "a local whose destructor blocks the event loop at the end of its scope",
    Tier::Default,
    Topic::Blocking,
    Fix::None,
    {},
    makeCheck<BlockingDestructor>,
};

namespace {

/// Somebody waits for it before: an awaited operation that is given it, or a call that is
/// coro-blocking-call's. Its destructor has nothing left to wait for then.
bool isWaitedFor(const VarDecl &V, const FunctionDecl &F) {
  bool Found = false;
  model::walkEvaluated(model::writtenBody(F), [&](const Stmt &S) {
    if (const auto *Await = dyn_cast<CoawaitExpr>(&S))
      Found |= model::mentions(Await->getOperand(), V);
    if (const auto *Member = dyn_cast<CXXMemberCallExpr>(&S))
      if (const CXXMethodDecl *M = Member->getMethodDecl();
          M && M->getIdentifier() && model::variableIn(Member->getImplicitObjectArgument()) == &V)
        Found |= llvm::StringSwitch<bool>(M->getName())
                     .Cases({"join", "join_all", "wait", "get", "stop", "shutdown"}, true)
                     .Default(false);
    return !Found;
  });
  return Found;
}

void BlockingDestructor::checkFunction(const FunctionDecl &F, model::Unit &U) {
  model::Wanted Wanted;
  Wanted.ScopeEnds = true;
  Wanted.Uncertain = strict(U);
  // What closes a file or a connection is reported where that is used.
  Wanted.Families = {model::Family::Thread, model::Family::Process};
  for (const model::Cause &C : U.blocking().in(F, Wanted)) {
    if (isWaitedFor(*C.Site.Destroyed, F))
      continue;
    std::string Reason = C.Chain.size() == 1 ? quotedStep(C, 0) + " " + C.Known->Why
                                             : "its destructor calls " + quotedStep(C, 1);
    auto Finding = report(C.Site.At,
                          "'%0' %select{may block|blocks}1 the event loop at the end of "
                          "its scope: %2",
                          shownIf(C.Certain));
    if (!Finding)
      continue;
    *Finding << C.Site.Destroyed->getName() << C.Certain << Reason;
    Finding.reset();
    noteChain(C, F, U);
  }
}

} // namespace
} // namespace corolint::checks
