//===- Worker.h - One unit, in a process of its own ----------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_DRIVER_WORKER_H
#define COROLINT_DRIVER_WORKER_H

#include "Database.h"
#include "Finding.h"
#include "Settings.h"

namespace corolint {

/// The hidden first argument that makes this program a worker: then the job's file and the
/// result's follow.
inline constexpr llvm::StringLiteral WorkerCommand = "--corolint-worker";

/// All that a worker needs to know.
struct Job {
  Unit Of;
  Settings With;
  unsigned Timeout = 0;    ///< seconds
  std::string ModuleCache; ///< a scratch folder for modules that the unit makes implicitly
  /// Files whose content is to be taken from elsewhere: what --fix is about to write.
  std::vector<std::pair<std::string, std::string>> Replaced;
};

llvm::json::Value toJSON(const Job &J);

/// Analyses the unit in this process.
UnitResult analyse(const Job &J);

/// main() of a worker.
int workerMain(llvm::StringRef JobFile, llvm::StringRef ResultFile);

} // namespace corolint

#endif // COROLINT_DRIVER_WORKER_H
