// Where the tasks go that a function makes.
//
// RUN: %corolint dump --tasks %s -- -std=c++20 -I%include | %FileCheck %s --match-full-lines --implicit-check-not={{.}}

#include "../checks/Inputs/task.h"
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
