//===- aio/detail/generator.hpp - The promise and the awaiter of async_generator --------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------------------------------===//

#ifndef AIO_DETAIL_GENERATOR_HPP
#define AIO_DETAIL_GENERATOR_HPP

#include <aio/detail/promise.hpp>

#include <concepts>
#include <coroutine>
#include <exception>
#include <memory>
#include <source_location>
#include <type_traits>
#include <utility>

namespace aio {

template <class T> class async_generator;

namespace detail {

/// \throws std::logic_error
[[noreturn]] void throw_next_of_nothing();
/// \throws std::logic_error
[[noreturn]] void throw_next_twice(const promise_base &generator);
/// \throws std::system_error (operation_canceled)
[[noreturn]] void throw_generator_destroyed(const promise_base &generator);

// A yield goes on with who awaits next(), as the end of a task does: final_awaiter is for both.

/// How a body yields values. What is an lvalue is copied: it is the body's.
template <class T> class yields : public coroutine_promise {
public:
  /// A suspension with the item that it offers.
  class keeping : public final_awaiter {
  public:
    template <class U>
    keeping(yields &promise, U &&given) : promise_(&promise), item_(std::forward<U>(given)) {}
    template <class Promise>
    std::coroutine_handle<> await_suspend(std::coroutine_handle<Promise> yielding) noexcept {
      promise_->item_ = std::addressof(item_); // now: before, GCC 12 may still move it
      return final_awaiter::await_suspend(yielding);
    }

  private:
    yields *promise_;
    T item_;
  };

  final_awaiter yield_value(T &&given,
                            std::source_location at = std::source_location::current()) noexcept {
    awaiting_at = at;
    item_ = std::addressof(given);
    return {};
  }
  template <class U>
    requires(!std::same_as<U, T> && std::constructible_from<T, U> && std::convertible_to<U, T>)
  keeping yield_value(U &&given, std::source_location at = std::source_location::current()) {
    awaiting_at = at;
    return keeping(*this, std::forward<U>(given));
  }

protected:
  T *item_ = nullptr;
};

template <class T> class yields<T &> : public coroutine_promise {
public:
  final_awaiter yield_value(T &given,
                            std::source_location at = std::source_location::current()) noexcept {
    awaiting_at = at;
    item_ = std::addressof(given);
    return {};
  }

protected:
  T *item_ = nullptr;
};

template <class T> class generator_promise final : public yields<T> {
public:
  using item_type = std::remove_reference_t<T>;

  async_generator<T>
  get_return_object(std::source_location at = std::source_location::current()) noexcept;
  void return_void() const noexcept {}
  void unhandled_exception() noexcept { error_ = std::current_exception(); }

  /// Whether a next() has begun and not ended.
  bool advancing() const noexcept { return static_cast<bool>(this->handle); }

  /// The generator was destroyed under who awaits next(), who destroys the body then.
  void abandon() noexcept { abandoned_ = true; }
  bool abandoned() const noexcept { return abandoned_; }

  /// What the body came to: an item, its end, or an exception.
  item_type *taken() {
    this->handle = nullptr;
    this->who = nullptr;
    if (error_) [[unlikely]]
      std::rethrow_exception(std::exchange(error_, nullptr));
    return std::exchange(this->item_, nullptr);
  }

private:
  std::exception_ptr error_;
  bool abandoned_ = false;
};

template <class T> class [[nodiscard("co_await it")]] next_awaiter {
public:
  using aio_awaitable = void;

  explicit next_awaiter(std::coroutine_handle<generator_promise<T>> coroutine) noexcept
      : coroutine_(coroutine) {}

  bool await_ready() const {
    if (!coroutine_) [[unlikely]]
      throw_next_of_nothing();
    if (coroutine_.promise().advancing()) [[unlikely]]
      throw_next_twice(coroutine_.promise());
    return coroutine_.done();
  }
  template <class Promise>
  std::coroutine_handle<> await_suspend(std::coroutine_handle<Promise> caller) const noexcept {
    static_assert(std::derived_from<Promise, promise_base>,
                  "aio's awaitables are awaited in an aio::task or an aio::async_generator");
    // Another scope, and another kind of thread, than the last time, it may be.
    begin_awaited(coroutine_.promise(), caller, caller.promise(), *caller.promise().in);
    return coroutine_;
  }
  std::remove_reference_t<T> *await_resume() const {
    if (coroutine_.promise().abandoned()) [[unlikely]]
      give_up();
    return coroutine_.promise().taken();
  }

private:
  /// \throws what the body has thrown, or else std::system_error.
  [[noreturn]] void give_up() const {
    const struct last {
      std::coroutine_handle<generator_promise<T>> of;
      ~last() { of.destroy(); }
    } owned{coroutine_};
    coroutine_.promise().taken();
    throw_generator_destroyed(coroutine_.promise());
  }

  std::coroutine_handle<generator_promise<T>> coroutine_;
};

} // namespace detail
} // namespace aio

#endif // AIO_DETAIL_GENERATOR_HPP
