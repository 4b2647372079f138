//===- Yields.h - Whether others run while a coroutine awaits ---------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_TASKS_YIELDS_H
#define COROLINT_MODEL_TASKS_YIELDS_H

#include "model/types/Coroutine.h"

namespace corolint::model {

/// Others may run at this `co_await` or `co_yield`. Not where its awaiter is always ready, nor
/// where it awaits a lazy coroutine of the unit that is resumed in place and has no such point
/// itself.
bool mayYield(const AwaitPoint &P, Unit &U);

} // namespace corolint::model

#endif // COROLINT_MODEL_TASKS_YIELDS_H
