// Code on the way to an abort does not count, and only that: not what a coroutine's own end, its
// promise or an awaiter calls, and not what throws.
//
// RUN: %check %s

#include "Inputs/task.h"
#include <corolint/annotations.h>
#include <cstdlib>
#include <stdexcept>
#include <string>

CORO_BLOCKING("use something else") int block();
bool condition();
struct error {};

//===- Tasks whose protocol has functions that never return

/// Nobody resumes it after its final suspension.
struct never_resumed {
  bool await_ready() noexcept;
  void await_suspend(std::coroutine_handle<>) noexcept;
  [[noreturn]] void await_resume() noexcept;
};

struct final_task {
  struct promise_type {
    final_task get_return_object();
    std::suspend_always initial_suspend() noexcept;
    never_resumed final_suspend() noexcept;
    never_resumed yield_value(error);
    void unhandled_exception();
    void return_void();
  };
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  void await_resume();
};
final_task step();

struct terminating_task {
  struct promise_type {
    terminating_task get_return_object();
    std::suspend_always initial_suspend() noexcept;
    std::suspend_always final_suspend() noexcept;
    [[noreturn]] void unhandled_exception();
    void return_void();
  };
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  void await_resume();
};

/// Its coroutines end by an exception or a cancellation, and never by themselves.
struct endless_task {
  struct promise_type {
    endless_task get_return_object();
    std::suspend_always initial_suspend() noexcept;
    std::suspend_always final_suspend() noexcept;
    void unhandled_exception();
    [[noreturn]] void return_void();
  };
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  void await_resume();
};

final_task falls_off_its_end() {
  // EXPECT: coro-blocking-call: 'block' blocks the event loop
  // NOTE: instead
  block();
  co_await step();
  // EXPECT: coro-blocking-call: 'block' blocks the event loop
  // NOTE: instead
  block();
}
final_task returns() {
  co_await step();
  if (condition())
    co_return;
  // EXPECT: coro-blocking-call: 'block' blocks the event loop
  // NOTE: instead
  block();
  if (condition())
    // EXPECT: coro-blocking-call: 'block' blocks the event loop
    // NOTE: instead
    block();
  else
    co_await step();
}
terminating_task terminates_on_exceptions() {
  // EXPECT: coro-blocking-call: 'block' blocks the event loop
  // NOTE: instead
  block();
  co_await step();
}
endless_task never_returns() {
  co_await step();
  // EXPECT: coro-blocking-call: 'block' blocks the event loop
  // NOTE: instead
  block();
  co_return;
}
template <class T> final_task in_a_template(T x) {
  // EXPECT: coro-blocking-call: 'block' blocks the event loop
  // NOTE: instead
  block();
  co_await step();
  (void)x;
}
final_task instantiates() { co_await in_a_template(1); }
void lambdas() {
  (void)[]() -> final_task {
    // EXPECT: coro-blocking-call: 'block' blocks the event loop
    // NOTE: instead
    block();
    co_await step();
  };
}

//===- Suspensions that nobody comes back from end a coroutine, and not the program

final_task yields_its_error() {
  // EXPECT: coro-blocking-call: 'block' blocks the event loop
  // NOTE: instead
  block();
  co_yield error{};
}
task<> stops_here() {
  // EXPECT: coro-blocking-call: 'block' blocks the event loop
  // NOTE: instead
  block();
  co_await never_resumed{};
}

//===- An exception ends no program

[[noreturn]] void throw_elsewhere(int code);
[[noreturn]] void refuse(int code) { throw std::runtime_error(std::to_string(code)); }
[[noreturn]] void refuse_twice() { refuse(2); }
task<> throws(int code) {
  if (code == 1) {
    // EXPECT: coro-blocking-call: 'block' blocks the event loop
    // NOTE: instead
    block();
    throw_elsewhere(code);
  }
  if (code == 2) {
    // EXPECT: coro-blocking-call: 'block' blocks the event loop
    // NOTE: instead
    block();
    refuse(code);
  }
  if (code == 3) {
    // EXPECT: coro-blocking-call: 'block' blocks the event loop
    // NOTE: instead
    block();
    refuse_twice();
  }
  if (code == 4) {
    // EXPECT: coro-blocking-call: 'block' blocks the event loop
    // NOTE: instead
    block();
    std::rethrow_exception(nullptr);
  }
  co_return;
}
task<> tries(int code) {
  try {
    // EXPECT: coro-blocking-call: 'block' blocks the event loop
    // NOTE: instead
    block();
    refuse(code);
  } catch (...) {
    // EXPECT: coro-blocking-call: 'block' blocks the event loop
    // NOTE: instead
    block();
  }
  co_await step();
}

//===- A loop without an end is no abort

final_task serves() {
  for (;;) {
    // EXPECT: coro-blocking-call: 'block' blocks the event loop
    // NOTE: instead
    block();
    if (condition())
      std::abort();
    co_await step();
  }
}
final_task spins_in_a_function_that_does_not_return() {
  co_await step();
  // EXPECT: coro-blocking-call: 'block' blocks the event loop
  // NOTE: instead
  block();
  while (true)
    co_await step();
}

//===- good: on the way to an abort

[[noreturn]] void die() noexcept;
struct fatal_message {
  ~fatal_message() __attribute__((noreturn));
  fatal_message &operator<<(int);
};
final_task dies(int code) {
  co_await step();
  switch (code) {
  case 1:
    block();
    die();
  case 2:
    block();
    std::abort();
  case 3:
    fatal_message() << block();
  }
  if (code > 7) {
    block();
    if (code > 8)
      std::exit(block());
    std::quick_exit(1);
  }
}
terminating_task dies_too() {
  co_await step();
  if (condition())
    block(), std::terminate();
}
