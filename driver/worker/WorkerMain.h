//===- WorkerMain.h - The process around one unit -------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_DRIVER_WORKER_WORKERMAIN_H
#define COROLINT_DRIVER_WORKER_WORKERMAIN_H

#include "llvm/ADT/StringRef.h"

namespace corolint {

/// The hidden first argument that makes this program a worker: then the job's file and the
/// result's follow.
inline constexpr llvm::StringLiteral WorkerCommand = "--corolint-worker";

/// main() of a worker.
int workerMain(llvm::StringRef JobFile, llvm::StringRef ResultFile);

} // namespace corolint

#endif // COROLINT_DRIVER_WORKER_WORKERMAIN_H
