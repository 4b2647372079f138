// Names and shapes of Asio.
#pragma once

#include "opaque.h"

#include <chrono>
#include <coroutine>
#include <cstddef>
#include <exception>
#include <future>
#include <string_view>
#include <type_traits>

namespace asio {

struct any_io_executor {
  any_io_executor() = default;
  template <class E> any_io_executor(const E &) {}
};

template <class T = void, class Ex = any_io_executor> class [[nodiscard]] awaitable {
public:
  awaitable(awaitable &&) noexcept;
  awaitable &operator=(awaitable &&) noexcept;
  ~awaitable();
  bool await_ready() const noexcept { return false; }
  template <class P> void await_suspend(std::coroutine_handle<P>);
  T await_resume();
};
awaitable<> operator&&(awaitable<>, awaitable<>);
awaitable<> operator||(awaitable<>, awaitable<>);

namespace detail {
template <class T, class Ex> struct frame_base {
  awaitable<T, Ex> get_return_object() noexcept;
  std::suspend_always initial_suspend() noexcept { return {}; }
  std::suspend_always final_suspend() noexcept { return {}; }
  void unhandled_exception() { throw; }
};
template <class T, class Ex> struct frame : frame_base<T, Ex> {
  template <class U> void return_value(U &&);
};
template <class Ex> struct frame<void, Ex> : frame_base<void, Ex> {
  void return_void() {}
};
} // namespace detail

namespace this_coro {
struct executor_t {
  bool await_ready() const noexcept { return true; }
  void await_suspend(std::coroutine_handle<>) const noexcept {}
  any_io_executor await_resume() const noexcept;
};
inline constexpr executor_t executor{};
} // namespace this_coro

struct use_awaitable_t {};
inline constexpr use_awaitable_t use_awaitable{};
struct use_future_t {};
inline constexpr use_future_t use_future{};
struct detached_t {};
inline constexpr detached_t detached{};
struct deferred_t {};
inline constexpr deferred_t deferred{};

// What co_spawn returns with a token; with a handler, nothing.
template <class Token, class T> struct spawned {
  using type = void;
};
template <class T> struct spawned<use_awaitable_t, T> {
  using type = awaitable<T>;
};
template <class T> struct spawned<deferred_t, T> {
  using type = awaitable<T>;
};
template <class T> struct spawned<use_future_t, T> {
  using type = std::future<T>;
};
template <class Token, class T> using spawned_t = typename spawned<std::decay_t<Token>, T>::type;

template <class C, class T, class Ex, class Token>
spawned_t<Token, T> co_spawn(C &&, awaitable<T, Ex>, Token &&token) {
  opaque::keep(&token);
  return opaque::made<spawned_t<Token, T>>::value();
}
template <class C, class F, class Token>
auto co_spawn(C &&, F &&f, Token &&) -> spawned_t<Token, decltype(f().await_resume())> {
  opaque::keep(&f);
  return opaque::made<spawned_t<Token, decltype(f().await_resume())>>::value();
}

class io_context {
public:
  class executor_type {};
  io_context();
  ~io_context();
  executor_type get_executor() noexcept;
  std::size_t run();
  std::size_t run_one();
  template <class R, class P> std::size_t run_for(const std::chrono::duration<R, P> &);
  void restart();
};
class thread_pool {
public:
  class executor_type {};
  explicit thread_pool(std::size_t = 1);
  ~thread_pool();
  executor_type get_executor() noexcept;
  void join();
};
template <class Ex> class strand {};
template <class C> strand<typename C::executor_type> make_strand(C &);
template <class Ex> awaitable<> post(const Ex &, use_awaitable_t);

struct mutable_buffer {
  void *data;
  std::size_t size;
};
struct const_buffer {
  const_buffer(const void *, std::size_t);
  const_buffer(mutable_buffer);
};
template <class C> mutable_buffer buffer(C &c) {
  return {c.data(), c.size()};
}
inline const_buffer buffer(std::string_view v) {
  return {v.data(), v.size()};
}

class steady_timer {
public:
  template <class E> explicit steady_timer(const E &);
  template <class E> steady_timer(const E &, std::chrono::seconds);
  std::size_t cancel();
  awaitable<> async_wait(use_awaitable_t);
};

namespace ip {
class tcp {
public:
  class socket {
  public:
    socket(socket &&) noexcept;
    ~socket();
    any_io_executor get_executor() noexcept;
    awaitable<std::size_t> async_read_some(mutable_buffer, use_awaitable_t);
    awaitable<std::size_t> async_write_some(const_buffer, use_awaitable_t);
  };
  class acceptor {
  public:
    awaitable<socket> async_accept(use_awaitable_t);
  };
};
} // namespace ip
awaitable<std::size_t> async_write(ip::tcp::socket &, const_buffer, use_awaitable_t);

} // namespace asio

template <class T, class Ex, class... A>
struct std::coroutine_traits<asio::awaitable<T, Ex>, A...> {
  using promise_type = asio::detail::frame<T, Ex>;
};
