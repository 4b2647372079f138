// Values that can be awaited are no tasks: awaiting one hands out what is there, or ends the
// coroutine that awaits. Nothing is lost when one is dropped, in whatever way it is written.
//
// RUN: %check %s

#include "Inputs/task.h"
#include <coroutine>
#include <exception>
#include <memory>
#include <optional>
#include <utility>
#include <variant>

/// The promises of values: the frame is gone when the call returns.
template <class Object, class T> struct value_promise {
  Object get_return_object();
  std::suspend_never initial_suspend() noexcept { return {}; }
  std::suspend_never final_suspend() noexcept { return {}; }
  void unhandled_exception();
  void return_value(T);
};

//===- good

namespace destroys {
template <class T> struct maybe {
  bool has = false;
  T value{};
  struct promise_type : value_promise<maybe, T> {};
  struct awaiter {
    maybe m;
    bool await_ready() { return m.has; }
    T await_resume() { return m.value; }
    void await_suspend(std::coroutine_handle<> h) { h.destroy(); }
  };
  awaiter operator co_await() { return {*this}; }
};
maybe<int> check(int);
} // namespace destroys

// The promise has a pointer to the object that the caller gets, and the error is written there.
namespace points_to_the_object {
template <class V, class E> struct promise;
template <class V, class E> struct expected {
  using promise_type = promise<V, E>;
  std::variant<V, E> content;
  bool has_value() const noexcept;
  V value() &&;
  E error() &&;
};
template <class V, class E> struct proxy {
  expected<V, E> *to;
  operator expected<V, E>();
};
template <class V, class E> struct promise {
  expected<V, E> *result;
  proxy<V, E> get_return_object();
  std::suspend_never initial_suspend() noexcept { return {}; }
  std::suspend_never final_suspend() noexcept { return {}; }
  void return_value(V);
  void unhandled_exception();
};
template <class V, class E> struct awaiter {
  expected<V, E> from;
  bool await_ready() const noexcept { return from.has_value(); }
  V await_resume() { return std::move(from).value(); }
  template <class U> void await_suspend(std::coroutine_handle<promise<U, E>> h) {
    *h.promise().result = expected<U, E>{std::move(from).error()};
    h.destroy();
  }
};
template <class V, class E> awaiter<V, E> operator co_await(expected<V, E> e) {
  return {std::move(e)};
}
expected<int, long> check(int);
} // namespace points_to_the_object

// Nothing of it is defined here: the result lies in the object, and nothing leads away from it.
namespace declared {
class result {
public:
  struct promise_type : value_promise<result, int> {};
  bool await_ready() const;
  void await_suspend(std::coroutine_handle<promise_type>);
  int await_resume();

private:
  std::optional<int> value;
  std::exception_ptr error;
};
result check(int);
} // namespace declared

// Awaiting it throws what is wrong, and never suspends.
namespace throws_on_resume {
struct result {
  struct promise_type : value_promise<result, int> {};
  bool good;
  int value;
  bool await_ready() const noexcept { return true; }
  void await_suspend(std::coroutine_handle<>) {}
  int await_resume() { return good ? value : throw 1; }
};
result check(int);
} // namespace throws_on_resume
namespace throws_on_suspend {
struct result {
  int value, error;
  bool await_ready() const noexcept { return !error; }
  void await_suspend(std::coroutine_handle<>) { throw error; }
  int await_resume() { return value; }
};
result check(int);
} // namespace throws_on_suspend

// No coroutine returns it; a coroutine of another type ends with its error.
namespace ends_the_task {
struct [[nodiscard]] outcome {
  int value, error;
  struct awaiter {
    outcome &o;
    bool await_ready() { return !o.error; }
    int await_resume() { return o.value; }
    template <class P> std::coroutine_handle<> await_suspend(std::coroutine_handle<P> h) {
      auto &promise = h.promise();
      promise.fail(o.error);
      auto next = promise.next;
      h.destroy();
      return next;
    }
  };
  awaiter operator co_await() { return {*this}; }
};
outcome check(int);
} // namespace ends_the_task

namespace by_transform {
template <class T> struct optional {
  struct promise_type;
  std::optional<T> content;
};
template <class T> struct optional<T>::promise_type : value_promise<optional<T>, T> {
  struct awaiter {
    optional from;
    bool await_ready() { return from.content.has_value(); }
    T await_resume() { return *from.content; }
    void await_suspend(std::coroutine_handle<promise_type> h) noexcept { h.destroy(); }
  };
  awaiter await_transform(optional from) { return {from}; }
};
optional<int> check(int);
} // namespace by_transform

// It goes on at once, or is destroyed.
namespace decides_in_suspend {
struct shared {
  std::shared_ptr<int> value;
  struct promise_type : value_promise<shared, int> {};
  bool await_ready() { return false; }
  bool await_suspend(std::coroutine_handle<> h) {
    if (value)
      return false;
    h.destroy();
    return true;
  }
  int await_resume() { return *value; }
};
shared check(int);
} // namespace decides_in_suspend

void in_a_plain_function() {
  destroys::check(1);
  points_to_the_object::check(1);
  declared::check(1);
  throws_on_resume::check(1);
  throws_on_suspend::check(1);
  (void)ends_the_task::check(1);
  by_transform::check(1);
  decides_in_suspend::check(1);
}

task<destroys::maybe<int>> fetch();
task<declared::result> fetch_result();
task<ends_the_task::outcome> fetch_outcome();
task<> given_by_a_task() {
  co_await fetch();
  co_await fetch_result();
  // No task, but a value that must be kept.
  // EXPECT: coro-dropped-await-result: what 'co_await' returns here is dropped, and 'ends_the_task::outcome' is [[nodiscard]]
  // NOTE: 'ends_the_task::outcome' is declared here
  // NOTE: look at it
  co_await fetch_outcome();
  auto kept = destroys::check(2);
  auto given = co_await fetch();
}

//===- bad: what keeps the handle, or may

namespace still_tasks {
struct cell {
  int value;
  std::coroutine_handle<> waiter;
};
// Its bodies are elsewhere, and it leads to a cell.
struct future {
  std::unique_ptr<cell> to;
  struct promise_type : value_promise<future, int> {};
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  int await_resume();
};
future declared();
// It ends the coroutine in one case, and keeps it in the other.
struct picky {
  cell *to;
  struct promise_type : value_promise<picky, int> {};
  bool await_ready() { return to->value; }
  void await_suspend(std::coroutine_handle<> h) {
    if (!to)
      h.destroy();
    else
      to->waiter = h;
  }
  int await_resume() { return to->value; }
};
picky choose();
struct operation {
  cell *to;
  bool await_ready() { return to; }
  void await_suspend(std::coroutine_handle<> h) {
    if (!to)
      throw 1;
    post(h);
  }
  static void post(std::coroutine_handle<>);
  void await_resume();
};
operation begin();
} // namespace still_tasks

task<> drops_tasks() {
  // EXPECT: coro-unawaited-task: the task of 'still_tasks::declared' is dropped
  // NOTE: 'still_tasks::future' is declared here
  // FIXED: co_await still_tasks::declared();
  still_tasks::declared();
  // EXPECT: coro-unawaited-task: the task of 'still_tasks::choose' is dropped
  // NOTE: 'still_tasks::picky' is declared here
  // FIXED: co_await still_tasks::choose();
  still_tasks::choose();
  // EXPECT: coro-unawaited-task: 'still_tasks::begin' is not waited for: what it returns is not awaited
  // NOTE: 'still_tasks::operation' is declared here
  // FIXED: co_await still_tasks::begin();
  still_tasks::begin();
  co_return;
}
