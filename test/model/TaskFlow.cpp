// Where the tasks go that a function makes.
//
// RUN: %corolint dump --tasks %s -- -std=c++20 -I%include | %FileCheck %s --match-full-lines --implicit-check-not={{.}}

#include "../checks/Inputs/task.h"
#include <corolint/annotations.h>
#include <utility>
#include <vector>

task<> work();
task<task<>> nested();
void spawn(task<> t);
struct owner {
  explicit owner(task<> t);
};

task<> all(void (*hand_over)(task<>)) {
  // CHECK: TaskFlow.cpp:[[@LINE+1]]: 'work()': lazy task, dropped
  work();
  // CHECK: TaskFlow.cpp:[[@LINE+1]]: 'work()': lazy task, awaited
  co_await work();
  // CHECK: TaskFlow.cpp:[[@LINE+1]]: 'work()': lazy task, kept in kept
  auto kept = work();
  // CHECK: TaskFlow.cpp:[[@LINE+1]]: 'work()': lazy task, kept in kept
  kept = work();
  // CHECK: TaskFlow.cpp:[[@LINE+1]]: 'work()': lazy task, kept in braces
  task<> braces{work()};
  // CHECK: TaskFlow.cpp:[[@LINE+1]]: 'work()': lazy task, given to spawn
  spawn(work());
  // CHECK: TaskFlow.cpp:[[@LINE+1]]: 'work()': lazy task, given to a function
  hand_over(work());
  // CHECK: TaskFlow.cpp:[[@LINE+1]]: 'work()': lazy task, given to owner::owner
  owner one(work());
  std::vector<task<>> many;
  // CHECK: TaskFlow.cpp:[[@LINE+1]]: 'work()': lazy task, put in many
  many.push_back(work());
  // CHECK-DAG: TaskFlow.cpp:[[@LINE+2]]: 'nested()': lazy task, awaited
  // CHECK-DAG: TaskFlow.cpp:[[@LINE+1]]: 'co_await nested()': lazy task, awaited
  co_await co_await nested();
}

task<> returns() {
  // CHECK: TaskFlow.cpp:[[@LINE+1]]: 'work()': lazy task, returned
  return work();
}

// What becomes of it later, and whether it does on every path.
bool looks(const task<> &t);
inline bool asks(const task<> &t) { return t.done(); }
void run_elsewhere(CORO_OFFLOADS task<> t);
void take_over(CORO_CONSUMES_TASK task<> t);

task<> later(bool now) {
  // CHECK: TaskFlow.cpp:[[@LINE+1]]: 'work()': lazy task, kept in every, then awaited at [[@LINE+2]]
  auto every = work();
  co_await std::move(every);
  // CHECK: TaskFlow.cpp:[[@LINE+1]]: 'work()': lazy task, kept in some, then awaited at [[@LINE+3]], on some paths
  auto some = work();
  if (now)
    co_await std::move(some);
  // CHECK: TaskFlow.cpp:[[@LINE+1]]: 'work()': lazy task, kept in either, then awaited at [[@LINE+3]], given to take_over, which consumes it at [[@LINE+5]]
  auto either = work();
  if (now)
    co_await std::move(either);
  else
    take_over(std::move(either));
  // CHECK: TaskFlow.cpp:[[@LINE+1]]: 'work()': lazy task, kept in asked, then given to asks, which ignores it at [[@LINE+2]], on some paths
  auto asked = work();
  asks(asked);
  // CHECK: TaskFlow.cpp:[[@LINE+1]]: 'work()': lazy task, kept in caught, then awaited at [[@LINE+3]], given to run_elsewhere, which offloads it at [[@LINE+5]]
  auto caught = work();
  try {
    co_await std::move(caught);
  } catch (int) {
    run_elsewhere(std::move(caught));
  }
}
