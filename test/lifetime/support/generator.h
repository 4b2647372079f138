// A generator: a range of what a coroutine yields.
#pragma once

#include <coroutine>
#include <exception>
#include <iterator>
#include <memory>
#include <utility>

namespace seq {

template <class T> class generator {
public:
  struct promise_type {
    generator get_return_object() {
      return generator(std::coroutine_handle<promise_type>::from_promise(*this));
    }
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    std::suspend_always yield_value(const T &given) noexcept {
      value = std::addressof(given);
      return {};
    }
    void await_transform() = delete;
    void return_void() noexcept {}
    void unhandled_exception() { throw; }
    const T *value = nullptr;
  };

  struct iterator {
    using value_type = T;
    using difference_type = std::ptrdiff_t;
    iterator &operator++() {
      frame.resume();
      return *this;
    }
    void operator++(int) { frame.resume(); }
    const T &operator*() const { return *frame.promise().value; }
    bool operator==(std::default_sentinel_t) const { return frame.done(); }
    std::coroutine_handle<promise_type> frame;
  };

  generator(generator &&other) noexcept : frame_(std::exchange(other.frame_, nullptr)) {}
  ~generator() {
    if (frame_)
      frame_.destroy();
  }
  iterator begin() {
    frame_.resume();
    return {frame_};
  }
  std::default_sentinel_t end() const noexcept { return {}; }

private:
  explicit generator(std::coroutine_handle<promise_type> frame) noexcept : frame_(frame) {}
  std::coroutine_handle<promise_type> frame_;
};

} // namespace seq
