// Names and shapes of folly::coro.
#pragma once

#include "library_task.h"

#include <chrono>
#include <tuple>
#include <vector>

namespace folly {

struct Unit {};

class Executor {
public:
  template <class E = Executor> class KeepAlive {
  public:
    KeepAlive(const KeepAlive &);
    ~KeepAlive();
  };
};

template <class T> class SemiFuture {
public:
  SemiFuture(SemiFuture &&) noexcept;
  ~SemiFuture();
  T get() &&;
  SemiFuture &wait() &;
};

namespace coro {

template <class T = void> class [[nodiscard]] Task {
public:
  using promise_type = shape::library_promise<Task, T>;
  Task(Task &&) noexcept;
  Task &operator=(Task &&) noexcept;
  ~Task();
  shape::library_awaiter<T> operator co_await() && noexcept { return {}; }

private:
  friend promise_type;
  Task() = default;
};

// Its task runs on an executor, once it is awaited or started.
template <class T> class [[nodiscard]] TaskWithExecutor {
public:
  TaskWithExecutor(TaskWithExecutor &&) noexcept;
  ~TaskWithExecutor();
  SemiFuture<Unit> start() &&;
  shape::library_awaiter<T> operator co_await() && noexcept;
};
template <class T> TaskWithExecutor<T> co_withExecutor(Executor::KeepAlive<>, Task<T>);

template <class T> T blockingWait(Task<T> &&);
template <class... T> Task<std::tuple<T...>> collectAll(Task<T>...);
Task<> collectAll(Task<>, Task<>);
Task<> collectAllRange(std::vector<Task<>>);
template <class T> Task<T> timeout(Task<T>, std::chrono::milliseconds);
Task<> sleep(std::chrono::milliseconds);

// Its own frame keeps the callable.
template <class F, class... A> auto co_invoke(F f, A... a) -> decltype(f(std::move(a)...)) {
  co_return co_await f(std::move(a)...);
}

class AsyncScope {
public:
  AsyncScope() noexcept;
  ~AsyncScope();
  template <class T> void add(TaskWithExecutor<T> &&);
  Task<> joinAsync() noexcept;
};

} // namespace coro
} // namespace folly
