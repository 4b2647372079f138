//===- Beside.h - Coroutines that run beside the others ---------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_BESIDE_H
#define COROLINT_MODEL_BESIDE_H

#include "clang/AST/Decl.h"
#include "llvm/ADT/DenseSet.h"
#include <vector>

namespace corolint::model {

class Unit;

/// A coroutine that somebody in the unit starts and goes on, so that it runs while others do.
struct StartedBeside {
  const clang::FunctionDecl *Which = nullptr;
  clang::SourceLocation At; ///< where it is started
  bool Often = false;       ///< in a loop, on one object: it runs beside itself
  /// Itself and what it calls, directly or through other functions of the unit.
  llvm::DenseSet<const clang::FunctionDecl *> Reaches = {};
};

/// The coroutines whose task is given to a function that is not itself awaited (`co_spawn`),
/// together with others to one (`gather`, `&&`), or dropped where it runs on by itself. Not known:
/// what is started through a plain lambda, as by `queue.submit([this] { return work(); })`, since
/// such a queue may run one after the other. Asked for through Unit::startedBeside, which keeps
/// them.
std::vector<StartedBeside> findStartedBeside(Unit &U);

} // namespace corolint::model

#endif // COROLINT_MODEL_BESIDE_H
