// What turns a test framework off leaves out the tests with their assertions: what is awaited in those
// is awaited in every build that comes there.
//
// RUN: %check %s

#include "Inputs/task.h"

task<int> load();
bool check(int);
void fail(const char *);

//===- good

// Catch's way: everything is there once more, for a build without tests.
#if !defined(NO_UNIT_TESTS)
#define UNIT_TEST_CASE(name) static void name()
#define UNIT_THROWS(...)                                                                           \
  do {                                                                                             \
    bool thrown = false;                                                                           \
    if (check(1))                                                                                  \
      thrown = true;                                                                               \
    static_cast<void>(__VA_ARGS__);                                                                \
  } while (false)
#define UNIT_CHECK(...) ((__VA_ARGS__) ? (void)0 : fail(#__VA_ARGS__))
#else // the other form
#define UNIT_TEST_CASE(name) [[maybe_unused]] static void name()
#define UNIT_THROWS(...) (void)(0)
#define UNIT_CHECK(...) (void)(0)
#endif

// The matchers of a framework are in a file of their own, without its tests.
#ifdef OWN_CONFIG_DISABLE
#define OWN_CHECK(...) (void)(0)
#else
#define OWN_CHECK(...) ((__VA_ARGS__) ? (void)0 : fail(#__VA_ARGS__))
#endif

task<> inTests() {
  UNIT_THROWS(co_await load());
  UNIT_CHECK(check(co_await load()));
  OWN_CHECK(check(co_await load()));
}

//===- bad

// The tests stay, their assertions go.
#define STAYS_TEST_CASE(name) static void name()
#ifdef NDEBUG
#define STAYS_CHECK(...) (void)(0)
#else
#define STAYS_CHECK(...) ((__VA_ARGS__) ? (void)0 : fail(#__VA_ARGS__))
#endif

// Only a part of a framework is optional.
#ifdef OWN_CONFIG_DISABLE_SLOW_CHECKS
#define SLOW_CHECK(...) (void)(0)
#else
#define SLOW_CHECK(...) ((__VA_ARGS__) ? (void)0 : fail(#__VA_ARGS__))
#endif

task<> leftOut() {
  // EXPECT: coro-suspending-initializer: a release build skips this 'co_await': it leaves out 'STAYS_CHECK'
  STAYS_CHECK(check(co_await load()));
  // EXPECT: coro-suspending-initializer: a release build skips this 'co_await': it leaves out 'SLOW_CHECK'
  SLOW_CHECK(check(co_await load()));
}
