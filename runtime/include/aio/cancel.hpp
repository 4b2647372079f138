//===- aio/cancel.hpp - Asking a coroutine to stop ------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------------------------------===//
//
// Cancellation is a request. It surfaces where the coroutine awaits something of aio's: there
// `cancelled` is thrown, at this `co_await` and at every later one, until the coroutine has ended.
// A later one goes through the loop once, behind what is ready: who swallows it does not hold the
// loop. Clean-up that has to await runs under `shield`. What had come to its end when the request
// arrived keeps its result: nothing that was received, taken or locked is lost.
//
//===----------------------------------------------------------------------------------------------===//

#ifndef AIO_CANCEL_HPP
#define AIO_CANCEL_HPP

#include <aio/detail/as_task.hpp>
#include <aio/detail/scoped.hpp>
#include <aio/task.hpp>

#include <memory>
#include <stop_token>
#include <utility>

namespace aio {

/// Thrown where a coroutine that was asked to stop awaits something. It is no std::exception, so
/// that a handler for errors does not swallow it: to stop is no error.
class CORO_CANCELLATION cancelled {};

/// Whether this coroutine was asked to stop. For loops that compute, and for clean-up that differs.
///
/// Thread: any that runs a coroutine of aio; false elsewhere.
bool cancel_requested() noexcept;

namespace detail {

/// Cancels \p target, on the loop's thread, when a stop is requested; until what it returns is
/// destroyed.
std::shared_ptr<void> bridge_stop_token(std::stop_token token, scope &target);

class checkpoint_operation final : public awaitable_operation<checkpoint_operation> {
public:
  checkpoint_operation() noexcept : awaitable_operation("checkpoint") {}
  bool start() noexcept {
    complete();
    return true;
  }
  void await_resume() const { rethrow_cancelled(); }
};

template <class T> class shielded final : public scoped_awaitable<T> {
public:
  explicit shielded(task<T> work) noexcept : scoped_awaitable<T>("shield", std::move(work), true) {}
};

template <class T> class stoppable final : public scoped_awaitable<T> {
public:
  stoppable(std::stop_token token, task<T> work) noexcept
      : scoped_awaitable<T>("with_stop_token", std::move(work)), token_(std::move(token)) {}

private:
  void started(scope &own) override { bridge_ = bridge_stop_token(token_, own); }
  void ended() noexcept override { bridge_.reset(); }

  std::stop_token token_;
  std::shared_ptr<void> bridge_;
};

} // namespace detail

/// Lets the others have their turn, and is a place to be cancelled: for loops that compute.
///
/// Starts: when it is awaited.
/// Cancel: throws `cancelled`.
/// Thread: resumed on the loop.
/// Throws: nothing else.
[[nodiscard("co_await it")]] CORO_PAUSES inline auto checkpoint() noexcept {
  return detail::checkpoint_operation();
}

/// Awaits \p work, which does not hear of cancellation.
///
/// Starts: when it is awaited, also where cancellation was asked for before.
/// Cancel: \p work goes on, and its result is given; the next `co_await` after it throws.
/// Thread: resumed on the loop.
/// Throws: what \p work throws.
template <class A> [[nodiscard("co_await it")]] auto shield(CORO_CONSUMES_TASK A &&work) {
  return detail::shielded(detail::as_task(std::forward<A>(work)));
}

/// Awaits \p work, and cancels it when a stop is requested through \p token, on whatever thread.
///
/// Starts: when it is awaited.
/// Cancel: cancels \p work, and waits for its end.
/// Thread: resumed on the loop.
/// Throws: what \p work throws: `cancelled` when it was stopped.
template <class A>
[[nodiscard("co_await it")]] auto with_stop_token(std::stop_token token,
                                                  CORO_CONSUMES_TASK A &&work) {
  return detail::stoppable(std::move(token), detail::as_task(std::forward<A>(work)));
}

} // namespace aio

#endif // AIO_CANCEL_HPP
