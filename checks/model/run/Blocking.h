//===- Blocking.h - Does a call block, and by which chain -------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_RUN_BLOCKING_H
#define COROLINT_MODEL_RUN_BLOCKING_H

#include "model/run/BlockingWitness.h"
#include <memory>
#include <optional>
#include <vector>

namespace corolint::model {

class Chains;
class Unit;

/// Answers for a whole unit.
class Blocking {
public:
  explicit Blocking(Unit &U);
  ~Blocking();

  /// The calls that block in the async context of \p F (see asyncBodies), in the order of the
  /// source: the strongest cause for each. Left out is what runs on a worker (after a hop, or
  /// because the coroutine is started there), what is handed to an offload, and what only runs on
  /// the way to an abort; what runs nobody knows where is uncertain.
  std::vector<BlockingWitness> in(const clang::FunctionDecl &F, const Wanted &W);

  /// Why a call of \p F blocks, whatever its arguments: for tests and `corolint why`.
  std::optional<BlockingWitness> of(const clang::FunctionDecl &F, const Wanted &W);

private:
  class AsyncCalls;
  Chains &chains();
  void explainOutside(const clang::FunctionDecl &F, const Wanted &W);

  Unit &U;
  std::unique_ptr<Chains> Found;
};

} // namespace corolint::model

#endif // COROLINT_MODEL_RUN_BLOCKING_H
