// Where a co_await may be written before a call: only in a coroutine whose promise takes it, and
// where it is well-formed and does no harm.
//
// RUN: %corolint dump --edits %s -- -std=c++20 | %FileCheck %s --match-full-lines --implicit-check-not={{.}}

#include "../checks/Inputs/task.h"
#include <mutex>

task<> run(int = 0);
task<int> number();
read_operation operation();
struct text {};
text no_task();
bool condition();

task<> in_coroutine() {
  // CHECK: Edits.cpp:[[@LINE+1]]: co_await before 'run()': yes
  run();
  // CHECK: Edits.cpp:[[@LINE+1]]: co_await before 'operation()': yes
  operation();
  // CHECK: Edits.cpp:[[@LINE+1]]: co_await before 'no_task()': no
  no_task();
  if (condition())
    // CHECK: Edits.cpp:[[@LINE+1]]: co_await before 'run(1)': yes
    run(1);
  // CHECK: Edits.cpp:[[@LINE+1]]: co_await before 'number()': yes
  auto kept = number();
  co_return;
}

void in_plain() {
  // CHECK: Edits.cpp:[[@LINE+1]]: co_await before 'run()': no
  run();
}

task<> in_plain_lambda() {
  auto f = [] {
    // CHECK: Edits.cpp:[[@LINE+1]]: co_await before 'run()': no
    run();
  };
  f();
  // CHECK: Edits.cpp:[[@LINE+1]]: co_await before '[]() -> task<> {…': yes
  co_await []() -> task<> {
    // CHECK: Edits.cpp:[[@LINE+1]]: co_await before 'run()': yes
    run();
    co_return;
  }();
}

// The language forbids it there.
task<> in_handler() {
  try {
    // CHECK: Edits.cpp:[[@LINE+1]]: co_await before 'run(1)': yes
    run(1);
  } catch (...) {
    // CHECK: Edits.cpp:[[@LINE+1]]: co_await before 'run(2)': no
    run(2);
  }
  // CHECK: Edits.cpp:[[@LINE+1]]: co_await before 'number()': no
  static auto kept = number();
  co_return;
}

task<> in_default_argument(int = 0) {
  // CHECK: Edits.cpp:[[@LINE+1]]: co_await before 'run()': yes
  run();
  co_return;
}

// The lock of a thread would be held across the new suspension.
task<> under_lock(std::mutex &m) {
  {
    std::lock_guard held(m);
    // CHECK: Edits.cpp:[[@LINE+1]]: co_await before 'run()': no
    run();
  }
  co_return;
}
task<> under_async_lock(async_mutex &m) {
  // CHECK: Edits.cpp:[[@LINE+1]]: co_await before 'm.scoped_lock()': yes
  auto held = co_await m.scoped_lock();
  // CHECK: Edits.cpp:[[@LINE+1]]: co_await before 'run()': yes
  run();
}

#define RUN run()
task<> in_macro() {
  // CHECK: Edits.cpp:[[@LINE+1]]: co_await before 'RUN': no
  RUN;
  co_return;
}

//===- promises that choose what they take

struct choosy {
  struct promise_type {
    choosy get_return_object() { return {}; }
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    auto await_transform(read_operation o) { return o; }
    auto await_transform(choosy) { return std::suspend_always(); }
    void return_void() {}
    void unhandled_exception() {}
  };
};
choosy other_choosy();
choosy takes_little() {
  // CHECK: Edits.cpp:[[@LINE+1]]: co_await before 'run()': no
  run();
  // CHECK: Edits.cpp:[[@LINE+1]]: co_await before 'operation()': yes
  operation();
  // CHECK: Edits.cpp:[[@LINE+1]]: co_await before 'other_choosy()': yes
  other_choosy();
  co_return;
}
task<> cannot_await_choosy() {
  // CHECK: Edits.cpp:[[@LINE+1]]: co_await before 'other_choosy()': no
  other_choosy();
  co_return;
}

/// A promise that awaits nothing at all: a generator.
struct only_values {
  struct promise_type {
    only_values get_return_object() { return {}; }
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    std::suspend_always yield_value(int) { return {}; }
    template <class T> void await_transform(T &&) = delete;
    void return_void() {}
    void unhandled_exception() {}
  };
};
only_values in_generator() {
  // CHECK: Edits.cpp:[[@LINE+1]]: co_await before 'run()': no
  run();
  co_yield 1;
}

template <class T> task<> in_template() {
  // CHECK: Edits.cpp:[[@LINE+1]]: co_await before 'run()': yes
  run();
  co_return;
}
template task<> in_template<int>();
