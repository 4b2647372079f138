// A lazy task of somebody's own, and what stands around it.
#pragma once

#include "common.h"
#include "frames.h"

namespace shop {

template <class T = void> class job {
public:
  struct promise_type : shape::lazy_promise<T> {
    job get_return_object() {
      return job(std::coroutine_handle<promise_type>::from_promise(*this));
    }
  };

  job(job &&other) noexcept : frame_(std::exchange(other.frame_, nullptr)) {}
  job &operator=(job &&other) noexcept {
    std::swap(frame_, other.frame_);
    return *this;
  }
  ~job() {
    if (frame_)
      frame_.destroy();
  }
  auto operator co_await() noexcept { return shape::start_and_wait<promise_type>{frame_}; }

private:
  explicit job(std::coroutine_handle<promise_type> frame) noexcept : frame_(frame) {}
  std::coroutine_handle<promise_type> frame_;
};

job<> pause(std::chrono::milliseconds);
job<> yield_now();

template <class... T> job<std::tuple<T...>> gather(job<T>... jobs) {
  co_return std::tuple<T...>{co_await jobs...};
}
job<> gather_all(std::vector<job<>> jobs);

// Runs on in the scheduler, whatever becomes of the ticket.
class ticket {
public:
  bool done() const noexcept;
};
ticket spawn(job<> work);
void detach(job<> work);

// Is set once, by one, and awaited by another.
class signal {
public:
  bool await_ready() const noexcept { return set_; }
  void await_suspend(std::coroutine_handle<> waiter) noexcept { waiter_ = waiter; }
  void await_resume() const noexcept {}
  void set() noexcept;

private:
  bool set_ = false;
  std::coroutine_handle<> waiter_;
};

} // namespace shop
