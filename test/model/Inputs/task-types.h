// The types that TaskType.cpp asks about: once as code of the user's, once as a system header.

#ifndef TEST_TASK_TYPES_H
#define TEST_TASK_TYPES_H

#include <coroutine>
#include <exception>
#include <memory>
#include <type_traits>

namespace types {

/// What every promise has.
template <class Task, class Start, class End> struct basic_promise {
  Task get_return_object() { return {}; }
  Start initial_suspend() noexcept { return {}; }
  End final_suspend() noexcept { return {}; }
  void return_void() {}
  void unhandled_exception() { std::terminate(); }
};

/// What the promises of templates have.
struct lazy_start {
  std::suspend_always initial_suspend() noexcept { return {}; }
  std::suspend_always final_suspend() noexcept { return {}; }
  void return_void() {}
  void unhandled_exception() { std::terminate(); }
};

/// What every awaiter has.
struct basic_awaiter {
  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<>) const noexcept {}
  void await_resume() const noexcept {}
};

//===- plain cases

struct lazy : basic_awaiter {
  struct promise_type : basic_promise<lazy, std::suspend_always, std::suspend_always> {};
};
struct eager : basic_awaiter {
  struct promise_type : basic_promise<eager, std::suspend_never, std::suspend_always> {};
};
struct detached {
  struct promise_type : basic_promise<detached, std::suspend_never, std::suspend_never> {};
};
struct lazy_detached {
  struct promise_type : basic_promise<lazy_detached, std::suspend_always, std::suspend_never> {};
};
/// Its frame waits for `destroy` by hand, and nobody can await it.
struct manual {
  struct promise_type : basic_promise<manual, std::suspend_always, std::suspend_always> {};
};
struct generator {
  struct promise_type : basic_promise<generator, std::suspend_always, std::suspend_always> {
    std::suspend_always yield_value(int) { return {}; }
  };
};
/// It yields and can be awaited: a stream.
struct stream : basic_awaiter {
  struct promise_type : basic_promise<stream, std::suspend_always, std::suspend_always> {
    std::suspend_always yield_value(int) { return {}; }
  };
};
struct operation : basic_awaiter {};
struct ready_operation {
  bool await_ready() const noexcept { return true; }
  void await_suspend(std::coroutine_handle<>) const noexcept {}
  void await_resume() const noexcept {}
};
/// Sometimes ready: it must be awaited all the same.
struct cached_operation {
  bool cached = false;
  bool await_ready() const noexcept { return cached; }
  void await_suspend(std::coroutine_handle<>) const noexcept {}
  void await_resume() const noexcept {}
};
struct nothing {};
/// Two of three: not an awaiter.
struct almost_awaiter {
  bool await_ready() const noexcept { return false; }
  void await_resume() const noexcept {}
};

//===- operator co_await

struct lazy_by_operator {
  struct promise_type : basic_promise<lazy_by_operator, std::suspend_always, std::suspend_always> {
  };
  basic_awaiter operator co_await() const { return {}; }
};
struct lazy_by_free_operator {
  struct promise_type
      : basic_promise<lazy_by_free_operator, std::suspend_always, std::suspend_always> {};
};
inline basic_awaiter operator co_await(const lazy_by_free_operator &) {
  return {};
}
template <class T> struct lazy_by_free_template {
  struct promise_type : lazy_start {
    lazy_by_free_template get_return_object() { return {}; }
  };
};
template <class T> basic_awaiter operator co_await(lazy_by_free_template<T> &&) {
  return {};
}
/// Somebody else's work.
struct handle {
  basic_awaiter operator co_await() const { return {}; }
};
struct free_handle {};
inline basic_awaiter operator co_await(free_handle) {
  return {};
}
/// Taken by nobody's operator: another type of the namespace has one.
struct no_handle {};

//===- await_transform

/// Only its own promise knows how to await it, as asio::awaitable.
template <class T> struct by_transform {
  struct promise_type {
    by_transform get_return_object() { return {}; }
    auto initial_suspend() noexcept {
      struct result {
        bool await_ready() const noexcept { return false; }
        void await_suspend(std::coroutine_handle<>) const noexcept {}
        void await_resume() const noexcept {}
      };
      return result{};
    }
    std::suspend_always final_suspend() noexcept { return {}; }
    template <class U> auto await_transform(by_transform<U>) { return std::suspend_always(); }
    auto await_transform(int) { return std::suspend_always(); }
    void return_void() {}
    void unhandled_exception() {}
  };
};

//===- promises elsewhere

struct hidden_base {
  struct promise_type;
};
struct lazy_by_base : hidden_base, basic_awaiter {};
struct hidden_base::promise_type
    : basic_promise<lazy_by_base, std::suspend_always, std::suspend_always> {};

struct traits_full : basic_awaiter {};
template <class T> struct traits_partial : basic_awaiter {};
template <class T> struct traits_eager : basic_awaiter {};

//===- how they start

