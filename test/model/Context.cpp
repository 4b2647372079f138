// How a function comes to run, and which lambdas are part of a coroutine's own context.
//
// RUN: %corolint dump --contexts %s -- -std=c++20 -I%include | %FileCheck %s --match-full-lines --implicit-check-not={{.}}
// RUN: %corolint dump --contexts --system-bodies %s -- -std=c++20 -I%include | %FileCheck %s --match-full-lines --implicit-check-not={{.}}

#include "Inputs/offload.h"
#include <algorithm>
#include <future>
#include <optional>
#include <thread>
#include <vector>

using all = std::vector<int>;

// CHECK: Context.cpp:[[@LINE+1]]: plain: unknown
void plain() {}
// CHECK: Context.cpp:[[@LINE+1]]: coroutine: coroutine, async itself
task<> coroutine() { co_return; }
// CHECK: Context.cpp:[[@LINE+1]]: eager: coroutine, async itself
started<> eager() { co_return; }
// CHECK: Context.cpp:[[@LINE+1]]: fire_and_forget: coroutine, async itself
detached fire_and_forget() { co_return; }
// It runs wherever its values are taken.
// CHECK: Context.cpp:[[@LINE+1]]: yields: generator
generator<int> yields() { co_yield 1; }

//===- on the loop by annotation

// CHECK: Context.cpp:[[@LINE+1]]: on_readable: loop-callback, async itself
CORO_LOOP_THREAD void on_readable(int) {}
struct handler {
  CORO_LOOP_THREAD void declared_so();
  CORO_LOOP_THREAD virtual void fired() = 0;
};
// CHECK: Context.cpp:[[@LINE+1]]: handler::declared_so: loop-callback, async itself
void handler::declared_so() {}
struct timer : handler {
  // An override does what it was made for.
  // CHECK: Context.cpp:[[@LINE+1]]: timer::fired: loop-callback, async itself
  void fired() override {}
};
// CHECK: Context.cpp:[[@LINE+1]]: annotated_lambda: unknown
void annotated_lambda() {
  // CHECK: Context.cpp:[[@LINE+1]]: lambda: loop-callback, async itself
  unknown([]() CORO_LOOP_THREAD {});
}
// CHECK: Context.cpp:[[@LINE+1]]: callback_with_lambda: loop-callback, async itself, and the lambda of line [[@LINE+3]]
CORO_LOOP_THREAD void callback_with_lambda() {
  // CHECK: Context.cpp:[[@LINE+1]]: lambda: called-on-the-spot
  [] {}();
}

//===- called on the spot

// CHECK: Context.cpp:[[@LINE+1]]: immediately: coroutine, async itself, and the lambda of line [[@LINE+3]]
task<> immediately() {
  // CHECK: Context.cpp:[[@LINE+1]]: lambda: called-on-the-spot
  [] {}();
  co_return;
}
// CHECK: Context.cpp:[[@LINE+1]]: named: coroutine, async itself, and the lambda of line [[@LINE+3]]
task<> named() {
  // CHECK: Context.cpp:[[@LINE+1]]: lambda: called-on-the-spot
  auto f = [] {};
  f();
  co_return;
}
// CHECK: Context.cpp:[[@LINE+1]]: generic: coroutine, async itself, and the lambda of line [[@LINE+3]]
task<> generic() {
  // CHECK: Context.cpp:[[@LINE+1]]: lambda: called-on-the-spot
  auto f = [](auto) {};
  f(1);
  co_return;
}
// CHECK: Context.cpp:[[@LINE+1]]: nested: coroutine, async itself, and the lambda of line [[@LINE+3]], and the lambda of line [[@LINE+5]]
task<> nested() {
  // CHECK: Context.cpp:[[@LINE+1]]: lambda: called-on-the-spot
  [] {
    // CHECK: Context.cpp:[[@LINE+1]]: lambda: called-on-the-spot
    [] {}();
  }();
  co_return;
}
// CHECK: Context.cpp:[[@LINE+1]]: by_algorithm: coroutine, async itself, and the lambda of line [[@LINE+3]], and the lambda of line [[@LINE+5]]
task<> by_algorithm(all &v) {
  // CHECK: Context.cpp:[[@LINE+1]]: lambda: called-on-the-spot
  std::for_each(v.begin(), v.end(), [](int) {});
  // CHECK: Context.cpp:[[@LINE+1]]: lambda: called-on-the-spot
  std::sort(v.begin(), v.end(), [](int a, int b) { return a < b; });
  co_return;
}
// CHECK: Context.cpp:[[@LINE+1]]: by_named_algorithm: coroutine, async itself, and the lambda of line [[@LINE+3]]
task<> by_named_algorithm(all &v) {
  // CHECK: Context.cpp:[[@LINE+1]]: lambda: called-on-the-spot
  auto each = [](int) {};
  std::for_each(v.begin(), v.end(), each);
  co_return;
}
// CHECK: Context.cpp:[[@LINE+1]]: by_ranges: coroutine, async itself, and the lambda of line [[@LINE+3]]
task<> by_ranges(all &v) {
  // CHECK: Context.cpp:[[@LINE+1]]: lambda: called-on-the-spot
  std::ranges::for_each(v, [](int) {});
  co_return;
}
// CHECK: Context.cpp:[[@LINE+1]]: by_generic_algorithm: coroutine, async itself, and the lambda of line [[@LINE+3]]
task<> by_generic_algorithm(all &v) {
  // CHECK: Context.cpp:[[@LINE+1]]: lambda: called-on-the-spot
  std::ranges::for_each(v, [](auto) {});
  co_return;
}
// CHECK: Context.cpp:[[@LINE+1]]: by_invoke: coroutine, async itself, and the lambda of line [[@LINE+3]], and the lambda of line [[@LINE+5]]
task<> by_invoke(std::optional<int> o) {
  // CHECK: Context.cpp:[[@LINE+1]]: lambda: called-on-the-spot
  std::invoke([] {});
  // CHECK: Context.cpp:[[@LINE+1]]: lambda: called-on-the-spot
  std::erase_if(*new all, [](int) { return true; });
  co_return;
}

