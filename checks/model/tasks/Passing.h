//===- Passing.h - What a call does with a task it is given --------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_TASKS_PASSING_H
#define COROLINT_MODEL_TASKS_PASSING_H

#include "clang/AST/Decl.h"
#include "llvm/ADT/StringRef.h"

namespace corolint::model {

struct Call;
class Unit;

/// What a call does with a task or callable that is passed to it: by an annotation, by an entry, or
/// by the body of what is called, where that is visible.
enum class Passing {
  Ignores, ///< it looks at it at most
  Unknown,
  Awaits,    ///< it has ended when the call has
  Wraps,     ///< it is a part of what the call gives
  Stores,    ///< it is kept after the call
  Consumes,  ///< the duty to await it is taken over
  Offloads,  ///< it runs on a worker
  Elsewhere, ///< it runs on a thread that nobody knows
  Detaches,  ///< it runs on, and nobody waits for it: a named consent
};
llvm::StringRef nameOf(Passing P);

/// \p Arg: the number of an argument, or Condition::Object.
Passing passingOf(const Call &Site, int Arg, const clang::FunctionDecl &In, Unit &U);

} // namespace corolint::model

#endif // COROLINT_MODEL_TASKS_PASSING_H
