// Tasks that are kept: in a local, in a container, in another task. What counts is whether any path
// awaits, moves, returns or hands them on.
//
// RUN: %check %s

#include "Inputs/task.h"
#include <array>
#include <corolint/annotations.h>
#include <deque>
#include <functional>
#include <optional>
#include <tuple>
#include <vector>

task<> save(int id = 0);
task<int> load(int id = 0);
started<> start();
bool condition();
void log(const char *);
CORO_RESUMES_ON_WORKER std::suspend_always to_worker();
task<> when_all(std::vector<task<>> all);
template <class... Ts> task<std::tuple<Ts...>> gather(task<Ts>... all);

//===- bad: locals

task<> kept_and_forgotten() {
  // EXPECT: coro-unawaited-task: 'save' never runs: its task is kept in 't', and no path awaits it
  // NOTE@Inputs/task.h: 'task' is lazy
  auto t = save();
  co_return;
}

// The value is what was meant.
task<> kept_result() {
  // EXPECT: coro-unawaited-task: 'load' never runs: its task is kept in 'n', and no path awaits it
  // NOTE: 'task' is lazy
  // FIXED: auto n = co_await load();
  auto n = load();
  co_return;
}

task<> only_asked() {
  // EXPECT: coro-unawaited-task: 'save' never runs: its task is kept in 't'
  // NOTE: 'task' is lazy
  auto t = save();
  while (!t.done())
    co_await async_sleep(std::chrono::milliseconds(1));
}

task<> declared_with_its_type() {
  // EXPECT: coro-unawaited-task: 'save' never runs: its task is kept in 't'
  // NOTE: 'task' is lazy
  task<> t = save();
  // EXPECT: coro-unawaited-task: 'save' never runs: its task is kept in 'u'
  // NOTE: 'task' is lazy
  task<> u{save()};
  co_return;
}

task<> cast_to_void() {
  // EXPECT: coro-unawaited-task: 'save' never runs: its task is kept in 't'
  // NOTE: 'task' is lazy
  auto t = save();
  (void)t;
  co_return;
}

task<> bound_to_a_reference() {
  // EXPECT: coro-unawaited-task: 'save' never runs: its task is kept in 't'
  // NOTE: 'task' is lazy
  auto &&t = save();
  co_return;
}

void in_a_plain_function() {
  // EXPECT: coro-unawaited-task: 'save' never runs: its task is kept in 't'
  // NOTE: 'task' is lazy
  // NOTE: 'in_a_plain_function' is no coroutine and cannot await it
  auto t = save();
}

task<> used_only_where_nothing_comes() {
  // EXPECT: coro-unawaited-task: 'save' never runs: its task is kept in 't'
  // NOTE: 'task' is lazy
  auto t = save();
  co_return;
  co_await std::move(t);
}

task<> eager_and_forgotten() {
  // EXPECT: coro-unawaited-task: the task of 'start' is kept in 't', and no path awaits it: nobody learns when it is done or how it failed
  // NOTE@Inputs/task.h: 'started' is declared here
  auto t = start();
  co_return;
}

// It goes on unlocked.
task<> lock_that_was_not_taken(async_mutex &m) {
  // EXPECT: coro-unawaited-task: 'async_mutex::scoped_lock' locks nothing: what it returns is kept in 'held', and no path awaits it; what follows runs unlocked
  // NOTE@Inputs/task.h: 'async_mutex::lock_operation' is declared here
  // FIXED: auto held = co_await m.scoped_lock();
  auto held = m.scoped_lock();
  co_return;
}

// It stays on the loop.
task<> hop_that_was_not_made() {
  // EXPECT: coro-unawaited-task: 'to_worker' has no effect: what it returns is kept in 'hop', and no path awaits it
  // NOTE: 'std::suspend_always' is declared here
  auto hop = to_worker();
  co_return;
}

task<> operation_kept() {
  // EXPECT: coro-unawaited-task: 'async_read' has no effect: what it returns is kept in 'n'
  // NOTE: 'read_operation' is declared here
  // FIXED: auto n = co_await async_read(1);
  auto n = async_read(1);
  co_return;
}

//===- bad: containers

task<> filled_and_forgotten() {
  std::vector<task<>> all;
  all.reserve(2);
  // EXPECT: coro-unawaited-task: 'save' never runs: its task is kept in 'all', and no path takes it out and awaits it
  // NOTE: 'task' is lazy
  all.push_back(save(1));
  all.emplace_back(save(2));
  log(all.empty() ? "none" : "some");
  co_return;
}

