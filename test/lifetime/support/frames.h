// The parts that the task types of the stand-ins share.
#pragma once

#include <coroutine>
#include <exception>
#include <optional>
#include <utility>

namespace shape {

template <class T> struct result {
  template <class U = T> void return_value(U &&given) { value.emplace(std::forward<U>(given)); }
  T take() { return std::move(*value); }
  std::optional<T> value;
};
template <> struct result<void> {
  void return_void() noexcept {}
  void take() noexcept {}
};

// At the end, whoever awaits goes on.
struct pass_on {
  bool await_ready() const noexcept { return false; }
  template <class P>
  std::coroutine_handle<> await_suspend(std::coroutine_handle<P> ended) noexcept {
    return ended.promise().caller;
  }
  void await_resume() const noexcept {}
};

template <class T> struct common_promise : result<T> {
  pass_on final_suspend() noexcept { return {}; }
  void unhandled_exception() noexcept { error = std::current_exception(); }
  T ended() {
    if (error)
      std::rethrow_exception(error);
    return this->take();
  }
  std::coroutine_handle<> caller = std::noop_coroutine();
  std::exception_ptr error;
};
template <class T> struct lazy_promise : common_promise<T> {
  std::suspend_always initial_suspend() noexcept { return {}; }
};
template <class T> struct eager_promise : common_promise<T> {
  std::suspend_never initial_suspend() noexcept { return {}; }
};

// Starts a lazy coroutine, and waits for it.
template <class Promise> struct start_and_wait {
  bool await_ready() const noexcept { return false; }
  std::coroutine_handle<> await_suspend(std::coroutine_handle<> caller) noexcept {
    started.promise().caller = caller;
    return started;
  }
  auto await_resume() { return started.promise().ended(); }
  std::coroutine_handle<Promise> started;
};

// What suspends, in a library that hides how.
template <class T = void> struct waits {
  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<>) noexcept;
  T await_resume();
};

// The promise of a future whose state is hidden: the coroutine runs at once.
template <class Future, class T> struct hidden_promise {
  Future get_return_object();
  std::suspend_never initial_suspend() noexcept { return {}; }
  std::suspend_never final_suspend() noexcept { return {}; }
  void unhandled_exception() noexcept;
  template <class U> void return_value(U &&);
};
template <class Future> struct hidden_promise<Future, void> {
  Future get_return_object();
  std::suspend_never initial_suspend() noexcept { return {}; }
  std::suspend_never final_suspend() noexcept { return {}; }
  void unhandled_exception() noexcept;
  void return_void() noexcept;
};

} // namespace shape
