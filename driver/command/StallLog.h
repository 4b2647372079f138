//===- StallLog.h - aio's reports of slow steps, read from a log ---------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_DRIVER_COMMAND_STALLLOG_H
#define COROLINT_DRIVER_COMMAND_STALLLOG_H

#include "llvm/ADT/StringRef.h"
#include <string>
#include <vector>

namespace corolint {

/// One report, in the form that docs/runtime/debug.md fixes.
struct Stall {
  struct Frame {
    std::string Function; ///< as plainNameOf() gives it; empty if it has no name to look up
    bool Own = false;     ///< its file is known: code that was built with debug information
  };
  std::string Place;         ///< "store.cpp:21"; may be empty
  std::string Coroutine;     ///< as its compiler spells it; may be empty
  unsigned Milliseconds = 0; ///< for how long it had held the loop
  std::vector<Frame> Stack;  ///< the innermost first; the last is the coroutine
  unsigned Line = 0;         ///< of the log
};

/// Every report of a slow step in the log, which may have anything else between them, and before
/// each line a prefix as loggers write it.
std::vector<Stall> readStallLog(llvm::StringRef Text);

/// "app::read_all" of "int app::read_all<char>(char const*) [clone .resume]": the name under which
/// knowledge is asked. Empty for a lambda, and for an address.
std::string plainNameOf(llvm::StringRef Demangled);

} // namespace corolint

#endif // COROLINT_DRIVER_COMMAND_STALLLOG_H
