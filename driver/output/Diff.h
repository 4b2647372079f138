//===- Diff.h - What would change, as a patch ------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_DRIVER_OUTPUT_DIFF_H
#define COROLINT_DRIVER_OUTPUT_DIFF_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/raw_ostream.h"

namespace corolint {

/// A unified diff of a file, for `patch -p1` and `git apply`; nothing where both are the same.
void printDiff(llvm::StringRef Name, llvm::StringRef Before, llvm::StringRef After,
               llvm::raw_ostream &Out);

} // namespace corolint

#endif // COROLINT_DRIVER_OUTPUT_DIFF_H
