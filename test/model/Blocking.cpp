// Which calls of a coroutine block, for which family, by which chain. `?` is uncertain.
//
// RUN: %corolint dump --blocking %s -- -std=c++20 -I%include | %FileCheck %s --match-full-lines --implicit-check-not={{.}}
// RUN: %corolint dump --blocking --system-bodies %s -- -std=c++20 -I%include | %FileCheck %s --match-full-lines --implicit-check-not={{.}}

#include "../checks/Inputs/task.h"
#include <corolint/annotations.h>
#include <functional>
#include <unistd.h>
#include <utility>

/// What everybody here ends in.
CORO_BLOCKING("use something else") int block();
CORO_STARTS_LOOP void turn();
bool condition();

//===- directly

task<> direct() {
  // CHECK: Blocking.cpp:[[@LINE+1]]: direct: thread: block at Blocking.cpp:[[@LINE+1]] [annotation Blocking.cpp]
  block();
  // CHECK: Blocking.cpp:[[@LINE+1]]: direct: sleep: sleep at Blocking.cpp:[[@LINE+1]] [shipped posix.yaml]
  sleep(1);
  // CHECK: Blocking.cpp:[[@LINE+1]]: direct: loop: turn at Blocking.cpp:[[@LINE+1]] [annotation Blocking.cpp]
  turn();
  condition();
  co_await std::suspend_always();
}
void plain_directly() { block(); }

//===- through functions

void once() { block(); }
void twice() { once(); }
task<> chain() {
  // CHECK: Blocking.cpp:[[@LINE+1]]: chain: thread: once at Blocking.cpp:[[@LINE+1]] > block at Blocking.cpp:[[#ONCE:]] [annotation Blocking.cpp]
  once();
  // CHECK: Blocking.cpp:[[@LINE+1]]: chain: thread: twice at Blocking.cpp:[[@LINE+1]] > once at Blocking.cpp:[[#ONCE+1]] > block at Blocking.cpp:[[#ONCE]] [annotation Blocking.cpp]
  twice();
  co_return;
}

// Of two ways the shorter one is told.
void two_ways() {
  twice();
  block();
}
task<> shortest() {
  // CHECK: Blocking.cpp:[[@LINE+1]]: shortest: thread: two_ways at Blocking.cpp:[[@LINE+1]] > block at Blocking.cpp:[[@LINE-3]] [annotation Blocking.cpp]
  two_ways();
  co_return;
}

// Only declared: nobody knows, and nobody says anything.
void elsewhere();
task<> declared() {
  elsewhere();
  co_return;
}

// What is defined below is known above.
void defined_below();
task<> above() {
  // CHECK: Blocking.cpp:[[@LINE+1]]: above: thread: defined_below at Blocking.cpp:[[@LINE+1]] > block at Blocking.cpp:[[@LINE+4]] [annotation Blocking.cpp]
  defined_below();
  co_return;
}
void defined_below() { block(); }

//===- classes

struct worker {
  worker() = default;
  explicit worker(int) { block(); }
  worker(const worker &) { block(); }
  worker &operator=(const worker &) {
    block();
    return *this;
  }
  void method() { block(); }
  static void fixed() { block(); }
  int operator+(int) { return block(); }
  int operator()() { return block(); }
  int operator[](int) const { return block(); }
  explicit operator bool() const { return block(); }
  worker *operator->() {
    block();
    return this;
  }
  int member = 0;
};
task<> members(worker w, const worker &other) {
  // CHECK: Blocking.cpp:[[@LINE+1]]: members: thread: worker::method at Blocking.cpp:[[@LINE+1]] > block at Blocking.cpp:{{.*}} [annotation Blocking.cpp]
  w.method();
  // CHECK: Blocking.cpp:[[@LINE+1]]: members: thread: worker::fixed at Blocking.cpp:[[@LINE+1]] > block at Blocking.cpp:{{.*}} [annotation Blocking.cpp]
  worker::fixed();
  // CHECK: Blocking.cpp:[[@LINE+1]]: members: thread: worker::worker at Blocking.cpp:[[@LINE+1]] > block at Blocking.cpp:{{.*}} [annotation Blocking.cpp]
  worker made(1);
  // CHECK: Blocking.cpp:[[@LINE+1]]: members: thread: worker::worker at Blocking.cpp:[[@LINE+1]] > block at Blocking.cpp:{{.*}} [annotation Blocking.cpp]
  worker copied = other;
  // CHECK: Blocking.cpp:[[@LINE+1]]: members: thread: worker::operator= at Blocking.cpp:[[@LINE+1]] > block at Blocking.cpp:{{.*}} [annotation Blocking.cpp]
  made = other;
  // CHECK: Blocking.cpp:[[@LINE+1]]: members: thread: worker::operator+ at Blocking.cpp:[[@LINE+1]] > block at Blocking.cpp:{{.*}} [annotation Blocking.cpp]
  made + 1;
  // CHECK: Blocking.cpp:[[@LINE+1]]: members: thread: worker::operator() at Blocking.cpp:[[@LINE+1]] > block at Blocking.cpp:{{.*}} [annotation Blocking.cpp]
  made();
  // CHECK: Blocking.cpp:[[@LINE+1]]: members: thread: worker::operator[] at Blocking.cpp:[[@LINE+1]] > block at Blocking.cpp:{{.*}} [annotation Blocking.cpp]
  made[0];
  // CHECK: Blocking.cpp:[[@LINE+1]]: members: thread: worker::operator bool at Blocking.cpp:[[@LINE+1]] > block at Blocking.cpp:{{.*}} [annotation Blocking.cpp]
  if (made)
    co_return;
  // CHECK: Blocking.cpp:[[@LINE+1]]: members: thread: worker::operator-> at Blocking.cpp:[[@LINE+1]] > block at Blocking.cpp:{{.*}} [annotation Blocking.cpp]
  made->member = 1;
}

