//===- Worker.h - One unit, in a process of its own ----------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_DRIVER_WORKER_WORKER_H
#define COROLINT_DRIVER_WORKER_WORKER_H

#include "output/Finding.h"
#include "project/Inputs.h"
#include "worker/Job.h"

namespace corolint {

/// Analyses the unit in this process. What it was made from is noted if the job asks for it.
UnitResult analyse(const Job &J, Inputs &Read);

} // namespace corolint

#endif // COROLINT_DRIVER_WORKER_WORKER_H
