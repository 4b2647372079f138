// Every name of stdexec.yaml, looked up on declarations of the library's shape: Debian does not
// package it, so what follows is written after its headers, those of now and those of 24.09.
// RUN: split-file %s %t
// RUN: corolint-knowledge-dump %t/use.cpp -- -std=c++20 -w -I%t > %t.answers
// RUN: corolint-knowledge-dump %t/use.cpp -- -std=c++20 -w -I%t -DOLDER > %t.older
// RUN: corolint-knowledge-dump %t/use.cpp -- -std=c++20 -w -I%t -DINSIDE_STD > %t.std
// RUN: corolint-knowledge-dump --missing=stdexec.yaml %t.answers %t.older %t.std | %FileCheck %s
// CHECK: all {{[0-9]+}} entries of stdexec.yaml are proven

//--- use.cpp
#include <exec/async_scope.hpp>
#include <exec/linux/io_uring_context.hpp>
#include <exec/single_thread_context.hpp>
#include <exec/start_detached.hpp>
#include <exec/static_thread_pool.hpp>
#include <exec/task.hpp>
#include <exec/timed_scheduler.hpp>
#include <exec/timed_thread_scheduler.hpp>
#include <stdexec/execution.hpp>

void loops(stdexec::run_loop &loop, exec::io_uring_context &uring) {
#ifdef INSIDE_STD
  std::this_thread::sync_wait(1);
  std::this_thread::sync_wait_with_variant(1);
#else
  stdexec::sync_wait(1);
  stdexec::sync_wait_with_variant(1);
#endif
  loop.run();
  uring.run_until_stopped();
  uring.run_until_empty();
}

void destructors() {
  exec::static_thread_pool pool;
  exec::single_thread_context single;
  exec::timed_thread_context timed;
}

void sinks(exec::async_scope &scope) {
  exec::reschedule_coroutine_on(1);
  exec::async_scope local;
  scope.spawn(1);
  scope.spawn_future(1);
#ifdef OLDER
  stdexec::start_detached(1);
#else
  exec::start_detached(1);
  stdexec::then(1, 2);
  stdexec::let_value(1, 2);
  stdexec::upon_error(1, 2);
  stdexec::upon_stopped(1, 2);
  stdexec::let_error(1, 2);
  stdexec::let_stopped(1, 2);
  stdexec::starts_on(1, 2);
  stdexec::on(1, 2);
  stdexec::spawn(1, 2);
  stdexec::spawn_future(1, 2);
#endif
}

void together() {
  exec::schedule_after(1, 2);
  exec::schedule_at(1, 2);
  stdexec::when_all(1, 2);
  stdexec::when_all_with_variant(1, 2);
}

