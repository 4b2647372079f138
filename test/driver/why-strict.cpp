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
