//===- aio/detail/promise.hpp - The promise and the awaiter of task -------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------------------------------===//

#ifndef AIO_DETAIL_PROMISE_HPP
#define AIO_DETAIL_PROMISE_HPP

#include <aio/detail/attributes.hpp>
#include <aio/detail/foreign.hpp>
#include <aio/detail/frame_memory.hpp>
#include <aio/detail/scheduler.hpp>

#include <concepts>
#include <coroutine>
#include <exception>
#include <memory>
#include <source_location>
#include <type_traits>
#include <utility>

namespace aio {

template <class T> class task;

namespace detail {

template <class T> inline constexpr bool is_task = false;
template <class T> inline constexpr bool is_task<task<T>> = true;

/// What a coroutine that nobody awaited was: debug mode reports it.
void never_awaited(const promise_base &coroutine) noexcept;

/// Whether it is `aio::cancelled`.
bool is_cancelled(const std::exception_ptr &thrown) noexcept;

/// What was awaited is no task that waits to be.
/// \throws std::logic_error
[[noreturn]] void throw_awaited_nothing();

/// A root's coroutine is at its end, on whatever thread.
void root_ended(promise_base &coroutine) noexcept;
/// \p coroutine ends on another kind of thread than it was started on: its caller goes on where it
/// was.
void end_elsewhere(promise_base &coroutine) noexcept;

/// The last suspension: goes on with who awaits.
class final_awaiter {
public:
  bool await_ready() const noexcept { return false; }
  template <class Promise>
  std::coroutine_handle<> await_suspend(std::coroutine_handle<Promise> ended) const noexcept {
    promise_base &coroutine = ended.promise();
    if (!coroutine.handle) {
      root_ended(coroutine);
      return std::noop_coroutine();
    }
    if (coroutine.in->on_worker() != coroutine.started_on_worker) [[unlikely]] {
      end_elsewhere(coroutine);
      return std::noop_coroutine();
    }
    running = coroutine.who;
    return coroutine.handle;
  }
  void await_resume() const noexcept {}
};

template <class A>
concept is_own_awaiter = requires(A &awaited) {
  typename A::aio_awaitable;
  awaited.await_ready();
};

/// Awaits an object that stays where it is. GCC 12 copies an awaiter that `await_transform` gives
/// by reference.
template <class A> struct by_reference {
  A &awaited;

  decltype(auto) await_ready() { return awaited.await_ready(); }
  template <class Promise> decltype(auto) await_suspend(std::coroutine_handle<Promise> caller) {
    return awaited.await_suspend(caller);
  }
  decltype(auto) await_resume() { return awaited.await_resume(); }
};

/// What every coroutine of ours does the same.
class coroutine_promise : public promise_base, public from_frame_memory {
public:
  std::suspend_always initial_suspend() const noexcept { return {}; }
  final_awaiter final_suspend() const noexcept { return {}; }

