// RUN: %check %s

#include "Inputs/task.h"
#include <cassert>
#include <memory>
#include <string>
#include <vector>

task<int> load(int id = 0);
bool check(int value);

struct page {
  std::vector<int> items() const &;
  const std::vector<int> &all() const;
  std::vector<int> rows;
};
task<page> fetch();
struct reference {
  page *to;
  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<>) noexcept {}
  page &await_resume() const noexcept { return *to; }
};
reference shared_page();
task<std::shared_ptr<page>> kept_page();
task<std::vector<int>> list();

//===- bad

task<int> a_static() {
  // EXPECT: coro-suspending-initializer: the coroutine is suspended while it initialises the static 'value': another coroutine that comes here waits for it and blocks the thread: a deadlock if that thread is to resume this one
  // NOTE: await the value first, into a local, and initialise 'value' with that
  static int value = co_await load();
  co_return value;
}

task<int> a_thread_local() {
  // EXPECT: coro-suspending-initializer: while it initialises the thread_local 'value': another coroutine that comes here finds it half initialised
  // NOTE: await the value first
  thread_local int value = 1 + co_await load();
  co_return value;
}

task<> an_assertion() {
  // EXPECT: coro-suspending-initializer: a release build skips this 'co_await': it leaves out 'assert'
  assert(check(co_await load()));
}

task<> a_part_of_a_temporary() {
  // EXPECT: coro-suspending-initializer: the loop runs over a part of what is awaited here, which is destroyed before the loop begins
  // NOTE: keep it in a local first; from C++23 on, it lives as long as the loop
  for (int item : (co_await fetch()).all())
    check(item);
}

//===- good

task<int> awaited_first() {
  const int first = co_await load();
  static int value = first;
  co_return value;
}

task<> lives_on() {
  for (int item : co_await list())
    check(item);
  for (int item : (co_await fetch()).items())
    check(item);
  for (int item : (co_await fetch()).rows)
    check(item);
  for (int item : (co_await shared_page()).all())
    check(item);
  for (int item : (co_await kept_page())->all())
    check(item);
  page kept = co_await fetch();
  for (int item : kept.all())
    check(item + co_await load());
}

task<int> a_static_that_is_ready() {
  static auto later = [] { return load(); };
  co_return co_await later();
}