struct by_initialiser {
  int value = block();
  by_initialiser() {}
};
struct by_member_initialiser {
  int value;
  by_member_initialiser() : value(block()) {}
};
struct by_base : by_member_initialiser {};
struct implicit_only {
  by_member_initialiser member;
};
struct delegates : by_member_initialiser {
  delegates() : delegates(1) {}
  explicit delegates(int) {}
};
task<> constructors() {
  // CHECK: Blocking.cpp:[[@LINE+1]]: constructors: thread: by_initialiser::by_initialiser at Blocking.cpp:[[@LINE+1]] > block at Blocking.cpp:{{.*}} [annotation Blocking.cpp]
  by_initialiser a;
  // CHECK: Blocking.cpp:[[@LINE+1]]: constructors: thread: by_member_initialiser::by_member_initialiser at Blocking.cpp:[[@LINE+1]] > block at Blocking.cpp:{{.*}} [annotation Blocking.cpp]
  by_member_initialiser b;
  // CHECK: Blocking.cpp:[[@LINE+1]]: constructors: thread: by_base::by_base at Blocking.cpp:[[@LINE+1]] > by_member_initialiser::by_member_initialiser at Blocking.cpp:{{.*}} > block at Blocking.cpp:{{.*}} [annotation Blocking.cpp]
  by_base c;
  // CHECK: Blocking.cpp:[[@LINE+1]]: constructors: thread: implicit_only::implicit_only at Blocking.cpp:[[@LINE+1]] > by_member_initialiser::by_member_initialiser at Blocking.cpp:{{.*}} > block at Blocking.cpp:{{.*}} [annotation Blocking.cpp]
  implicit_only d;
  // CHECK: Blocking.cpp:[[@LINE+1]]: constructors: thread: delegates::delegates at Blocking.cpp:[[@LINE+1]] > delegates::delegates at Blocking.cpp:{{.*}} > by_member_initialiser::by_member_initialiser at Blocking.cpp:{{.*}} > block at Blocking.cpp:{{.*}} [annotation Blocking.cpp]
  delegates e;
  // CHECK: Blocking.cpp:[[@LINE+1]]: constructors: thread: by_member_initialiser::by_member_initialiser at Blocking.cpp:[[@LINE+1]] > block at Blocking.cpp:{{.*}} [annotation Blocking.cpp]
  delete new by_member_initialiser;
  co_return;
}

