// RUN: %check %s --profile=strict

#include "Inputs/task.h"
#include <corolint/annotations.h>

struct loop {
  CORO_STARTS_LOOP void run();
};
loop &main_loop();

// It never suspends, so it may be the one that drives the loop; or it blocks one.
void perhaps_drives_the_loop() {
  sync_wait([]() -> task<int> {
    // EXPECT: coro-nested-loop: 'loop::run' may wait synchronously inside a coroutine
    // NOTE: 'loop::run' is annotated at coro-nested-loop-strict.cpp:
    main_loop().run();
    co_return 1;
  }());
}

struct step {
  virtual ~step() = default;
  virtual void go() {}
};
struct pump : step {
  void go() override { main_loop().run(); } // #go
};
task<> some_overrides(step &s) {
  co_await std::suspend_always();
  // EXPECT: coro-nested-loop: 'pump::go' may wait synchronously inside a coroutine
  // NOTE@#go: 'pump::go' calls 'loop::run' here
  // NOTE@#go: 'loop::run' is annotated as running an event loop
  s.go();
}
