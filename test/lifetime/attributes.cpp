// Clang's attributes say what a body would, where none is seen.
//
// RUN: %cases %s

#include "support/common.h"
#include <coroutine>
#include <exception>
#include <string>
#include <string_view>

// Eager tasks, whose functions are defined elsewhere.
template <class Task> struct promise_of {
  Task get_return_object();
  std::suspend_never initial_suspend() noexcept;
  std::suspend_always final_suspend() noexcept;
  void return_void();
  void unhandled_exception();
};
struct plain {
  struct promise_type : promise_of<plain> {};
  bool await_ready() const noexcept;
  void await_suspend(std::coroutine_handle<>);
  void await_resume();
};
struct [[clang::coro_return_type, clang::coro_lifetimebound]] bound {
  struct promise_type : promise_of<bound> {};
  bool await_ready() const noexcept;
  void await_suspend(std::coroutine_handle<>);
  void await_resume();
};
// A lazy one: what it returns begins later, as a rule.
struct lazy {
  struct promise_type {
    lazy get_return_object();
    std::suspend_always initial_suspend() noexcept;
    std::suspend_always final_suspend() noexcept;
    void return_void();
    void unhandled_exception();
  };
  bool await_ready() const noexcept;
  void await_suspend(std::coroutine_handle<>);
  void await_resume();
};

plain plain_of(const std::string &s);
bound bound_of(const std::string &s);
bound bound_of_view(std::string_view s);
[[clang::coro_disable_lifetimebound]] bound copied(const std::string &s);
lazy lazy_of(const std::string &s);
lazy lazy_of_view(std::string_view s);
[[clang::coro_disable_lifetimebound]] lazy lazy_copied(const std::string &s);
[[clang::coro_wrapper]] inline bound wrapped(const std::string &s) {
  return bound_of(s);
}

// CASE: eager-unknown EXPECT: none
// Nothing says what it keeps.
lazy eager_unknown() {
  auto t = plain_of("gone");
  co_await t;
}

// CASE: eager-bound EXPECT: coro-dangling-parameter
lazy eager_bound() {
  auto t = bound_of("gone");
  co_await t;
}

// CASE: view-bound EXPECT: coro-dangling-parameter
lazy view_bound() {
  auto t = bound_of_view(std::string("gone"));
  co_await t;
}

// CASE: bound-in-place EXPECT: none
// The string lives until the end of the full-expression.
lazy bound_in_place() {
  co_await bound_of("here");
}

// CASE: bound-wrapped EXPECT: coro-dangling-parameter
lazy bound_wrapped() {
  auto t = wrapped("gone");
  co_await t;
}

// CASE: bound-disabled EXPECT: none
// It is said that it keeps nothing of its arguments.
lazy bound_disabled() {
  auto t = copied("copied");
  co_await t;
}

// CASE: lazy-disabled EXPECT: none
lazy lazy_disabled() {
  auto t = lazy_copied("copied");
  co_await t;
}

// CASE: lazy-assumed EXPECT: coro-dangling-parameter
lazy lazy_assumed() {
  auto t = lazy_of("gone");
  co_await t;
}

// CASE: lazy-view EXPECT: coro-dangling-parameter
lazy lazy_view() {
  auto t = lazy_of_view(std::string("gone"));
  co_await t;
}

// CASE: wrapper-returns EXPECT: coro-dangling-return
[[clang::coro_wrapper]] bound wrapper_returns() {
  std::string s = "gone";
  return bound_of(s);
}
