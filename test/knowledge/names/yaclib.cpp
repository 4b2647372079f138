// Every name of yaclib.yaml, looked up on declarations of the library's shape: Debian does not
// package it, so what follows is written after its headers.
// RUN: split-file %s %t
// RUN: corolint-knowledge-dump %t/use.cpp -- -std=c++20 -w -I%t > %t.answers
// RUN: corolint-knowledge-dump --missing=yaclib.yaml %t.answers | %FileCheck %s
// CHECK: all {{[0-9]+}} entries of yaclib.yaml are proven

//--- use.cpp
#include <utility>
#include <yaclib/algo/one_shot_event.hpp>
#include <yaclib/algo/wait_group.hpp>
#include <yaclib/async/future.hpp>
#include <yaclib/async/join.hpp>
#include <yaclib/async/shared_future.hpp>
#include <yaclib/async/wait.hpp>
#include <yaclib/async/wait_for.hpp>
#include <yaclib/async/wait_until.hpp>
#include <yaclib/async/when_all.hpp>
#include <yaclib/coro/await.hpp>
#include <yaclib/coro/await_on.hpp>
#include <yaclib/coro/current_executor.hpp>
#include <yaclib/coro/guard.hpp>
#include <yaclib/coro/guard_sticky.hpp>
#include <yaclib/coro/on.hpp>
#include <yaclib/exe/manual.hpp>
#include <yaclib/lazy/task.hpp>
#include <yaclib/runtime/fair_thread_pool.hpp>

void waits(yaclib::Future<int, int> f, yaclib::FutureOn<int, int> o,
           yaclib::SharedFuture<int, int> s, yaclib::Task<int, int> t) {
  std::move(f).Get();
  std::move(o).Get();
  s.Get();
  std::move(t).Get();
  yaclib::Wait(f);
  yaclib::WaitFor(1, f);
  yaclib::WaitUntil(1, f);
}

void threads(yaclib::FairThreadPool &pool, yaclib::ManualExecutor &manual,
             yaclib::WaitGroup<> &group, yaclib::OneShotEvent &event) {
  pool.Wait();
  manual.Drain();
  group.Wait();
  event.Wait();
  event.WaitFor(1);
  event.WaitUntil(1);
}

void coroutines(yaclib::IExecutor &e, yaclib::Future<int, int> f, yaclib::UniqueGuard<int> u,
                yaclib::SharedGuard<int> s, yaclib::StickyGuard<int> t) {
  yaclib::On(e);
  yaclib::AwaitOn(e, f);
}

void together(yaclib::Future<int, int> f) {
  yaclib::Yield();
  yaclib::WhenAll(f, f);
  yaclib::Join(f, f);
  yaclib::Await(f, f);
}

//--- yaclib/async/future.hpp
#pragma once
namespace yaclib {
template <typename V, typename E> class FutureBase {
public:
  bool Ready() const & noexcept;
  void Get() & = delete;
  const V *Get() const & noexcept;
  V Get() && noexcept;
};
template <typename V, typename E> class Future final : public FutureBase<V, E> {};
template <typename V, typename E> class FutureOn final : public FutureBase<V, E> {};
} // namespace yaclib
//--- yaclib/async/shared_future.hpp
#pragma once
namespace yaclib {
template <typename V, typename E> class SharedFutureBase {
public:
  bool Ready() const noexcept;
  V Get() && noexcept;
  const V &Get() const & noexcept;
};
template <typename V, typename E> class SharedFuture final : public SharedFutureBase<V, E> {};
} // namespace yaclib
//--- yaclib/async/wait.hpp
#pragma once
namespace yaclib {
template <typename... Waited> inline void Wait(Waited &...fs) noexcept {}
} // namespace yaclib
//--- yaclib/async/wait_for.hpp
#pragma once
namespace yaclib {
template <typename Duration, typename... Waited>
inline bool WaitFor(const Duration &timeout, Waited &...fs) noexcept {
  return true;
}
} // namespace yaclib
//--- yaclib/async/wait_until.hpp
#pragma once
namespace yaclib {
template <typename Time, typename... Waited>
inline bool WaitUntil(const Time &time, Waited &...fs) noexcept {
  return true;
}
} // namespace yaclib
//--- yaclib/lazy/task.hpp
#pragma once
namespace yaclib {
template <typename V, typename E> class Task final {
public:
  V Get() && noexcept;
};
} // namespace yaclib
//--- yaclib/algo/wait_group.hpp
#pragma once
namespace yaclib {
template <typename Event = int> class WaitGroup {
public:
  void Wait() noexcept;
};
} // namespace yaclib
//--- yaclib/algo/one_shot_event.hpp
#pragma once
namespace yaclib {
class OneShotEvent {
public:
  bool Ready() noexcept;
  void Wait() noexcept;
  template <typename Duration> bool WaitFor(const Duration &timeout);
  template <typename Time> bool WaitUntil(const Time &time);
};
} // namespace yaclib
//--- yaclib/exe/executor.hpp
#pragma once
namespace yaclib {
class IExecutor {};
} // namespace yaclib
//--- yaclib/exe/manual.hpp
#pragma once
#include <yaclib/exe/executor.hpp>
namespace yaclib {
class ManualExecutor : public IExecutor {
public:
  unsigned long Drain() noexcept;
};
} // namespace yaclib
//--- yaclib/runtime/fair_thread_pool.hpp
#pragma once
#include <yaclib/exe/executor.hpp>
namespace yaclib {
class FairThreadPool : public IExecutor {
public:
  void Stop() noexcept;
  void Wait() noexcept;
};
} // namespace yaclib
//--- yaclib/coro/on.hpp
#pragma once
#include <yaclib/exe/executor.hpp>
namespace yaclib {
namespace detail {
class OnAwaiter {};
} // namespace detail
inline detail::OnAwaiter On(IExecutor &e) noexcept {
  return {};
}
} // namespace yaclib
//--- yaclib/coro/await_on.hpp
#pragma once
#include <yaclib/exe/executor.hpp>
namespace yaclib {
template <typename... Waited> inline auto AwaitOn(IExecutor &e, Waited &...waited) noexcept {
  return 0;
}
} // namespace yaclib
//--- yaclib/coro/guard.hpp
#pragma once
namespace yaclib {
namespace detail {
template <typename M, bool Shared> class Guard {};
} // namespace detail
template <typename M> class UniqueGuard : public detail::Guard<M, false> {};
template <typename M> class SharedGuard : public detail::Guard<M, true> {};
} // namespace yaclib
//--- yaclib/coro/guard_sticky.hpp
#pragma once
#include <yaclib/coro/guard.hpp>
namespace yaclib {
template <typename M> class StickyGuard : public detail::Guard<M, false> {};
} // namespace yaclib
//--- yaclib/async/join.hpp
#pragma once
namespace yaclib {
template <typename... Futures> inline auto Join(Futures... futures) { return 1; }
} // namespace yaclib
//--- yaclib/async/when_all.hpp
#pragma once
namespace yaclib {
template <typename... Futures> inline auto WhenAll(Futures... futures) { return 1; }
} // namespace yaclib
//--- yaclib/coro/await.hpp
#pragma once
namespace yaclib {
template <typename... Waited> inline auto Await(Waited &...waited) noexcept { return 1; }
} // namespace yaclib
//--- yaclib/coro/current_executor.hpp
#pragma once
namespace yaclib {
inline int Yield() noexcept { return 0; }
} // namespace yaclib
