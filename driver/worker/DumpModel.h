//===- DumpModel.h - What the model answers about a file -----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_DRIVER_WORKER_DUMPMODEL_H
#define COROLINT_DRIVER_WORKER_DUMPMODEL_H

#include "project/Settings.h"
#include <string>
#include <vector>

namespace corolint {

namespace model {
class Unit;
}

/// The answers of the parts that are asked for, about a file or the functions at a line of it: one
/// line of text each, `FILE:LINE: …`, in the order of the source.
std::vector<std::string> dumpModel(model::Unit &U, const Settings &With);

} // namespace corolint

#endif // COROLINT_DRIVER_WORKER_DUMPMODEL_H
