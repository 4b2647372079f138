// NOLINT counts where a macro is used and where it is defined, as for clang-tidy's own checks; here
// 'cppcoreguidelines-pro-type-reinterpret-cast' is one of them, at the same places.
// RUN: (%corolint %s -- -std=c++20 -I %S/Inputs/project/include; echo "exit $?") 2>&1 | FileCheck %s --implicit-check-not=warning:
// RUN: %clang-tidy --checks='-*,coro-*,-coro-needless-coroutine,cppcoreguidelines-pro-type-reinterpret-cast' %s -- -std=c++20 -I %S/Inputs/project/include 2>&1 | FileCheck %s --check-prefixes=CHECK,TIDY --implicit-check-not=warning:

// --verify-config knows our options, and says which are none.
// RUN: rm -rf %t && mkdir -p %t && echo 'int a;' >%t/a.cpp
// RUN: printf "Checks: '-*,coro-*,-coro-needless-coroutine'\nCheckOptions:\n  CoroProfile: strict\n  coro-blocking-call.File: false\n  coro-suspending-initializer.Assertions: X\n" >%t/.clang-tidy
// RUN: %clang-tidy --verify-config %t/a.cpp -- 2>&1 | FileCheck %s --check-prefix=CONFIG
// CONFIG: No config errors detected.
// RUN: printf "Checks: '-*,coro-*,-coro-needless-coroutine'\nCheckOptions:\n  coro-blocking-call.Flie: false\n" >%t/.clang-tidy
// RUN: (%clang-tidy --verify-config %t/a.cpp -- || true) 2>&1 | FileCheck %s --check-prefix=MISSPELT
// MISSPELT: unknown check option 'coro-blocking-call.Flie'
#include "task.h"

#define SILENT() step(); (void)reinterpret_cast<long>(nullptr) // NOLINT
#define LOUD() step(); (void)reinterpret_cast<long>(nullptr)
#define OUTER() SILENT()
#define THROUGH(x) x
// NOLINTBEGIN(coro-unawaited-task,cppcoreguidelines-pro-type-reinterpret-cast)
#define IN_A_BLOCK() step(); (void)reinterpret_cast<long>(nullptr)
// NOLINTEND(coro-unawaited-task,cppcoreguidelines-pro-type-reinterpret-cast)

task uses() {
  SILENT();
  OUTER();
  IN_A_BLOCK();
  LOUD(); // NOLINT
  // CHECK: nolint-macro.cpp:[[#@LINE+2]]:3: warning: {{.*}} [coro-unawaited-task]
  // TIDY: nolint-macro.cpp:[[#@LINE+1]]:3: warning: {{.*}} [cppcoreguidelines-pro-type-reinterpret-cast]
  LOUD();
  // CHECK: nolint-macro.cpp:[[#@LINE+1]]:11: warning: {{.*}} [coro-unawaited-task]
  THROUGH(step());
  THROUGH(step()); // NOLINT
  co_return;
}
