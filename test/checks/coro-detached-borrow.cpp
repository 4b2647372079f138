// Work that runs on, and borrows what may be gone before.
// RUN: %check %s

#include "Inputs/task.h"
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <corolint/annotations.h>

task<> work();
void use(std::string_view);
void use(int);
std::string made();

void start(CORO_CONSUMES_TASK task<> t);
void start_by(CORO_CONSUMES_TASK std::function<task<>()> make);

task<> by_reference(const std::string &text) {
  co_await work();
  use(text);
}
task<> count(int &calls) {
  co_await work();
  ++calls;
}
detached alone(const std::string &text) {
  co_await async_sleep(std::chrono::seconds(1));
  use(text);
}
task<> by_value(std::string text) {
  co_await work();
  use(text);
}
task<> by_owner(std::shared_ptr<std::string> text) {
  co_await work();
  use(*text);
}

struct scope {
  void spawn(task<> t);
  task<> join();
};

//===- Reported

void of_a_local() {
  std::string text = made();
  // EXPECT: coro-detached-borrow: the task of 'by_reference' refers to 'text' by its parameter 'text', and is given to 'start', which runs it later: nothing waits for it before 'text' is gone
  // NOTE: here the task is given to 'start', which runs it later
  // NOTE: 'by_reference' uses 'text' here, after it was suspended
  // NOTE: take 'text' by value, or wait for the work before
  start(by_reference(text));
}

task<> of_a_local_of_a_coroutine() {
  int calls = 0;
  // EXPECT: coro-detached-borrow: the task of 'count' refers to 'calls' by its parameter 'calls', and is given to 'start', which runs it later: nothing waits for it before 'calls' is gone
  // NOTE: here the task is given to 'start', which runs it later
  // NOTE: 'count' uses 'calls' here, after it was suspended
  // NOTE: hand over a copy or a shared owner, or wait for the work before
  start(count(calls));
  co_await work();
}

void of_a_temporary() {
  // EXPECT: coro-detached-borrow: the task of 'by_reference' refers to this temporary by its parameter 'text', and is given to 'start', which runs it later: the temporary is gone by then
  // NOTE: here the task is given to 'start', which runs it later
  // NOTE: 'by_reference' uses 'text' here, after it was suspended
  // NOTE: take 'text' by value, or wait for the work before
  start(by_reference(made()));
}

void by_itself() {
  std::string text = made();
  // EXPECT: coro-detached-borrow: the task of 'alone' refers to 'text' by its parameter 'text', and is left to run on: nothing waits for it before 'text' is gone
  // NOTE: 'alone' uses 'text' here, after it was suspended
  // NOTE: take 'text' by value, or wait for the work before
  alone(text);
}

void of_a_capture() {
  int calls = 0;
  // EXPECT: coro-detached-borrow: the task of this lambda refers to 'calls' by a capture, and is given to 'start_by', which runs it later: nothing waits for it before 'calls' is gone
  // NOTE: here the task is given to 'start_by', which runs it later
  // NOTE: hand over a copy or a shared owner, or wait for the work before
  start_by([&]() -> task<> { co_await count(calls); });
}

task<> on_one_path(bool wait) {
  scope all;
  std::string text = made();
  // EXPECT: coro-detached-borrow: the task of 'by_reference' refers to 'text' by its parameter 'text', and is given to 'scope::spawn', which runs it later: nothing waits for it before 'text' is gone
  // NOTE: here the task is given to 'scope::spawn', which runs it later
  // NOTE: 'by_reference' uses 'text' here, after it was suspended
  // NOTE: take 'text' by value, or wait for the work before
  all.spawn(by_reference(text));
  if (!wait)
    co_return;
  co_await all.join();
}

// The tasks are declared before what they borrow.
task<> in_a_container() {
  std::vector<task<>> all;
  {
    std::string text = made();
    // EXPECT: coro-detached-borrow: the task of 'by_reference' refers to 'text' by its parameter 'text', and is kept in 'all': nothing waits for it before 'text' is gone
    // NOTE: here the task is kept in 'all'
    // NOTE: 'by_reference' uses 'text' here, after it was suspended
    // NOTE: take 'text' by value, or wait for the work before
    all.push_back(by_reference(text));
  }
  for (task<> &each : all)
    co_await std::move(each);
}

struct server {
  std::vector<task<>> running;
  void serve() {
    std::string text = made();
    // EXPECT: coro-detached-borrow: the task of 'by_reference' refers to 'text' by its parameter 'text', and is stored: nothing waits for it before 'text' is gone
    // NOTE: here the task is stored
    // NOTE: 'by_reference' uses 'text' here, after it was suspended
    // NOTE: take 'text' by value, or wait for the work before
    running.push_back(by_reference(text));
  }
};

//===- Not reported

// It is joined before the local is gone.
task<> joined() {
  std::string text = made();
  scope all;
  all.spawn(by_reference(text));
  co_await all.join();
}

// The frame has a copy, or a share of it.
void has_it() {
  std::string text = made();
  start(by_value(text));
  start(by_owner(std::make_shared<std::string>(text)));
}

// What the caller gave is the caller's.
void of_a_parameter(const std::string &text) { start(by_reference(text)); }

std::string global;
void of_a_global() { start(by_reference(global)); }

// The closure keeps a copy.
void of_a_copy() {
  std::string text = made();
  start_by([text]() -> task<> { co_await by_value(text); });
}

// A container that ends before what its tasks borrow.
task<> in_a_later_container() {
  std::string text = made();
  std::vector<task<>> all;
  all.push_back(by_reference(text));
  for (task<> &each : all)
    co_await std::move(each);
}
