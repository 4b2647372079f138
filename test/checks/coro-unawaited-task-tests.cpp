// What a test makes in order to see it fail: the call throws, or ends the process, which is a child
// of the test's. There is no task then, whatever form the macro or the function has.
//
// RUN: %check %s

#include "Inputs/task.h"

task<> work();
task<> open(int *file);
void done();

// As frameworks write it: the child runs the statement, and who comes back says so.
struct death_test {
  static bool make(death_test **test);
  enum role { oversee, execute };
  virtual role assume_role() = 0;
  virtual int wait() = 0;
  virtual void survived() = 0;
};
bool passes(int status);
#define RUN_DEATH_TEST(statement, predicate)                                                       \
  if (death_test *test = nullptr; death_test::make(&test))                                         \
    switch (test->assume_role()) {                                                                 \
    case death_test::oversee:                                                                      \
      (void)predicate(test->wait());                                                               \
      break;                                                                                       \
    case death_test::execute: {                                                                    \
      statement;                                                                                   \
      test->survived();                                                                            \
      break;                                                                                       \
    }                                                                                              \
    }
#define UNIT_EXPECT_EXIT(statement, predicate) RUN_DEATH_TEST(statement, predicate)
#define UNIT_EXPECT_DEATH(statement) UNIT_EXPECT_EXIT(statement, passes)
#define UNIT_EXPECT_THROW(statement)                                                               \
  try {                                                                                            \
    statement;                                                                                     \
    done();                                                                                       \
  } catch (...) {                                                                                  \
  }
#define UNIT_EXPECT_NO_THROW(statement)                                                            \
  try {                                                                                            \
    statement;                                                                                     \
  } catch (...) {                                                                                  \
    done();                                                                                       \
  }
template <class F> void expect_death(F f) { f(); }
template <class F> void expect_throws(F f) { f(); }
template <class F> void expect_nothrow(F f) { f(); }
template <class F> void on_death(F f) { f(); }
#define AT_SCOPE_EXIT(statement)                                                                   \
  auto at_exit = [&] { statement; };                                                               \
  on_death(at_exit)

//===- bad

void does_not_fail() {
  // EXPECT: coro-unawaited-task: 'work' never runs: its task is not awaited
  // NOTE@task.h: is lazy
  // NOTE: is no coroutine
  UNIT_EXPECT_NO_THROW(work());
  // EXPECT: coro-unawaited-task: 'work' never runs: its task is not awaited
  // NOTE@task.h: is lazy
  // NOTE: is no coroutine
  expect_nothrow([] { work(); });
}
void runs_when_something_ends() {
  // EXPECT: coro-unawaited-task: 'work' never runs: its task is not awaited
  // NOTE@task.h: is lazy
  // NOTE: is no coroutine
  on_death([] { work(); });
  // EXPECT: coro-unawaited-task: 'work' never runs: its task is not awaited
  // NOTE@task.h: is lazy
  // NOTE: is no coroutine
  AT_SCOPE_EXIT(work());
}

//===- good

void fails_in_a_child() {
  UNIT_EXPECT_DEATH(open(nullptr));
  UNIT_EXPECT_EXIT({ open(nullptr); }, passes);
  UNIT_EXPECT_DEATH({ auto kept = open(nullptr); });
  expect_death([] { open(nullptr); });
}
task<> fails_in_a_coroutine() {
  UNIT_EXPECT_DEATH(open(nullptr));
  co_await work();
}
void throws() {
  UNIT_EXPECT_THROW(open(nullptr));
  UNIT_EXPECT_THROW({ auto kept = open(nullptr); });
  expect_throws([] {
    auto kept = open(nullptr);
    open(nullptr);
  });
}
