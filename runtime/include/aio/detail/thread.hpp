//===- aio/detail/thread.hpp - Operations that use the worker pool --------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------------------------------===//

#ifndef AIO_DETAIL_THREAD_HPP
#define AIO_DETAIL_THREAD_HPP

#include <aio/cancel.hpp>
#include <aio/detail/promise.hpp>
#include <aio/detail/scheduler.hpp>

#include <coroutine>
#include <cstddef>
#include <exception>
#include <functional>
#include <stop_token>
#include <tuple>
#include <type_traits>
#include <utility>

namespace aio::detail {

/// A function that runs on a worker while its coroutine waits on the loop.
class worker_operation : public awaitable_operation<worker_operation> {
public:
  bool start();

protected:
  worker_operation() noexcept : awaitable_operation("to_thread") {}
  worker_operation(worker_operation &&other) noexcept : awaitable_operation(std::move(other)) {}
  ~worker_operation() = default;

  /// On the worker.
  virtual void work() noexcept = 0;
  /// On the loop, while it works.
  virtual void stop_work() noexcept = 0;

private:
  void on_cancel() noexcept override;

  // A uv_work_t: libuv's types are not in our headers, and an allocation for it would be felt.
  alignas(std::max_align_t) std::byte request_[128];
};

template <class F, class... Args>
inline constexpr bool takes_stop_token = std::is_invocable_v<F, std::stop_token, Args...>;

template <class F, class... Args>
decltype(auto) call_offloaded(std::stop_token stop, F &&function, Args &&...arguments) {
  if constexpr (takes_stop_token<F, Args...>)
    return std::invoke(std::forward<F>(function), std::move(stop),
                       std::forward<Args>(arguments)...);
  else
    return std::invoke(std::forward<F>(function), std::forward<Args>(arguments)...);
}

/// A value also where a reference was given to something that is about to go.
template <class T>
using offload_result = std::conditional_t<std::is_lvalue_reference_v<T>, T, std::remove_cvref_t<T>>;

class no_stop_source {
public:
  bool request_stop() const noexcept { return false; }
  std::stop_token get_token() const noexcept { return {}; }
};

template <class F, class... Args> class offloaded final : public worker_operation {
  using value_type = offload_result<decltype(call_offloaded(
      std::declval<std::stop_token>(), std::declval<F>(), std::declval<Args>()...))>;
  static_assert(!is_task<value_type>,
                "to_thread runs a plain function: a coroutine is awaited, and would not run there");

public:
  template <class G, class... Given>
  explicit offloaded(std::in_place_t, G &&function, Given &&...arguments)
      : function_(std::forward<G>(function)), arguments_(std::forward<Given>(arguments)...) {}
  offloaded(offloaded &&other) // before it has begun
      : worker_operation(std::move(other)), function_(std::move(other.function_)),
        arguments_(std::move(other.arguments_)), stop_(std::move(other.stop_)) {}

  value_type await_resume() {
    rethrow_cancelled();
    return outcome_.take();
  }

private:
  void work() noexcept override {
    try {
      if constexpr (std::is_void_v<value_type>)
        call();
      else
        outcome_.set_value(call());
    } catch (...) {
      outcome_.set_error(std::current_exception());
    }
  }
  void stop_work() noexcept override { stop_.request_stop(); }

  decltype(auto) call() {
    return std::apply(
        [this](Args &...arguments) -> decltype(auto) {
          return call_offloaded(stop_.get_token(), std::move(function_), std::move(arguments)...);
        },
        arguments_);
  }

  F function_;
  std::tuple<Args...> arguments_;
  [[no_unique_address]] std::conditional_t<takes_stop_token<F, Args...>, std::stop_source,
                                           no_stop_source> stop_;
  result<value_type> outcome_;
};

/// For where a hop has arrived. Where there is no way to go, it goes through the loop once all the
/// same, as every operation does that is cancelled before it begins.
inline void throw_if_cancelled() {
  if (cancel_requested()) [[unlikely]]
    throw cancelled();
}

class worker_hop : public resumable {
public:
  using aio_awaitable = void;

  bool await_ready() const noexcept { return running->in->on_worker(); }
  template <class Promise> void await_suspend(std::coroutine_handle<Promise> caller) {
    hop(caller, caller.promise());
  }
  void await_resume() const {
    // Not where it has just arrived at the worker, when the wish came on the way: what cleans up
    // would run there.
    if (!who || !running->in->on_worker())
      throw_if_cancelled();
  }

private:
  class request;
  void hop(std::coroutine_handle<> coroutine, promise_base &promise);
};

class loop_hop : public resumable, private remote {
public:
  using aio_awaitable = void;

  bool await_ready() const noexcept { return !running->in->on_worker() && !cancel_requested(); }
  template <class Promise> void await_suspend(std::coroutine_handle<Promise> caller) noexcept {
    hop(caller, caller.promise());
  }
  void await_resume() const { throw_if_cancelled(); }

private:
  void hop(std::coroutine_handle<> coroutine, promise_base &promise) noexcept;
  void arrived() noexcept override;
};

} // namespace aio::detail

#endif // AIO_DETAIL_THREAD_HPP
