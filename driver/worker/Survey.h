//===- Survey.h - What a project is made of, for corolint init ----------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_DRIVER_WORKER_SURVEY_H
#define COROLINT_DRIVER_WORKER_SURVEY_H

#include "output/Finding.h"

namespace corolint {

namespace model {
class Unit;
}

/// Fills UnitResult::Libraries and TaskTypes.
void survey(model::Unit &U, UnitResult &Into);

} // namespace corolint

#endif // COROLINT_DRIVER_WORKER_SURVEY_H
