// Names and shapes of cppcoro.
#pragma once

#include "library_task.h"

#include <tuple>
#include <vector>

namespace cppcoro {

template <class T = void> class [[nodiscard]] task {
public:
  using promise_type = shape::library_promise<task, T>;
  task(task &&) noexcept;
  task &operator=(task &&) noexcept;
  ~task();
  shape::library_awaiter<T> operator co_await() const noexcept { return {}; }

private:
  friend promise_type;
  task() = default;
};

template <class T> T sync_wait(task<T> &&);
template <class T> T sync_wait(task<T> &);
template <class... T> task<std::tuple<T...>> when_all(task<T>...);
task<> when_all(task<>, task<>);
task<> when_all(std::vector<task<>>);

class static_thread_pool {
public:
  [[nodiscard]] shape::waits<> schedule() noexcept;
};

class async_manual_reset_event {
public:
  void set() noexcept;
  shape::waits<> operator co_await() const noexcept;
};

class async_scope {
public:
  async_scope() noexcept;
  ~async_scope();
  template <class A> void spawn(A &&awaitable);
  [[nodiscard]] task<> join() noexcept;
};

} // namespace cppcoro
