// RUN: %check %s --profile=strict

#include "Inputs/task.h"
#include <corolint/annotations.h>

class CORO_JOINED_SCOPE group {
public:
  ~group();
  void spawn(CORO_CONSUMES_TASK task<> work);
  task<> join();
};
task<> work();
std::suspend_always hop();

task<> if_it_throws() {
  // EXPECT: coro-unjoined-scope: 'g' is destroyed while work may run in it: an exception would
  // NOTE: work is put into it here
  // NOTE: if this throws, it is destroyed with work in it
  // NOTE: 'group' has to be joined: its destructor neither waits nor cancels
  group g;
  g.spawn(work());
  co_await work();
  co_await g.join();
}

// Somebody catches it.
task<> caught() {
  group g;
  g.spawn(work());
  try {
    co_await work();
  } catch (...) {
  }
  co_await g.join();
}

// It throws nothing.
task<> nothing_thrown() {
  group g;
  g.spawn(work());
  co_await hop();
  co_await g.join();
}
