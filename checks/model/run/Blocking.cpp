//===- Blocking.cpp - Does a call block, and by which chain ---------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/run/Blocking.h"
#include "ast/Classes.h"
#include "knowledge/Words.h"
#include "model/Unit.h"
#include "model/calls/DirectlyBlocks.h"
#include "model/code/Calls.h"
#include "model/code/Cfg.h"
#include "model/code/Walk.h"
#include "model/run/BlockingReasons.h"
#include "model/run/Chains.h"
#include "model/run/Threads.h"
#include "model/types/Coroutine.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace corolint::model {
namespace {

/// The chain runs a lambda that is written neither in \p F nor in a function of the chain: somebody
/// gave it to the coroutine, and knows better where that coroutine runs (an executor's bridge).
bool runsForeignLambda(const BlockingWitness &C, const FunctionDecl &F) {
  for (const BlockingWitness::Step &Step : C.Chain) {
    const auto *Method = dyn_cast<CXXMethodDecl>(Step.Callee);
    if (!Method || !Method->getParent()->isLambda())
      continue;
    bool Own = Method->getParent()->getDeclContext()->isFileContext();
    for (const DeclContext *D = Method->getParent()->getDeclContext(); D && !Own;
         D = D->getParent())
      Own = D == &F || llvm::any_of(C.Chain, [&](const BlockingWitness::Step &Other) {
              return Other.Callee != Step.Callee && D == Other.Callee;
            });
    if (!Own)
      return true;
  }
  return false;
}

/// A lambda that never suspends, in a plain function, may be the one who runs the loop:
/// `sync_wait(when_all(work(), [&]() -> task<> { io.run(); co_return; }()))`.
bool mayRunTheLoop(const FunctionDecl &F, Unit &U) {
  const auto *Method = dyn_cast<CXXMethodDecl>(&F);
  const auto *Around = Method && Method->getParent()->isLambda()
                           ? dyn_cast_or_null<FunctionDecl>(Method->getParent()->getDeclContext())
                           : nullptr;
  return Around && isCoroutine(F) && !isCoroutine(*Around) && suspensionsIn(F, U).empty();
}

} // namespace

/// The calls in one async context, for one rule.
class Blocking::AsyncCalls {
public:
  AsyncCalls(Unit &U, Chains &Found, const FunctionDecl &F, llvm::ArrayRef<AsyncBody> Bodies,
             const Wanted &W)
      : U(U), Found(Found), F(F), Bodies(Bodies), W(W), Threads(U.get<Hops>(F)),
        MayRunTheLoop(mayRunTheLoop(F, U)) {
    for (const AsyncBody &B : Bodies)
      Separate.insert(B.Body);
  }

  std::vector<BlockingWitness> causes();

private:
  bool isAsked(const AsyncBody &B, const Call &Site) const;
  std::optional<BlockingWitness> causeOf(const AsyncBody &B, const CallGraph::Node &N, unsigned I);
  bool runsOwnCode(BlockingWitness &C);
  bool runsOnTheLoop(BlockingWitness &C, const AsyncBody &B);
  void explain(const CallGraph::Node &N, unsigned I);

  Unit &U;
  Chains &Found;
  const FunctionDecl &F;
  const llvm::ArrayRef<AsyncBody> Bodies;
  const Wanted &W;
  const Hops &Threads;
  const bool MayRunTheLoop;
  llvm::DenseSet<const FunctionDecl *> Separate; ///< the bodies
};

std::vector<BlockingWitness> Blocking::AsyncCalls::causes() {
  std::vector<BlockingWitness> Result;
  for (const AsyncBody &B : Bodies) {
    std::optional<unsigned> Id = Found.calls().idOf(*B.Body);
    if (!Id)
      continue;
    const CallGraph::Node &N = Found.calls().nodes()[*Id];
    for (unsigned I = 0; I != N.Sites.size(); ++I)
      if (isAsked(B, N.Sites[I]))
        if (std::optional<BlockingWitness> C = causeOf(B, N, I))
          Result.push_back(std::move(*C));
  }
  return Result;
}

bool Blocking::AsyncCalls::isAsked(const AsyncBody &B, const Call &Site) const {
  if ((Site.Destroyed != nullptr) != W.ScopeEnds)
    return false;
  // A lambda that is called on the spot is a body of its own here.
  const FunctionDecl *Called = CallGraph::definitionOf(*Site.Callee);
  return !Called || Called == B.Body || !Separate.contains(Called);
}

std::optional<BlockingWitness> Blocking::AsyncCalls::causeOf(const AsyncBody &B,
                                                             const CallGraph::Node &N, unsigned I) {
  const Call &Site = N.Sites[I];
  std::optional<BlockingWitness> C = Found.causeOf(N, I, W);
  if (!C) {
    if (U.decisions())
      explain(N, I);
    return std::nullopt;
  }
  if (!Found.calls().isLive(N, Site)) {
    U.leave(Site.At, [&] {
      return namedAs(*Site.Callee) +
             " is called only in unreachable code, or on the way to an abort";
    });
    return std::nullopt;
  }
  return runsOwnCode(*C) && runsOnTheLoop(*C, B) ? C : std::nullopt;
}