struct joins {
  ~joins() { block(); }
};
struct holds_joins {
  joins member;
};
struct derives_joins : joins {};
joins make_joins();
void scope_ends() { joins local; }
void member_ends() { holds_joins local; }
void base_ends() { derives_joins local; }
void moved_on(joins &&);
void temporary_ends() { joins(); }
task<> destructors() {
  // CHECK: Blocking.cpp:[[@LINE+1]]: destructors: thread: scope_ends at Blocking.cpp:[[@LINE+1]] > joins::~joins at Blocking.cpp:{{.*}} > block at Blocking.cpp:{{.*}} [annotation Blocking.cpp]
  scope_ends();
  // CHECK: Blocking.cpp:[[@LINE+1]]: destructors: thread: member_ends at Blocking.cpp:[[@LINE+1]] > holds_joins::~holds_joins at Blocking.cpp:{{.*}} > joins::~joins at Blocking.cpp:{{.*}} > block at Blocking.cpp:{{.*}} [annotation Blocking.cpp]
  member_ends();
  // CHECK: Blocking.cpp:[[@LINE+1]]: destructors: thread: base_ends at Blocking.cpp:[[@LINE+1]] > derives_joins::~derives_joins at Blocking.cpp:{{.*}} > joins::~joins at Blocking.cpp:{{.*}} > block at Blocking.cpp:{{.*}} [annotation Blocking.cpp]
  base_ends();
  // CHECK: Blocking.cpp:[[@LINE+1]]: destructors: thread: temporary_ends at Blocking.cpp:[[@LINE+1]] > joins::~joins at Blocking.cpp:{{.*}} > block at Blocking.cpp:{{.*}} [annotation Blocking.cpp]
  temporary_ends();
  // CHECK: Blocking.cpp:[[@LINE+1]]: destructors: thread: joins::~joins at Blocking.cpp:[[@LINE+1]] > block at Blocking.cpp:{{.*}} [annotation Blocking.cpp]
  make_joins();
  // CHECK: Blocking.cpp:[[@LINE+1]]: destructors: thread: joins::~joins at Blocking.cpp:[[@LINE+1]] > block at Blocking.cpp:{{.*}} [annotation Blocking.cpp]
  delete new joins;
  // The end of a scope of the coroutine is another rule's.
  joins local;
  co_return;
}

//===- templates and lambdas

template <class T> void blocks_for(T) { block(); }
template <class T> void blocks_for_small(T) {
  if constexpr (sizeof(T) == 1)
    block();
}
template <class F> void call(F f) { f(); }
template <class F> void call_with(F f) { f(1); }
template <class T> struct box {
  void wait() { block(); }
  template <class U> void wait_for(U) { block(); }
};
task<> templates(box<int> b) {
  // CHECK: Blocking.cpp:[[@LINE+1]]: templates: thread: blocks_for at Blocking.cpp:[[@LINE+1]] > block at Blocking.cpp:{{.*}} [annotation Blocking.cpp]
  blocks_for(1);
  // CHECK: Blocking.cpp:[[@LINE+1]]: templates: thread: blocks_for_small at Blocking.cpp:[[@LINE+1]] > block at Blocking.cpp:{{.*}} [annotation Blocking.cpp]
  blocks_for_small('c');
  // Another instantiation, another body.
  blocks_for_small(1);
  // CHECK: Blocking.cpp:[[@LINE+1]]: templates: thread: box::wait at Blocking.cpp:[[@LINE+1]] > block at Blocking.cpp:{{.*}} [annotation Blocking.cpp]
  b.wait();
  // CHECK: Blocking.cpp:[[@LINE+1]]: templates: thread: box::wait_for at Blocking.cpp:[[@LINE+1]] > block at Blocking.cpp:{{.*}} [annotation Blocking.cpp]
  b.wait_for(1);
  co_return;
}
// CHECK: Blocking.cpp:[[@LINE+1]]: instantiated: thread: once at Blocking.cpp:[[@LINE+1]] > block at Blocking.cpp:[[#ONCE]] [annotation Blocking.cpp]
template <class T> task<T> instantiated() { co_return (once(), T()); }
template task<int> instantiated();

task<> lambdas() {
  // CHECK: Blocking.cpp:[[@LINE+1]]: lambdas: thread: block at Blocking.cpp:[[@LINE+1]] [annotation Blocking.cpp]
  [] { block(); }();
  // CHECK: Blocking.cpp:[[@LINE+1]]: lambdas: thread: block at Blocking.cpp:[[@LINE+1]] [annotation Blocking.cpp]
  auto named = [](auto) { block(); };
  named(1);
  // CHECK: Blocking.cpp:[[@LINE+1]]: lambdas: thread: call at Blocking.cpp:[[@LINE+1]] > lambda at Blocking.cpp:{{.*}} > block at Blocking.cpp:[[@LINE+1]] [annotation Blocking.cpp]
  call([] { block(); });
  // CHECK: Blocking.cpp:[[@LINE+1]]: lambdas: thread: call_with at Blocking.cpp:[[@LINE+1]] > lambda at Blocking.cpp:{{.*}} > block at Blocking.cpp:[[@LINE+1]] [annotation Blocking.cpp]
  call_with([](auto) { block(); });
  // CHECK: Blocking.cpp:[[@LINE+1]]: lambdas: thread: block at Blocking.cpp:[[@LINE+1]] [annotation Blocking.cpp]
  std::invoke([] { block(); });
  // A function that is called there.
  // CHECK: Blocking.cpp:[[@LINE+1]]: lambdas: thread: once at Blocking.cpp:[[@LINE+1]] > block at Blocking.cpp:[[#ONCE]] [annotation Blocking.cpp]
  std::invoke(once);
  // CHECK: Blocking.cpp:[[@LINE+1]]: lambdas: thread: block at Blocking.cpp:[[@LINE+1]] [annotation Blocking.cpp]
  std::invoke(&block);
  // Made, and called by nobody.
  auto idle = [] { block(); };
  (void)idle;
  co_return;
}

