// A macro is judged by its definition: one that evaluates in every build is no assertion that a
// release leaves out, whatever its name.
//
// RUN: %check %s

#include "Inputs/task.h"
#include <cassert>

task<int> load();
bool check(int);
void fail(const char *);

//===- good

#define ASSERT(condition) ((condition) ? (void)0 : fail(#condition))
#ifndef DCHECK
#define DCHECK(...)                                                                                \
  do {                                                                                             \
    if (!(__VA_ARGS__))                                                                            \
      fail(#__VA_ARGS__);                                                                          \
  } while (0)
#endif
#if defined(_WIN32)
#define DCHECK_EQ(a, b) ASSERT((b) == (a))
#else
#define DCHECK_EQ(a, b) ASSERT((a) == (b))
#endif
#ifdef ONE_FOR_ALL
#define DCHECK_LT_2 DCHECK_LT_1
#define DCHECK_LT_1(...) DCHECK((__VA_ARGS__))
#else
#define DCHECK_LT_2(...) DCHECK(__VA_ARGS__)
#define DCHECK_LT_1(...) DCHECK_LT_2(__VA_ARGS__)
#endif
#ifdef QUIET
#define DCHECK_VALUE (void)
#else
#define DCHECK_VALUE(value) DCHECK(value)
#endif
task<> always() {
  DCHECK_LT_1(co_await load() < 1);
  DCHECK_VALUE(check(co_await load()));
  ASSERT(check(co_await load()));
  DCHECK(check(co_await load()));
  DCHECK_EQ(co_await load(), 1);
}

//===- bad

#ifdef NDEBUG
#define BOOST_ASSERT(condition) ((void)0)
#else
#define BOOST_ASSERT(condition) ASSERT(condition)
#endif
#ifdef NDEBUG
#define MUST_HOLD(condition) (void)sizeof(condition)
#else
#define MUST_HOLD(condition) ASSERT(condition)
#endif
#ifdef NDEBUG
#define DCHECK_GT(a, b) while (false) ASSERT((a) > (b))
#else
#define DCHECK_GT(a, b) ASSERT((a) > (b))
#endif
#ifdef NDEBUG
#define DCHECK_LE sizeof
#define DCHECK_NONE(...) ((void)0)
#define DCHECK_ALIAS DCHECK_NONE
#else
#define DCHECK_LE(condition) ASSERT(condition)
#define DCHECK_ALIAS(condition) ASSERT(condition)
#endif
#define OUTER(condition) assert(condition)
task<> sometimes() {
  // EXPECT: coro-suspending-initializer: a release build skips this 'co_await': it leaves out 'BOOST_ASSERT'
  BOOST_ASSERT(check(co_await load()));
  // EXPECT: coro-suspending-initializer: a release build skips this 'co_await': it leaves out 'MUST_HOLD'
  MUST_HOLD(check(co_await load()));
  // EXPECT: coro-suspending-initializer: a release build skips this 'co_await': it leaves out 'DCHECK_GT'
  DCHECK_GT(co_await load(), 1);
  // EXPECT: coro-suspending-initializer: a release build skips this 'co_await': it leaves out 'OUTER'
  OUTER(check(co_await load()));
  // EXPECT: coro-suspending-initializer: a release build skips this 'co_await': it leaves out 'assert'
  assert(check(co_await load()));
  // EXPECT: coro-suspending-initializer: a release build skips this 'co_await': it leaves out 'DCHECK_LE'
  DCHECK_LE(check(co_await load()));
  // EXPECT: coro-suspending-initializer: a release build skips this 'co_await': it leaves out 'DCHECK_ALIAS'
  DCHECK_ALIAS(check(co_await load()));
}
