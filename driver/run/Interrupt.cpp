//===- Interrupt.cpp - Ending early, and tidily --------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "run/Interrupt.h"
#include <atomic>
#include <csignal>

namespace corolint {

// The handler may do nothing but read these and call kill().
static std::atomic<int> Signal;
static std::atomic<int> Children[1024];

static void endChildren() {
  for (std::atomic<int> &Child : Children)
    if (int Pid = Child.load())
      kill(Pid, SIGKILL);
}

static void onSignal(int Number) {
  Signal = Number;
  endChildren();
}

void watchForInterrupts() {
  struct sigaction Action = {};
  Action.sa_handler = onSignal;
  sigemptyset(&Action.sa_mask);
  Action.sa_flags = SA_RESTART;
  for (int Number : {SIGINT, SIGTERM, SIGHUP}) {
    struct sigaction Before;
    // nohup, and shells for background jobs, have some of them ignored on purpose.
    if (!sigaction(Number, nullptr, &Before) && Before.sa_handler != SIG_IGN)
      sigaction(Number, &Action, nullptr);
  }
}

int interruptedBy() {
  return Signal;
}

WatchedChild::WatchedChild(int Pid) {
  for (int I = 0; I < int(std::size(Children)) && Slot < 0; ++I)
    if (int Free = 0; Children[I].compare_exchange_strong(Free, Pid))
      Slot = I;
  // It was started just as the signal came.
  if (interruptedBy())
    kill(Pid, SIGKILL);
}

WatchedChild::~WatchedChild() {
  if (Slot >= 0)
    Children[Slot] = 0;
}

} // namespace corolint