struct starts_auto : basic_awaiter {
  struct promise_type : basic_promise<starts_auto, std::suspend_always, std::suspend_always> {
    auto initial_suspend() noexcept { return std::suspend_never(); }
  };
};
struct starts_auto_lazy : basic_awaiter {
  struct promise_type : basic_promise<starts_auto_lazy, std::suspend_never, std::suspend_always> {
    auto initial_suspend() noexcept { return std::suspend_always{}; }
  };
};
struct constant_true : basic_awaiter {
  struct promise_type : basic_promise<constant_true, ready_operation, std::suspend_always> {};
};
struct constant_false : basic_awaiter {
  struct promise_type : basic_promise<constant_false, basic_awaiter, std::suspend_always> {};
};
/// A test of a compile-time constant.
struct constant_computed : basic_awaiter {
  struct start {
    static constexpr bool now = sizeof(int) == 1;
    bool await_ready() const noexcept { return now; }
    void await_suspend(std::coroutine_handle<>) const noexcept {}
    void await_resume() const noexcept {}
  };
  struct promise_type : basic_promise<constant_computed, start, std::suspend_always> {};
};
struct chosen_at_run_time : basic_awaiter {
  struct promise_type : basic_promise<chosen_at_run_time, cached_operation, std::suspend_always> {};
};
struct scheduler {
  void post(std::coroutine_handle<>);
  template <class F> void call(F);
};
scheduler &current();
/// It suspends at its start, and is on a queue already.
struct posts_itself : basic_awaiter {
  struct start {
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> h) const noexcept { current().post(h); }
    void await_resume() const noexcept {}
  };
  struct promise_type : basic_promise<posts_itself, start, std::suspend_always> {};
};
struct posts_a_lambda : basic_awaiter {
  struct start {
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> h) const noexcept {
      current().call([h] { h.resume(); });
    }
    void await_resume() const noexcept {}
  };
  struct promise_type : basic_promise<posts_a_lambda, start, std::suspend_always> {};
};
/// A member template of a class template posts it, wrapped in an object.
template <class T> struct posts_from_a_template : basic_awaiter {
  struct wrapped {
    std::coroutine_handle<> h;
    operator std::coroutine_handle<>() const { return h; }
  };
  struct start {
    bool await_ready() const noexcept { return false; }
    template <class P> void await_suspend(std::coroutine_handle<P> h) const noexcept {
      current().post(wrapped{h});
    }
    void await_resume() const noexcept {}
  };
  struct promise_type : basic_promise<posts_from_a_template, start, std::suspend_always> {};
};
/// It keeps the handle for whoever awaits.
struct keeps_the_handle : basic_awaiter {
  struct start {
    std::coroutine_handle<> kept;
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> h) noexcept { kept = h; }
    void await_resume() const noexcept {}
  };
  struct promise_type : basic_promise<keeps_the_handle, start, std::suspend_always> {};
};
/// Declared here, defined in another unit.
struct starts_elsewhere : basic_awaiter {
  struct start;
  struct promise_type;
};
struct unknown_start {
  bool await_ready() const noexcept;
  void await_suspend(std::coroutine_handle<>) const noexcept;
  void await_resume() const noexcept;
};
struct starts_unknown : basic_awaiter {
  struct promise_type : basic_promise<starts_unknown, unknown_start, std::suspend_always> {};
};

//===- templates and aliases

template <class T> struct lazy_of {
  struct promise_type;
  basic_awaiter operator co_await() const { return {}; }
};
template <class T> struct lazy_of<T>::promise_type : lazy_start {
  lazy_of get_return_object() { return {}; }
};

template <class T, class Scheduler> struct eager_of {
  struct promise_base {
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
  };
  struct promise_type : promise_base {
    eager_of get_return_object() { return {}; }
    void return_void() {}
    void unhandled_exception() {}
  };
  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<>) const noexcept {}
  T await_resume() const { return {}; }
};
/// A specialisation that is not like the others.
template <> struct lazy_of<char> : basic_awaiter {
  struct promise_type : basic_promise<lazy_of<char>, std::suspend_never, std::suspend_always> {};
};
template <class T> using alias = lazy_of<T>;
using plain_alias = lazy;
using int_alias = alias<int>;

struct [[nodiscard]] lazy_nodiscard : basic_awaiter {
  struct promise_type : basic_promise<lazy_nodiscard, std::suspend_always, std::suspend_always> {};
};
struct [[nodiscard]] nodiscard_nothing {};
template <class T> struct [[nodiscard]] nodiscard_of : basic_awaiter {
  struct promise_type : lazy_start {
    nodiscard_of get_return_object() { return {}; }
  };
};

/// The policy of a promise that no coroutine of the unit has made.
template <class Start> struct policy_promise {
  Start initial_suspend() noexcept { return {}; }
  std::suspend_always final_suspend() noexcept { return {}; }
  void return_void() {}
  void unhandled_exception() {}
};
struct policy_lazy : basic_awaiter {
  using promise_type = policy_promise<std::suspend_always>;
};
struct policy_eager : basic_awaiter {
  using promise_type = policy_promise<std::suspend_never>;
};
template <bool Now> struct conditional_promise {
  std::conditional_t<Now, std::suspend_never, std::suspend_always> initial_suspend() noexcept {
    return {};
  }
  std::suspend_always final_suspend() noexcept { return {}; }
  void return_void() {}
  void unhandled_exception() {}
};
struct conditional_lazy : basic_awaiter {
  using promise_type = conditional_promise<false>;
};

/// … and of one that hands its own arguments to its base.
template <class T> struct policy_of : basic_awaiter {
  struct promise_type : basic_promise<policy_of, std::suspend_always, std::suspend_always> {};
};

class pimpl {
  struct implementation;
  std::unique_ptr<implementation> hidden;
};
class declared_only;

} // namespace types

template <class... Args> struct std::coroutine_traits<types::traits_full, Args...> {
  struct promise_type
      : types::basic_promise<types::traits_full, std::suspend_always, std::suspend_always> {};
};
template <class T, class... Args> struct std::coroutine_traits<types::traits_partial<T>, Args...> {
  struct promise_type : types::lazy_start {
    types::traits_partial<T> get_return_object() { return {}; }
  };
};
template <> struct std::coroutine_traits<types::traits_eager<int>, int> {
  struct promise_type
      : types::basic_promise<types::traits_eager<int>, std::suspend_never, std::suspend_always> {};
};

#endif
