//===- Flow.cpp - What is alive, and in which state, at each suspension -----===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Flow.h"
#include "../Host.h"
#include "Coroutine.h"
#include "LockFlow.h"
#include "Unit.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/Twine.h"
#include <map>

using namespace clang;

namespace corolint::model {

namespace {

/// Silence about a coroutine that is too large is no all-clear.
void noteUnfollowed(const FunctionDecl &F, Unit &U) {
  const SourceManager &SM = U.context().getSourceManager();
  const PresumedLoc At = SM.getPresumedLoc(SM.getExpansionLoc(F.getLocation()));
  unitStats().Unfollowed.push_back((llvm::Twine(At.isValid() ? At.getFilename() : "?") + ":" +
                                    llvm::Twine(At.isValid() ? At.getLine() : 0) + ": " +
                                    F.getQualifiedNameAsString())
                                       .str());
}

} // namespace

std::vector<HeldAcross> heldAcross(const FunctionDecl &F, Unit &U) {
  const llvm::ArrayRef<SuspensionPoint> Points = U.suspensions(F);
  llvm::SmallDenseMap<const Stmt *, unsigned, 16> Suspensions;
  for (auto [Index, P] : llvm::enumerate(Points))
    if (!P.Ready)
      Suspensions[P.At] = Index;
  LockFlow Flow(F, U, /*ForCaller=*/false);
  if (Suspensions.empty() || !Flow.collect())
    return {};
  if (!Flow.solve()) {
    noteUnfollowed(F, U);
    return {};
  }

  // Each lock is one finding, wherever it is held; so is what one call has locked.
  struct Found {
    unsigned Object;
    llvm::SmallVector<unsigned, 2> At;
    bool Certain = true;
  };
  std::map<std::pair<unsigned, SourceLocation>, Found> Result;
  constexpr unsigned Raw = ~0u;
  Flow.forEachStatement([&](const Stmt &S, const LockFlow::State &Here) {
    auto Point = Suspensions.find(&S);
    if (Point == Suspensions.end())
      return;
    for (const auto &[Id, Of] : Here) {
      if (!(Of.Now & Lock::Held) || (Of.Now & Lock::Unknown) || !Flow.isAlive(Id, S))
        continue;
      const bool IsRaw = Flow.objects()[Id].Public.Raw;
      Found &Into =
          Result.try_emplace({IsRaw ? Raw : Id, Of.Since}, Found{Id, {}, true}).first->second;
      Into.Object = std::min(Into.Object, Id);
      if (!llvm::is_contained(Into.At, Point->second))
        Into.At.push_back(Point->second);
      Into.Certain &= Of.Now == Lock::Held;
    }
  });

  std::multimap<unsigned, HeldAcross> Sorted; // by the first suspension
  for (auto &[Key, Each] : Result) {
    HeldAcross Held = Flow.objects()[Each.Object].Public;
    Held.Since = Key.second;
    Held.Certain = Each.Certain;
    llvm::sort(Each.At);
    for (unsigned Index : Each.At)
      Held.At.push_back(Points[Index].At);
    Sorted.emplace(Each.At.front(), std::move(Held));
  }
  std::vector<HeldAcross> Answer;
  for (auto &Each : Sorted)
    Answer.push_back(std::move(Each.second));
  return Answer;
}

} // namespace corolint::model
