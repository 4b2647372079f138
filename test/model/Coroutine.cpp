// What is a coroutine, and where it suspends.
//
// RUN: %corolint dump --coroutines %s -- -std=c++20 | %FileCheck %s --match-full-lines --implicit-check-not={{.}}
// RUN: %corolint dump --coroutines --system-bodies %s -- -std=c++20 | %FileCheck %s --match-full-lines --implicit-check-not={{.}}

#include "../checks/Inputs/task.h"
#include <array>
#include <typeinfo>
#include <vector>

task<int> number();
task<> nothing();
task<bool> condition();
task<std::vector<int>> numbers();
int use(int, int = 0);

struct ready_operation {
  bool await_ready() const noexcept;
  void await_suspend(std::coroutine_handle<>) const noexcept;
  int await_resume() const noexcept;
};
// CHECK: Coroutine.cpp:[[@LINE+1]]: ready_operation::await_ready: no coroutine
inline bool ready_operation::await_ready() const noexcept { return true; }
ready_operation at_hand();

//===- what makes a coroutine

// CHECK: Coroutine.cpp:[[@LINE+1]]: no_keyword: no coroutine
task<int> no_keyword() { return number(); }
// CHECK: Coroutine.cpp:[[@LINE+1]]: only_co_return: coroutine
task<> only_co_return() { co_return; }
// CHECK: Coroutine.cpp:[[@LINE+2]]: only_co_await: coroutine
// CHECK: Coroutine.cpp:[[@LINE+1]]:   awaits 'nothing()'
task<> only_co_await() { co_await nothing(); }
// CHECK: Coroutine.cpp:[[@LINE+2]]: only_co_yield: generator
// CHECK: Coroutine.cpp:[[@LINE+1]]:   yields '1'
generator<int> only_co_yield() { co_yield 1; }
// A coroutine that runs by itself is one as well.
// CHECK: Coroutine.cpp:[[@LINE+2]]: fire_and_forget: coroutine
// CHECK: Coroutine.cpp:[[@LINE+1]]:   awaits 'nothing()'
detached fire_and_forget() { co_await nothing(); }
// In code that is never reached it is one all the same.
// CHECK: Coroutine.cpp:[[@LINE+1]]: unreachable_co_return: coroutine
task<> unreachable_co_return() {
  std::terminate();
  co_return;
}

struct service {
  // CHECK: Coroutine.cpp:[[@LINE+2]]: service::member: coroutine
  // CHECK: Coroutine.cpp:[[@LINE+1]]:   awaits 'nothing()'
  task<> member() { co_await nothing(); }
  // CHECK: Coroutine.cpp:[[@LINE+2]]: service::fixed: coroutine
  // CHECK: Coroutine.cpp:[[@LINE+1]]:   awaits 'nothing()'
  static task<> fixed() { co_await nothing(); }
  // CHECK: Coroutine.cpp:[[@LINE+2]]: service::operator(): coroutine
  // CHECK: Coroutine.cpp:[[@LINE+1]]:   awaits 'nothing()'
  task<> operator()() { co_await nothing(); }
  task<> later();
};
// CHECK: Coroutine.cpp:[[@LINE+2]]: service::later: coroutine
// CHECK: Coroutine.cpp:[[@LINE+1]]:   awaits 'nothing()'
task<> service::later() { co_await nothing(); }

//===- every place of an expression

