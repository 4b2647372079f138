// Every name of coke.yaml, looked up on declarations of the library's shape: Debian does not package
// it, so what follows is written after its headers.
// RUN: split-file %s %t
// RUN: corolint-knowledge-dump %t/use.cpp -- -std=c++20 -w -I%t > %t.answers
// RUN: corolint-knowledge-dump --missing=coke.yaml %t.answers | %FileCheck %s
// CHECK: all {{[0-9]+}} entries of coke.yaml are proven

//--- use.cpp
#include <coke/go.h>
#include <coke/make_task.h>
#include <coke/sleep.h>
#include <coke/task.h>
#include <coke/wait.h>
#include <thread>

void threads(coke::ExecQueue *queue, coke::Executor *executor) {
  coke::switch_go_thread();
  coke::switch_go_thread("compute");
  coke::switch_go_thread(queue, executor);
}

void tasks() {
  coke::detach(coke::make_task([] { return coke::Task<int>(); }));
}

coke::Task<int> pauses() {
  std::this_thread::sleep_for(std::chrono::seconds(1));
  coke::sleep(std::chrono::seconds(1));
  coke::yield();
  coke::async_wait(coke::Task<int>(), coke::Task<int>());
  return {};
}

//--- coke/make_task.h
#pragma once
#include <coke/task.h>
namespace coke {
template <typename FUNC, typename... ARGS> auto make_task(FUNC &&func, ARGS &&...args) {
  return Task<int>();
}
} // namespace coke
//--- coke/task.h
#pragma once
namespace coke {
template <typename T> class Task {};
template <typename T> void detach(Task<T> &&task) {}
} // namespace coke
//--- coke/go.h
#pragma once
namespace coke {
class ExecQueue;
class Executor;
template <typename T> class GoAwaiter {};
inline auto switch_go_thread(ExecQueue *, Executor *) { return GoAwaiter<void>(); }
inline auto switch_go_thread(const char *) { return GoAwaiter<void>(); }
inline auto switch_go_thread() { return GoAwaiter<void>(); }
} // namespace coke
//--- coke/sleep.h
#pragma once
#include <chrono>
#include <cstdint>
namespace coke {
class SleepAwaiter {};
inline SleepAwaiter sleep(std::chrono::nanoseconds nsec) { return {}; }
inline SleepAwaiter sleep(double sec) { return {}; }
inline SleepAwaiter sleep(std::uint64_t id, std::chrono::nanoseconds nsec, bool head = false) { return {}; }
inline SleepAwaiter yield() { return {}; }
} // namespace coke
//--- coke/wait.h
#pragma once
#include <coke/task.h>
namespace coke {
template <typename T, typename... Ts> auto async_wait(Task<T> &&first, Task<Ts> &&...others) { return Task<T>(); }
} // namespace coke
