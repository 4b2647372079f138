// A user's own library, all of it visible: a lazy operation, a scope that is joined, work that is
// started and forgotten.
#pragma once

#include "eager.h"
#include "lazy.h"

namespace fleet {

template <class T = void> class op {
public:
  struct promise_type : shape::lazy_promise<T> {
    op get_return_object() { return op(std::coroutine_handle<promise_type>::from_promise(*this)); }
  };

  op(op &&other) noexcept : frame_(std::exchange(other.frame_, nullptr)) {}
  ~op() {
    if (frame_)
      frame_.destroy();
  }
  auto operator co_await() && noexcept { return shape::start_and_wait<promise_type>{frame_}; }

private:
  explicit op(std::coroutine_handle<promise_type> frame) noexcept : frame_(frame) {}
  std::coroutine_handle<promise_type> frame_;
};

struct runner {
  struct promise_type {
    runner get_return_object() noexcept { return {}; }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() noexcept {}
    void unhandled_exception() { std::terminate(); }
  };
};

// Counts what was launched. join() waits until all of it has ended, the destructor does not.
class crew {
public:
  void launch(op<> work) {
    ++running_;
    drive(this, std::move(work));
  }
  template <class F> void launch_fn(F make) {
    ++running_;
    drive_made(this, std::move(make));
  }

  struct joiner {
    bool await_ready() const noexcept { return of->running_ == 0; }
    void await_suspend(std::coroutine_handle<> waiter) noexcept { of->waiter_ = waiter; }
    void await_resume() const noexcept {}
    crew *of;
  };
  joiner join() noexcept { return {this}; }

private:
  static runner drive(crew *of, op<> work) {
    co_await std::move(work);
    of->one_ended();
  }
  template <class F> static runner drive_made(crew *of, F make) {
    co_await make();
    of->one_ended();
  }
  void one_ended() {
    if (--running_ == 0 && waiter_)
      waiter_.resume();
  }

  int running_ = 0;
  std::coroutine_handle<> waiter_;
};

inline runner forget(op<> work) {
  co_await std::move(work);
}
template <class F> runner forget_fn(F make) {
  co_await make();
}

struct tick : shape::waits<> {};

} // namespace fleet
