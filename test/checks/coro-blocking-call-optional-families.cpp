// Two families are there for who wants them.
//
// RUN: %check %s --option coro-blocking-call.Lock=true --option coro-blocking-call.ConsoleOutput=true

#include "Inputs/task.h"
#include <cstdio>
#include <iostream>
#include <mutex>
#include <shared_mutex>

task<> locks(std::mutex &m, std::shared_mutex &s) {
  {
    // EXPECT: coro-blocking-call: 'std::lock_guard::lock_guard' blocks the event loop: it waits while another thread holds the mutex
    // NOTE: instead
    std::lock_guard held(m);
  }
  {
    // EXPECT: coro-blocking-call: 'std::shared_lock::shared_lock' blocks
    // NOTE: instead
    std::shared_lock held(s);
  }
  // EXPECT: coro-blocking-call: 'std::mutex::lock' blocks
  // NOTE: instead
  m.lock();
  m.unlock();
  std::unique_lock later(m, std::defer_lock);
  // EXPECT: coro-blocking-call: 'std::unique_lock::lock' blocks
  // NOTE: instead
  later.lock();
  std::unique_lock tried(m, std::try_to_lock);
  if (m.try_lock())
    std::lock_guard adopted(m, std::adopt_lock);
  co_return;
}

task<> console_output() {
  // EXPECT: coro-blocking-call: 'std::operator<<' blocks
  // NOTE: instead
  std::cout << "text";
  // EXPECT: coro-blocking-call: 'printf' blocks
  // NOTE: instead
  std::printf("text");
  // EXPECT: coro-blocking-call: 'fprintf' blocks
  // NOTE: instead
  std::fprintf(stderr, "text");
  char text[8];
  std::snprintf(text, sizeof text, "text");
  co_return;
}
