// aio, with its own headers: concurrency that ends before what it borrows does, and its broken
// twins.
//
// RUN: %cases %s -- -I%include

#include "support/common.h"

#include <aio/gather.hpp>
#include <aio/run.hpp>
#include <aio/spawn.hpp>
#include <aio/task.hpp>
#include <aio/task_group.hpp>
#include <aio/time.hpp>

namespace defs {
inline aio::task<> bump(int &n) {
  co_await aio::sleep_for(1ms);
  ++n;
}
inline aio::task<int> length(const std::string &s) {
  co_await aio::sleep_for(1ms);
  co_return int(s.size());
}
inline aio::task<> log(const std::string &s) {
  co_await aio::sleep_for(1ms);
  use(s);
}
inline aio::task<> log_value(std::string s) {
  co_await aio::sleep_for(1ms);
  use(s);
}
std::string name_of(int id);
} // namespace defs
using namespace defs;

// CASE: gather-in-place EXPECT: none
aio::task<> gather_in_place(int id) {
  int n = 0;
  co_await aio::gather(bump(n), log(name_of(id)), log("x"));
  use(n);
}

// CASE: gather-kept EXPECT: coro-dangling-parameter|coro-detached-borrow
// The strings are gone at the first semicolon.
aio::task<> gather_kept(int id) {
  auto both = aio::gather(length(name_of(id)), length("x"));
  use(1);
  auto [a, b] = co_await std::move(both);
  use(a + b);
}

// CASE: gather-kept-over-locals EXPECT: none
aio::task<> gather_kept_over_locals(std::string s) {
  auto both = aio::gather(length(s), length(s));
  use(1);
  auto [a, b] = co_await std::move(both);
  use(a + b);
}

// CASE: gather-of-a-vector EXPECT: none
aio::task<> gather_of_a_vector(std::vector<std::string> names) {
  std::vector<aio::task<>> all;
  for (const auto &name : names)
    all.push_back(log(name));
  co_await aio::gather(std::move(all));
}

// CASE: gather-of-a-vector-over-copies EXPECT: coro-dangling-parameter|coro-detached-borrow
// A copy for each turn, gone at its end.
aio::task<> gather_of_a_vector_over_copies(std::vector<std::string> names) {
  std::vector<aio::task<>> all;
  for (auto name : names)
    all.push_back(log(name));
  co_await aio::gather(std::move(all));
}

// CASE: race-in-place-of-lambdas EXPECT: none
aio::task<> race_in_place_of_lambdas(int n) {
  co_await aio::race(
      [&]() -> aio::task<> {
        co_await aio::sleep_for(1ms);
        use(n);
      }(),
      bump(n));
}

// CASE: with-timeout-in-place EXPECT: none
aio::task<> with_timeout_in_place(int id) {
  co_await aio::with_timeout(1s, log(name_of(id)));
}

// CASE: spawned-and-awaited EXPECT: none
aio::task<> spawned_and_awaited() {
  int n = 0;
  auto running = aio::spawn(bump(n));
  use(1);
  co_await running;
  use(n);
}

// CASE: spawned-and-detached EXPECT: ?coro-detached-borrow|coro-dangling-parameter
// Missed: that detach() lets the work of the handle run on is not known.
aio::task<> spawned_and_detached() {
  int n = 0;
  aio::spawn(bump(n)).detach();
  co_await aio::sleep_for(1ms);
  use(n);
}

// CASE: spawned-and-detached-by-value EXPECT: none
aio::task<> spawned_and_detached_by_value(int id) {
  aio::spawn(log_value(name_of(id))).detach();
  co_await aio::sleep_for(1ms);
}

// CASE: spawned-and-awaited-too-late EXPECT: coro-detached-borrow|coro-dangling-parameter
aio::task<> spawned_and_awaited_too_late() {
  std::optional<aio::join_handle<void>> running;
  {
    int n = 0;
    running.emplace(aio::spawn(bump(n)));
  }
  co_await *running;
}

// CASE: spawned-with-a-temporary EXPECT: coro-detached-borrow|coro-dangling-parameter
// It runs in a later step of the loop.
aio::task<> spawned_with_a_temporary(int id) {
  auto running = aio::spawn(log(name_of(id)));
  co_await running;
}

// CASE: spawned-lambda-called EXPECT: coro-dangling-capture|coro-detached-borrow
aio::task<> spawned_lambda_called(int n) {
  auto running = aio::spawn([n]() -> aio::task<> {
    co_await aio::sleep_for(1ms);
    use(n);
  }());
  co_await running;
}

// CASE: group-over-what-outlives-it EXPECT: none
aio::task<> group_over_what_outlives_it(std::vector<std::string> names) {
  int n = 0;
  co_await aio::with_task_group([&](aio::task_group &group) -> aio::task<> {
    for (const auto &name : names)
      group.spawn(log(name));
    group.spawn(bump(n));
    co_return;
  });
  use(n);
}

