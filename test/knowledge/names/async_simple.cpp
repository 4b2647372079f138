// Every name of async_simple.yaml, looked up on declarations of its shape: Debian does not
// package it, so what follows is written after its headers.
// RUN: split-file %s %t
// RUN: corolint-knowledge-dump %t/use.cpp -- -std=c++20 -w -I%t > %t.answers
// RUN: corolint-knowledge-dump --missing=async_simple.yaml %t.answers | %FileCheck %s
// CHECK: all {{[0-9]+}} entries of async_simple.yaml are proven

//--- use.cpp
#include <async_simple/Collect.h>
#include <async_simple/Future.h>
#include <async_simple/Signal.h>
#include <async_simple/coro/Collect.h>
#include <async_simple/coro/Dispatch.h>
#include <async_simple/coro/Sleep.h>
#include <async_simple/coro/SyncAwait.h>
#include <async_simple/executors/SimpleExecutor.h>
#include <async_simple/util/Condition.h>
#include <async_simple/util/ThreadPool.h>
#include <thread>

void waits(async_simple::Future<int> f, async_simple::util::Condition &c) {
  f.get();
  f.wait();
  c.acquire();
}

void pools(async_simple::util::ThreadPool pool, async_simple::executors::SimpleExecutor executor) {
  pool.scheduleById([] {});
}

async_simple::coro::Lazy<int> work() {
  async_simple::coro::syncAwait(work());
  async_simple::coro::dispatch(nullptr);
  async_simple::coro::sleep(1);
  std::this_thread::sleep_for(std::chrono::seconds(1));
  work().via(nullptr);
  work().setEx(nullptr);
  work().start([](int) {});
  work().directlyStart([](int) {}, nullptr);
  async_simple::coro::RescheduleLazy<int>().start([](int) {});
  async_simple::coro::RescheduleLazy<int>().detach();
  return {};
}

void together(async_simple::SignalException stopped) {
  async_simple::coro::collectAll(1, 2);
  async_simple::coro::collectAllPara(1, 2);
  async_simple::coro::collectAllWindowed(1, true, 2);
  async_simple::coro::collectAllWindowedPara(1, true, 2);
  async_simple::collectAll(1, 2);
}

//--- async_simple/Future.h
#pragma once
namespace async_simple {
template <typename T> class Future {
public:
  T get();
  void wait();
  bool hasResult() const;
};
} // namespace async_simple
//--- async_simple/coro/Lazy.h
#pragma once
namespace async_simple {
class Executor;
namespace coro {
namespace detail {
template <typename T, bool reschedule> class LazyBase {
public:
  template <typename F> void start(F &&callback) {}
};
} // namespace detail
template <typename T = void> class [[nodiscard]] RescheduleLazy : public detail::LazyBase<T, true> {
public:
  void detach();
};
template <typename T = void> class [[nodiscard]] Lazy : public detail::LazyBase<T, false> {
public:
  using detail::LazyBase<T, false>::start;
  template <typename F> void directlyStart(F &&callback, Executor *executor) {}
  Lazy via(Executor *ex) &&;
  Lazy setEx(Executor *ex) &&;
};
} // namespace coro
} // namespace async_simple
//--- async_simple/coro/SyncAwait.h
#pragma once
#include <async_simple/coro/Lazy.h>
namespace async_simple {
namespace coro {
template <typename LazyType> inline auto syncAwait(LazyType &&lazy) {
  return 0;
}
} // namespace coro
} // namespace async_simple
//--- async_simple/coro/Dispatch.h
#pragma once
#include <async_simple/coro/Lazy.h>
namespace async_simple {
namespace coro {
namespace detail {
class DispatchAwaitable {};
} // namespace detail
inline detail::DispatchAwaitable dispatch(Executor *ex) {
  return {};
}
} // namespace coro
} // namespace async_simple
//--- async_simple/coro/Sleep.h
#pragma once
#include <async_simple/coro/Lazy.h>
namespace async_simple {
namespace coro {
template <typename Duration> Lazy<void> sleep(Duration dur);
} // namespace coro
} // namespace async_simple
//--- async_simple/util/Condition.h
#pragma once
namespace async_simple {
namespace util {
class Condition {
public:
  void release();
  void acquire();
};
} // namespace util
} // namespace async_simple
//--- async_simple/util/ThreadPool.h
#pragma once
namespace async_simple {
namespace util {
class ThreadPool {
public:
  ~ThreadPool();
  int scheduleById(void (*fn)(), int id = -1);
};
} // namespace util
} // namespace async_simple
//--- async_simple/executors/SimpleExecutor.h
#pragma once
#include <async_simple/util/ThreadPool.h>
namespace async_simple {
namespace executors {
class SimpleExecutor {
public:
  ~SimpleExecutor();
};
} // namespace executors
} // namespace async_simple
//--- async_simple/coro/Collect.h
#pragma once
namespace async_simple::coro {
template <typename... Ts> inline auto collectAll(Ts... awaitables) { return 1; }
template <typename... Ts> inline auto collectAllPara(Ts... awaitables) { return 1; }
template <typename T> inline auto collectAllWindowed(unsigned max, bool yield, T input) { return 1; }
template <typename T> inline auto collectAllWindowedPara(unsigned max, bool yield, T input) { return 1; }
} // namespace async_simple::coro
//--- async_simple/Collect.h
#pragma once
namespace async_simple {
template <typename Iterator> inline auto collectAll(Iterator begin, Iterator end) { return 1; }
} // namespace async_simple
//--- async_simple/Signal.h
#pragma once
#include <stdexcept>
namespace async_simple {
class SignalException : public std::runtime_error {};
} // namespace async_simple
