//===- aio/task.hpp - A coroutine that somebody awaits --------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------------------------------===//

#ifndef AIO_TASK_HPP
#define AIO_TASK_HPP

#include <aio/detail/attributes.hpp>
#include <aio/detail/promise.hpp>

#include <coroutine>
#include <utility>

namespace aio {

/// What a coroutine returns that gives a `T` to who awaits it: a value, a reference or nothing.
///
/// Starts: when it is awaited. Until then nothing of its body has run, and a task that is never
/// awaited never runs; debug mode says so.
/// Cancel: belongs to who awaits it, and is cancelled with them: see cancel.hpp.
/// Thread: starts on the thread of who awaits it, and resumes them on that thread, also when it has
/// hopped in between.
/// Throws: what its body throws is thrown where it is awaited.
///
/// It can be moved and not copied, and is awaited once, as an rvalue: `co_await f()`, or
/// `co_await std::move(t)`. One allocation holds the whole coroutine; Clang leaves it out where the
/// task is awaited in the expression that makes it (`coro_await_elidable`, LLVM 20 and later).
template <class T = void>
class [[nodiscard(
    "a task does nothing until it is awaited")]] CORO_PINNED AIO_AWAIT_ELIDABLE AIO_CORO_RETURN_TYPE
    task {
public:
  using promise_type = detail::task_promise<T>;
  using value_type = T;

  task(task &&other) noexcept : coroutine_(std::exchange(other.coroutine_, nullptr)) {}
  task &operator=(task &&other) noexcept {
    task(std::move(other)).swap(*this);
    return *this;
  }
  ~task() {
    if (coroutine_)
      detail::destroy(coroutine_);
  }

  void swap(task &other) noexcept { std::swap(coroutine_, other.coroutine_); }

  /// Whether there is still something to await: false once it was awaited or moved from.
  bool valid() const noexcept { return coroutine_ && !coroutine_.promise().started(); }

  auto operator co_await() && noexcept {
    return detail::task_awaiter<T>(std::exchange(coroutine_, nullptr));
  }

private:
  friend promise_type;
  friend class detail::task_access;
  explicit task(std::coroutine_handle<promise_type> made) noexcept : coroutine_(made) {}

  std::coroutine_handle<promise_type> coroutine_;
};

namespace detail {

template <class T>
AIO_CORO_WRAPPER inline task<T>
task_promise<T>::get_return_object(std::source_location at) noexcept {
  made_at = awaiting_at = at;
  return task<T>(std::coroutine_handle<task_promise>::from_promise(*this));
}

} // namespace detail
} // namespace aio

#endif // AIO_TASK_HPP
