// An eager task, and a coroutine that nobody can wait for.
#pragma once

#include "frames.h"

namespace courier {

template <class T = void> class parcel {
public:
  struct promise_type : shape::eager_promise<T> {
    parcel get_return_object() {
      return parcel(std::coroutine_handle<promise_type>::from_promise(*this));
    }
  };

  parcel(parcel &&other) noexcept : frame_(std::exchange(other.frame_, nullptr)) {}
  ~parcel() {
    if (frame_)
      frame_.destroy();
  }
  bool await_ready() const noexcept { return frame_.done(); }
  void await_suspend(std::coroutine_handle<> waiter) noexcept { frame_.promise().caller = waiter; }
  T await_resume() { return frame_.promise().ended(); }

private:
  explicit parcel(std::coroutine_handle<promise_type> frame) noexcept : frame_(frame) {}
  std::coroutine_handle<promise_type> frame_;
};

struct errand {
  struct promise_type {
    errand get_return_object() noexcept { return {}; }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() noexcept {}
    void unhandled_exception() { std::terminate(); }
  };
};

} // namespace courier
