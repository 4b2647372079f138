//===- Interrupt.h - Ending early, and tidily ----------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_DRIVER_RUN_INTERRUPT_H
#define COROLINT_DRIVER_RUN_INTERRUPT_H

namespace corolint {

/// From here on SIGINT, SIGTERM and SIGHUP end the workers, and interruptedBy() says which.
void watchForInterrupts();
int interruptedBy(); ///< 0: by nothing

/// While it lives, this child dies with the run.
class WatchedChild {
public:
  explicit WatchedChild(int Pid);
  ~WatchedChild();

private:
  int Slot = -1;
};

} // namespace corolint

#endif // COROLINT_DRIVER_RUN_INTERRUPT_H
