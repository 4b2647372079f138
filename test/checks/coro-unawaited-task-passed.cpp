// RUN: %check %s

// What a call does with a task it is given: by an annotation, or by its body. One that only looks at it
// leaves it to be awaited.

#include "Inputs/task.h"
#include <corolint/annotations.h>
#include <vector>

task<> work();

inline int looks(const task<> &t) { return t.done() ? 1 : 0; }
inline void forgets(const task<> &) {}
inline int passes_on(const task<> &t) { return looks(t); }
inline void tells(const task<> &t, bool again) {
  if (again)
    tells(t, false);
}
/// Nobody sees what it does.
int unknown(const task<> &t);
/// It takes the task over in a way that its body does not show.
inline void queue(CORO_CONSUMES_TASK const task<> &) {}
inline std::vector<task<>> all;
inline void keep(task<> &t) { all.push_back(std::move(t)); }
inline void looks_and_keeps(task<> &t) {
  if (looks(t))
    keep(t);
}
inline task<> awaits(task<> &t) { co_await std::move(t); }

task<> bad() {
  // EXPECT: coro-unawaited-task: 'work' never runs: its task is kept in 'seen', and no path awaits it
  // NOTE: 'task' is lazy
  task<> seen = work();
  looks(seen);
  // EXPECT: coro-unawaited-task: 'work' never runs: its task is kept in 'forgotten', and no path awaits it
  // NOTE: 'task' is lazy
  auto forgotten = work();
  forgets(forgotten);
  // EXPECT: coro-unawaited-task: 'work' never runs: its task is kept in 'passed', and no path awaits it
  // NOTE: 'task' is lazy
  auto passed = work();
  passes_on(passed);
  // EXPECT: coro-unawaited-task: 'work' never runs: its task is kept in 'told', and no path awaits it
  // NOTE: 'task' is lazy
  auto told = work();
  tells(told, true);
  co_return;
}

task<> good() {
  auto asked = work();
  unknown(asked);
  auto queued = work();
  queue(queued);
  auto kept = work();
  keep(kept);
  auto looked_at_first = work();
  looks_and_keeps(looked_at_first);
  auto awaited = work();
  co_await awaits(awaited);
  auto both = work();
  looks(both);
  co_await std::move(both);
}

/// Its destructor cancels, and waits.
struct CORO_SCOPE group {
  ~group();
  void start(CORO_CONSUMES_TASK task<> t);
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  void await_resume();
};
struct batch {
  ~batch();
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  void await_resume();
};
group make_group();
batch make_batch();

task<> scopes() {
  auto companions = make_group();
  // EXPECT: coro-unawaited-task: 'make_batch' is not waited for: what it returns is kept in 'lost', and no path awaits it
  // NOTE: 'batch' is declared here
  auto lost = make_batch();
  co_await work();
}

// A name says that a task is taken over, where no body is seen.
namespace elsewhere {
void fire_and_forget(task<> &t);
void spawn(int where, task<> &t);
} // namespace elsewhere
// … which says more than the name.
namespace seen {
inline void fire_and_forget(task<> &t) {
  t.done();
}
} // namespace seen

void names_of_others() {
  auto given = work();
  elsewhere::fire_and_forget(given);
  auto spawned = work();
  elsewhere::spawn(1, spawned);
  // EXPECT: coro-unawaited-task: 'work' never runs: its task is kept in 'looked_at', and no path awaits it
  // NOTE: 'task' is lazy: 'initial_suspend' of 'task::promise_type' suspends
  // NOTE: 'names_of_others' is no coroutine and cannot await it
  auto looked_at = work();
  seen::fire_and_forget(looked_at);
}
