// RUN: %check %s

#include "Inputs/task.h"
#include <cassert>
#include <corolint/annotations.h>
#include <iostream>
#include <memory>
#include <optional>
#include <string>

/// As libraries have it: whether there is a coroutine.
template <class T = void> struct checked_task : task<T> {
  struct promise_type : task<T>::promise_type {
    checked_task get_return_object();
    std::suspend_always initial_suspend() noexcept;
  };
  explicit operator bool() const noexcept { return true; }
};
/// … and one that turns into a bool by itself.
template <class T = void> struct loose_task : task<T> {
  struct promise_type : task<T>::promise_type {
    loose_task get_return_object();
    std::suspend_always initial_suspend() noexcept;
  };
  operator bool() const noexcept { return true; }
};
/// Eager.
template <class T = void> struct checked_start : started<T> {
  struct promise_type : started<T>::promise_type {
    checked_start get_return_object();
  };
  explicit operator bool() const noexcept { return true; }
  bool operator==(const checked_start &other) const { return this == &other; }
};

checked_task<bool> exists(int id);
checked_task<std::string> name(int id);
checked_task<> work();
loose_task<int> count();
loose_task<> loose();
checked_start<bool> running();
bool condition();
void touch();

//===- bad: a condition

task<> conditions(int n) {
  // EXPECT: coro-task-as-value: the task of 'exists' decides here, and not its result: there always is one, and it never runs
  // NOTE: it is taken by 'checked_task::operator bool'
  // FIXED: if (co_await exists(1))
  if (exists(1))
    touch();
  // EXPECT: coro-task-as-value: the task of 'exists' decides here
  // NOTE: it is taken by
  // FIXED: while (!co_await exists(2))
  while (!exists(2))
    touch();
  // EXPECT: coro-task-as-value: the task of 'exists' decides here
  // NOTE: it is taken by
  // FIXED: for (; condition() && co_await exists(3);)
  for (; condition() && exists(3);)
    touch();
  // EXPECT: coro-task-as-value: the task of 'exists' decides here
  // NOTE: it is taken by
  // FIXED: n = co_await exists(4) ? 1 : 2;
  n = exists(4) ? 1 : 2;
  do
    touch();
  // EXPECT: coro-task-as-value: the task of 'exists' decides here
  // NOTE: it is taken by
  // FIXED: while (co_await exists(5) || condition());
  while (exists(5) || condition());
  // EXPECT: coro-task-as-value: the task of 'count' decides here
  // NOTE: it is taken by 'loose_task::operator bool'
  // FIXED: if (co_await count())
  if (count())
    touch();
  // It runs, and nobody waits for its answer.
  // EXPECT: coro-task-as-value: the task of 'running' decides here, and not its result: there always is one{{$}}
  // NOTE: it is taken by 'checked_start::operator bool'
  // FIXED: if (co_await running())
  if (running())
    touch();
  // EXPECT: coro-task-as-value: the task of 'exists' decides here
  // NOTE: it is taken by
  // FIXED: if (static_cast<bool>(co_await exists(6)))
  if (static_cast<bool>(exists(6)))
    touch();
  co_return;
}

// Its result cannot be a condition, or it has none: a proposal, or what to do.
task<> no_certain_fix() {
  // EXPECT: coro-task-as-value: the task of 'name' decides here
  // NOTE: it is taken by
  // NOTE: 'co_await' gives its result
  if (name(1))
    touch();
  // EXPECT: coro-task-as-value: the task of 'work' decides here
  // NOTE: it is taken by
  // NOTE: 'co_await' gives its result
  if (work())
    touch();
  // EXPECT: coro-task-as-value: the task of 'exists' decides here
  // NOTE: it is taken by
  // NOTE: 'co_await' gives its result
  assert(exists(1));
  co_return;
}

void in_a_plain_function() {
  // EXPECT: coro-task-as-value: the task of 'exists' decides here
  // NOTE: it is taken by
  // NOTE: 'in_a_plain_function' is no coroutine and cannot await it
  if (exists(1))
    touch();
}

