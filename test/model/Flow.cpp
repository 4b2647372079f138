// What is held at the suspensions of a coroutine: the state of each lock, joined over the paths that
// lead there. '?' is what some of them unlocked.
//
// RUN: %corolint dump --held %s -- -std=c++20 | %FileCheck %s --match-full-lines --implicit-check-not={{.}}

#include "../checks/Inputs/task.h"
#include <memory>
#include <mutex>
#include <optional>

std::mutex m, n;
task<> work();
bool condition();
void may_unlock(std::unique_lock<std::mutex> &);

// CHECK: Flow.cpp:[[@LINE+1]]: straight: g holds a lock since Flow.cpp:[[@LINE+2]] across [[@LINE+3]] [[@LINE+4]]
task<> straight() {
  std::lock_guard g(m);
  co_await work();
  co_await work();
}

// CHECK: Flow.cpp:[[@LINE+2]]: two: a holds a lock since Flow.cpp:[[@LINE+3]] across [[@LINE+4]] [[@LINE+6]]
// CHECK: Flow.cpp:[[@LINE+1]]: two: b holds a lock since Flow.cpp:[[@LINE+4]] across [[@LINE+5]]
task<> two() {
  std::lock_guard a(m);
  co_await work();
  std::lock_guard b(n);
  co_await work();
}

// CHECK: Flow.cpp:[[@LINE+1]]: one_way: g holds a lock? since Flow.cpp:[[@LINE+2]] across [[@LINE+5]]
task<> one_way() {
  std::unique_lock g(m);
  if (condition())
    g.unlock();
  co_await work();
}

task<> both_ways() {
  std::unique_lock g(m);
  if (condition())
    g.unlock();
  else
    g = std::unique_lock<std::mutex>();
  co_await work();
}

// CHECK: Flow.cpp:[[@LINE+1]]: in_a_loop: g holds a lock? since Flow.cpp:[[@LINE+5]] across [[@LINE+4]]
task<> in_a_loop() {
  std::unique_lock g(m, std::defer_lock);
  while (condition()) {
    co_await work();
    g.lock();
  }
}

task<> nobody_knows() {
  std::unique_lock g(m);
  may_unlock(g);
  co_await work();
}

// CHECK: Flow.cpp:[[@LINE+1]]: moved: b holds a lock since Flow.cpp:[[@LINE+3]] across [[@LINE+4]]
task<> moved() {
  std::unique_lock a(m);
  std::unique_lock b = std::move(a);
  co_await work();
}

// CHECK: Flow.cpp:[[@LINE+1]]: by_hand: m is locked since Flow.cpp:[[@LINE+3]] across [[@LINE+4]]
task<> by_hand() {
  co_await work();
  m.lock();
  co_await work();
  m.unlock();
  co_await work();
}

// CHECK: Flow.cpp:[[@LINE+1]]: scopes: g holds a lock since Flow.cpp:[[@LINE+3]] across [[@LINE+4]]
task<> scopes() {
  {
    std::lock_guard g(m);
    co_await work();
  }
  co_await work();
}

// CHECK: Flow.cpp:[[@LINE+1]]: after_a_handler: g holds a lock since Flow.cpp:[[@LINE+2]] across [[@LINE+7]]
task<> after_a_handler() {
  std::unique_lock g(m);
  try {
    condition();
  } catch (...) {
  }
  co_await work();
}

struct base_guard : std::unique_lock<std::mutex> {
  using std::unique_lock<std::mutex>::unique_lock;
};
// CHECK: Flow.cpp:[[@LINE+1]]: derived: g holds a lock since Flow.cpp:[[@LINE+2]] across [[@LINE+3]]
task<> derived() {
  base_guard g(m);
  co_await work();
}

task<> ends() {
  std::lock_guard g(m);
  co_return;
}
