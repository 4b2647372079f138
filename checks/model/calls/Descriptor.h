//===- Descriptor.h - Whether a descriptor waits ----------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_CALLS_DESCRIPTOR_H
#define COROLINT_MODEL_CALLS_DESCRIPTOR_H

#include "knowledge/Knowledge.h"
#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"
#include <optional>

namespace corolint::model {

struct Call;
class Unit;

/// The mode of a descriptor: blocking is what this function has made so, whatever it is compared
/// with or kept in; unknown is what came from elsewhere, or what somebody got of whom nothing is
/// known, who may have changed it.
struct Mode {
  enum { Unknown, Blocking, NonBlocking } Is = Unknown;
  std::optional<Family> Waits = {}; ///< of one that was made here
};
/// Of the descriptor \p E that the call \p Site is given. One whose readiness was awaited, with no
/// other call on it since, does not wait.
Mode modeOf(const clang::Expr &E, const Call &Site, const clang::FunctionDecl &In, Unit &U);

} // namespace corolint::model

#endif // COROLINT_MODEL_CALLS_DESCRIPTOR_H
