// `corolint why FILE:LINE` of rules that only the strict profile has.
//
// RUN: %python %support/why.py %corolint %s --profile=strict -- -std=c++20 -I%include -I%S/../checks | FileCheck %s
// CHECK: 0 faults

#include "Inputs/task.h"
#include <corolint/annotations.h>
#include <stop_token>

//===- coro-context-not-forwarded

task<int> fetch(int id, std::stop_token stop = {});
task<int> with_token(std::stop_token stop, task<int> work);
task<> close_all(std::stop_token stop = {});

task<> forwards(std::stop_token stop) {
  // WHY: coro-context-not-forwarded reports it: 'stop' is not passed on to 'fetch', which could take it: 'std::stop_token' carries the request to stop
  co_await fetch(1);
  // WHY: coro-context-not-forwarded leaves it alone: 'stop' could be passed on here, and what is given to the call, or stands around it, has it already
  co_await with_token(stop, fetch(2));
  // WHY: coro-context-not-forwarded leaves it alone: 'stop' could be passed on here, and the coroutine does not await this task: it may have to go on
  spawn(fetch(3));
  // WHY: coro-context-not-forwarded leaves it alone: it ends or undoes something, as its name says, and has to when a stop was requested
  co_await close_all();
  if (stop.stop_requested())
    // WHY: coro-context-not-forwarded leaves it alone: 'stop' could be passed on here, and the call is made when it may be over: clean-up has to come to its end
    co_await fetch(4);
}

//===- coro-hostile-object-across-suspension

struct CORO_NO_YIELD("keeps its transaction open") transaction {
  ~transaction();
};

generator<int> items() {
  transaction open;
  // WHY: coro-hostile-object-across-suspension reports it: the consumer may never resume this generator, which has 'open' open: 'transaction' keeps its transaction open
  co_yield 1;
}

//===- coro-busy-wait, coro-loop-without-suspension

CORO_PAUSES task<> nap();
void work();
bool asks();

struct door {
  bool open = false;

  task<> waits() {
    // WHY: coro-busy-wait reports it: the coroutine wakes up again and again until 'open' has changed
    while (!open)
      co_await nap();
  }
  task<> works() {
    // WHY: coro-busy-wait leaves it alone: the loop does something in each round, or counts how often it goes round
    while (!open) {
      work();
      co_await nap();
    }
  }
  task<> fetches() {
    // WHY: coro-busy-wait leaves it alone: the loop awaits something besides time
    while (!open) {
      co_await nap();
      co_await fetch(1);
    }
  }
  task<> asks_somebody() {
    // WHY: coro-busy-wait leaves it alone: what ends the loop is asked of somebody, or is changed in it
    while (!asks())
      co_await nap();
  }
  task<> spins() {
    // WHY: coro-loop-without-suspension reports it: nobody else runs while this loop does, and only others can end it, by 'open'
    while (!open) {
    }
    co_return;
  }
};

CORO_RESUMES_ON_WORKER task<> to_worker();

task<> elsewhere() {
  co_await to_worker();
  // WHY: coro-loop-without-suspension leaves it alone: the loop lets nobody else run, but runs on a worker
  for (int i = 0; i < 100'000'000; ++i)
    work();
}

//===- coro-swallowed-cancellation

#include "Inputs/job.h"

namespace acme {
class CORO_CANCELLATION stopped {};
job<> step();
} // namespace acme

acme::job<> steps() {
  try {
    co_await acme::step();
    // WHY: coro-swallowed-cancellation reports it: this handler also catches 'acme::stopped', by which the coroutine is told to stop, and goes on
  } catch (...) {
    work();
  }
  try {
    co_await acme::step();
    // WHY: coro-swallowed-cancellation leaves it alone: the handler throws, leaves, keeps the exception or asks it what it is
  } catch (...) {
    if (asks())
      throw;
  }
  try {
    co_await acme::step();
    // WHY: coro-swallowed-cancellation leaves it alone: nothing is awaited after this handler, so the coroutine ends all the same
  } catch (...) {
    work();
  }
}

//===- coro-fire-and-forget-type

struct forgotten {
  struct promise_type {
    forgotten get_return_object() { return {}; }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() { std::terminate(); }
  };
};
struct noted : forgotten {
  struct promise_type : forgotten::promise_type {
    noted get_return_object() { return {}; }
    void unhandled_exception() { work(); }
  };
};

// WHY: coro-fire-and-forget-type reports it: nobody can await 'forgets', so an exception that leaves it ends the program
forgotten forgets(int i) {
  if (i == 0)
    throw i;
  co_await fetch(1);
}
// WHY: coro-fire-and-forget-type leaves it alone: 'unhandled_exception' of 'noted::promise_type' is not seen, or does something with the exception
noted notes_it() { throw 1; co_return; }
// WHY: coro-fire-and-forget-type leaves it alone: nothing is known that throws an exception out of 'cannot_throw'
forgotten cannot_throw() { co_return; }
// WHY: coro-fire-and-forget-type leaves it alone: 'starts' runs what it is given, and an exception of that ends the program, as it does on a thread
template <class T> forgotten starts(T what) { co_await what; }
struct fails {
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  void await_resume();
};
void starts_it() { starts(fails{}); }
