// Tasks that are returned, and refer to what ends with the function.
// RUN: %check %s

#include "Inputs/task.h"
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

task<> work();
void use(std::string_view);
std::string made();
task<> load();

task<> by_reference(const std::string &text) {
  co_await work();
  use(text);
}
task<> by_view(std::string_view text) {
  co_await work();
  use(text);
}
task<> by_value(std::string text) {
  co_await work();
  use(text);
}

//===- Reported

task<> of_a_local() {
  std::string text = made();
  // EXPECT: coro-dangling-return: the task of 'by_reference' is returned, and refers to 'text' by its parameter 'text', which ends with this function
  // NOTE: 'by_reference' uses 'text' here, after it was suspended
  // NOTE: 'co_return co_await …' keeps it until the task is done; or let it be taken by value
  return by_reference(text);
}

task<> of_a_parameter(std::string text) {
  // EXPECT: coro-dangling-return: the task of 'by_view' is returned, and refers to 'text' by its parameter 'text', which ends with this function
  // NOTE: 'by_view' uses 'text' here, after it was suspended
  // NOTE: 'co_return co_await …' keeps it until the task is done; or let it be taken by value
  return by_view(text);
}

task<> of_a_temporary() {
  // EXPECT: coro-dangling-return: the task of 'by_reference' is returned, and refers to a temporary by its parameter 'text', which ends with this function
  // NOTE: 'by_reference' uses 'text' here, after it was suspended
  // NOTE: 'co_return co_await …' keeps it until the task is done; or let it be taken by value
  return by_reference(made());
}

task<> kept_first() {
  std::string text = made();
  auto t = by_reference(text);
  // EXPECT: coro-dangling-return: the task of 'by_reference' is returned, and refers to 'text' by its parameter 'text', which ends with this function
  // NOTE: 'by_reference' uses 'text' here, after it was suspended
  // NOTE: 'co_return co_await …' keeps it until the task is done; or let it be taken by value
  return t;
}

std::pair<task<>, int> in_a_pair() {
  std::string text = made();
  // EXPECT: coro-dangling-return: the task of 'by_reference' is returned, and refers to 'text' by its parameter 'text', which ends with this function
  // NOTE: 'by_reference' uses 'text' here, after it was suspended
  // NOTE: 'co_return co_await …' keeps it until the task is done; or let it be taken by value
  return {by_reference(text), 1};
}

std::vector<task<>> in_a_vector() {
  std::string text = made();
  std::vector<task<>> all;
  all.push_back(by_reference(text));
  // EXPECT: coro-dangling-return: the task of 'by_reference' is returned, and refers to 'text' by its parameter 'text', which ends with this function
  // NOTE: 'by_reference' uses 'text' here, after it was suspended
  // NOTE: 'co_return co_await …' keeps it until the task is done; or let it be taken by value
  return all;
}

auto of_a_lambda() {
  return []() -> task<> {
    std::string text = made();
    // EXPECT: coro-dangling-return: the task of 'by_reference' is returned, and refers to 'text' by its parameter 'text', which ends with this function
    // NOTE: 'by_reference' uses 'text' here, after it was suspended
    // NOTE: 'co_return co_await …' keeps it until the task is done; or let it be taken by value
    return by_reference(text);
  };
}

struct client {
  std::string name;
  task<> get() {
    co_await work();
    use(name);
  }
};
task<> of_a_local_object() {
  client c;
  // EXPECT: coro-dangling-return: the task of 'client::get' is returned, and refers to its object 'c', which ends with this function
  // NOTE: 'client::get' uses its object here, after it was suspended
  // NOTE: 'co_return co_await …' keeps it until the task is done; or let it be taken by value
  return c.get();
}

// The `try` is there for the task alone.
task<> in_a_try() {
  try {
    // EXPECT: coro-dangling-return: what 'load' throws is not caught here: its task is lazy, and is returned before it has run
    // NOTE: this 'try' ends when this function returns
    // NOTE: 'co_return co_await …' runs it before that
    return load();
  } catch (...) {
  }
  return work();
}

std::mutex lock;
task<> under_a_lock() {
  std::lock_guard held(lock);
  // EXPECT: coro-dangling-return: 'load' runs without the lock: its task is lazy, and is returned before it has run
  // NOTE: 'held' is unlocked when this function returns
  // NOTE: lock it in the coroutine that the task runs, or take a lock that is awaited
  return load();
}

// A coroutine's own result.
task<std::string_view> view_of_a_local() {
  std::string text = made();
  co_await work();
  // EXPECT: coro-dangling-return: the result refers to 'text', which is gone before the caller sees it
  // NOTE: return the value, not a reference to it
  co_return text;
}

//===- Not reported

// A coroutine has its locals in its frame.
task<> awaits() {
  std::string text = made();
  co_await by_reference(text);
}

// What the caller gave is the caller's.
task<> passed_on(const std::string &text) { return by_reference(text); }
task<> member_of_the_caller(client &c) { return c.get(); }

// The frame has a copy.
task<> has_it() {
  std::string text = made();
  return by_value(text);
}

std::string global;
task<> of_a_global() { return by_reference(global); }

task<> of_a_static() {
  static std::string text = made();
  return by_reference(text);
}

// A view of what lives on.
task<> of_a_literal() { return by_view("text"); }

// What throws is in the `try`, and not in the task.
task<> awaited_in_a_try() {
  try {
    co_await load();
  } catch (...) {
  }
}

// The lock is not held for the task.
task<> not_under_it() {
  {
    std::lock_guard held(lock);
    global = made();
  }
  return load();
}

// An object of the caller's.
struct session {
  client c;
  task<> get() { return c.get(); }
};

// The value is the result.
task<std::string> value_of_a_local() {
  std::string text = made();
  co_await work();
  co_return text;
}
