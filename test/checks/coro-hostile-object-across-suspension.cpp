// RUN: %check %s

#include "Inputs/task.h"
#include <corolint/annotations.h>
#include <exception>
#include <memory>
#include <optional>

task<> work();
void touch();

/// What a tracing library makes of its thread.
struct CORO_NO_SUSPEND("belongs to the thread that made it") span {
  explicit span(const char *name);
  ~span();
};
struct request {
  span traced{"request"};
};
span begin_span();
task<> under(const span &);

//===- bad

task<> alive() {
  span traced("alive"); // #alive
  // EXPECT: coro-hostile-object-across-suspension: 'traced' is alive while the coroutine is suspended: 'span' belongs to the thread that made it
  // NOTE@#alive: it is made here (annotated at coro-hostile-object-across-suspension.cpp:{{[0-9]+}})
  // NOTE@#alive-again: and is still alive at this suspension
  // NOTE: end its scope before
  co_await work();
  co_await work(); // #alive-again
}

task<> in_a_member() {
  request r;
  // EXPECT: coro-hostile-object-across-suspension: 'r' is alive while the coroutine is suspended
  // NOTE: it is made here
  // NOTE: end its scope before
  co_await work();
}

task<> a_temporary() {
  // EXPECT: coro-hostile-object-across-suspension: a temporary is alive while the coroutine is suspended
  // NOTE: it is made here
  // NOTE: end its scope before
  co_await under(span("temporary"));
}

task<> in_an_optional() {
  std::optional<span> traced;
  co_await work();
  traced.emplace("later");
  // EXPECT: coro-hostile-object-across-suspension: 'traced' is alive
  // NOTE: it is made here
  // NOTE: end its scope before
  co_await work();
}

task<> a_parameter(request r) {
  // EXPECT: coro-hostile-object-across-suspension: 'r' is alive
  // NOTE: it is made here
  // NOTE: end its scope before
  co_await work();
}

/// A class of one's own that counts exceptions shows it.
class on_failure {
public:
  on_failure() : before(std::uncaught_exceptions()) {} // #counts
  ~on_failure() {
    if (std::uncaught_exceptions() > before)
      touch();
  }

private:
  int before;
};
task<> counts_exceptions() {
  on_failure undo; // #undo
  // EXPECT: coro-hostile-object-across-suspension: 'undo' is alive while the coroutine is suspended: 'on_failure' counts the exceptions of its thread, to compare them at its end
  // NOTE@#undo: it is made here
  // NOTE@#counts: it asks 'std::uncaught_exceptions' here
  // NOTE: end its scope before
  co_await work();
}

task<> initialised_by_a_prvalue() {
  auto traced = span("prvalue");
  // EXPECT: coro-hostile-object-across-suspension: 'traced' is alive
  // NOTE: it is made here
  // NOTE: end its scope before
  co_await work();
}

//===- good

task<> prvalue_ends_before() {
  { auto traced = span("before"); }
  { const span &traced = span("before"); }
  co_await work();
}

task<> counts_exceptions_before() {
  { on_failure undo; }
  co_await work();
}

task<> ends_before() {
  {
    span traced("before");
    touch();
  }
  co_await work();
}

task<> ready() {
  span traced("ready");
  co_await std::suspend_never();
}

task<> somebody_elses(const span &theirs) {
  co_await work();
}

task<> afterwards() {
  co_await work();
  span traced("afterwards");
  touch();
}
