//===- Calls.h - The calls that a function makes -------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_CODE_CALLS_H
#define COROLINT_MODEL_CODE_CALLS_H

#include "model/code/Call.h"
#include <vector>

namespace corolint::model {

/// The calls that \p F itself makes, in the order of the source: see walkEvaluated. Left out is
/// what CORO_ALLOW_BLOCKING stands before. Destructors of locals and members come last.
const std::vector<Call> &callsIn(const clang::FunctionDecl &F, Unit &U);

} // namespace corolint::model

#endif // COROLINT_MODEL_CODE_CALLS_H
