// Names and shapes of libcoro.
#pragma once

#include "library_task.h"

#include <memory>
#include <tuple>
#include <vector>

namespace coro {

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
template <class... T> task<std::tuple<T...>> when_all(task<T>...);
task<> when_all(task<>, task<>);
task<> when_all(std::vector<task<>>);
template <class T> task<std::vector<T>> when_all(std::vector<task<T>>);

class thread_pool {
public:
  [[nodiscard]] shape::waits<> schedule();
  bool spawn(task<> &&) noexcept;
  [[nodiscard]] task<> spawn_joinable(task<> &&);
};

class event {
public:
  void set() noexcept;
  shape::waits<> operator co_await() const noexcept;
};

template <class E> class task_container {
public:
  explicit task_container(std::shared_ptr<E>);
  ~task_container();
  void start(task<> &&);
  task<> garbage_collect_and_yield_until_empty();
};

template <class E> class task_group {
public:
  explicit task_group(E *);
  ~task_group();
  bool start(task<> &&);
  shape::waits<> operator co_await() const noexcept;
};

} // namespace coro
