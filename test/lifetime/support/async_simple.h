// Names and shapes of async_simple.
#pragma once

#include "library_task.h"
#include "opaque.h"

#include <chrono>

namespace async_simple::coro {

template <class T = void> class [[nodiscard]] Lazy {
public:
  using promise_type = shape::library_promise<Lazy, T>;
  Lazy(Lazy &&) noexcept;
  ~Lazy();
  template <class F> void start(F &&done) { opaque::keep(&done); }
  shape::library_awaiter<T> operator co_await() && noexcept { return {}; }

private:
  friend promise_type;
  Lazy() = default;
};

template <class T> T syncAwait(Lazy<T> &&);
Lazy<> sleep(std::chrono::milliseconds);

} // namespace async_simple::coro