// CHECK: Coroutine.cpp:[[@LINE+1]]: places: coroutine
task<int> places(int parameter) {
  // CHECK: Coroutine.cpp:[[@LINE+1]]:   awaits 'nothing()'
  co_await nothing();
  // CHECK: Coroutine.cpp:[[@LINE+1]]:   awaits 'number()'
  int initialiser = co_await number();
  // CHECK: Coroutine.cpp:[[@LINE+1]]:   awaits 'number()'
  int braced{co_await number()};
  // CHECK: Coroutine.cpp:[[@LINE+2]]:   awaits 'number()'
  // CHECK: Coroutine.cpp:[[@LINE+1]]:   awaits 'number()'
  int list[] = {co_await number(), co_await number()};
  // CHECK: Coroutine.cpp:[[@LINE+1]]:   awaits 'number()'
  initialiser += co_await number();
  // CHECK: Coroutine.cpp:[[@LINE+1]]:   awaits 'number()'
  list[co_await number()] = 0;
  // CHECK: Coroutine.cpp:[[@LINE+2]]:   awaits 'number()'
  // CHECK: Coroutine.cpp:[[@LINE+1]]:   awaits 'number()'
  use(co_await number(), use(co_await number()));
  // CHECK: Coroutine.cpp:[[@LINE+3]]:   awaits 'condition()'
  // CHECK: Coroutine.cpp:[[@LINE+2]]:   awaits 'number()'
  // CHECK: Coroutine.cpp:[[@LINE+1]]:   awaits 'number()'
  braced = co_await condition() ? co_await number() : co_await number();
  // CHECK: Coroutine.cpp:[[@LINE+2]]:   awaits 'condition()'
  // CHECK: Coroutine.cpp:[[@LINE+1]]:   awaits 'condition()'
  bool both = co_await condition() && co_await condition();
  // CHECK: Coroutine.cpp:[[@LINE+2]]:   awaits 'nothing()'
  // CHECK: Coroutine.cpp:[[@LINE+1]]:   awaits 'number()'
  both = (co_await nothing(), co_await number());
  // CHECK: Coroutine.cpp:[[@LINE+1]]:   awaits 'number()'
  braced = static_cast<int>(co_await number()) + parameter;
  // CHECK: Coroutine.cpp:[[@LINE+1]]:   awaits 'numbers()'
  braced += (co_await numbers()).front() + both;
  // CHECK: Coroutine.cpp:[[@LINE+1]]:   awaits 'number()'
  auto *made = new int(co_await number());
  // CHECK: Coroutine.cpp:[[@LINE+2]]:   awaits 'number()'
  // CHECK: Coroutine.cpp:[[@LINE+1]]: lambda: no coroutine
  auto capture = [kept = co_await number()] { return kept; };
  delete made;
  // CHECK: Coroutine.cpp:[[@LINE+1]]:   awaits 'number()'
  co_return co_await number() + capture();
}

// CHECK: Coroutine.cpp:[[@LINE+1]]: nested_await: coroutine
task<> nested_await(task<task<int>> inner) {
  // CHECK: Coroutine.cpp:[[@LINE+2]]:   awaits 'co_await std::move(inner)'
  // CHECK: Coroutine.cpp:[[@LINE+1]]:   awaits 'std::move(inner)'
  co_await co_await std::move(inner);
}

//===- every place of a statement

// CHECK: Coroutine.cpp:[[@LINE+1]]: statements: coroutine
task<> statements() {
  // CHECK: Coroutine.cpp:[[@LINE+1]]:   awaits 'condition()'
  if (co_await condition())
    // CHECK: Coroutine.cpp:[[@LINE+1]]:   awaits 'nothing()'
    co_await nothing();
  else
    // CHECK: Coroutine.cpp:[[@LINE+1]]:   awaits 'nothing()'
    co_await nothing();
  // CHECK: Coroutine.cpp:[[@LINE+1]]:   awaits 'number()'
  if (int n = co_await number(); n > 0)
    ;
  // CHECK: Coroutine.cpp:[[@LINE+1]]:   awaits 'condition()'
  if (bool yes = co_await condition())
    (void)yes;
  // CHECK: Coroutine.cpp:[[@LINE+1]]:   awaits 'condition()'
  while (co_await condition())
    // CHECK: Coroutine.cpp:[[@LINE+1]]:   awaits 'nothing()'
    co_await nothing();
  do
    // CHECK: Coroutine.cpp:[[@LINE+1]]:   awaits 'nothing()'
    co_await nothing();
  // CHECK: Coroutine.cpp:[[@LINE+1]]:   awaits 'condition()'
  while (co_await condition());
  // CHECK: Coroutine.cpp:[[@LINE+3]]:   awaits 'number()'
  // CHECK: Coroutine.cpp:[[@LINE+2]]:   awaits 'condition()'
  // CHECK: Coroutine.cpp:[[@LINE+1]]:   awaits 'number()'
  for (int i = co_await number(); co_await condition(); i += co_await number())
    // CHECK: Coroutine.cpp:[[@LINE+1]]:   awaits 'nothing()'
    co_await nothing();
  // CHECK: Coroutine.cpp:[[@LINE+1]]:   awaits 'numbers()'
  for (auto all = co_await numbers(); int each : all)
    (void)each;
  // CHECK: Coroutine.cpp:[[@LINE+1]]:   awaits 'numbers()'
  for (int each : co_await numbers()) {
    // CHECK: Coroutine.cpp:[[@LINE+1]]:   awaits 'number()'
    each += co_await number();
  }
  // CHECK: Coroutine.cpp:[[@LINE+1]]:   awaits 'number()'
  switch (co_await number()) {
  case 0:
    // CHECK: Coroutine.cpp:[[@LINE+1]]:   awaits 'nothing()'
    co_await nothing();
  default:
    break;
  }
  try {
    // CHECK: Coroutine.cpp:[[@LINE+1]]:   awaits 'nothing()'
    co_await nothing();
  } catch (...) {
  }
  {
    // CHECK: Coroutine.cpp:[[@LINE+1]]:   awaits 'nothing()'
    [[maybe_unused]] label : co_await nothing();
  }
  // CHECK: Coroutine.cpp:[[@LINE+1]]:   awaits 'number()'
  throw co_await number();
}

