// An eager task that a plain function keeps runs for as long as it is kept: arguable, so strict.
//
// RUN: %check %s --profile=strict

#include "Inputs/task.h"

started<> start();

void kept() {
  // EXPECT: coro-unawaited-task: the task of 'start' is kept in 't', and no path awaits it
  // NOTE: 'started' is declared here
  // NOTE: 'kept' is no coroutine and cannot await it
  auto t = start();
}