//===- on another thread

// CHECK: Context.cpp:[[@LINE+1]]: offloads: coroutine, async itself
task<> offloads() {
  // CHECK: Context.cpp:[[@LINE+1]]: lambda: offloaded
  std::thread([] {}).detach();
  // CHECK: Context.cpp:[[@LINE+1]]: lambda: offloaded
  std::jthread worker([] {});
  // CHECK: Context.cpp:[[@LINE+1]]: lambda: offloaded
  auto later = std::async(std::launch::async, [] {});
  // CHECK: Context.cpp:[[@LINE+1]]: lambda: offloaded
  co_await to_thread([] {});
  // CHECK: Context.cpp:[[@LINE+1]]: lambda: offloaded
  co_await to_pool([] {});
  // CHECK: Context.cpp:[[@LINE+1]]: lambda: offloaded
  auto kept = [] {};
  co_await to_thread(kept);
  // CHECK: Context.cpp:[[@LINE+1]]: lambda: offloaded
  auto moved = [] {};
  co_await to_thread(std::move(moved));
}
// It runs where somebody asks for the result.
// CHECK: Context.cpp:[[@LINE+1]]: deferred: coroutine, async itself, gives away the lambda of line [[@LINE+3]]
task<> deferred() {
  // CHECK: Context.cpp:[[@LINE+1]]: lambda: unknown
  auto later = std::async(std::launch::deferred, [] {});
  co_return;
}
// CHECK: Context.cpp:[[@LINE+1]]: spot_inside_offload: coroutine, async itself
task<> spot_inside_offload() {
  // CHECK: Context.cpp:[[@LINE+1]]: lambda: offloaded
  co_await to_thread([] {
    // Called on the spot of a worker.
    // CHECK: Context.cpp:[[@LINE+1]]: lambda: called-on-the-spot
    [] {}();
  });
}

//===- nobody knows

// CHECK: Context.cpp:[[@LINE+1]]: given_away: coroutine, async itself, gives away the lambda of line [[@LINE+5]]
task<> given_away() {
  // CHECK: Context.cpp:[[@LINE+1]]: lambda: unknown
  unknown([] {});
  // CHECK: Context.cpp:[[@LINE+1]]: lambda: unknown
  std::function<void()> stored = [] {};
  // CHECK: Context.cpp:[[@LINE+1]]: lambda: unknown
  auto never_called = [] {};
  co_return;
}
// Whoever follows the template finds the call there: it is a plain function in the chain.
// CHECK: Context.cpp:[[@LINE+1]]: by_own_template: coroutine, async itself
task<> by_own_template() {
  // CHECK: Context.cpp:[[@LINE+1]]: lambda: unknown
  apply([](int) {});
  co_return;
}
// CHECK: Context.cpp:[[@LINE+1]]: spot_in_plain: unknown
void spot_in_plain() {
  // CHECK: Context.cpp:[[@LINE+1]]: lambda: called-on-the-spot
  [] {}();
}

//===- lambdas that are coroutines have a context of their own

// CHECK: Context.cpp:[[@LINE+1]]: around_coroutine_lambda: coroutine, async itself
task<> around_coroutine_lambda() {
  // CHECK: Context.cpp:[[@LINE+1]]: lambda: coroutine, async itself, and the lambda of line [[@LINE+3]]
  co_await []() -> task<> {
    // CHECK: Context.cpp:[[@LINE+1]]: lambda: called-on-the-spot
    [] {}();
    co_return;
  }();
}
