//===- LoopEnds.h - What ends a loop ----------------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_RUN_LOOPENDS_H
#define COROLINT_MODEL_RUN_LOOPENDS_H

#include "model/code/Loops.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace corolint::model {

/// What decides that a loop ends: all of its condition, and of those of its exits.
struct LoopEnds {
  enum How {
    Unknown, ///< something that it does, or nobody can tell
    Never,   ///< it has no end
    Others,  ///< state of the program that nothing in the loop changes
    Time,    ///< a clock
  } By = Unknown;
  /// Of Others: what is asked, the member or variable that it is kept in.
  const clang::ValueDecl *State = nullptr;
  bool IsForOthers = false; ///< it is there to be changed by others: an atomic, a stop token
  bool AlsoTime = false;    ///< a clock may end the loop as well
};
/// What is awaited in the loop is not looked into, nor that for which \p Ignored is true.
LoopEnds whatEnds(const Loop &L, const clang::FunctionDecl &F, Unit &U,
                  llvm::function_ref<bool(const clang::Stmt &)> Ignored = nullptr);

} // namespace corolint::model

#endif // COROLINT_MODEL_RUN_LOOPENDS_H
