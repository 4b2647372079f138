// Where each call of a coroutine runs: on the loop until a hop is awaited, on a worker until the hop
// back; where paths disagree, nobody knows.
//
// RUN: %corolint dump --hops %s -- -std=c++20 -I%include | %FileCheck %s --match-full-lines --implicit-check-not={{.}}

#include "../checks/Inputs/task.h"
#include <corolint/annotations.h>

CORO_RESUMES_ON_WORKER std::suspend_always to_worker();
CORO_RESUMES_ON_LOOP std::suspend_always to_loop();
struct CORO_RESUMES_ON_WORKER worker_hop : std::suspend_always {};
struct CORO_RESUMES_ON_LOOP loop_hop : std::suspend_always {};
struct pool {
  CORO_RESUMES_ON_WORKER task<> schedule();
};
task<> other();
bool condition();
void f(int = 0);

task<> none() {
  // CHECK: Hops.cpp:[[@LINE+1]]: f: loop
  f();
  // CHECK: Hops.cpp:[[@LINE+1]]: other: loop
  co_await other();
  // CHECK: Hops.cpp:[[@LINE+1]]: f: loop
  f();
}

task<> there_and_back() {
  // CHECK: Hops.cpp:[[@LINE+1]]: f: loop
  f();
  // CHECK: Hops.cpp:[[@LINE+1]]: to_worker: loop
  co_await to_worker();
  // CHECK: Hops.cpp:[[@LINE+1]]: f: worker
  f();
  // Awaiting something else resumes where it was.
  // CHECK: Hops.cpp:[[@LINE+1]]: other: worker
  co_await other();
  // CHECK: Hops.cpp:[[@LINE+1]]: f: worker
  f();
  // CHECK: Hops.cpp:[[@LINE+1]]: to_loop: worker
  co_await to_loop();
  // CHECK: Hops.cpp:[[@LINE+1]]: f: loop
  f();
}

task<> by_type(pool &p) {
  co_await worker_hop();
  // CHECK: Hops.cpp:[[@LINE+1]]: f: worker
  f();
  co_await loop_hop();
  // CHECK: Hops.cpp:[[@LINE+1]]: f: loop
  f();
  // CHECK: Hops.cpp:[[@LINE+1]]: pool::schedule: loop
  co_await p.schedule();
  // CHECK: Hops.cpp:[[@LINE+1]]: f: worker
  f();
}

task<> kept_and_awaited() {
  loop_hop back;
  // CHECK: Hops.cpp:[[@LINE+1]]: to_worker: loop
  co_await to_worker();
  // CHECK: Hops.cpp:[[@LINE+1]]: f: worker
  f();
  co_await back;
  // CHECK: Hops.cpp:[[@LINE+1]]: f: loop
  f();
}

// Making the awaitable changes nothing.
task<> never_awaited() {
  // CHECK: Hops.cpp:[[@LINE+1]]: to_worker: loop
  auto hop = to_worker();
  // CHECK: Hops.cpp:[[@LINE+1]]: f: loop
  f();
  co_return;
}

task<> one_branch() {
  // CHECK: Hops.cpp:[[@LINE+1]]: condition: loop
  if (condition()) {
    // CHECK: Hops.cpp:[[@LINE+1]]: to_worker: loop
    co_await to_worker();
    // CHECK: Hops.cpp:[[@LINE+1]]: f: worker
    f();
  } else {
    // CHECK: Hops.cpp:[[@LINE+1]]: f: loop
    f();
  }
  // CHECK: Hops.cpp:[[@LINE+1]]: f: unknown
  f();
}

task<> both_branches() {
  // CHECK: Hops.cpp:[[@LINE+1]]: condition: loop
  if (condition())
    // CHECK: Hops.cpp:[[@LINE+1]]: to_worker: loop
    co_await to_worker();
  else
    co_await worker_hop();
  // CHECK: Hops.cpp:[[@LINE+1]]: f: worker
  f();
}

task<> loop_that_stays() {
  // CHECK: Hops.cpp:[[@LINE+1]]: condition: unknown
  while (condition()) {
    // CHECK: Hops.cpp:[[@LINE+1]]: f: unknown
    f();
    // CHECK: Hops.cpp:[[@LINE+1]]: to_worker: unknown
    co_await to_worker();
    // CHECK: Hops.cpp:[[@LINE+1]]: f: worker
    f();
  }
}

task<> loop_that_returns() {
  // CHECK: Hops.cpp:[[@LINE+1]]: condition: loop
  while (condition()) {
    // CHECK: Hops.cpp:[[@LINE+1]]: to_worker: loop
    co_await to_worker();
    // CHECK: Hops.cpp:[[@LINE+1]]: f: worker
    f();
    // CHECK: Hops.cpp:[[@LINE+1]]: to_loop: worker
    co_await to_loop();
  }
  // CHECK: Hops.cpp:[[@LINE+1]]: f: loop
  f();
}

task<> early_return() {
  // CHECK: Hops.cpp:[[@LINE+1]]: condition: loop
  if (condition()) {
    // CHECK: Hops.cpp:[[@LINE+1]]: to_worker: loop
    co_await to_worker();
    co_return;
  }
  // CHECK: Hops.cpp:[[@LINE+1]]: f: loop
  f();
}

task<> in_one_expression() {
  // CHECK: Hops.cpp:[[@LINE+2]]: to_worker: loop
  // CHECK: Hops.cpp:[[@LINE+1]]: f: worker
  co_await to_worker(), f();
  // CHECK: Hops.cpp:[[@LINE+1]]: f: worker
  f();
}

task<> switch_of_hops(int which) {
  switch (which) {
  case 0:
    // CHECK: Hops.cpp:[[@LINE+1]]: to_worker: loop
    co_await to_worker();
    [[fallthrough]];
  case 1:
    // CHECK: Hops.cpp:[[@LINE+1]]: f: unknown
    f();
    break;
  default:
    // CHECK: Hops.cpp:[[@LINE+1]]: f: loop
    f();
  }
}

template <class Pool> task<> in_template(Pool &p) {
  // CHECK: Hops.cpp:[[@LINE+1]]: pool::schedule: loop
  co_await p.schedule();
  // CHECK: Hops.cpp:[[@LINE+1]]: f: worker
  f();
}
template task<> in_template(pool &);

task<> ends_on_worker() {
  // CHECK: Hops.cpp:[[@LINE+1]]: to_worker: loop
  co_await to_worker();
}
task<> comes_back() {
  // CHECK: Hops.cpp:[[@LINE+1]]: to_worker: loop
  co_await to_worker();
  // CHECK: Hops.cpp:[[@LINE+1]]: to_loop: worker
  co_await to_loop();
}
// Whether the awaiting coroutine goes on where the awaited one ended is the library's choice.
task<> through_coroutines() {
  // CHECK: Hops.cpp:[[@LINE+1]]: comes_back: loop
  co_await comes_back();
  // CHECK: Hops.cpp:[[@LINE+1]]: f: loop
  f();
  // CHECK: Hops.cpp:[[@LINE+1]]: ends_on_worker: loop
  co_await ends_on_worker();
  // CHECK: Hops.cpp:[[@LINE+1]]: f: unknown
  f();
}
