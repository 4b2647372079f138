// What may be there for something else, or is kept by the caller: `strict` says it.
// RUN: %check %s --profile=strict

#include "Inputs/task.h"
#include <mutex>
#include <string>
#include <string_view>

task<> work();
void use(std::string_view);
task<> load(int);
int parse();
std::string made();

// Whether making the task throws, nobody sees.
task<> in_a_try_with_more(int n) {
  try {
    use("");
    // EXPECT: coro-dangling-return: what 'load' throws is not caught here: its task is lazy, and is returned before it has run
    // NOTE: this 'try' ends when this function returns
    // NOTE: 'co_return co_await …' runs it before that
    return load(n);
  } catch (...) {
  }
  return work();
}

std::mutex lock;
int state;
// `state` is read under the lock.
task<> under_a_lock_with_more() {
  std::lock_guard held(lock);
  // EXPECT: coro-dangling-return: 'load' runs without the lock: its task is lazy, and is returned before it has run
  // NOTE: 'held' is unlocked when this function returns
  // NOTE: lock it in the coroutine that the task runs, or take a lock that is awaited
  return load(state);
}

// The frame lives as long as the caller keeps the task.
task<std::string_view> view_of_a_parameter(std::string text) {
  co_await work();
  // EXPECT: coro-dangling-return: the result refers to the parameter 'text', which is gone when the frame is destroyed
  // NOTE: return the value, not a reference to it
  co_return text;
}

//===- Not reported

// `parse` may be what throws, and is caught.
task<> with_an_argument() {
  try {
    return load(parse());
  } catch (...) {
    return work();
  }
}

// It is not under the `try`: a handler's own `try` does not catch.
task<> in_a_handler() {
  try {
    parse();
  } catch (...) {
    return load(1);
  }
  return work();
}

// It is unlocked by hand before.
task<> unlocked() {
  std::unique_lock held(lock);
  int seen = state;
  held.unlock();
  return load(seen);
}
