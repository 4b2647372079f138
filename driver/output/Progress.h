//===- Progress.h - How far a run has come -------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_DRIVER_OUTPUT_PROGRESS_H
#define COROLINT_DRIVER_OUTPUT_PROGRESS_H

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringRef.h"
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace corolint {

/// On a terminal one line that is written again and again; else a line every \p Every seconds, so
/// that the log of a long run shows that it goes on. For several threads.
class Progress {
public:
  Progress(size_t Total, unsigned Every, bool On);
  ~Progress();

  void start(llvm::StringRef File);
  /// Calls \p Then while nobody writes; what it prints does not mix with the line.
  void done(size_t Findings, llvm::function_ref<void()> Then);

private:
  void write(llvm::StringRef Line);
  void report();

  const size_t Total, Width;
  const bool OnTerminal;
  const std::chrono::steady_clock::time_point Begin = std::chrono::steady_clock::now();
  size_t Started = 0, Done = 0, Found = 0;
  std::mutex Mutex;
  std::condition_variable Ended;
  bool IsEnded = false;
  std::thread Reporter;
};

} // namespace corolint

#endif // COROLINT_DRIVER_OUTPUT_PROGRESS_H
