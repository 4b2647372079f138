//===- aio/time.hpp - Sleeping, and giving up -----------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------------------------------===//
//
// Times are those of std::chrono::steady_clock; the loop wakes on the millisecond after a time,
// never before it. Under testing.hpp's virtual clock, time stands still while anything can run.
//
//===----------------------------------------------------------------------------------------------===//

#ifndef AIO_TIME_HPP
#define AIO_TIME_HPP

#include <aio/cancel.hpp>
#include <aio/detail/as_task.hpp>
#include <aio/detail/scoped.hpp>
#include <aio/task.hpp>

#include <corolint/annotations.h>

#include <chrono>
#include <stdexcept>
#include <utility>

namespace aio {

using clock = detail::clock;

/// Thrown by with_timeout and deadline when the time came first.
class timed_out : public std::runtime_error {
public:
  timed_out() : std::runtime_error("the time was up") {}
};

namespace detail {

class sleep_operation final : public awaitable_operation<sleep_operation>, private timer {
public:
  explicit sleep_operation(clock::time_point until, const char *what) noexcept
      : awaitable_operation(what), until_(until) {}
  explicit sleep_operation(clock::duration time) noexcept
      : awaitable_operation("sleep_for"), time_(time) {}
  sleep_operation(sleep_operation &&) noexcept = default;
  ~sleep_operation();

  bool start();
  void await_resume() const { rethrow_cancelled(); }

private:
  void fired() noexcept override { complete(); }
  void on_cancel() noexcept override;
  std::string detail() const override;

  clock::time_point until_{};
  clock::duration time_ = clock::duration::min(); // min: until_ is known
};

template <class T> class timed final : public scoped_awaitable<T>, private timer {
public:
  timed(clock::time_point until, task<T> work) noexcept
      : scoped_awaitable<T>("deadline", std::move(work)), until_(until) {}
  timed(clock::duration time, task<T> work) noexcept
      : scoped_awaitable<T>("with_timeout", std::move(work)), time_(time) {}

  T await_resume() {
    const bool theirs = this->caller_cancelled();
    try {
      return scoped_awaitable<T>::await_resume();
    } catch (const cancelled &) {
      if (!fired_ || theirs)
        throw;
    }
    throw timed_out();
  }

private:
  void started(scope &own) override {
    own_ = &own;
    // A time that is over already still lets the work go as far as its first suspension.
    own.loop().add(*this,
                   time_ == clock::duration::min() ? until_ : after(own.loop().now(), time_));
  }
  void ended() noexcept override { own_->loop().remove(*this); }
  void fired() noexcept override {
    fired_ = true;
    own_->request_cancel();
  }

  clock::time_point until_{};
  clock::duration time_ = clock::duration::min();
  scope *own_ = nullptr;
  bool fired_ = false;
};

} // namespace detail

/// Waits for \p time, and lets the others run. Zero or less: lets them run once.
///
/// Starts: when it is awaited; the time is counted from then.
/// Cancel: ends at once, with `cancelled`.
/// Thread: resumed on the loop.
/// Throws: nothing else.
template <class Rep, class Period>
[[nodiscard("co_await it")]] CORO_REPLACES(
    "std::this_thread::sleep_for", "sleep", "usleep", "nanosleep", "clock_nanosleep",
    "thrd_sleep") auto sleep_for(std::chrono::duration<Rep, Period> time) {
  return detail::sleep_operation(detail::to_clock(time));
}

/// Waits until \p when has come. A time that is over: lets the others run once.
///
/// Starts, Cancel, Thread, Throws: as sleep_for.
[[nodiscard("co_await it")]] CORO_REPLACES("std::this_thread::sleep_until") inline auto sleep_until(
    clock::time_point when) {
  return detail::sleep_operation(when, "sleep_until");
}

/// Awaits \p work, and cancels it when \p time is over.
///
/// Starts: \p work and the time, when it is awaited.
/// Cancel: cancels \p work and waits for its end.
/// Thread: resumed on the loop.
/// Throws: `timed_out` when the time was over and \p work stopped for it. When it came to its end
/// all the same, what it gave or threw: nothing that was done is lost.
template <class Rep, class Period, class A>
[[nodiscard("co_await it")]] auto with_timeout(std::chrono::duration<Rep, Period> time,
                                               CORO_CONSUMES_TASK A &&work) {
  return detail::timed(detail::to_clock(time), detail::as_task(std::forward<A>(work)));
}

/// Awaits \p work, and cancels it when \p when has come.
///
/// Starts, Cancel, Thread, Throws: as with_timeout.
template <class A>
[[nodiscard("co_await it")]] auto deadline(clock::time_point when, CORO_CONSUMES_TASK A &&work) {
  return detail::timed(when, detail::as_task(std::forward<A>(work)));
}

} // namespace aio

#endif // AIO_TIME_HPP
