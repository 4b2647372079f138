//===- Json.h - The report as one JSON document ---------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_DRIVER_OUTPUT_JSON_H
#define COROLINT_DRIVER_OUTPUT_JSON_H

#include "output/Output.h"

namespace corolint {

void printJson(const Report &R, llvm::raw_ostream &Out);

} // namespace corolint

#endif // COROLINT_DRIVER_OUTPUT_JSON_H
