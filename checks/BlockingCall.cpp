//===- BlockingCall.cpp - coro-blocking-call --------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Check.h"
#include "model/Coroutine.h"
#include "model/Edits.h"
#include "model/Knowledge.h"

using namespace clang;

namespace corolint::checks {
namespace {

constexpr Option BlockingCallOptions[] = {
    {"Sleep", "true", "report sleeping"},
    {"Thread", "true", "report waiting for threads, futures, condition variables and the like"},
    {"Process", "true", "report waiting for another process"},
    {"Dns", "true", "report looking up names"},
    {"ConsoleInput", "true", "report waiting for a person to type"},
    {"Network", "true", "report sockets and clients that wait for the network"},
    {"Database", "true", "report clients that wait for a database"},
    {"Ipc", "true", "report message queues and file locks"},
    {"File", "true", "report what touches the disk"},
    {"Lock", "false", "report taking a lock, however short"},
    {"ConsoleOutput", "false", "report writing to the console and the system log"},
};

class BlockingCall : public Check {
public:
  using Check::Check;

private:
  void checkFunction(const FunctionDecl &F, model::Unit &U) override;
  bool wants(model::Family F, model::Unit &U) const;
};

} // namespace

extern const Rule BlockingCallEntry = {
    "coro-blocking-call",
    "a call that blocks the event loop, directly or through the functions it calls",
    Tier::Default,
    Topic::Blocking,
    Fix::Safe,
    BlockingCallOptions,
    makeCheck<BlockingCall>,
};

namespace {

/// The coroutine is the twin: what it calls is its own way of blocking, and awaiting itself would
/// never end.
bool awaitsItself(const model::Twin &T, const FunctionDecl &F) {
  llvm::StringRef Called = llvm::StringRef(T.Write).split('(').first;
  Called = Called.substr(Called.find_last_of(" .:>") + 1);
  return F.getIdentifier() && F.getName() == Called;
}

void BlockingCall::checkFunction(const FunctionDecl &F, model::Unit &U) {
  model::Wanted Wanted;
  Wanted.Uncertain = strict(U);
  for (model::Family Each : model::allFamilies())
    if (wants(Each, U))
      Wanted.Families.push_back(Each);

  for (const model::Cause &C : U.blocking().in(F, Wanted)) {
    std::string Reason = C.Chain.size() == 1   ? C.Known->Why
                         : C.Chain.size() == 2 ? "calls " + quotedStep(C, C.Chain.size() - 1)
                                               : "leads to " + quotedStep(C, C.Chain.size() - 1);
    auto Finding =
        report(C.Site.At,
               C.Certain ? "%0 blocks the event loop: it %1" : "%0 may block the event loop: it %1",
               shownIf(C.Certain));
    if (!Finding)
      continue;
    *Finding << quotedStep(C, 0) << Reason;

    const CXXRecordDecl *Task = model::returnedClass(F);
    const model::Twin *Twin = Task && C.Chain.size() == 1
                                  ? U.knowledge().twin(*C.Site.Callee, C.Site.objectClass(), *Task)
                                  : nullptr;
    if (Twin && C.Site.Written && !awaitsItself(*Twin, F) &&
        model::mayCoAwaitAt(*C.Site.Written, F, U))
      if (std::optional<FixItHint> Written = model::writeTwin(C.Site, *Twin, F, U)) {
        std::vector<std::string> Headers = Twin->MoreHeaders;
        Headers.insert(Headers.begin(), Twin->Header);
        *Finding << *Written;
        if (std::optional<FixItHint> Includes = model::addIncludes(Headers, C.Site.At, U))
          *Finding << *Includes;
      }
    Finding.reset(); // the notes come after it
    noteChain(C, F, U);
  }
}

bool BlockingCall::wants(model::Family F, model::Unit &U) const {
  std::string Name = model::optionNameOf(F);
  auto Said = U.knowledge().Families.find(model::nameOf(F));
  return !isSet(Name) && Said != U.knowledge().Families.end() ? Said->second : flag(Name);
}

} // namespace
} // namespace corolint::checks
