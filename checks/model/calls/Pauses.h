//===- Pauses.h - Awaiting nothing but time -----------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_CALLS_PAUSES_H
#define COROLINT_MODEL_CALLS_PAUSES_H

#include "model/types/Coroutine.h"

namespace corolint::model {

/// A duration or time point of std::chrono.
bool isTime(clang::QualType T);

/// The call that is awaited, if that waits for time, or lets others run, and for nothing else: it
/// is known to, it is a hop, or it is a function that is given a time and nothing else, and gives
/// nothing back. Else null.
const clang::CallExpr *pauseAt(const AwaitPoint &P, const clang::FunctionDecl &F, Unit &U);

} // namespace corolint::model

#endif // COROLINT_MODEL_CALLS_PAUSES_H