  template <class A>
  decltype(auto) await_transform(A &&awaited,
                                 std::source_location at = std::source_location::current()) {
    using type = std::remove_cvref_t<A>;
    static_assert(!(is_task<type> && std::is_lvalue_reference_v<A>),
                  "a task is awaited once, as an rvalue: co_await std::move(task)");
    awaiting_at = at;
    if constexpr (is_task<type>)
      return std::forward<A>(awaited).operator co_await();
    else if constexpr (std::is_lvalue_reference_v<A> && is_own_awaiter<type>)
      return by_reference<type>{awaited};
    else if constexpr (requires { typename type::aio_awaitable; })
      return std::forward<A>(awaited);
    else
      return foreign_awaiter<A>(std::forward<A>(awaited));
  }
};

/// Where a coroutine leaves what it returns or throws.
template <class T> class result {
public:
  result() noexcept {}
  result(const result &) = delete;
  result &operator=(const result &) = delete;
  ~result() {
    if (has_ == value)
      std::destroy_at(std::addressof(value_));
    else if (has_ == error)
      std::destroy_at(std::addressof(error_));
  }

  template <class U>
    requires std::constructible_from<T, U>
  void set_value(U &&given) {
    std::construct_at(std::addressof(value_), std::forward<U>(given));
    has_ = value;
  }
  void set_error(std::exception_ptr thrown) noexcept {
    if (has_ == value) // a local's destructor threw after the co_return
      std::destroy_at(std::addressof(value_));
    std::construct_at(std::addressof(error_), std::move(thrown));
    has_ = error;
  }
  const std::exception_ptr *failure() const noexcept { return has_ == error ? &error_ : nullptr; }
  T take() {
    if (has_ == error)
      std::rethrow_exception(error_);
    return std::move(value_);
  }

private:
  enum : unsigned char { nothing, value, error } has_ = nothing;
  union {
    T value_;
    std::exception_ptr error_;
  };
};

template <class T> class result<T &> {
public:
  void set_value(T &given) noexcept { value_ = std::addressof(given); }
  void set_error(std::exception_ptr thrown) noexcept { error_ = std::move(thrown); }
  const std::exception_ptr *failure() const noexcept { return error_ ? &error_ : nullptr; }
  T &take() {
    if (error_)
      std::rethrow_exception(error_);
    return *value_;
  }

private:
  T *value_ = nullptr;
  std::exception_ptr error_;
};

template <> class result<void> {
public:
  void set_error(std::exception_ptr thrown) noexcept { error_ = std::move(thrown); }
  const std::exception_ptr *failure() const noexcept { return error_ ? &error_ : nullptr; }
  void take() {
    if (error_)
      std::rethrow_exception(error_);
  }

private:
  std::exception_ptr error_;
};

/// How a coroutine says what it returns.
template <class T> class returns {
public:
  template <class U = T>
    requires requires(result<T> &r, U &&u) { r.set_value(std::forward<U>(u)); }
  void return_value(U &&given) {
    outcome.set_value(std::forward<U>(given));
  }

  result<T> outcome;
};

template <> class returns<void> {
public:
  void return_void() const noexcept {}

  result<void> outcome;
};

template <class T> class task_promise final : public coroutine_promise, public returns<T> {
public:
  AIO_CORO_WRAPPER task<T>
  get_return_object(std::source_location at = std::source_location::current()) noexcept;
  void unhandled_exception() noexcept { this->outcome.set_error(std::current_exception()); }
};

/// Makes \p coroutine begin as a part of \p caller, in \p in.
inline void begin_awaited(promise_base &coroutine, std::coroutine_handle<> continuation,
                          promise_base &caller, scope &in) noexcept {
  coroutine.handle = continuation;
  coroutine.who = &caller;
  coroutine.in = &in;
  coroutine.started_on_worker = in.on_worker();
  running = &coroutine;
}

template <class Promise> void destroy(std::coroutine_handle<Promise> coroutine) noexcept {
  if (!coroutine.promise().started()) [[unlikely]]
    never_awaited(coroutine.promise());
  coroutine.destroy();
}

template <class T> class task_awaiter {
public:
  using aio_awaitable = void;

  /// Takes over the coroutine: what is awaited does not go before who awaits it.
  explicit task_awaiter(std::coroutine_handle<task_promise<T>> coroutine) noexcept
      : coroutine_(coroutine) {}
  task_awaiter(task_awaiter &&other) noexcept
      : coroutine_(std::exchange(other.coroutine_, nullptr)) {}
  task_awaiter &operator=(task_awaiter &&) = delete;
  ~task_awaiter() {
    if (coroutine_)
      destroy(coroutine_);
  }

  bool await_ready() const {
    if (!coroutine_ || coroutine_.promise().started()) [[unlikely]]
      throw_awaited_nothing();
    return false;
  }
  template <class Promise>
  std::coroutine_handle<> await_suspend(std::coroutine_handle<Promise> caller) const noexcept {
    static_assert(std::derived_from<Promise, promise_base>,
                  "an aio::task is awaited in an aio::task or an aio::async_generator");
    begin_awaited(coroutine_.promise(), caller, caller.promise(), *caller.promise().in);
    return coroutine_;
  }
  T await_resume() const { return coroutine_.promise().outcome.take(); }

private:
  std::coroutine_handle<task_promise<T>> coroutine_;
};

/// For what runs tasks: their handles.
class task_access {
public:
  template <class T>
  static std::coroutine_handle<task_promise<T>> handle(const task<T> &of) noexcept {
    return of.coroutine_;
  }
  /// Destroys the coroutine without a word, though it was never awaited.
  template <class T> static void abandon(task<T> &of) noexcept {
    if (auto coroutine = std::exchange(of.coroutine_, nullptr))
      coroutine.destroy();
  }
};

} // namespace detail
} // namespace aio

#endif // AIO_DETAIL_PROMISE_HPP
