// Names and shapes of TooManyCooks.
#pragma once

#include "library_task.h"

#include <cstddef>
#include <future>
#include <utility>

namespace tmc {

template <class T> class [[nodiscard]] task {
public:
  using promise_type = shape::library_promise<task, T>;
  task(task &&) noexcept;
  task &operator=(task &&) noexcept;
  ~task();
  shape::library_awaiter<T> operator co_await() && noexcept { return {}; }

private:
  friend promise_type;
  task() = default;
};

// Runs already: one must await it before it is destroyed.
template <class T> class [[nodiscard]] aw_spawn_fork {
public:
  aw_spawn_fork(const aw_spawn_fork &) = delete;
  ~aw_spawn_fork();
  shape::waits<T> operator co_await() && noexcept;
};

// Is awaited, forked or detached; until then it only holds its task.
template <class T> class [[nodiscard]] aw_spawn {
public:
  aw_spawn(aw_spawn &&) noexcept;
  ~aw_spawn();
  [[nodiscard]] aw_spawn_fork<T> fork() &&;
  void detach();
  shape::waits<T> operator co_await() && noexcept;
};
template <class T> aw_spawn<T> spawn(task<T> &&);

class [[nodiscard]] aw_spawn_many {
public:
  aw_spawn_many(aw_spawn_many &&) noexcept;
  ~aw_spawn_many();
  void detach();
  shape::waits<> operator co_await() && noexcept;
};
template <std::size_t Count, class I> aw_spawn_many spawn_many(I &&begin);
template <class R> aw_spawn_many spawn_many(R &&tasks);
template <class... T> shape::waits<std::tuple<T...>> spawn_tuple(task<T> &&...);
shape::waits<> spawn_tuple(task<void> &&, task<void> &&);

class ex_cpu {};
ex_cpu &cpu_executor();
template <class E> void post(E &&, task<void> &&);
template <class E, class T> [[nodiscard]] std::future<T> post_waitable(E &&, task<T> &&);
int async_main(task<int> &&);

shape::waits<> yield();

} // namespace tmc