// A coroutine's own findings are its own.
task<> blocks_itself() {
  // CHECK: Blocking.cpp:[[@LINE+1]]: blocks_itself: thread: block at Blocking.cpp:[[@LINE+1]] [annotation Blocking.cpp]
  block();
  co_return;
}
task<> awaits_blocking() { co_await blocks_itself(); }
void plain_starts_coroutine() { (void)blocks_itself(); }
task<> starts_through_plain() {
  plain_starts_coroutine();
  co_return;
}

//===- recursion

void recursive(int n) {
  if (n)
    recursive(n - 1);
  block();
}
void odd(int n);
void even(int n) {
  if (n)
    odd(n - 1);
}
void odd(int n) {
  if (n)
    even(n - 1);
  else
    block();
}
void harmless_even(int n);
void harmless_odd(int n) {
  if (n)
    harmless_even(n - 1);
}
void harmless_even(int n) {
  if (n)
    harmless_odd(n - 1);
}
task<> recursion() {
  // CHECK: Blocking.cpp:[[@LINE+1]]: recursion: thread: recursive at Blocking.cpp:[[@LINE+1]] > block at Blocking.cpp:{{.*}} [annotation Blocking.cpp]
  recursive(3);
  // CHECK: Blocking.cpp:[[@LINE+1]]: recursion: thread: even at Blocking.cpp:[[@LINE+1]] > odd at Blocking.cpp:{{.*}} > block at Blocking.cpp:{{.*}} [annotation Blocking.cpp]
  even(3);
  harmless_even(3);
  co_return;
}

//===- calls whose target is chosen at run time

struct all_block {
  virtual void run() { block(); }
};
struct all_block_too : all_block {
  void run() override { once(); }
};
struct some_block {
  virtual void run() {}
  virtual ~some_block() = default;
};
struct this_one : some_block {
  void run() override { block(); }
};
struct last_one final : some_block {
  void run() override { block(); }
};
struct pure {
  virtual void run() = 0;
};
struct only_override : pure {
  void run() override { block(); }
};
struct none_blocks {
  virtual void run() {}
};
struct none_blocks_either : none_blocks {
  void run() override {}
};
task<> dynamic(all_block &all, some_block &some, this_one &these, last_one &last, pure &p,
               none_blocks &none) {
  // CHECK: Blocking.cpp:[[@LINE+1]]: dynamic: thread: all_block::run at Blocking.cpp:[[@LINE+1]] > block at Blocking.cpp:{{.*}} [annotation Blocking.cpp]
  all.run();
  // CHECK: Blocking.cpp:[[@LINE+1]]: dynamic: thread?: this_one::run at Blocking.cpp:[[@LINE+1]] > block at Blocking.cpp:{{.*}} [annotation Blocking.cpp]
  some.run();
  // CHECK: Blocking.cpp:[[@LINE+1]]: dynamic: thread: this_one::run at Blocking.cpp:[[@LINE+1]] > block at Blocking.cpp:{{.*}} [annotation Blocking.cpp]
  these.run();
  // CHECK: Blocking.cpp:[[@LINE+1]]: dynamic: thread: last_one::run at Blocking.cpp:[[@LINE+1]] > block at Blocking.cpp:{{.*}} [annotation Blocking.cpp]
  last.run();
  // CHECK: Blocking.cpp:[[@LINE+1]]: dynamic: thread: only_override::run at Blocking.cpp:[[@LINE+1]] > block at Blocking.cpp:{{.*}} [annotation Blocking.cpp]
  p.run();
  none.run();
  // An object that is one is that one.
  some_block here;
  here.run();
  last_one there;
  // CHECK: Blocking.cpp:[[@LINE+1]]: dynamic: thread: last_one::run at Blocking.cpp:[[@LINE+1]] > block at Blocking.cpp:{{.*}} [annotation Blocking.cpp]
  there.run();
  // A name that says which one.
  // CHECK: Blocking.cpp:[[@LINE+1]]: dynamic: thread: this_one::run at Blocking.cpp:[[@LINE+1]] > block at Blocking.cpp:{{.*}} [annotation Blocking.cpp]
  these.this_one::run();
  these.some_block::run();
  co_return;
}
void runs_some(some_block &some) { some.run(); }
void runs_all(all_block &all) { all.run(); }
task<> dynamic_below(some_block &some, all_block &all) {
  // CHECK: Blocking.cpp:[[@LINE+1]]: dynamic_below: thread?: runs_some at Blocking.cpp:[[@LINE+1]] > this_one::run at Blocking.cpp:{{.*}} > block at Blocking.cpp:{{.*}} [annotation Blocking.cpp]
  runs_some(some);
  // CHECK: Blocking.cpp:[[@LINE+1]]: dynamic_below: thread: runs_all at Blocking.cpp:[[@LINE+1]] > all_block::run at Blocking.cpp:{{.*}} > block at Blocking.cpp:{{.*}} [annotation Blocking.cpp]
  runs_all(all);
  co_return;
}