//--- exec/namespace.hpp
#pragma once
// What is exec:: now was its own namespace before.
#ifdef OLDER
#define EXEC exec
#else
#define EXEC experimental::execution
namespace experimental::execution {}
namespace exec = experimental::execution;
#endif
//--- stdexec/execution.hpp
#pragma once
#if defined(INSIDE_STD)
namespace std {
namespace this_thread {
struct sync_wait_t {
  template <class Sender> auto operator()(Sender &&sender) const -> int;
};
struct sync_wait_with_variant_t {
  template <class Sender> auto operator()(Sender &&sender) const -> int;
};
inline constexpr sync_wait_t sync_wait{};
inline constexpr sync_wait_with_variant_t sync_wait_with_variant{};
} // namespace this_thread
} // namespace std
#endif
namespace stdexec {
#ifdef OLDER
namespace __sync_wait {
#endif
struct sync_wait_t {
  template <class Sender> auto operator()(Sender &&sender) const -> int;
};
struct sync_wait_with_variant_t {
  template <class Sender> auto operator()(Sender &&sender) const -> int;
};
#ifdef OLDER
} // namespace __sync_wait
using __sync_wait::sync_wait_t;
using __sync_wait::sync_wait_with_variant_t;
#endif
inline constexpr sync_wait_t sync_wait{};
inline constexpr sync_wait_with_variant_t sync_wait_with_variant{};

#ifdef OLDER
namespace __loop {
class run_loop {
public:
  void run();
};
} // namespace __loop
using __loop::run_loop;
namespace __start_detached {
struct start_detached_t {
  template <class Sender> void operator()(Sender &&sender) const;
};
} // namespace __start_detached
inline constexpr __start_detached::start_detached_t start_detached{};
#else
namespace __run_loop {
class __run_loop_base {
public:
  void run() noexcept;
};
template <class Derived> struct __basic_run_loop : __run_loop_base {};
} // namespace __run_loop
struct run_loop : __run_loop::__basic_run_loop<run_loop> {};
struct starts_on_t {
  template <class Scheduler, class Sender> auto operator()(Scheduler &&s, Sender &&sender) const -> int;
};
struct on_t {
  template <class Scheduler, class Sender> auto operator()(Scheduler &&s, Sender &&sender) const -> int;
};
struct then_t {
  template <class Sender, class Fun> auto operator()(Sender &&sender, Fun fun) const -> int;
};
struct upon_error_t {
  template <class Sender, class Fun> auto operator()(Sender &&sender, Fun fun) const -> int;
};
struct upon_stopped_t {
  template <class Sender, class Fun> auto operator()(Sender &&sender, Fun fun) const -> int;
};
inline constexpr then_t then{};
inline constexpr upon_error_t upon_error{};
inline constexpr upon_stopped_t upon_stopped{};
namespace __let {
template <class Tag> struct __let_t {
  template <class Sender, class Fun> auto operator()(Sender &&sender, Fun fun) const -> int;
};
} // namespace __let
struct let_value_t : __let::__let_t<let_value_t> {};
struct let_error_t : __let::__let_t<let_error_t> {};
struct let_stopped_t : __let::__let_t<let_stopped_t> {};
inline constexpr let_value_t let_value{};
inline constexpr let_error_t let_error{};
inline constexpr let_stopped_t let_stopped{};
inline constexpr starts_on_t starts_on{};
inline constexpr on_t on{};
struct spawn_t {
  template <class Sender, class Token> void operator()(Sender &&sender, Token token) const;
};
inline constexpr spawn_t spawn{};
struct spawn_future_t {
  template <class Sender, class Token> int operator()(Sender &&sender, Token token) const;
};
inline constexpr spawn_future_t spawn_future{};
#endif
} // namespace stdexec
namespace stdexec {
struct when_all_t {
  template <class... Senders> int operator()(Senders &&...senders) const;
};
inline constexpr when_all_t when_all{};
struct when_all_with_variant_t {
  template <class... Senders> int operator()(Senders &&...senders) const;
};
inline constexpr when_all_with_variant_t when_all_with_variant{};
} // namespace stdexec
//--- exec/start_detached.hpp
#pragma once
#include <exec/namespace.hpp>
#ifndef OLDER
namespace EXEC {
struct start_detached_t {
  template <class Sender> void operator()(Sender &&sender) const;
};
inline constexpr start_detached_t start_detached{};
} // namespace EXEC
#endif
//--- exec/async_scope.hpp
#pragma once
#include <exec/namespace.hpp>
namespace EXEC {
namespace __scope {
struct async_scope {
  template <class Sender> void spawn(Sender &&sender);
  template <class Sender> int spawn_future(Sender &&sender);
};
} // namespace __scope
using __scope::async_scope;
} // namespace EXEC
//--- exec/static_thread_pool.hpp
#pragma once
#include <exec/namespace.hpp>
namespace EXEC {
namespace _pool_ {
class _static_thread_pool {
public:
  ~_static_thread_pool();
};
} // namespace _pool_
struct static_thread_pool : private _pool_::_static_thread_pool {};
} // namespace EXEC
//--- exec/single_thread_context.hpp
#pragma once
#include <exec/namespace.hpp>
namespace EXEC {
class single_thread_context {
public:
  ~single_thread_context();
};
} // namespace EXEC
//--- exec/timed_thread_scheduler.hpp
#pragma once
#include <exec/namespace.hpp>
namespace EXEC {
class timed_thread_context {
public:
  ~timed_thread_context();
};
} // namespace EXEC
//--- exec/linux/io_uring_context.hpp
#pragma once
#include <exec/namespace.hpp>
namespace EXEC {
namespace __io_uring {
class __context {
public:
  void run_until_stopped();
  void run_until_empty();
};
} // namespace __io_uring
using io_uring_context = __io_uring::__context;
} // namespace EXEC
//--- exec/task.hpp
#pragma once
#include <exec/namespace.hpp>
namespace EXEC {
namespace __task {
#ifdef OLDER
struct __reschedule_coroutine_on {
  template <class Scheduler> int operator()(Scheduler scheduler) const noexcept;
};
#else
struct __reschedule_coroutine_on_t {
  template <class Scheduler> int operator()(Scheduler scheduler) const noexcept;
};
using __reschedule_coroutine_on = __reschedule_coroutine_on_t;
#endif
} // namespace __task
inline constexpr __task::__reschedule_coroutine_on reschedule_coroutine_on{};
} // namespace EXEC
//--- exec/timed_scheduler.hpp
#pragma once
#include <exec/namespace.hpp>
namespace EXEC {
namespace __schedule_after {
struct schedule_after_t {
  template <class Scheduler> int operator()(Scheduler &&sched, int duration) const;
};
} // namespace __schedule_after
inline constexpr __schedule_after::schedule_after_t schedule_after{};
namespace __schedule_at {
struct schedule_at_t {
  template <class Scheduler> int operator()(Scheduler &&sched, int time_point) const;
};
} // namespace __schedule_at
inline constexpr __schedule_at::schedule_at_t schedule_at{};
} // namespace EXEC
