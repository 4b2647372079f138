//===- BlockingCall.cpp - coro-blocking-call --------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Check.h"
#include "ast/Names.h"
#include "knowledge/Knowledge.h"
#include "knowledge/Words.h"
#include "model/Unit.h"
#include "model/code/Call.h"
#include "model/code/Walk.h"
#include "model/fix/AwaitableForm.h"
#include "model/fix/Edits.h"
#include "model/types/Coroutine.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLExtras.h"

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

/// The coroutine is the counterpart: what it calls is its own way of blocking, and awaiting itself
/// would never end.
bool awaitsItself(const model::AsyncCounterpart &T, const FunctionDecl &F) {
  llvm::StringRef Called = llvm::StringRef(T.Write).split('(').first;
  Called = Called.substr(Called.find_last_of(" .:>") + 1);
  return F.getIdentifier() && F.getName() == Called;
}

/// One cause, one finding: what was opened in this coroutine is found where it is opened, and not
/// again where it is read, written and closed.
class Opened {
public:
  Opened(const FunctionDecl &F, llvm::ArrayRef<model::BlockingWitness> Witnesses) {
    llvm::DenseMap<const Expr *, const VarDecl *> Made;
    if (llvm::any_of(Witnesses, isOfFile))
      model::walkEvaluated(model::writtenBody(F), [&](const Stmt &S) {
        if (const auto *Declares = dyn_cast<DeclStmt>(&S))
          for (const Decl *D : Declares->decls())
            if (const auto *V = dyn_cast<VarDecl>(D); V && V->getInit())
              Made[model::bare(V->getInit())] = V;
        if (const auto *Assign = dyn_cast<BinaryOperator>(&S); Assign && Assign->isAssignmentOp())
          if (const VarDecl *V = model::variableIn(Assign->getLHS()))
            Made[model::bare(Assign->getRHS())] = V;
        return true;
      });
    for (const model::BlockingWitness &C : Witnesses) {
      if (!isOfFile(C))
        continue;
      const VarDecl *V = Made.lookup(C.Site.Written);
      if (!V && C.Site.Object && simpleName(*C.Site.Callee) == "open")
        V = streamOf(C.Site.Object);
      if (V && isStream(V->getType()))
        By.try_emplace(V, C.Site.Written);
    }
  }

  bool isUseOf(const model::BlockingWitness &C) const {
    if (!isOfFile(C) || By.empty())
      return false;
    auto Uses = [&](const Expr *E) {
      const VarDecl *V = E ? streamOf(E) : nullptr;
      auto Found = V ? By.find(V) : By.end();
      return Found != By.end() && Found->second != C.Site.Written;
    };
    return Uses(C.Site.Object) || llvm::any_of(C.Site.Args, Uses);
  }

private:
  static bool isOfFile(const model::BlockingWitness &C) {
    return C.Waits == model::Family::File && C.Chain.size() == 1 && C.Certain;
  }
  static bool isStream(QualType T) {
    if (const auto *Pointer = T->getAs<PointerType>())
      T = Pointer->getPointeeType();
    return T->getAsCXXRecordDecl() != nullptr; // FILE is one, too
  }
  /// `out << a << b` is about out.
  static const VarDecl *streamOf(const Expr *E) {
    E = model::bare(E);
    while (const auto *Shift = dyn_cast<CXXOperatorCallExpr>(E)) {
      if (Shift->getNumArgs() != 2)
        break;
      E = model::bare(Shift->getArg(0));
    }
    return model::variableIn(E);
  }
  static llvm::StringRef simpleName(const FunctionDecl &F) { return model::simpleName(F); }

  llvm::DenseMap<const VarDecl *, const Expr *> By;
};

/// Says which statements the user accepted.
void explainAllowed(const FunctionDecl &F, model::Unit &U) {
  model::walkEvaluated(model::writtenBody(F), [&](const Stmt &S) {
    if (!model::allowsBlocking(S))
      return true;
    U.leave(S.getSourceRange(), [] { return "accepted by CORO_ALLOW_BLOCKING"; });
    return false;
  });
}

void BlockingCall::checkFunction(const FunctionDecl &F, model::Unit &U) {
  if (U.decisions())
    explainAllowed(F, U);
  model::Wanted Wanted;
  Wanted.Uncertain = wantsArguable(U);
  for (model::Family Each : model::allFamilies())
    if (wants(Each, U))
      Wanted.Families.push_back(Each);

  const std::vector<model::BlockingWitness> Witnesses = U.get<model::Blocking>().in(F, Wanted);
  const Opened Streams(F, Witnesses);
  // A helper is one finding in a coroutine; its other calls are notes.
  llvm::DenseMap<const FunctionDecl *, llvm::SmallVector<SourceLocation, 2>> Helpers;
  for (const model::BlockingWitness &C : Witnesses)
    if (C.Chain.size() > 1 && (C.Certain || strict(U)))
      Helpers[C.Chain.front().Callee].push_back(C.Site.At);
  for (const model::BlockingWitness &C : Witnesses) {
    if (Streams.isUseOf(C)) {
      U.leave(C.Site.At,
              [] { return "the file was opened in this coroutine: the finding is there"; });
      continue;
    }
    auto Others = C.Chain.size() > 1 && (C.Certain || strict(U))
                      ? Helpers.find(C.Chain.front().Callee)
                      : Helpers.end();
    if (Others != Helpers.end() && Others->second.front() != C.Site.At) {
      U.leave(C.Site.At, [&] {
        return quotedStep(C, 0) + " blocks, and is reported once in this function: " +
               model::lineOf(Others->second.front(), U.context().getSourceManager());
      });
      continue;
    }
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

    const std::optional<model::AwaitableForm> Form = model::awaitableForm(C, F, U);
    const CXXRecordDecl *Task = model::returnedClass(F);
    const model::AsyncCounterpart *AsyncCounterpart =
        Task && C.Chain.size() == 1 && !(Form && Form->Fix)
            ? U.knowledge().counterpart(*C.Site.Callee, C.Site.objectClass(), *Task)
            : nullptr;
    if (Form && Form->Fix)
      *Finding << *Form->Fix;
    if (AsyncCounterpart && C.Site.Written && !awaitsItself(*AsyncCounterpart, F) &&
        model::mayCoAwaitAt(*C.Site.Written, F, U))
      if (std::optional<FixItHint> Written =
              model::writeCounterpart(C.Site, *AsyncCounterpart, F, U)) {
        std::vector<std::string> Headers = AsyncCounterpart->MoreHeaders;
        Headers.insert(Headers.begin(), AsyncCounterpart->Header);
        *Finding << *Written;
        if (std::optional<FixItHint> Includes = model::addIncludes(Headers, C.Site.At, U))
          *Finding << *Includes;
      }
    noteChain(*Finding, C, F, U);
    if (Others != Helpers.end())
      for (SourceLocation At : llvm::drop_begin(Others->second))
        Finding->step(At, "%0 is called here as well") << quotedStep(C, 0);
  }
}

bool BlockingCall::wants(model::Family F, model::Unit &U) const {
  std::string Name = model::optionNameOf(F);
  auto Said = U.knowledge().Families.find(model::nameOf(F));
  return !isSet(Name) && Said != U.knowledge().Families.end() ? Said->second : flag(Name);
}

} // namespace
} // namespace corolint::checks
