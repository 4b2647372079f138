#pragma once
#include <coroutine>
#include <exception>
#include <utility>

namespace app {

template <class T> class task {
public:
  struct promise_type;
  using handle = std::coroutine_handle<promise_type>;

  struct final_awaiter {
    bool await_ready() const noexcept { return false; }
    std::coroutine_handle<> await_suspend(handle done) const noexcept {
      return done.promise().continuation;
    }
    void await_resume() const noexcept {}
  };
  struct promise_type {
    task get_return_object() { return task(handle::from_promise(*this)); }
    std::suspend_always initial_suspend() const noexcept { return {}; }
    final_awaiter final_suspend() const noexcept { return {}; }
    void return_value(T v) { value = std::move(v); }
    void unhandled_exception() { failed = std::current_exception(); }
    std::coroutine_handle<> continuation;
    std::exception_ptr failed;
    T value{};
  };
  struct awaiter {
    handle h;
    bool await_ready() const noexcept { return false; }
    std::coroutine_handle<> await_suspend(std::coroutine_handle<> caller) const noexcept {
      h.promise().continuation = caller;
      return h;
    }
    T await_resume() const { return std::move(h.promise().value); }
  };

  task(task &&other) noexcept : h_(std::exchange(other.h_, nullptr)) {}
  ~task() {
    if (h_)
      h_.destroy();
  }
  awaiter operator co_await() && noexcept { return awaiter{h_}; }

private:
  explicit task(handle h) : h_(h) {}
  handle h_;
};

// Whoever starts one forgets it.
struct detached {
  struct promise_type {
    detached get_return_object() noexcept { return {}; }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() noexcept {}
    void unhandled_exception() noexcept { std::terminate(); }
  };
};

template <class T> struct generator {
  struct promise_type {
    generator get_return_object() { return {std::coroutine_handle<promise_type>::from_promise(*this)}; }
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    std::suspend_always yield_value(T v) { value = v; return {}; }
    void return_void() noexcept {}
    void unhandled_exception() noexcept { std::terminate(); }
    T value;
  };
  std::coroutine_handle<promise_type> h;
  bool next() { h.resume(); return !h.done(); }
  T get() { return h.promise().value; }
};

struct pause {
  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<> h) const { h.resume(); }
  void await_resume() const noexcept {}
};

} // namespace app
