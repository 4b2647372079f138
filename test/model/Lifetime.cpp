// What each task borrows, when it ends, and what is gone by then.
//
// RUN: %corolint dump --lifetime %s -- -std=c++20 -I%include | %FileCheck %s --match-full-lines --implicit-check-not={{.}}

#include "../checks/Inputs/task.h"
#include <corolint/annotations.h>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

task<> work();
void use(std::string_view);
void use(int);
std::string made();
void start(CORO_CONSUMES_TASK task<> t);
void start_by(CORO_CONSUMES_TASK std::function<task<>()> make);
void unknown(task<> t);
struct scope {
  void spawn(CORO_CONSUMES_TASK task<> t);
  task<> join();
};

task<> by_reference(const std::string &text) {
  co_await work();
  use(text);
}
task<> by_view(std::string_view text) {
  co_await work();
  use(text);
}
task<> by_value(std::string text) {
  co_await work();
  use(text);
}
task<> not_seen(const std::string &text);
// CHECK: Lifetime.cpp:[[@LINE+1]]: 'by_reference(text)' borrows caller's text by text used [[#]]; returned at [[@LINE+1]]
task<> passed_on(const std::string &text) { return by_reference(text); }
detached alone(const std::string &text) {
  co_await async_sleep(std::chrono::seconds(1));
  use(text);
}
struct client {
  std::string name;
  std::vector<task<>> running;
  task<> get() {
    co_await work();
    use(name);
  }
  // CHECK: Lifetime.cpp:[[@LINE+1]]: 'get()' borrows this as its object used [[#]]; scoped at [[@LINE+1]]; gone: this?
  void begin() { start(get()); }
  // CHECK: Lifetime.cpp:[[@LINE+1]]: 'by_reference(text)' borrows caller's text by text used [[#]]; stored at [[@LINE+1]]
  void store(const std::string &text) { running.push_back(by_reference(text)); }
};

task<> awaited(const std::string &given, client &c) {
  // CHECK: Lifetime.cpp:[[@LINE+1]]: 'by_reference(made())' borrows temporary 'made()' by text used [[#]]; in place at [[@LINE+1]]
  co_await by_reference(made());
  co_await by_value(made());
  // CHECK: Lifetime.cpp:[[@LINE+1]]: 'by_reference(made())' borrows temporary 'made()' by text used [[#]]; later in t at [[@LINE+2]]; gone: 'made()'
  auto t = by_reference(made());
  co_await std::move(t);
  // CHECK: Lifetime.cpp:[[@LINE+1]]: 'by_view(given)' borrows caller's given by text used [[#]]; later in u at [[@LINE+2]]
  auto u = by_view(given);
  co_await std::move(u);
  // CHECK: Lifetime.cpp:[[@LINE+1]]: 'not_seen(made())' borrows temporary 'made()' by text assumed; later in v at [[@LINE+2]]; gone: 'made()'
  auto v = not_seen(made());
  co_await std::move(v);
  // CHECK: Lifetime.cpp:[[@LINE+1]]: 'passed_on(made())' borrows temporary 'made()' by text used [[#]]; later in w at [[@LINE+2]]; gone: 'made()'
  auto w = passed_on(made());
  co_await std::move(w);
  // CHECK: Lifetime.cpp:[[@LINE+1]]: 'c.get()' borrows caller's c as its object used [[#]]; in place at [[@LINE+1]]
  co_await c.get();
}

// CHECK: Lifetime.cpp:[[@LINE+1]]: 'by_reference(text)' borrows parameter text by text used [[#]], inside text by text used [[#]]; returned at [[@LINE+1]]; gone: text
task<> returned(std::string text) { return by_reference(text); }

task<> given_away() {
  std::string text;
  // CHECK: Lifetime.cpp:[[@LINE+1]]: 'by_reference(text)' borrows local text by text used [[#]]; scoped at [[@LINE+1]]; gone: text
  start(by_reference(text));
  // CHECK: Lifetime.cpp:[[@LINE+1]]: 'by_reference(text)' borrows local text by text used [[#]]; unknown at [[@LINE+1]]
  unknown(by_reference(text));
  // CHECK: Lifetime.cpp:[[@LINE+1]]: 'alone(text)' borrows local text by text used [[#]]; detached at [[@LINE+1]]; gone: text
  alone(text);
  // CHECK: Lifetime.cpp:[[@LINE+1]]: 'by_reference(text)' borrows local text by text used [[#]]; dropped at [[@LINE+1]]
  by_reference(text);
  scope all;
  // CHECK: Lifetime.cpp:[[@LINE+1]]: 'by_reference(text)' borrows local text by text used [[#]]; scoped at [[@LINE+1]]
  all.spawn(by_reference(text));
  // CHECK: Lifetime.cpp:[[@LINE+1]]: 'all.join()' borrows local all as its object assumed; in place at [[@LINE+1]]
  co_await all.join();
}

task<> contained() {
  std::vector<task<>> all;
  {
    std::string text;
    // CHECK: Lifetime.cpp:[[@LINE+1]]: 'by_reference(text)' borrows local text by text used [[#]]; contained in all at [[@LINE+1]]; gone: text
    all.push_back(by_reference(text));
  }
  for (task<> &each : all)
    co_await std::move(each);
}

task<> closures(int n) {
  // CHECK: Lifetime.cpp:[[@LINE+1]]: '[n]() -> task<> {…' borrows temporary '[n]() -> task<> {…' as its closure used [[#]]; later in t at [[@LINE+5]]; gone: '[n]() -> task<> {…'
  auto t = [n]() -> task<> {
    co_await work();
    use(n);
  }();
  co_await std::move(t);
  // CHECK: Lifetime.cpp:[[@LINE+1]]: '[&n]() -> task<> {…' borrows parameter n by a capture; scoped at [[@LINE+1]]; gone: n
  start_by([&n]() -> task<> {
    co_await work();
    use(n);
  });
}