task<checked_task<bool>> gives_a_task();
task<> the_inner_one() {
  // EXPECT: coro-task-as-value: the task that 'co_await' returns here decides here
  // NOTE: it is taken by
  // FIXED: if (co_await co_await gives_a_task())
  if (co_await gives_a_task())
    touch();
}

//===- bad: compared

template <class T> bool operator==(const checked_task<T> &, const T &);
template <class T> bool operator==(const checked_task<T> &, const checked_task<T> &);

task<> compared(int n) {
  // EXPECT: coro-task-as-value: the task of 'count' is compared, and not its result, and it never runs
  // NOTE: it is taken by 'loose_task::operator bool'
  // FIXED: if (co_await count() == 3)
  if (count() == 3)
    touch();
  // EXPECT: coro-task-as-value: the task of 'count' is compared
  // NOTE: it is taken by
  // FIXED: bool b = n < co_await count();
  bool b = n < count();
  // EXPECT: coro-task-as-value: the task of 'name' is compared
  // NOTE: it is taken by 'operator=='
  // NOTE: 'co_await' gives its result
  b = name(1) == std::string("ada");
  // EXPECT: coro-task-as-value: the task of 'exists' is compared
  // NOTE: it is taken by 'operator=='
  // FIXED: b = co_await exists(1)
  b = exists(1)
      // EXPECT: coro-task-as-value: the task of 'exists' is compared
      // NOTE: it is taken by 'operator=='
      // FIXED: == co_await exists(2);
      == exists(2);
  auto kept = count();
  // EXPECT: coro-task-as-value: the task in 'kept' is compared, and not its result{{$}}
  // NOTE: it is taken by
  // NOTE: 'co_await' gives its result
  b = kept > 2;
  co_await std::move(kept);
  auto named = name(2);
  // EXPECT: coro-task-as-value: the task in 'named' is compared
  // NOTE: it is taken by
  // NOTE: 'co_await' gives its result
  b = named == std::string("ada");
  co_await std::move(named);
}

//===- bad: printed, formatted, converted

struct traced_task : task<int> {
  struct promise_type : task<int>::promise_type {
    traced_task get_return_object();
  };
};
std::ostream &operator<<(std::ostream &, const traced_task &);
traced_task traced();
struct log_stream : std::ostream {};
template <class T> log_stream &operator<<(log_stream &, const T &);

namespace text {
template <class... A> struct format_string {
  template <class S> consteval format_string(const S &) {}
};
template <class T> struct same {
  using type = T;
};
template <class... A> std::string format(format_string<typename same<A>::type...>, A &&...);
template <class... A> void print(format_string<typename same<A>::type...>, A &&...);
} // namespace text

task<> printed(log_stream &log) {
  // EXPECT: coro-task-as-value: the task of 'count' is printed, and not its result, and it never runs
  // NOTE: it is taken by 'loose_task::operator bool'
  // FIXED: std::cout << "there are " << co_await count() << '\n';
  std::cout << "there are " << count() << '\n';
  // EXPECT: coro-task-as-value: the task of 'traced' is printed
  // NOTE: it is taken by 'operator<<'
  // FIXED: std::cout << co_await traced();
  std::cout << traced();
  // EXPECT: coro-task-as-value: the task of 'name' is printed
  // NOTE: it is taken by 'operator<<'
  // NOTE: 'co_await' gives its result
  log << name(1);
  auto kept = count();
  // EXPECT: coro-task-as-value: the task in 'kept' is printed
  // NOTE: it is taken by
  // NOTE: 'co_await' gives its result
  std::cout << kept;
  co_await std::move(kept);
  // EXPECT: coro-task-as-value: the task of 'count' is formatted, and not its result
  // NOTE: it is taken by 'text::format'
  // FIXED: auto line = text::format("{}", co_await count());
  auto line = text::format("{}", count());
  // EXPECT: coro-task-as-value: the task of 'name' is formatted
  // NOTE: it is taken by 'text::print'
  // NOTE: 'co_await' gives its result
  text::print("{} {}", 1, name(2));
}

