// Both doors read the annotations, in code that is compiled with optimization as well.
//
// RUN: %check %s
// RUN: %check %s -- -O2
// RUN: %check %s -- -O2 -DNDEBUG -std=c++23

#include <corolint/annotations.h>
#include <coroutine>

struct task {
  struct promise_type {
    task get_return_object() { return {}; }
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() { throw; }
  };
  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<>) const noexcept {}
  void await_resume() const noexcept {}
};

CORO_BLOCKING("use 'async_load'") int load();
CORO_STARTS_LOOP void wait_for(task t);
CORO_MAY_DISCARD task log_line();
void on_worker(CORO_OFFLOADS void (*f)());

task blocks() {
  // EXPECT: coro-blocking-call: 'load' blocks the event loop
  // NOTE: use 'async_load'
  load();
  co_return;
}

task is_allowed() {
  CORO_ALLOW_BLOCKING("before the first connection") load();
  CORO_ALLOW_BLOCKING("before the first connection") int size = load();
  CORO_ALLOW_BLOCKING("before the first connection") {
    size += load();
  }
  co_return;
}

task is_offloaded() {
  on_worker([] { load(); });
  co_return;
}

task may_be_dropped() {
  log_line();
  co_return;
}

task nests() {
  // EXPECT: coro-nested-loop: 'wait_for' waits synchronously inside a coroutine
  // NOTE: 'wait_for' is annotated at annotations-read.cpp:
  // FIXED: co_await blocks();
  wait_for(blocks());
  co_return;
}