// What a pointer points to is unknown: silent.
task<> pointers(void (*f)(), std::function<void()> g, void (worker::*m)(), worker &w) {
  f();
  g();
  (w.*m)();
  void (*named)() = once;
  named();
  co_return;
}

//===- paths

[[noreturn]] void die();
void fails() {
  once();
  die();
}
void fails_sometimes() {
  if (condition()) {
    once();
    die();
  }
}
task<> aborts() {
  if (condition()) {
    block();
    die();
  }
  if (condition()) {
    block();
    std::terminate();
  }
  condition() ? void() : (block(), die());
  fails_sometimes();
  // Whoever reads this coroutine sees no abort: it calls a function that blocks first.
  fails();
  co_return;
}
task<> unreachable() {
  if constexpr (sizeof(int) == 1)
    block();
  if (false)
    block();
  co_return;
  block();
}
task<> thrown() {
  // A path that an exception takes is a path.
  try {
    condition();
  } catch (...) {
    // CHECK: Blocking.cpp:[[@LINE+1]]: thrown: thread: block at Blocking.cpp:[[@LINE+1]] [annotation Blocking.cpp]
    block();
  }
  co_return;
}
task<> unevaluated() {
  using result = decltype(block());
  (void)sizeof(block());
  (void)noexcept(block());
  (void)requires { block(); };
  (void)result();
  co_return;
}

//===- what somebody said

CORO_NONBLOCKING void said_nonblocking() { block(); }
CORO_ALLOW_BLOCKING("at start-up only") void said_allowed() { block(); }
void declared_nonblocking() [[clang::nonblocking]];
void declared_blocking() [[clang::blocking]];
struct base_said {
  CORO_BLOCKING("use x") virtual void run() = 0;
  CORO_NONBLOCKING virtual void rest() = 0;
};
struct derived_said : base_said {
  void run() override {}
  void rest() override { block(); }
};
void through_said() { said_nonblocking(); }
task<> said(derived_said &d) {
  said_nonblocking();
  said_allowed();
  through_said();
  declared_nonblocking();
  // CHECK: Blocking.cpp:[[@LINE+1]]: said: thread: declared_blocking at Blocking.cpp:[[@LINE+1]] [annotation Blocking.cpp]
  declared_blocking();
  // CHECK: Blocking.cpp:[[@LINE+1]]: said: thread: derived_said::run at Blocking.cpp:[[@LINE+1]] [annotation Blocking.cpp]
  d.run();
  d.rest();
  CORO_ALLOW_BLOCKING("once") block();
  CORO_ALLOW_BLOCKING("once") int value = block();
  CORO_ALLOW_BLOCKING("once") {
    block();
    value += block();
  }
  CORO_ALLOW_BLOCKING("once") if (condition()) block();
  CORO_ALLOW_BLOCKING("once") [] { block(); }();
  // CHECK: Blocking.cpp:[[@LINE+1]]: said: thread: block at Blocking.cpp:[[@LINE+1]] [annotation Blocking.cpp]
  block();
  co_return;
}
void allows_inside() {
  CORO_ALLOW_BLOCKING("once") block();
}
task<> through_allowed() {
  allows_inside();
  co_return;
}

CORO_LOOP_THREAD void on_timer() {
  // CHECK: Blocking.cpp:[[@LINE+1]]: on_timer: thread: once at Blocking.cpp:[[@LINE+1]] > block at Blocking.cpp:[[#ONCE]] [annotation Blocking.cpp]
  once();
}
generator<int> yields() {
  block();
  co_yield 1;
}
