//===- WayOut.h - Ending an object before a suspension --------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_FIX_WAYOUT_H
#define COROLINT_MODEL_FIX_WAYOUT_H

#include "model/state/Held.h"
#include "clang/Basic/Diagnostic.h"
#include <optional>

namespace corolint::model {

/// A proposal of how an object is no longer held where the coroutine suspends: an edit that
/// compiles, of which only the author can say that it keeps what the lock is for.
struct WayOut {
  bool Scope = false; ///< braces around its use; else a call that unlocks it
  llvm::SmallVector<clang::FixItHint, 2> Edits;
};

/// Braces, where the object and the suspension stand in the same block with statements between, and
/// nothing that is declared there is used from the suspension on; else `guard.unlock()` before the
/// statement that suspends, where the guard can do that. Nothing in macros, and for what is no
/// local of its own.
std::optional<WayOut> wayOut(const HeldAcross &Held, const clang::FunctionDecl &F, Unit &U);

} // namespace corolint::model

#endif // COROLINT_MODEL_FIX_WAYOUT_H
