//===- BlockingDestructor.cpp - coro-blocking-destructor --------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Check.h"
#include "knowledge/Words.h"
#include "model/Unit.h"
#include "model/calls/Objects.h"
#include "model/run/StartsNothing.h"
#include "model/types/TaskType.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/STLExtras.h"

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
bool isWaitedFor(const VarDecl &V, const model::Objects &Objects) {
  const model::ObjectName Whole = model::objectNameOf(V);
  std::vector<model::ObjectName> Paths = Objects.partPaths(Whole);
  Paths.push_back(Whole);
  return llvm::any_of(Paths, [&](const model::ObjectName &P) {
    return !Objects.awaitsOf(P).empty() ||
           llvm::any_of(llvm::ArrayRef<llvm::StringRef>{"join", "join_all", "wait", "get", "stop",
                                                        "shutdown"},
                        [&](llvm::StringRef Name) { return Objects.isCalled(P, Name, ""); });
  });
}

/// An operation that is awaited owns what resumes it: where nobody awaits it, nothing may have been
/// started that its destructor could wait for.
bool isAwaitable(const VarDecl &V, model::Unit &U) {
  const CXXRecordDecl *C = V.getType()->getAsCXXRecordDecl();
  if (!C)
    return false;
  const model::TaskType &T = U.get<model::TaskTypes>().of(*C);
  return T.Awaitable || T.Kind == model::TaskKind::Awaiter;
}

void BlockingDestructor::checkFunction(const FunctionDecl &F, model::Unit &U) {
  model::Wanted Wanted;
  Wanted.ScopeEnds = true;
  Wanted.Uncertain = wantsArguable(U);
  // What closes a file or a connection is reported where that is used.
  Wanted.Families = {model::Family::Sleep, model::Family::Thread,       model::Family::Process,
                     model::Family::Dns,   model::Family::ConsoleInput, model::Family::Ipc};
  for (const model::BlockingWitness &C : U.get<model::Blocking>().in(F, Wanted)) {
    if (C.Site.Part != "()" && isWaitedFor(*C.Site.Destroyed, U.get<model::Objects>(F))) {
      U.leave(C.Site.At, [&] {
        return "'" + C.Site.Destroyed->getNameAsString() +
               "' is joined, stopped or awaited before: its destructor has nothing left to wait "
               "for";
      });
      continue;
    }
    if (C.Site.Part.empty() && model::startsNothing(*C.Site.Destroyed, U)) {
      U.leave(C.Site.At, [&] {
        return "'" + C.Site.Destroyed->getNameAsString() +
               "' was made with a count of zero: its constructor starts nothing";
      });
      continue;
    }
    const bool Certain = C.Certain && !isAwaitable(*C.Site.Destroyed, U);
    if (C.Certain && !Certain)
      U.leave(C.Site.At, [&] {
        return "'" + C.Site.Destroyed->getNameAsString() +
               "' is an awaitable operation: before it is awaited, nothing may have been started";
      });
    if (!Certain && !Wanted.Uncertain)
      continue;
    std::string Reason = C.Chain.size() == 1 ? quotedStep(C, 0) + " " + C.Known->Why
                                             : "its destructor calls " + quotedStep(C, 1);
    auto Finding = report(C.Site.At,
                          "'%0' %select{may block|blocks}1 the event loop at the end of "
                          "its scope: %2",
                          shownIf(Certain));
    if (!Finding)
      continue;
    *Finding << C.Site.Destroyed->getName() << Certain << Reason;
    noteChain(*Finding, C, F, U);
  }
}

} // namespace
} // namespace corolint::checks
