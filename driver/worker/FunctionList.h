//===- FunctionList.h - The functions of a unit, by name ----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_DRIVER_WORKER_FUNCTIONLIST_H
#define COROLINT_DRIVER_WORKER_FUNCTIONLIST_H

#include "output/Finding.h"

namespace corolint {

namespace model {
class Unit;
}

/// Fills UnitResult::FunctionNames and Callers: what --diff compares two revisions by.
void listFunctions(model::Unit &U, UnitResult &Into);

} // namespace corolint

#endif // COROLINT_DRIVER_WORKER_FUNCTIONLIST_H
