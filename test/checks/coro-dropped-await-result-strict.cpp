// RUN: %check %s --profile=strict

#include "Inputs/task.h"

// Nothing follows: it waits for who has the lock, or it was meant to be kept by who calls.
struct closing {
  async_mutex m;
  bool open = true;
  task<> close() {
    open = false;
    // EXPECT: coro-dropped-await-result: the 'async_mutex::lock' that 'co_await' returns here is dropped, and unlocks at once{{$}}
    // NOTE@Inputs/task.h: the destructor of 'async_mutex::lock' calls 'async_mutex::unlock'
    // NOTE: keep it as long as it is needed
    co_await m.scoped_lock();
  }
};
