// Names and shapes of stdexec, with what is in exec.
#pragma once

#include "library_task.h"

#include <optional>
#include <tuple>

namespace exec {

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

class static_thread_pool {
public:
  struct scheduler {};
  scheduler get_scheduler() noexcept;
};

namespace __scope {
class async_scope {
public:
  async_scope() noexcept;
  ~async_scope();
  template <class S> void spawn(S &&);
  task<> on_empty() const noexcept;
};
} // namespace __scope
using __scope::async_scope;

} // namespace exec

namespace stdexec {

struct sync_wait_t {
  template <class T> std::optional<std::tuple<T>> operator()(exec::task<T> &&) const;
  std::optional<std::tuple<>> operator()(exec::task<> &&) const;
};
inline constexpr sync_wait_t sync_wait{};

template <class T> exec::task<T> starts_on(exec::static_thread_pool::scheduler, exec::task<T>);
exec::task<> when_all(exec::task<>, exec::task<>);

namespace __start_detached {
struct start_detached_t {
  template <class S> void operator()(S &&) const;
};
} // namespace __start_detached
inline constexpr __start_detached::start_detached_t start_detached{};

} // namespace stdexec