//===- what suspends and what does not

// CHECK: Coroutine.cpp:[[@LINE+1]]: readiness: coroutine
task<> readiness() {
  // CHECK: Coroutine.cpp:[[@LINE+1]]:   awaits 'std::suspend_always()'
  co_await std::suspend_always();
  // CHECK: Coroutine.cpp:[[@LINE+1]]:   awaits 'std::suspend_never()', ready
  co_await std::suspend_never();
  // CHECK: Coroutine.cpp:[[@LINE+1]]:   awaits 'at_hand()', ready
  co_await at_hand();
  async_mutex m;
  // Ready or not: only the run knows.
  // CHECK: Coroutine.cpp:[[@LINE+1]]:   awaits 'm.scoped_lock()'
  co_await m.scoped_lock();
}

// CHECK: Coroutine.cpp:[[@LINE+1]]: unevaluated: coroutine
task<> unevaluated() {
  // A co_await may not stand in an unevaluated operand, but a lambda with one may. It is a function
  // that somebody can make by its type.
  // CHECK: Coroutine.cpp:[[@LINE+2]]: lambda: coroutine
  // CHECK: Coroutine.cpp:[[@LINE+1]]:   awaits 'nothing()'
  using result = decltype([]() -> task<> { co_await nothing(); }());
  static_assert(sizeof(result) > 0);
  (void)noexcept(number());
  if constexpr (sizeof(int) == 1)
    co_await nothing();
  // CHECK: Coroutine.cpp:[[@LINE+2]]:   awaits 'number()'
  if constexpr (sizeof(int) == 4)
    co_await number();
  if (false)
    co_await nothing();
  co_return;
}

//===- lambdas: each is a function of its own

// CHECK: Coroutine.cpp:[[@LINE+1]]: around_lambda: no coroutine
void around_lambda() {
  // CHECK: Coroutine.cpp:[[@LINE+2]]: lambda: coroutine
  // CHECK: Coroutine.cpp:[[@LINE+1]]:   awaits 'nothing()'
  auto inner = []() -> task<> { co_await nothing(); };
  // CHECK: Coroutine.cpp:[[@LINE+1]]: lambda: no coroutine
  auto plain = [] { return nothing(); };
  (void)inner, (void)plain;
}

// CHECK: Coroutine.cpp:[[@LINE+1]]: around_plain_lambda: coroutine
task<> around_plain_lambda() {
  // CHECK: Coroutine.cpp:[[@LINE+2]]:   awaits '[] { return nothing(); }()'
  // CHECK: Coroutine.cpp:[[@LINE+1]]: lambda: no coroutine
  co_await [] { return nothing(); }();
}