// CASE: group-over-a-local-of-its-body EXPECT: coro-detached-borrow|coro-dangling-parameter
// The group waits after its body has ended.
aio::task<> group_over_a_local_of_its_body() {
  co_await aio::with_task_group([](aio::task_group &group) -> aio::task<> {
    int n = 0;
    group.spawn(bump(n));
    co_return;
  });
}

// CASE: group-with-a-temporary EXPECT: coro-detached-borrow|coro-dangling-parameter
aio::task<> group_with_a_temporary() {
  co_await aio::with_task_group([](aio::task_group &group) -> aio::task<> {
    group.spawn(log("x"));
    co_return;
  });
}

// CASE: group-with-a-called-lambda EXPECT: coro-dangling-capture|coro-detached-borrow
aio::task<> group_with_a_called_lambda() {
  co_await aio::with_task_group([](aio::task_group &group) -> aio::task<> {
    for (int i = 0; i != 3; ++i)
      group.spawn([i]() -> aio::task<> {
        co_await aio::sleep_for(1ms);
        use(i);
      }());
    co_return;
  });
}

// CASE: group-with-lambda-parameters EXPECT: none
aio::task<> group_with_lambda_parameters() {
  co_await aio::with_task_group([](aio::task_group &group) -> aio::task<> {
    for (int i = 0; i != 3; ++i)
      group.spawn([](int n) -> aio::task<> {
        co_await aio::sleep_for(1ms);
        use(n);
      }(i));
    co_return;
  });
}

// CASE: group-joined-by-hand EXPECT: none
aio::task<> group_joined_by_hand() {
  int n = 0;
  aio::task_group group;
  group.spawn(bump(n));
  group.spawn(bump(n));
  co_await group.join();
  use(n);
}

// CASE: group-joined-too-late EXPECT: coro-detached-borrow|coro-dangling-parameter
aio::task<> group_joined_too_late() {
  aio::task_group group;
  {
    int n = 0;
    group.spawn(bump(n));
  }
  co_await group.join();
}

// CASE: group-of-the-caller EXPECT: coro-detached-borrow|coro-dangling-parameter
aio::task<> group_of_the_caller(aio::task_group &group) {
  int n = 0;
  group.spawn(bump(n));
  co_await aio::sleep_for(1ms);
  use(n);
}

// CASE: group-of-the-caller-and-its-object EXPECT: none
void group_of_the_caller_and_its_object(aio::task_group &group, int &n) {
  group.spawn(bump(n));
}

// CASE: named-task-awaited EXPECT: none
aio::task<int> named_task_awaited(std::string s) {
  auto work = length(s);
  use(1);
  co_return co_await std::move(work);
}

// CASE: named-task-over-a-temporary EXPECT: coro-dangling-parameter|coro-detached-borrow
aio::task<int> named_task_over_a_temporary(int id) {
  auto work = length(name_of(id));
  use(1);
  co_return co_await std::move(work);
}

// CASE: named-task-returned EXPECT: coro-dangling-return
aio::task<int> named_task_returned(int id) {
  auto s = name_of(id);
  auto work = length(s);
  return work;
}

// CASE: lambda-awaited-at-once EXPECT: none
aio::task<int> lambda_awaited_at_once(int n) {
  co_return co_await [&]() -> aio::task<int> {
    co_await aio::sleep_for(1ms);
    co_return n;
  }();
}

// CASE: lambda-awaited-later EXPECT: coro-dangling-capture
aio::task<int> lambda_awaited_later(int n) {
  auto work = [&]() -> aio::task<int> {
    co_await aio::sleep_for(1ms);
    co_return n;
  }();
  use(1);
  co_return co_await std::move(work);
}

// CASE: named-closure-awaited EXPECT: none
aio::task<int> named_closure_awaited(int n) {
  auto f = [n]() -> aio::task<int> {
    co_await aio::sleep_for(1ms);
    co_return n;
  };
  auto work = f();
  use(1);
  co_return co_await std::move(work);
}

// CASE: named-closure-of-an-inner-scope EXPECT: coro-dangling-capture|coro-detached-borrow
aio::task<int> named_closure_of_an_inner_scope(int n) {
  std::optional<aio::task<int>> work;
  {
    auto f = [n]() -> aio::task<int> {
      co_await aio::sleep_for(1ms);
      co_return n;
    };
    work.emplace(f());
  }
  co_return co_await std::move(*work);
}

// CASE: named-closure-spawned-and-awaited EXPECT: none
aio::task<> named_closure_spawned_and_awaited(int n) {
  auto f = [&]() -> aio::task<> {
    co_await aio::sleep_for(1ms);
    ++n;
  };
  auto running = aio::spawn(f());
  co_await running;
  use(n);
}

// CASE: run-over-a-local EXPECT: none
int run_over_a_local() {
  int n = 0;
  aio::run(bump(n));
  aio::run([&]() -> aio::task<> {
    co_await aio::sleep_for(1ms);
    ++n;
  }());
  return n;
}
