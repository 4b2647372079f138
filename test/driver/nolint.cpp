// NOLINT comments are honoured as by clang-tidy.
// RUN: (%corolint %s -- -std=c++20 -I %S/Inputs/project/include; echo "exit $?") >%t 2>&1
// RUN: FileCheck %s --input-file=%t --implicit-check-not=warning:
#include "task.h"

task silenced() {
  step(); // NOLINT
  step(); // NOLINT(coro-unawaited-task)
  // NOLINTNEXTLINE(coro-*)
  step();
  // NOLINTBEGIN(coro-unawaited-task)
  step();
  // NOLINTEND(coro-unawaited-task)
  co_return;
}

task reported() {
  // CHECK: nolint.cpp:[[#@LINE+1]]:3: warning: {{.*}} [coro-unawaited-task]
  step(); // NOLINT(coro-nested-loop)
  // CHECK: nolint.cpp:[[#@LINE+1]]:3: warning: {{.*}} [coro-unawaited-task]
  step();
  co_return;
}

// CHECK: nolint.cpp:[[#@LINE+1]]:4: error: unmatched 'NOLINTBEGIN' comment without a subsequent 'NOLINTEND' comment [clang-tidy-nolint]
// NOLINTBEGIN(coro-unawaited-task)
// The one that suppresses nothing is said, as that is where the next finding would go unseen.
// CHECK: nolint.cpp:19:14: warning: {{N}}OLINT(coro-nested-loop) suppresses nothing
// CHECK: 3 findings in 1 unit
// CHECK: exit 1
