//===- aio/spawn.hpp - Starting a coroutine beside this one ---------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------------------------------===//

#ifndef AIO_SPAWN_HPP
#define AIO_SPAWN_HPP

#include <aio/detail/as_task.hpp>
#include <aio/detail/spawned.hpp>
#include <aio/task.hpp>

#include <stdexcept>
#include <utility>

namespace aio {

/// Thrown to who awaits the handle of a coroutine that was cancelled. It is not `cancelled`, which
/// would mean that the one who awaits is to stop.
class task_cancelled : public std::runtime_error {
public:
  using std::runtime_error::runtime_error;
};

/// The handle of a coroutine that runs beside the one that started it. `co_await handle` waits for
/// its end and gives its result, once.
///
/// Starts: it runs already.
/// Cancel: who is cancelled while they await the handle stop waiting; the coroutine goes on and the
/// handle stays good.
/// Thread: whoever awaits is resumed on the loop.
/// Throws: what the coroutine threw; `task_cancelled` when it was cancelled; std::logic_error for a
/// handle that was moved from, detached, or awaited before.
///
/// A handle that is destroyed before its coroutine was awaited cancels it, and debug mode says so.
/// To let it run on is said by `detach()`.
template <class T> class [[nodiscard("await it, or detach() it")]] join_handle {
public:
  using value_type = T;
  using aio_awaitable = void;

  join_handle(join_handle &&other) noexcept = default;
  join_handle &operator=(join_handle &&other) noexcept {
    join_handle(std::move(other)).swap(*this);
    return *this;
  }
  ~join_handle() {
    if (state_)
      state_->dropped();
  }

  void swap(join_handle &other) noexcept { state_.swap(other.state_); }

  /// Asks the coroutine to stop. It ends in its own time: await it to know when.
  void cancel() noexcept {
    if (state_)
      state_->request_cancel();
  }

  /// Whether the coroutine has ended, or there is none.
  bool done() const noexcept { return !state_ || state_->done(); }

  /// Lets the coroutine run on by itself. An exception that leaves it then ends `run`, which throws
  /// it; `cancelled` does not. When the main task ends, it is cancelled.
  void detach() && noexcept {
    if (auto state = std::move(state_))
      state->detach();
  }

  auto operator co_await() & noexcept { return detail::join_operation<T>(state_); }
  auto operator co_await() && noexcept { return detail::join_operation<T>(state_); }

private:
  template <class A> friend auto spawn(A &&work);
  explicit join_handle(detail::spawned_ptr<T> state) noexcept : state_(std::move(state)) {}

  detail::spawned_ptr<T> state_;
};

/// Runs \p work beside this coroutine. Give parameters by value: it may outlive the caller.
///
/// Starts: when the caller suspends next, after what is ready already.
/// Cancel: through the handle, and when the main task of `run` has ended; not with the caller.
/// Thread: on the loop of the caller.
/// Throws: std::logic_error outside of a loop, or on a worker.
template <class A>
[[nodiscard("await the handle, or detach() it")]] auto spawn(CORO_CONSUMES_TASK A &&work) {
  using result = detail::task_result<A>;
  return join_handle<result>(detail::start_spawned<result>(detail::as_task(std::forward<A>(work))));
}

} // namespace aio

#endif // AIO_SPAWN_HPP
