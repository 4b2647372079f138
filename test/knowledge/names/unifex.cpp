// Every name of unifex.yaml, looked up on declarations of the library's shape: Debian does not
// package it, so what follows is written after its headers.
// RUN: split-file %s %t
// RUN: corolint-knowledge-dump %t/use.cpp -- -std=c++20 -w -I%t > %t.answers
// RUN: corolint-knowledge-dump --missing=unifex.yaml %t.answers | %FileCheck %s
// CHECK: all {{[0-9]+}} entries of unifex.yaml are proven

//--- use.cpp
#include <unifex/async_scope.hpp>
#include <unifex/inplace_stop_token.hpp>
#include <unifex/linux/io_epoll_context.hpp>
#include <unifex/linux/io_uring_context.hpp>
#include <unifex/let_value.hpp>
#include <unifex/manual_event_loop.hpp>
#include <unifex/new_thread_context.hpp>
#include <unifex/scheduler_concepts.hpp>
#include <unifex/single_thread_context.hpp>
#include <unifex/spawn_detached.hpp>
#include <unifex/spawn_future.hpp>
#include <unifex/static_thread_pool.hpp>
#include <unifex/sync_wait.hpp>
#include <unifex/then.hpp>
#include <unifex/thread_unsafe_event_loop.hpp>
#include <unifex/timed_single_thread_context.hpp>
#include <unifex/when_all.hpp>
#include <unifex/when_all_range.hpp>

void loops(unifex::manual_event_loop &manual, unifex::thread_unsafe_event_loop &unsafe,
           unifex::linuxos::io_uring_context &uring, unifex::linuxos::io_epoll_context &epoll) {
  unifex::sync_wait(1);
  unifex::sync_wait_r<int>(1);
  manual.run();
  unsafe.sync_wait(1);
  uring.run(1);
  epoll.run(1);
}

void destructors() {
  unifex::static_thread_pool pool;
  unifex::single_thread_context single;
  unifex::timed_single_thread_context timed;
  unifex::new_thread_context fresh;
}

unifex::inplace_stop_token token;

void sinks(unifex::async_scope &scope) {
  unifex::async_scope local;
  unifex::schedule(1);
  unifex::then(1, 2);
  unifex::let_value(1, 2);
  scope.spawn(1);
  scope.spawn_on(1, 2);
  scope.detached_spawn(1);
  scope.detached_spawn_on(1, 2);
  unifex::spawn_detached(1, scope);
  unifex::spawn_future(1, scope);
}

void together() {
  unifex::schedule_after(1, 2);
  unifex::schedule_at(1, 2);
  unifex::when_all(1, 2);
  unifex::when_all_range(1);
}

