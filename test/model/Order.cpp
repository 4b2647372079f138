// What functions that lead to each other are, does not depend on the order in which they stand: each has
// what the whole cycle does.
//
// RUN: %python %support/permute.py --corolint=%corolint %s %t --profile=strict -- -std=c++20 -I%include -I%source/test/checks | %FileCheck %s --implicit-check-not=coro-

#include "Inputs/task.h"
#include <corolint/annotations.h>
#include <map>
#include <mutex>
#include <thread>

task<> work();
struct hop {
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  void await_resume();
};
CORO_RESUMES_ON_WORKER hop to_worker();
CORO_RESUMES_ON_LOOP hop to_loop();
void run_on_pool(CORO_OFFLOADS task<> t);
void spawn(task<> t);
inline void nap() { std::this_thread::sleep_for(std::chrono::seconds(1)); }

struct counter {
  std::mutex threads;
  std::map<int, int> rows;
  void lock_rows(int n);
  void lock_more(int n);
  void free_rows(int n);
  task<> held();
  task<> use(int i);
  task<> clean(int i);
};
task<> ping(int n);
task<> pong(int n);
task<> even(int n);
task<> odd(int n);
task<> far(int n);
task<> further(int n);
task<> alone(int n);

// Two that await each other, and that only a pool starts: neither blocks the loop.
// CHECK-NOT: {{ping|pong}}
//---
task<> ping(int n) {
  nap();
  if (n)
    co_await pong(n - 1);
}
//---
task<> pong(int n) {
  nap();
  if (n)
    co_await ping(n - 1);
}
//---
void start_on_pool() { run_on_pool(ping(3)); }

// Two that await each other, and that the loop starts as well: both block it.
// CHECK-DAG: coro-blocking-call: even: 'nap' blocks the event loop
// CHECK-DAG: coro-blocking-call: odd: 'nap' blocks the event loop
//---
task<> even(int n) {
  nap();
  if (n)
    co_await odd(n - 1);
}
//---
task<> odd(int n) {
  nap();
  if (n)
    co_await even(n - 1);
}
//---
void start_even_on_pool() { run_on_pool(even(3)); }
//---
task<> first_on_the_loop() { co_await odd(3); }

// One of them hops, so that after the other it is not known where one is.
// CHECK-DAG: coro-blocking-call: far: 'nap' may block the event loop
// CHECK-DAG: coro-blocking-call: further: 'nap' may block the event loop
// CHECK-DAG: coro-blocking-call: alone: 'nap' may block the event loop
//---
task<> far(int n) {
  if (n)
    co_await further(n - 1);
  nap();
}
//---
task<> further(int n) {
  if (n)
    co_await far(n - 1);
  nap();
  co_await to_worker();
}
//---
task<> alone(int n) {
  if (n)
    co_await alone(n - 1);
  nap();
  co_await to_worker();
}

// Helpers that call each other, and one of which leaves a lock locked.
// CHECK-DAG: coro-lock-across-suspension: counter::held: 'threads' {{.*}} locked at this suspension point
//---
void counter::lock_rows(int n) {
  if (n > 1)
    return lock_more(n - 1);
  threads.lock();
}
//---
void counter::lock_more(int n) {
  if (n > 1)
    return lock_rows(n - 1);
  threads.lock();
}
//---
task<> counter::held() {
  lock_more(4);
  co_await work();
  threads.unlock();
}

// Who is started beside whom.
// CHECK-DAG: coro-stale-reference: counter::use: 'row' is used after a suspension
//---
task<> counter::use(int i) {
  auto row = rows.find(i);
  co_await work();
  ++row->second;
}
//---
task<> counter::clean(int i) {
  co_await work();
  rows.erase(i);
}
//---
void start_clean(counter &c) {
  auto t = c.clean(1);
  spawn(std::move(t));
}
