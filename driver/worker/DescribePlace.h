//===- DescribePlace.h - What a line of the source is ---------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_DRIVER_WORKER_DESCRIBEPLACE_H
#define COROLINT_DRIVER_WORKER_DESCRIBEPLACE_H

#include "project/Settings.h"
#include <string>
#include <vector>

namespace corolint {

namespace model {
class Unit;
}

/// Where the line stands: in which function, how that comes to run, and why nothing is considered
/// there, where that is so. Sentences for a person.
std::vector<std::string> describePlace(model::Unit &U, const Settings &With);

} // namespace corolint

#endif // COROLINT_DRIVER_WORKER_DESCRIBEPLACE_H