task<> array_forgotten() {
  // EXPECT: coro-unawaited-task: 'save' never runs: its task is kept in 'all'
  // NOTE: 'task' is lazy
  task<> all[] = {save(1), save(2)};
  co_return;
}

task<> optional_forgotten() {
  std::optional<task<>> maybe;
  // EXPECT: coro-unawaited-task: 'save' never runs: its task is kept in 'maybe'
  // NOTE: 'task' is lazy
  maybe.emplace(save());
  co_return;
}

//===- bad: a task inside a task

task<task<int>> returned_inside() {
  // EXPECT: coro-unawaited-task: 'load' is returned as a task inside the task of 'returned_inside': awaiting 'returned_inside' once does not run it
  // NOTE: 'co_return co_await …' gives its result; then 'returned_inside' returns the inner type
  co_return load();
}

task<task<>> gives_a_task();
task<> results_that_are_tasks() {
  // EXPECT: coro-unawaited-task: {{.*}}never
  // NOTE: 'task' is lazy
  co_await gather(gives_a_task());
}

//===- good: some path takes it

task<> awaited_later() {
  auto t = save();
  log("between");
  co_await std::move(t);
}

task<> awaited_on_one_path() {
  auto t = save();
  if (condition())
    co_await std::move(t);
}

task<> moved_into_a_call() {
  auto t = save();
  spawn(std::move(t));
  co_return;
}

task<> returned() {
  auto t = save();
  return t;
}
task<task<>> co_returned() {
  auto t = save();
  co_return t;
}

task<> captured() {
  auto t = save();
  auto run = [t = std::move(t)]() mutable -> task<> { co_await std::move(t); };
  co_await run();
}
task<> captured_by_reference() {
  auto t = save();
  auto run = [&]() -> task<> { co_await std::move(t); };
  co_await run();
}

task<> assigned_on(task<> &out) {
  auto t = save();
  out = std::move(t);
  co_return;
}

task<> made_together() {
  auto a = load(1), b = load(2);
  auto [x, y] = co_await gather(std::move(a), std::move(b));
  (void)(x + y);
}

task<> filled_and_awaited() {
  std::vector<task<>> all;
  for (int i = 0; i < 3; ++i)
    all.push_back(save(i));
  for (auto &t : all)
    co_await std::move(t);
}
task<> filled_and_handed_on() {
  std::vector<task<>> all;
  all.push_back(save());
  co_await when_all(std::move(all));
}
task<> filled_and_indexed() {
  std::deque<task<>> all;
  all.push_back(save());
  co_await std::move(all[0]);
}
task<> filled_and_taken() {
  std::optional<task<>> maybe;
  maybe.emplace(save());
  if (maybe)
    co_await std::move(*maybe);
}
std::vector<task<>> filled_and_returned() {
  std::vector<task<>> all;
  all.push_back(save());
  return all;
}
task<> pushed_somewhere_else(std::vector<task<>> &all) {
  all.push_back(save());
  co_return;
}
struct group {
  std::vector<task<>> all;
  void add() { all.push_back(save()); }
};

// An eager task that is kept and looked at has somebody who cares.
task<> polled() {
  auto t = start();
  while (!t.done())
    co_await async_sleep(std::chrono::milliseconds(1));
}
task<> eager_awaited() {
  auto t = start();
  co_await t;
}
task<> eager_consent() {
  auto t = start();
  (void)t;
  co_return;
}

// A name that says so.
task<> named_unused() {
  auto unused = save();
  auto unused_task = save();
  [[maybe_unused]] auto t = save();
  co_return;
}

// The types say that they take the duty over.
void keep(CORO_CONSUMES_TASK task<> t);
task<> consumed() {
  auto t = save();
  keep(std::move(t));
  co_return;
}

// Not made here: somebody else may await it.
task<> parameters(task<> given, task<> &shared) {
  auto &also = shared;
  (void)given;
  (void)also;
  co_return;
}

// Whoever knows that a task may be dropped says so.
CORO_MAY_DISCARD task<> note_down();
task<> discardable() {
  auto t = note_down();
  co_return;
}

// Static: it lives on, and another call may await it.
task<> kept_for_ever() {
  static auto t = save();
  co_return;
}

task<> suppressed() {
  auto t = save(); // NOLINT(coro-unawaited-task)
  std::vector<task<>> all;
  // NOLINTNEXTLINE(coro-unawaited-task)
  all.push_back(save());
  co_return;
}
