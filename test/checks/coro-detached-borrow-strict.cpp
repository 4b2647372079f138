// `this` in work that runs on, with nothing that keeps the object alive.
// RUN: %check %s --profile=strict

#include "Inputs/task.h"
#include <memory>
#include <vector>

#include <corolint/annotations.h>

task<> work();
void use(int);
void start(CORO_CONSUMES_TASK task<> t);

struct session : std::enable_shared_from_this<session> {
  int id = 0;
  task<> run() {
    co_await work();
    use(id);
  }
  static task<> keep(std::shared_ptr<session> self) {
    co_await work();
    use(self->id);
  }
  void begin() {
    // EXPECT: coro-detached-borrow: the task of 'session::run' refers to its object, and is given to 'start', which runs it later: nothing keeps the object alive as long
    // NOTE: here the task is given to 'start', which runs it later
    // NOTE: 'session::run' uses its object here, after it was suspended
    // NOTE: hand over a copy or a shared owner, or wait for the work before
    start(run());
  }
  // The work has a share of the object.
  void begin_kept() { start(keep(shared_from_this())); }
  // It is awaited in place.
  task<> go() { co_await run(); }
};

struct scope {
  void spawn(task<> t);
  task<> join();
};

struct owner {
  int id = 0;
  scope all;
  task<> run() {
    co_await work();
    use(id);
  }
  // The scope ends with the object.
  void begin() { all.spawn(run()); }
};