// CHECK: Coroutine.cpp:[[@LINE+1]]: local_class: coroutine
task<> local_class() {
  struct local {
    // CHECK: Coroutine.cpp:[[@LINE+2]]: local_class::local::run: coroutine
    // CHECK: Coroutine.cpp:[[@LINE+1]]:   awaits 'nothing()'
    task<> run() { co_await nothing(); }
  };
  co_return;
}

//===- templates: instantiations speak, the pattern only where there is none

// CHECK: Coroutine.cpp:[[@LINE+1]]: never_instantiated (pattern): coroutine
template <class T> task<T> never_instantiated(T awaited) {
  // CHECK: Coroutine.cpp:[[@LINE+1]]:   awaits 'awaited'
  co_await awaited;
  // CHECK: Coroutine.cpp:[[@LINE+1]]:   awaits 'number()'
  co_return co_await number();
}

template <class T> task<> instantiated(T awaited) {
  // The line is that of the template, once for each instantiation.
  // CHECK: Coroutine.cpp:[[@LINE-2]]: instantiated: coroutine
  // CHECK: Coroutine.cpp:[[@LINE-3]]: instantiated: coroutine
  // CHECK: Coroutine.cpp:[[@LINE+2]]:   awaits 'std::move(awaited)', ready
  // CHECK: Coroutine.cpp:[[@LINE+1]]:   awaits 'std::move(awaited)'
  co_await std::move(awaited);
  if constexpr (sizeof(T) == 0)
    co_await nothing();
}
template task<> instantiated(std::suspend_never);
template task<> instantiated(task<int>);

template <class T> struct server {
  // CHECK: Coroutine.cpp:[[@LINE+2]]: server::run: coroutine
  // CHECK: Coroutine.cpp:[[@LINE+1]]:   awaits 'nothing()'
  task<> run() { co_await nothing(); }
  // Only the member that is used has an instantiation with a body.
  // CHECK: Coroutine.cpp:[[@LINE+2]]: server::idle (pattern): coroutine
  // CHECK: Coroutine.cpp:[[@LINE+1]]:   awaits 'nothing()'
  task<> idle() { co_await nothing(); }
};
// CHECK: Coroutine.cpp:[[@LINE+2]]: uses_server: coroutine
// CHECK: Coroutine.cpp:[[@LINE+1]]:   awaits 'server<int>().run()'
task<> uses_server() { co_await server<int>().run(); }

// CHECK: Coroutine.cpp:[[@LINE+1]]: generic_lambda: coroutine
task<> generic_lambda() {
  // CHECK: Coroutine.cpp:[[@LINE+2]]: lambda: coroutine
  // CHECK: Coroutine.cpp:[[@LINE+1]]:   awaits 'std::move(t)'
  auto wait = [](auto t) -> task<> { co_await std::move(t); };
  // CHECK: Coroutine.cpp:[[@LINE+1]]:   awaits 'wait(number())'
  co_await wait(number());
}

//===- generators

// CHECK: Coroutine.cpp:[[@LINE+1]]: counts: generator
generator<int> counts() {
  for (int i = 0; i < 3; ++i)
    // CHECK: Coroutine.cpp:[[@LINE+1]]:   yields 'i'
    co_yield i;
  // CHECK: Coroutine.cpp:[[@LINE+1]]:   yields 'use(1)'
  co_yield use(1);
}
/// It yields and awaits, and can be awaited: a stream.
struct stream {
  struct promise_type {
    stream get_return_object();
    std::suspend_always initial_suspend() noexcept;
    std::suspend_always final_suspend() noexcept;
    std::suspend_always yield_value(int);
    void return_void();
    void unhandled_exception();
  };
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  int await_resume();
};
// CHECK: Coroutine.cpp:[[@LINE+3]]: streams: coroutine
// CHECK: Coroutine.cpp:[[@LINE+2]]:   yields 'co_await number()'
// CHECK: Coroutine.cpp:[[@LINE+1]]:   awaits 'number()'
stream streams() { co_yield co_await number(); }
// Awaitable: whoever takes its values waits in a coroutine.
// CHECK: Coroutine.cpp:[[@LINE+2]]: only_yields: coroutine
// CHECK: Coroutine.cpp:[[@LINE+1]]:   yields '1'
stream only_yields() { co_yield 1; }
