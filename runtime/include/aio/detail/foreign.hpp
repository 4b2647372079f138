//===- aio/detail/foreign.hpp - Awaiting what other libraries made --------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------------------------------===//

#ifndef AIO_DETAIL_FOREIGN_HPP
#define AIO_DETAIL_FOREIGN_HPP

#include <aio/detail/scheduler.hpp>

#include <coroutine>
#include <exception>
#include <type_traits>
#include <utility>

namespace aio::detail {

/// A coroutine that stands in for ours where another library resumes it, on whatever thread: it
/// sends ours back to its loop.
class proxy {
public:
  struct promise_type {
    proxy get_return_object() noexcept {
      return proxy{std::coroutine_handle<promise_type>::from_promise(*this)};
    }
    std::suspend_always initial_suspend() const noexcept { return {}; }
    std::suspend_never final_suspend() const noexcept { return {}; }
    void return_void() const noexcept {}
    void unhandled_exception() const noexcept { std::terminate(); }
  };
  std::coroutine_handle<promise_type> coroutine;
};

template <class A> decltype(auto) awaiter_of(A &&awaited) {
  if constexpr (requires { std::forward<A>(awaited).operator co_await(); })
    return std::forward<A>(awaited).operator co_await();
  else if constexpr (requires { operator co_await(std::forward<A>(awaited)); })
    return operator co_await(std::forward<A>(awaited));
  else
    return std::forward<A>(awaited);
}

/// Awaits any awaitable, and is resumed on the loop. It cannot be cancelled: who knows how.
template <class A> class foreign_awaiter final : public operation, private remote {
public:
  using aio_awaitable = void;

  explicit foreign_awaiter(A &&awaited)
      : operation("an awaitable of another library", true),
        awaiter_(awaiter_of(std::forward<A>(awaited))) {}

  bool await_ready() { return static_cast<bool>(awaiter_.await_ready()); }

  template <class Promise>
  std::coroutine_handle<> await_suspend(std::coroutine_handle<Promise> caller) {
    if (!begin(caller, caller.promise()))
      return std::noop_coroutine();
    const auto stand_in = make_proxy(this).coroutine;
    try {
      using returned = decltype(awaiter_.await_suspend(stand_in));
      if constexpr (std::is_void_v<returned>) {
        awaiter_.await_suspend(stand_in);
      } else if constexpr (std::is_same_v<returned, bool>) {
        if (!awaiter_.await_suspend(stand_in)) {
          stand_in.destroy();
          withdraw();
          return caller;
        }
      } else {
        return awaiter_.await_suspend(stand_in);
      }
    } catch (...) {
      stand_in.destroy();
      throw;
    }
    return std::noop_coroutine();
  }

  decltype(auto) await_resume() {
    rethrow_cancelled();
    return awaiter_.await_resume();
  }

private:
  static proxy make_proxy(foreign_awaiter *self) {
    self->loop().post_remote(*self);
    co_return;
  }
  void arrived() noexcept override { complete(); }
  void on_cancel() noexcept override {} // its result is waited for

  decltype(awaiter_of(std::declval<A>())) awaiter_;
};

} // namespace aio::detail

#endif // AIO_DETAIL_FOREIGN_HPP
