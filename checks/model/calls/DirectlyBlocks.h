//===- DirectlyBlocks.h - Does one call block by itself -------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_CALLS_DIRECTLYBLOCKS_H
#define COROLINT_MODEL_CALLS_DIRECTLYBLOCKS_H

#include "knowledge/Knowledge.h"
#include "model/code/Call.h"

namespace corolint::model {

/// A family, or the loops.
using Category = unsigned;
inline constexpr Category LoopCategory = static_cast<Category>(Family::ConsoleOutput) + 1;

inline constexpr int Always = -1;

/// What is known of one call by itself, without looking into what it calls.
struct Direct {
  enum { Nothing, Harmless, Blocks } Is = Nothing;
  const Entry *Known = nullptr;
  Category Waits = 0;
  bool Certain = true;
  int IfParameter = Always; ///< only if this argument of the caller …
  int IfNot = 0;            ///< … fulfils no `unless` about this argument of the call
};

/// What knowledge says of this call with these arguments.
Direct direct(const Call &Site, const clang::FunctionDecl &In, Unit &U);

} // namespace corolint::model

#endif // COROLINT_MODEL_CALLS_DIRECTLYBLOCKS_H
