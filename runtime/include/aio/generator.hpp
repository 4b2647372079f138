//===- aio/generator.hpp - A coroutine that gives one item after the other --------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------------------------------===//

#ifndef AIO_GENERATOR_HPP
#define AIO_GENERATOR_HPP

#include <aio/detail/attributes.hpp>
#include <aio/detail/generator.hpp>

#include <coroutine>
#include <type_traits>
#include <utility>

namespace aio {

/// What a coroutine returns that gives items with `co_yield`, and may `co_await` in between:
///
///     while (auto *item = co_await lines.next())
///       use(*item);
///
/// Of an `async_generator<T>` each item is an object of its own, which whoever takes it may move
/// from: `co_yield` copies an lvalue and passes an rvalue on. An `async_generator<T &>` gives the
/// body's own object, an `async_generator<const T &>` whatever was yielded, without a copy.
///
/// Starts: the body runs when `next()` is awaited, up to its next `co_yield`, and not otherwise.
/// Cancel: the body belongs to who awaits `next()`, and is cancelled with them, where it awaits.
/// Thread: after each `co_yield` the body goes on on the thread of who awaits `next()`, and resumes
/// them on that thread: a hop lasts until the next `co_yield` at most.
/// Throws: what the body throws is thrown by `next()`, and ends the generator.
///
/// It can be moved and not copied. It may be destroyed at any time: that destroys the body where it
/// stands at its `co_yield`, with its local objects; no line behind the `co_yield` runs, so
/// clean-up that awaits does not happen there. While its `next()` is awaited, the body first goes
/// on to its next `co_yield`, or its end, and `next()` throws. Unlike a task, one that is destroyed
/// unstarted is not reported: to take no item is as good as to take some.
template <class T>
class [[nodiscard("an async_generator does nothing until next() is awaited")]] AIO_CORO_RETURN_TYPE
    async_generator {
  static_assert(!std::is_void_v<T> && !std::is_rvalue_reference_v<T>,
                "an async_generator yields objects or lvalue references");

public:
  using promise_type = detail::generator_promise<T>;
  using value_type = std::remove_cvref_t<T>;

  async_generator(async_generator &&other) noexcept
      : coroutine_(std::exchange(other.coroutine_, nullptr)) {}
  async_generator &operator=(async_generator &&other) noexcept {
    async_generator(std::move(other)).swap(*this);
    return *this;
  }
  ~async_generator() {
    if (!coroutine_)
      return;
    if (coroutine_.promise().advancing()) [[unlikely]]
      coroutine_.promise().abandon();
    else
      coroutine_.destroy();
  }

  void swap(async_generator &other) noexcept { std::swap(coroutine_, other.coroutine_); }

  /// Runs the body to its next `co_yield`, and gives a pointer to the item; null when the body has
  /// ended, and each time after that. The item lives until the next `next()` is awaited, or the
  /// generator is destroyed.
  ///
  /// Starts: when it is awaited.
  /// Cancel: surfaces where the body awaits. `cancelled` ends the generator like any exception that
  /// the body does not catch. `next()` itself is no place to be cancelled.
  /// Thread: resumed where it was awaited.
  /// Throws: what the body throws; std::logic_error for a generator that was moved from, or whose
  /// `next()` somebody awaits already; std::system_error (operation_canceled) when the generator is
  /// destroyed meanwhile.
  auto next() noexcept { return detail::next_awaiter<T>(coroutine_); }

private:
  friend promise_type;
  explicit async_generator(std::coroutine_handle<promise_type> made) noexcept : coroutine_(made) {}

  std::coroutine_handle<promise_type> coroutine_;
};

namespace detail {

template <class T>
AIO_CORO_WRAPPER inline async_generator<T>
generator_promise<T>::get_return_object(std::source_location at) noexcept {
  this->made_at = this->awaiting_at = at;
  return async_generator<T>(std::coroutine_handle<generator_promise>::from_promise(*this));
}

} // namespace detail
} // namespace aio

#endif // AIO_GENERATOR_HPP
