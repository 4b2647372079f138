//===- Watch.h - Waits until files change -------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_DRIVER_RUN_WATCH_H
#define COROLINT_DRIVER_RUN_WATCH_H

#include "llvm/ADT/StringRef.h"
#include <memory>
#include <set>
#include <string>

namespace corolint {

/// Looks at folders until one of the files, or what configures a run there, is written or removed.
class Watch {
public:
  /// Null, and said on stderr, when the folders cannot be watched.
  static std::unique_ptr<Watch> of(std::set<std::string> Files);
  ~Watch();
  /// The files that changed, some at once where an editor writes several; nothing after a signal.
  std::set<std::string> wait();

private:
  struct State;
  explicit Watch(std::unique_ptr<State> S);
  std::unique_ptr<State> Now;
};

} // namespace corolint

#endif // COROLINT_DRIVER_RUN_WATCH_H