/// Whether the rule wants to hear of it although somebody else may decide where this code runs.
bool Blocking::AsyncCalls::runsOwnCode(BlockingWitness &C) {
  if (runsForeignLambda(C, F)) {
    U.leave(C.Site.At, [&] {
      return namedAs(*C.Site.Callee) +
             " runs a callable that the coroutine was given: the caller knows "
             "where the coroutine runs";
    });
    if (!W.Uncertain)
      return false;
    C.Certain = false;
  }
  if (C.Loop && MayRunTheLoop && llvm::none_of(C.Chain, [&](const BlockingWitness::Step &Step) {
        return waitsForTask(*Step.Callee, U);
      })) {
    U.leave(C.Site.At, [&] {
      return namedAs(F) + " never suspends, in a function that is no coroutine: it may be the one "
                          "that drives the loop";
    });
    if (!W.Uncertain)
      return false;
    C.Certain = false;
  }
  return true;
}

/// Likewise, for where the context itself is.
bool Blocking::AsyncCalls::runsOnTheLoop(BlockingWitness &C, const AsyncBody &B) {
  const Call &Site = C.Site;
  // On the way to an abort: where the lambda is called.
  const Cfg *Whole = B.CalledAt ? cfgOf(F, U) : nullptr;
  if (Whole && !Whole->isLive(*B.CalledAt)) {
    U.leave(Site.At, [] { return "it runs only on the way to an abort"; });
    return false;
  }
  const Expr *Evaluated = B.CalledAt ? B.CalledAt : Site.Around ? Site.Around : Site.Written;
  const Where Runs = B.GivenAway ? Where::Unknown : Threads.at(Evaluated, U);
  if (Runs != Where::Loop)
    U.leave(Site.At,
            [&] { return whyElsewhere(Evaluated, Runs, F, B.GivenAway ? B.Body : nullptr, U); });
  C.Certain &= Runs == Where::Loop;
  return Runs == Where::Loop || (Runs == Where::Unknown && W.Uncertain);
}

/// Says why the rule does not hear of the call: for who asks about its line.
void Blocking::AsyncCalls::explain(const CallGraph::Node &N, unsigned I) {
  const Call &Site = N.Sites[I];
  Wanted Any = W;
  Any.Loops = Any.Uncertain = true;
  Any.Families.assign(allFamilies().begin(), allFamilies().end());
  const std::optional<BlockingWitness> Other = Found.causeOf(N, I, Any);
  if (Other && Other->Loop != W.Families.empty())
    return; // another rule's
  if (Other)
    return U.leave(Site.At, [&] {
      const std::string Family = nameOf(Other->Waits).str();
      return namedAs(*Site.Callee) + " blocks, but " +
             (W.ScopeEnds ? "what the family '" + Family +
                                "' does at the end of a scope is reported "
                                "where it is used"
                          : "the family '" + Family + "' is off: the option '" +
                                optionNameOf(Other->Waits) + "'");
    });
  if (W.Families.empty() || (W.ScopeEnds && N.Known[I].Is == Direct::Nothing))
    return;
  U.leave(Site.At, [&] { return whyHarmless(Site, *N.F, !N.Targets[I].empty(), U); });
}

Blocking::Blocking(Unit &U) : U(U) {}
Blocking::~Blocking() = default;

Chains &Blocking::chains() {
  if (!Found)
    Found = std::make_unique<Chains>(U);
  return *Found;
}

std::vector<BlockingWitness> Blocking::in(const FunctionDecl &F, const Wanted &W) {
  const CallGraph::AsyncContexts &All = chains().calls().asyncContexts();
  if (const auto Async = All.find(&F); Async != All.end())
    return AsyncCalls(U, *Found, F, Async->second, W).causes();
  if (U.decisions())
    explainOutside(F, W);
  return {};
}

/// Of a function that is no part of an async context, why the rule does not hear of its calls.
void Blocking::explainOutside(const FunctionDecl &F, const Wanted &W) {
  const CallGraph &Calls = chains().calls();
  for (const auto &[Of, Parts] : Calls.asyncContexts())
    if (llvm::any_of(Parts, [&](const AsyncBody &B) { return B.Body == &F; }))
      return; // it is looked at with what it is called in
  const std::optional<unsigned> Id = Calls.idOf(F);
  const std::vector<Call> &Sites = Id ? Calls.nodes()[*Id].Sites : callsIn(F, U);
  for (unsigned I = 0; I != Sites.size(); ++I) {
    const Call &Site = Sites[I];
    if ((Site.Destroyed != nullptr) != W.ScopeEnds || !U.decisions()->covers(Site.At))
      continue;
    const Direct D = direct(Site, F, U);
    if (Id ? Found->causeOf(Calls.nodes()[*Id], I, W).has_value()
           : D.Is == Direct::Blocks && (D.Waits == LoopCategory ? W.Loops : !W.Loops))
      U.leave(Site.At, [&] { return whyNotAsync(F, U); });
    else if (W.Loops || W.ScopeEnds || D.Is == Direct::Blocks)
      continue;
    else if (Id || D.Is == Direct::Harmless)
      U.leave(Site.At, [&] {
        return whyHarmless(Site, F, Id && !Calls.nodes()[*Id].Targets[I].empty(), U);
      });
    else if (Site.Callee->getIdentifier()) // nobody has looked into it
      U.leave(Site.At, [&] { return whyNotAsync(F, U); });
  }
}

std::optional<BlockingWitness> Blocking::of(const FunctionDecl &F, const Wanted &W) {
  const CallGraph &Calls = chains().calls();
  std::optional<unsigned> Id = Calls.idOf(F);
  if (!Id)
    return std::nullopt;
  const CallGraph::Node &N = Calls.nodes()[*Id];
  for (unsigned I = 0; I != N.Sites.size(); ++I)
    if (std::optional<BlockingWitness> C = Found->causeOf(N, I, W))
      return C;
  return std::nullopt;
}

} // namespace corolint::model
