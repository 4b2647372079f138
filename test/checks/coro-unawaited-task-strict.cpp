// What is right, and arguable: so strict. An eager task that a plain function keeps runs for as
// long as it is kept: arguable, so strict.
//
// RUN: %check %s --profile=strict

#include "Inputs/task.h"

started<> start();

void kept() {
  // EXPECT: coro-unawaited-task: the task of 'start' is kept in 't', and no path awaits it
  // NOTE: 'started' is declared here
  // NOTE: 'kept' is no coroutine and cannot await it: return it, pass it to a function that takes over tasks, or make 'kept' a coroutine
  auto t = start();
}

// A lazy task that some path awaits does not run on the others.

bool some();
task<> save();
task<int> load();
task<> both(task<> a, task<> b);

task<> left_early() {
  // EXPECT: coro-unawaited-task: 'save' does not run on a path: its task is kept in 'saved', and
  // NOTE: the path ends here, after something else was awaited
  // NOTE: 'task' is lazy: 'initial_suspend' of 'task::promise_type' suspends
  // not awaited on it
  auto saved = save();
  if (co_await load() == 0)
    co_return;
  co_await std::move(saved);
}

task<> in_one_branch() {
  // EXPECT: coro-unawaited-task: 'save' does not run on a path
  // NOTE: the path ends here, after something else was awaited
  // NOTE: 'task' is lazy: 'initial_suspend' of 'task::promise_type' suspends
  auto saved = save();
  const int loaded = co_await load();
  if (loaded > 3)
    co_await std::move(saved);
}

task<> in_a_round() {
  for (int i = 0; i < 3; ++i) {
    // EXPECT: coro-unawaited-task: 'save' does not run on a path
    // NOTE: the path ends here, after something else was awaited
    // NOTE: 'task' is lazy: 'initial_suspend' of 'task::promise_type' suspends
    auto saved = save();
    if (co_await load() == i)
      continue;
    co_await std::move(saved);
  }
}

// It is dropped at once: nothing was meant to run meanwhile.
task<> on_the_way_to_an_error() {
  auto saved = save();
  if (some())
    co_return;
  co_await std::move(saved);
}

// Each path takes it.
task<int> on_each_path() {
  auto saved = save();
  if (co_await load() == 0) {
    co_await both(std::move(saved), save());
    co_return 0;
  }
  co_await std::move(saved);
  co_return 1;
}

// An exception alone leaves it.
task<> if_it_throws() {
  auto saved = save();
  co_await load();
  if (some())
    throw 1;
  co_await std::move(saved);
}
task<> if_it_is_caught() {
  auto saved = save();
  try {
    co_await load();
    co_await std::move(saved);
  } catch (...) {
  }
}

// What runs by itself runs on.
started<> eager() {
  auto saved = start();
  if (co_await load() == 0)
    co_return;
  co_await std::move(saved);
}


// What is called on it may run it.
struct joinable {
  struct promise_type : task<>::promise_type {
    joinable get_return_object();
  };
  joinable(joinable &&);
  ~joinable();
  task<>::awaiter operator co_await();
  void join();
};
joinable thread();
task<> joined_instead() {
  auto t = thread();
  if (co_await load() == 0)
    t.join();
}
