//===- Paths.cpp - Whether a path leads somewhere -------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/code/Paths.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/SmallVector.h"

using namespace clang;

namespace corolint::model {

bool anyPath(const Cfg *Graph, const Stmt &From,
             llvm::function_ref<Step(const Stmt *, bool &)> Visit, bool Flag) {
  const Cfg::Point Begin = Graph ? Graph->pointOf(From) : Cfg::Point();
  if (!Begin)
    return true;
  using Place = std::pair<const CFGBlock *, unsigned>; // with the flag
  llvm::DenseSet<Place> Seen;
  llvm::SmallVector<Place, 16> Open;
  bool Found = false;
  auto Follow = [&](const CFGBlock &B, unsigned First, bool Carried) {
    for (unsigned I = First; I < B.size(); ++I)
      if (std::optional<CFGStmt> Element = B[I].getAs<CFGStmt>()) {
        const Step Next = Visit(Element->getStmt(), Carried);
        Found |= Next == Step::Found;
        if (Next != Step::On)
          return;
      }
    for (const CFGBlock *Next : B.succs()) {
      if (!Next || (B.hasNoReturnElement() && Next == &Graph->graph().getExit()))
        continue;
      if (Next == &Graph->graph().getExit())
        Found |= Visit(nullptr, Carried) == Step::Found;
      else if (Seen.insert({Next, Carried}).second)
        Open.push_back({Next, Carried});
    }
  };
  Follow(*Begin.Block, Begin.Index + 1, Flag);
  while (!Found && !Open.empty()) {
    const Place Next = Open.pop_back_val();
    Follow(*Next.first, 0, Next.second);
  }
  return Found;
}

} // namespace corolint::model
