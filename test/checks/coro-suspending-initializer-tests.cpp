// The checks of a test framework are left out together with the tests: nobody misses what they
// await. An assertion that a release leaves out is one in a test as well.
//
// RUN: %check %s

#include "Inputs/task.h"
#include <cassert>

task<int> load();
bool matches(int);
void fail(const char *);
void enlist(void (*)());
struct enlisted {
  enlisted(void (*test)()) { enlist(test); }
};

// One switch for all of it, as in Catch2 and doctest.
#ifndef UNITS_DISABLE
#define UNITS_CASE_2(function, line)                                                               \
  static void function##line();                                                                    \
  static enlisted enlisted##line{function##line};                                                  \
  static void function##line()
#define UNITS_CASE_1(function, line) UNITS_CASE_2(function, line)
#define UNITS_CASE(name) UNITS_CASE_1(units_case_, __LINE__)
#define UNITS_FIXTURE_2(base, type, line)                                                          \
  struct type##line : base {                                                                       \
    void run();                                                                                    \
  };                                                                                               \
  void type##line::run()
#define UNITS_FIXTURE_1(base, type, line) UNITS_FIXTURE_2(base, type, line)
#define UNITS_FIXTURE(base, name) UNITS_FIXTURE_1(base, units_fixture_, __LINE__)
#define UNITS_HOLDS(...) ((__VA_ARGS__) ? (void)0 : fail(#__VA_ARGS__))
#else
#define UNITS_CASE(name) template <class T> static void units_never()
#define UNITS_FIXTURE(base, name) template <class T> static void units_never_of()
#define UNITS_HOLDS(...) ((void)0)
#endif

// The short names, and checks in another header, hang on the same switch.
#if !defined(UNITS_NO_SHORT_NAMES) && !defined(UNITS_DISABLE)
#define CASE(name) UNITS_CASE(name)
#define HOLDS(...) UNITS_HOLDS(__VA_ARGS__)
#elif !defined(UNITS_NO_SHORT_NAMES)
#define CASE(name) UNITS_CASE(name)
#define HOLDS(...) ((void)0)
#endif

struct database {
  task<int> rows();
};

//===- good

task<> helper() { HOLDS(matches(co_await load())); }

CASE("what is loaded matches") {
  auto test = []() -> task<> {
    HOLDS(matches(co_await load()));
    UNITS_HOLDS(matches(co_await load()));
  };
  spawn(test());
}

UNITS_FIXTURE(database, "rows") {
  spawn([](database &d) -> task<> { HOLDS(matches(co_await d.rows())); }(*this));
}

namespace inner {
CASE("in a namespace") {
  spawn([]() -> task<> { HOLDS(matches(co_await load())); }());
}
} // namespace inner

//===- bad

#ifdef NDEBUG
#define MUST(condition) ((void)0)
#else
#define MUST(condition) ((condition) ? (void)0 : fail(#condition))
#endif

CASE("with an assertion of the product's") {
  spawn([]() -> task<> {
    // EXPECT: coro-suspending-initializer: a release build skips this 'co_await': it leaves out 'MUST'
    MUST(matches(co_await load()));
    // EXPECT: coro-suspending-initializer: a release build skips this 'co_await': it leaves out 'assert'
    assert(matches(co_await load()));
  }());
}
