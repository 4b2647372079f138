//===- Blocking.h - Does a call block, and by which chain -------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_RUN_BLOCKING_H
#define COROLINT_MODEL_RUN_BLOCKING_H

#include "knowledge/Knowledge.h"
#include "model/code/Call.h"
#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"
#include <memory>
#include <optional>
#include <vector>

namespace corolint::model {

class Unit;

/// Why a call blocks.
struct Cause {
  bool Loop = false;             ///< it turns a loop or waits for a task, instead of Waits
  Family Waits = Family::Thread; ///< what it waits for
  bool Certain = true;           ///< false: the mode of a descriptor, or some override, decides
  const Entry *Known = nullptr;  ///< what is known about the last function of the chain

  struct Step {
    clang::SourceLocation At;          ///< the call
    const clang::FunctionDecl *Callee; ///< what it calls
  };
  /// From the call that was asked about to the function that is known to block.
  llvm::SmallVector<Step, 4> Chain;
  /// The call that was asked about.
  Call Site;
};

/// Which causes a rule wants to hear of.
struct Wanted {
  bool Loops = false;
  llvm::SmallVector<Family, 12> Families;
  bool Uncertain = false;
  /// The ends of scopes in the coroutine itself, instead of its calls.
  bool ScopeEnds = false;
};

/// Answers for a whole unit. The graph of calls below its coroutines is built once; what blocks is
/// found backwards from the functions that are known to, so that each chain is a shortest one and
/// recursion needs no care. The bodies of functions in system headers are not looked into.
class Blocking {
public:
  explicit Blocking(Unit &U);
  ~Blocking();

  /// The calls that block in the async context of \p F (see asyncBodies), in the order of the
  /// source: the strongest cause for each. Left out is what runs on a worker (after a hop, or
  /// because the coroutine is started there), what is handed to an offload, and what only runs on
  /// the way to an abort; what runs nobody knows where is uncertain.
  std::vector<Cause> in(const clang::FunctionDecl &F, const Wanted &W);

  /// Why a call of \p F blocks, whatever its arguments: for tests and `corolint why`.
  std::optional<Cause> of(const clang::FunctionDecl &F, const Wanted &W);

private:
  struct Graph;
  Graph &graph();

  Unit &U;
  std::unique_ptr<Graph> Calls;
};

} // namespace corolint::model

#endif // COROLINT_MODEL_RUN_BLOCKING_H