//--- unifex/then.hpp
#pragma once
namespace unifex {
namespace _then::_cpo {
struct _fn {
  template <typename Sender, typename Func> auto operator()(Sender &&predecessor, Func &&func) const -> int;
};
} // namespace _then::_cpo
inline constexpr _then::_cpo::_fn then{};
} // namespace unifex
//--- unifex/let_value.hpp
#pragma once
namespace unifex {
namespace _let_v::_cpo {
struct _fn {
  template <typename Pred, typename Factory> auto operator()(Pred &&pred, Factory &&factory) const -> int;
};
} // namespace _let_v::_cpo
inline constexpr _let_v::_cpo::_fn let_value{};
} // namespace unifex
//--- unifex/sync_wait.hpp
#pragma once
namespace unifex {
namespace _sync_wait_cpo {
class _fn {
public:
  template <typename Sender> auto operator()(Sender &&sender) const -> int;
};
} // namespace _sync_wait_cpo
inline constexpr _sync_wait_cpo::_fn sync_wait{};
namespace _sync_wait_r_cpo {
template <typename Result> struct _fn {
  template <typename Sender> int operator()(Sender &&sender) const;
};
} // namespace _sync_wait_r_cpo
template <typename Result> inline constexpr _sync_wait_r_cpo::_fn<Result> sync_wait_r{};
} // namespace unifex
//--- unifex/scheduler_concepts.hpp
#pragma once
namespace unifex {
namespace _schedule {
struct _fn {
  template <typename Scheduler> int operator()(Scheduler &&sched) const;
};
} // namespace _schedule
inline constexpr _schedule::_fn schedule{};
} // namespace unifex
namespace unifex {
namespace _schedule_after {
struct _fn {
  template <typename Scheduler, typename Duration> int operator()(Scheduler &&s, Duration &&d) const;
};
inline constexpr _fn schedule_after{};
} // namespace _schedule_after
using _schedule_after::schedule_after;
namespace _schedule_at {
struct _fn {
  template <typename Scheduler, typename TimePoint> int operator()(Scheduler &&s, TimePoint &&tp) const;
};
inline constexpr _fn schedule_at{};
} // namespace _schedule_at
using _schedule_at::schedule_at;
} // namespace unifex
//--- unifex/manual_event_loop.hpp
#pragma once
namespace unifex {
namespace _manual_event_loop {
class context {
public:
  void run();
};
} // namespace _manual_event_loop
using manual_event_loop = _manual_event_loop::context;
} // namespace unifex
//--- unifex/thread_unsafe_event_loop.hpp
#pragma once
namespace unifex {
class thread_unsafe_event_loop {
public:
  template <typename Sender> int sync_wait(Sender &&sender);
};
} // namespace unifex
//--- unifex/linux/io_uring_context.hpp
#pragma once
namespace unifex {
namespace linuxos {
class io_uring_context {
public:
  template <typename StopToken> void run(StopToken stopToken);
};
} // namespace linuxos
} // namespace unifex
//--- unifex/linux/io_epoll_context.hpp
#pragma once
namespace unifex {
namespace linuxos {
class io_epoll_context {
public:
  template <typename StopToken> void run(StopToken stopToken);
};
} // namespace linuxos
} // namespace unifex
//--- unifex/static_thread_pool.hpp
#pragma once
namespace unifex {
namespace _static_thread_pool {
class context {
public:
  ~context();
};
} // namespace _static_thread_pool
using static_thread_pool = _static_thread_pool::context;
} // namespace unifex
//--- unifex/single_thread_context.hpp
#pragma once
namespace unifex {
namespace _single_thread {
class context {
public:
  ~context();
};
} // namespace _single_thread
using single_thread_context = _single_thread::context;
} // namespace unifex
//--- unifex/timed_single_thread_context.hpp
#pragma once
namespace unifex {
class timed_single_thread_context {
public:
  ~timed_single_thread_context();
};
} // namespace unifex
//--- unifex/new_thread_context.hpp
#pragma once
namespace unifex {
namespace _new_thread {
class context {
public:
  ~context();
};
} // namespace _new_thread
using new_thread_context = _new_thread::context;
} // namespace unifex
//--- unifex/inplace_stop_token.hpp
#pragma once
namespace unifex {
class inplace_stop_token {
public:
  bool stop_requested() const noexcept;
};
} // namespace unifex
//--- unifex/async_scope.hpp
#pragma once
namespace unifex {
inline namespace v1 {
namespace _async_scope {
struct async_scope {
  template <typename Sender> int spawn(Sender &&sender);
  template <typename Scheduler, typename Sender> int spawn_on(Scheduler &&sched, Sender &&sender);
  template <typename Sender> void detached_spawn(Sender &&sender);
  template <typename Scheduler, typename Sender>
  void detached_spawn_on(Scheduler &&sched, Sender &&sender);
};
} // namespace _async_scope
} // namespace v1
using v1::_async_scope::async_scope;
} // namespace unifex
//--- unifex/spawn_detached.hpp
#pragma once
namespace unifex {
namespace _spawn_detached {
struct _spawn_detached_fn {
  template <typename Sender, typename Scope> void operator()(Sender &&sender, Scope &scope) const;
};
} // namespace _spawn_detached
inline constexpr _spawn_detached::_spawn_detached_fn spawn_detached{};
} // namespace unifex
//--- unifex/spawn_future.hpp
#pragma once
namespace unifex {
namespace _spawn_future {
struct _spawn_future_fn {
  template <typename Sender, typename Scope> int operator()(Sender &&sender, Scope &scope) const;
};
} // namespace _spawn_future
inline constexpr _spawn_future::_spawn_future_fn spawn_future{};
} // namespace unifex
//--- unifex/when_all.hpp
#pragma once
namespace unifex {
namespace _when_all::_cpo {
struct _fn {
  template <typename... Senders> int operator()(Senders &&...senders) const;
};
} // namespace _when_all::_cpo
inline constexpr _when_all::_cpo::_fn when_all{};
} // namespace unifex
//--- unifex/when_all_range.hpp
#pragma once
namespace unifex {
namespace _when_all_range::_cpo {
struct _fn final {
  template <typename Senders> int operator()(Senders senders) const;
};
} // namespace _when_all_range::_cpo
inline constexpr _when_all_range::_cpo::_fn when_all_range{};
} // namespace unifex
