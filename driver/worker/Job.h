//===- Job.h - What a worker is told --------------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_DRIVER_WORKER_JOB_H
#define COROLINT_DRIVER_WORKER_JOB_H

#include "project/Settings.h"
#include "project/Units.h"
#include <string>
#include <utility>
#include <vector>

namespace corolint {

/// All that a worker needs to know.
struct Job {
  Unit Of;
  Settings With;
  unsigned Timeout = 0;    ///< seconds
  std::string ModuleCache; ///< a scratch folder for modules that the unit makes implicitly
  std::string InputsFile;  ///< where to write what was read (Inputs.h); empty: nobody asks
  bool TriesFix = false;   ///< Replaced is what a fix would make
  /// Files whose content is to be taken from elsewhere: what --fix is about to write, or what an
  /// editor has not saved.
  std::vector<std::pair<std::string, std::string>> Replaced;
};

llvm::json::Value toJSON(const Job &J);
bool fromJSON(const llvm::json::Value &V, Job &J, llvm::json::Path P);

} // namespace corolint

#endif // COROLINT_DRIVER_WORKER_JOB_H
