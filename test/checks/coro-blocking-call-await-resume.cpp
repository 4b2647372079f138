// An awaiter's `await_resume` runs when what is awaited is done, also where a coroutine calls it by
// hand: what it joins has ended. What waits for the awaiter by another name is a wait.
//
// RUN: %check %s

#include "Inputs/task.h"
#include <coroutine>
#include <thread>

struct ended {
  std::thread &thread;
  bool done = false;
  bool await_ready() { return done; }
  void await_suspend(std::coroutine_handle<>);
  void await_resume() { thread.join(); }
  void finish() { thread.join(); }
};

struct no_awaiter {
  std::thread &thread;
  void await_resume() { thread.join(); }
};

//===- good

task<> gathered(ended &one) {
  const bool ready = one.await_ready();
  if (!ready)
    co_await one;
  else
    one.await_resume();
}

//===- bad

task<> by_hand(ended &one, no_awaiter &other) {
  // EXPECT: coro-blocking-call: 'ended::finish' blocks the event loop: it calls 'std::thread::join'
  // NOTE: 'ended::finish' calls 'std::thread::join' here
  // NOTE: 'std::thread::join' waits until the thread has ended
  one.finish();
  // EXPECT: coro-blocking-call: 'no_awaiter::await_resume' blocks the event loop: it calls 'std::thread::join'
  // NOTE: 'no_awaiter::await_resume' calls 'std::thread::join' here
  // NOTE: 'std::thread::join' waits until the thread has ended
  other.await_resume();
  co_return;
}
