// RUN: %check %s --option "coro-suspending-initializer.Assertions=MY_ASSERT;CHECKED_*"
// Macros of one's own, in place of those that are known.

#include "Inputs/task.h"
#include <cassert>

task<int> load();
bool check(int);

// What a debug build makes of them.
#define MY_ASSERT(condition) ((condition) ? (void)0 : __builtin_abort())
#define CHECKED_EQ(a, b) MY_ASSERT((a) == (b))
#define ALWAYS(condition) ((condition) ? (void)0 : __builtin_abort())

task<> own_names() {
  // EXPECT: coro-suspending-initializer: a release build skips this 'co_await': it leaves out 'MY_ASSERT'
  MY_ASSERT(check(co_await load()));
  // EXPECT: coro-suspending-initializer: a release build skips this 'co_await': it leaves out 'CHECKED_EQ'
  CHECKED_EQ(co_await load(), 1);
  ALWAYS(check(co_await load()));
  // Not in the list: by its definition.
  // EXPECT: coro-suspending-initializer: a release build skips this 'co_await': it leaves out 'assert'
  assert(check(co_await load()));
}