task<int> converted(int n) {
  // EXPECT: coro-task-as-value: the task of 'count' becomes 'int' here, and not its result, and it never runs
  // NOTE: it is taken by
  // FIXED: int all = co_await count();
  int all = count();
  // EXPECT: coro-task-as-value: the task of 'count' becomes 'int' here
  // NOTE: it is taken by
  // FIXED: n = all + co_await count();
  n = all + count();
  // EXPECT: coro-task-as-value: the task of 'count' becomes 'bool' here
  // NOTE: it is taken by
  // FIXED: bool any = co_await count();
  bool any = count();
  co_return n + any;
}

//===- good

task<> awaited() {
  if (co_await exists(1) && co_await count() == 3)
    std::cout << co_await count() << text::format("{}", co_await name(1));
  int n = co_await count();
}

// A kept task is asked whether it is one: it may have been moved from.
task<> validity(checked_task<bool> t, loose_task<int> u) {
  if (t && !!u && u == true && static_cast<bool>(t))
    co_await std::move(t);
  if (auto again = exists(2))
    co_await std::move(again);
  assert(u);
  bool is_there = u;
  co_await std::move(u);
  // Written out: nobody does that for a result.
  is_there = static_cast<bool>(exists(3));
  co_await exists(4);
}

// Which of two it is.
task<> identity(checked_start<bool> &a, checked_start<bool> &b) {
  if (a == b)
    co_await a;
}

// Somebody wrote how a task is printed.
task<> traced_on_purpose() {
  auto t = traced();
  std::cout << t;
  co_await std::move(t);
}

// Pointers to tasks are no tasks, nor is what may have one.
std::unique_ptr<checked_task<bool>> find(int id);
std::shared_ptr<checked_task<bool>> shared(int id);
checked_task<bool> *raw(int id);
std::optional<checked_task<bool>> next();
task<> pointers() {
  if (find(1) && shared(2) && raw(3) != nullptr && next())
    touch();
  co_return;
}

// A value that can be awaited is no task: whether it is there is the question.
template <class T> struct maybe {
  std::optional<T> value;
  struct promise_type {
    maybe get_return_object();
    std::suspend_never initial_suspend() noexcept;
    std::suspend_never final_suspend() noexcept;
    void return_value(T);
    void unhandled_exception();
  };
  bool await_ready() { return value.has_value(); }
  void await_suspend(std::coroutine_handle<> h) { h.destroy(); }
  T await_resume() { return *value; }
  explicit operator bool() const { return value.has_value(); }
};
maybe<int> parse(const char *);
void values() {
  if (parse("1"))
    touch();
}

// A handle of work that may have been refused.
struct submitted {
  sleep_operation operator co_await() const;
  explicit operator bool() const;
};
submitted submit();
void handles() {
  if (submit())
    touch();
}

// Nobody can await it, and it says how it went.
struct launched {
  struct promise_type {
    launched get_return_object();
    std::suspend_never initial_suspend() noexcept;
    std::suspend_never final_suspend() noexcept;
    void return_void();
    void unhandled_exception();
  };
  explicit operator bool() const;
};
launched launch();
void detached_ones() {
  if (launch())
    touch();
}

// There is no value that could have been meant.
task<> no_value() {
  bool is_there = loose();
  (void)is_there;
  co_return;
}

// A function to which a task is given, and that decides nothing.
template <class T> void take(T &&);
struct nursery {
  template <class T> nursery &operator<<(T &&);
};
task<> handed_on(nursery &n) {
  take(exists(1));
  n << exists(2) << count();
  co_return;
}

// Its author said that what it gives may be dropped.
CORO_MAY_DISCARD checked_task<bool> begin();
void may_be_dropped() {
  if (begin())
    touch();
}

task<> unevaluated() {
  static_assert(sizeof(exists(1) ? 1 : 2) == sizeof(int));
  co_return;
}

task<> suppressed() {
  if (exists(1)) // NOLINT(coro-task-as-value)
    touch();
  co_return;
}
