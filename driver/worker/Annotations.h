//===- Annotations.h - Attributes that classes could have -----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_DRIVER_WORKER_ANNOTATIONS_H
#define COROLINT_DRIVER_WORKER_ANNOTATIONS_H

#include "output/Finding.h"
#include <vector>

namespace corolint {

namespace model {
class Unit;
}

/// What the model says of the attributes of the unit's tasks, with the edits that write them.
std::vector<Proposal> annotations(model::Unit &U);

} // namespace corolint

#endif // COROLINT_DRIVER_WORKER_ANNOTATIONS_H
