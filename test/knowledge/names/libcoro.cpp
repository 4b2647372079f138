// Every name of libcoro.yaml, looked up on declarations of the library's shape: Debian does not
// package it, so what follows is written after its headers, those of 0.16 and of 0.15.
// RUN: split-file %s %t
// RUN: corolint-knowledge-dump %t/use.cpp -- -std=c++20 -w -I%t > %t.answers
// RUN: corolint-knowledge-dump --missing=libcoro.yaml %t.answers | %FileCheck %s
// CHECK: all {{[0-9]+}} entries of libcoro.yaml are proven

//--- use.cpp
#include <coro/io_scheduler.hpp>
#include <coro/mutex.hpp>
#include <coro/queue.hpp>
#include <coro/ring_buffer.hpp>
#include <coro/scheduler.hpp>
#include <coro/sync_wait.hpp>
#include <coro/task_group.hpp>
#include <coro/thread_pool.hpp>
#include <coro/when_all.hpp>

coro::task<void> work();

void pool(coro::thread_pool pool) {
  pool.schedule();
  pool.yield();
  pool.resume(work().handle());
  pool.spawn(work());
  pool.spawn_detached(work());
  pool.spawn_joinable(work());
  pool.shutdown();
}

void scheduler(coro::scheduler scheduler) {
  scheduler.schedule();
  scheduler.schedule_after(1);
  scheduler.schedule_at(1);
  scheduler.yield();
  scheduler.yield_for(1);
  scheduler.yield_until(1);
  scheduler.poll(0);
  scheduler.spawn_detached(work());
  scheduler.spawn_joinable(work());
  scheduler.process_events();
  scheduler.shutdown();
}

void older(coro::io_scheduler scheduler) {
  scheduler.schedule();
  scheduler.schedule_after(1);
  scheduler.schedule_at(1);
  scheduler.yield();
  scheduler.yield_for(1);
  scheduler.yield_until(1);
  scheduler.poll(0);
  scheduler.spawn(work());
  scheduler.process_events();
  scheduler.shutdown();
}

void containers() {
  coro::queue<int> queue;
  coro::ring_buffer<int, 2> buffer;
}

coro::task<void> tasks(coro::scoped_lock lock, coro::task_group<coro::scheduler> &group) {
  group.start(work());
  coro::sync_wait(work());
  return work();
}

void together() { coro::when_all(work(), work()); }

//--- coro/task.hpp
#pragma once
namespace coro {
template <typename T = void> class task {
public:
  int handle();
};
} // namespace coro
//--- coro/sync_wait.hpp
#pragma once
#include <coro/task.hpp>
namespace coro {
template <typename Awaitable, typename Return = int> auto sync_wait(Awaitable &&a) -> Return;
} // namespace coro
//--- coro/mutex.hpp
#pragma once
namespace coro {
class scoped_lock {
public:
  ~scoped_lock();
};
} // namespace coro
//--- coro/task_group.hpp
#pragma once
#include <coro/task.hpp>
namespace coro {
template <typename Executor> class task_group {
public:
  ~task_group() {}
  auto start(coro::task<void> &&task) -> bool;
};
} // namespace coro
//--- coro/thread_pool.hpp
#pragma once
#include <coro/task.hpp>
namespace coro {
class thread_pool {
public:
  class schedule_operation {};
  virtual ~thread_pool();
  auto schedule() -> schedule_operation;
  auto yield() -> schedule_operation;
  auto resume(int handle) noexcept -> bool;
  auto spawn(coro::task<void> &&task) noexcept -> bool;
  auto spawn_detached(coro::task<void> &&task) noexcept -> bool;
  auto spawn_joinable(coro::task<void> &&task) noexcept -> coro::task<void>;
  auto shutdown() noexcept -> void;
};
} // namespace coro
//--- coro/scheduler.hpp
#pragma once
#include <coro/task.hpp>
namespace coro {
class scheduler {
public:
  class schedule_operation {};
  virtual ~scheduler();
  auto process_events(int timeout = 0) -> unsigned long;
  auto schedule() -> schedule_operation;
  template <typename Duration> auto schedule_after(Duration amount) -> coro::task<void>;
  auto schedule_at(int time) -> coro::task<void>;
  auto yield() -> schedule_operation;
  template <typename Duration> auto yield_for(Duration amount) -> coro::task<void>;
  auto yield_until(int time) -> coro::task<void>;
  auto poll(int fd) -> coro::task<int>;
  auto spawn_detached(coro::task<void> &&task) -> bool;
  auto spawn_joinable(coro::task<void> &&task) -> coro::task<void>;
  auto shutdown() noexcept -> void;
};
} // namespace coro
//--- coro/io_scheduler.hpp
#pragma once
#include <coro/task.hpp>
namespace coro {
class io_scheduler {
public:
  class schedule_operation {};
  virtual ~io_scheduler();
  auto process_events(int timeout = 0) -> unsigned long;
  auto schedule() -> schedule_operation;
  template <typename Duration> auto schedule_after(Duration amount) -> coro::task<void>;
  auto schedule_at(int time) -> coro::task<void>;
  auto yield() -> schedule_operation;
  template <typename Duration> auto yield_for(Duration amount) -> coro::task<void>;
  auto yield_until(int time) -> coro::task<void>;
  auto poll(int fd) -> coro::task<int>;
  auto spawn(coro::task<void> &&task) -> bool;
  auto shutdown() noexcept -> void;
};
} // namespace coro
//--- coro/queue.hpp
#pragma once
namespace coro {
template <typename element_type> class queue {
public:
  ~queue() {}
};
} // namespace coro
//--- coro/ring_buffer.hpp
#pragma once
namespace coro {
template <typename element, unsigned long num_elements> class ring_buffer {
public:
  ~ring_buffer() {}
};
} // namespace coro
//--- coro/when_all.hpp
#pragma once
namespace coro {
template <typename... Awaitables> [[nodiscard]] auto when_all(Awaitables... awaitables) { return 1; }
} // namespace coro
