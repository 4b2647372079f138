//===- BlockingWitness.h - Why a call blocks ----------------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_RUN_BLOCKINGWITNESS_H
#define COROLINT_MODEL_RUN_BLOCKINGWITNESS_H

#include "knowledge/Words.h"
#include "model/code/Call.h"
#include "llvm/ADT/SmallVector.h"

namespace corolint::model {

/// Why a call blocks.
struct BlockingWitness {
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

} // namespace corolint::model

#endif // COROLINT_MODEL_RUN_BLOCKINGWITNESS_H
