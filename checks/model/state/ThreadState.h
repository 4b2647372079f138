//===- ThreadState.h - What belongs to a thread, used after a suspension -===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_STATE_THREADSTATE_H
#define COROLINT_MODEL_STATE_THREADSTATE_H

#include "knowledge/Words.h"
#include "model/state/Stale.h"
#include "model/state/ThreadLocal.h"
#include <vector>

namespace corolint::model {

class Unit;

/// A local that has something of its thread, and is used after a suspension that may change the
/// thread.
struct StaleThreadState {
  const clang::VarDecl *Variable = nullptr;
  ThreadLocal Local;            ///< that it refers to, or …
  const Entry *Known = nullptr; ///< … what is known of the call that gave it
  StaleUse Stale;
  bool Certain = true; ///< false: it is only compared, or asserted: that asks whether it changed
};

/// Those of a coroutine, in the order of the source. What it awaits is asked whether it brings it
/// back to its thread. Unit::leave says why others are none.
std::vector<StaleThreadState> staleThreadState(const clang::FunctionDecl &F, Unit &U);

} // namespace corolint::model

#endif // COROLINT_MODEL_STATE_THREADSTATE_H
