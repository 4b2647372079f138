// Every name of cppcoro.yaml, looked up on declarations of the library's shape: Debian does not
// package it, so what follows is written after its headers.
// RUN: split-file %s %t
// RUN: corolint-knowledge-dump %t/use.cpp -- -std=c++20 -w -I%t > %t.answers
// RUN: corolint-knowledge-dump --missing=cppcoro.yaml %t.answers | %FileCheck %s
// CHECK: all {{[0-9]+}} entries of cppcoro.yaml are proven

//--- use.cpp
#include <cppcoro/async_mutex.hpp>
#include <cppcoro/async_scope.hpp>
#include <cppcoro/cancellation_token.hpp>
#include <cppcoro/io_service.hpp>
#include <cppcoro/operation_cancelled.hpp>
#include <cppcoro/read_only_file.hpp>
#include <cppcoro/read_write_file.hpp>
#include <cppcoro/resume_on.hpp>
#include <cppcoro/schedule_on.hpp>
#include <cppcoro/static_thread_pool.hpp>
#include <cppcoro/sync_wait.hpp>
#include <cppcoro/task.hpp>
#include <cppcoro/when_all.hpp>
#include <cppcoro/when_all_ready.hpp>
#include <cppcoro/write_only_file.hpp>

cppcoro::task<int> number();

void pool() {
  cppcoro::static_thread_pool pool;
  pool.schedule();
  cppcoro::schedule_on(pool, number());
  cppcoro::resume_on(pool, number());
}

void loop(cppcoro::io_service &io) {
  io.schedule();
  io.schedule_after(1);
  io.process_events();
  io.process_pending_events();
  io.process_one_event();
  io.process_one_pending_event();
  cppcoro::read_only_file::open(io, "x");
  cppcoro::write_only_file::open(io, "x");
  cppcoro::read_write_file::open(io, "x");
}

cppcoro::cancellation_token token;

cppcoro::task<int> tasks(cppcoro::async_mutex_lock lock, cppcoro::async_scope &scope) {
  scope.spawn(number());
  cppcoro::sync_wait(number());
  return number();
}

void together(cppcoro::operation_cancelled stopped) {
  cppcoro::when_all(number(), number());
  cppcoro::when_all_ready(number(), number());
}

//--- cppcoro/task.hpp
#pragma once
namespace cppcoro {
template <typename T = void> class task {};
} // namespace cppcoro
//--- cppcoro/sync_wait.hpp
#pragma once
namespace cppcoro {
template <typename Awaitable> auto sync_wait(Awaitable &&awaitable) -> int;
} // namespace cppcoro
//--- cppcoro/async_mutex.hpp
#pragma once
namespace cppcoro {
class async_mutex_lock {
public:
  ~async_mutex_lock();
};
} // namespace cppcoro
//--- cppcoro/cancellation_token.hpp
#pragma once
namespace cppcoro {
class cancellation_token {
public:
  bool is_cancellation_requested() const noexcept;
};
} // namespace cppcoro
//--- cppcoro/async_scope.hpp
#pragma once
namespace cppcoro {
class async_scope {
public:
  template <typename Awaitable> void spawn(Awaitable &&awaitable);
};
} // namespace cppcoro
//--- cppcoro/static_thread_pool.hpp
#pragma once
namespace cppcoro {
class static_thread_pool {
public:
  class schedule_operation {};
  static_thread_pool();
  ~static_thread_pool();
  schedule_operation schedule() noexcept;
};
} // namespace cppcoro
//--- cppcoro/io_service.hpp
#pragma once
namespace cppcoro {
class io_service {
public:
  class schedule_operation {};
  class timed_schedule_operation {};
  schedule_operation schedule() noexcept;
  template <typename Duration> timed_schedule_operation schedule_after(const Duration &) noexcept;
  unsigned long process_events();
  unsigned long process_pending_events();
  unsigned long process_one_event();
  unsigned long process_one_pending_event();
};
} // namespace cppcoro
//--- cppcoro/schedule_on.hpp
#pragma once
namespace cppcoro {
template <typename Scheduler, typename Awaitable>
auto schedule_on(Scheduler &scheduler, Awaitable awaitable) -> Awaitable;
} // namespace cppcoro
//--- cppcoro/resume_on.hpp
#pragma once
namespace cppcoro {
template <typename Scheduler, typename Awaitable>
auto resume_on(Scheduler &scheduler, Awaitable awaitable) -> Awaitable;
} // namespace cppcoro
//--- cppcoro/read_only_file.hpp
#pragma once
namespace cppcoro {
class io_service;
class read_only_file {
public:
  static read_only_file open(io_service &, const char *path);
};
} // namespace cppcoro
//--- cppcoro/write_only_file.hpp
#pragma once
namespace cppcoro {
class io_service;
class write_only_file {
public:
  static write_only_file open(io_service &, const char *path);
};
} // namespace cppcoro
//--- cppcoro/read_write_file.hpp
#pragma once
namespace cppcoro {
class io_service;
class read_write_file {
public:
  static read_write_file open(io_service &, const char *path);
};
} // namespace cppcoro
//--- cppcoro/when_all.hpp
#pragma once
namespace cppcoro {
template <typename... Awaitables> auto when_all(Awaitables &&...awaitables) { return 1; }
} // namespace cppcoro
//--- cppcoro/when_all_ready.hpp
#pragma once
namespace cppcoro {
template <typename... Awaitables> auto when_all_ready(Awaitables &&...awaitables) { return 1; }
} // namespace cppcoro
//--- cppcoro/operation_cancelled.hpp
#pragma once
#include <exception>
namespace cppcoro {
class operation_cancelled : public std::exception {};
} // namespace cppcoro
