// An eager future that hides its state.
#pragma once

#include "frames.h"

#include <chrono>
#include <memory>

namespace reactor {

template <class T = void> class future {
public:
  future(future &&) noexcept;
  future &operator=(future &&) noexcept;
  ~future();
  shape::waits<T> operator co_await() && noexcept;

private:
  struct state;
  std::unique_ptr<state, void (*)(state *)> state_;
};

future<> sleep(std::chrono::milliseconds);

} // namespace reactor

template <class T, class... A> struct std::coroutine_traits<reactor::future<T>, A...> {
  using promise_type = shape::hidden_promise<reactor::future<T>, T>;
};
