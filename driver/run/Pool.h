//===- Pool.h - Workers, a process for each unit -------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_DRIVER_RUN_POOL_H
#define COROLINT_DRIVER_RUN_POOL_H

#include "output/Finding.h"
#include "run/Scratch.h"
#include "worker/Job.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace corolint {

class Cache;

/// Contents that units are to see in place of what is on the disk.
struct Replacements {
  std::vector<std::pair<std::string, std::string>> Files; ///< a file, and where its content is
  bool TriesFix = false;                                  ///< it is what a fix would make
};

struct PoolOptions {
  unsigned Jobs = 0; ///< 0: as many as the machine runs at once
  unsigned Timeout = 0;
  bool Progress = false;
  unsigned ProgressEvery = 0; ///< seconds, where there is no terminal; 0: never
  Cache *Results = nullptr;   ///< of earlier runs
};

class Pool {
public:
  Pool(Scratch &Files, PoolOptions How) : Files(Files), How(How) {}

  /// Analyses each unit; the results are in the order of the units. Whatever happens to one of
  /// them is its result, and no other's. \p OnDone sees each as it comes, one after the other.
  std::vector<UnitResult> run(llvm::ArrayRef<Unit> Units, const Settings &With,
                              const Replacements &Instead = {},
                              llvm::function_ref<void(const UnitResult &)> OnDone = nullptr);

  /// What run() would give at once, as it is known from an earlier run.
  std::optional<UnitResult> known(const Unit &Of, const Settings &With,
                                  llvm::function_ref<void(llvm::StringRef)> OnInput) const;

private:
  Job jobFor(const Unit &Of, const Settings &With, const Replacements &Instead) const;
  UnitResult runOne(Job J, unsigned Number);

  Scratch &Files;
  PoolOptions How;
  unsigned Runs = 0;
};

} // namespace corolint

#endif // COROLINT_DRIVER_RUN_POOL_H
