// RUN: %check %s
// RUN: not %corolint --quiet --profile=strict %s -- -std=c++20 -I%S/Inputs | %FileCheck --check-prefix=STRICT %s
//
// A virtual call of which the unit sees one override only: it is sure to run where the object is made here.

#include "Inputs/task.h"
#include <memory>
#include <thread>

using namespace std::chrono_literals;

struct store {
  virtual ~store();
  virtual int load() = 0;
};
struct slow_store : store {
  int load() override {
    std::this_thread::sleep_for(1s);
    return 1;
  }
};
struct last_store final : store {
  int load() override {
    std::this_thread::sleep_for(1s);
    return 1;
  }
};

store &open();
std::unique_ptr<store> make();

task<int> made_here() {
  slow_store s;
  // EXPECT: coro-blocking-call: 'slow_store::load' blocks the event loop
  // NOTE: 'slow_store::load' calls 'std::this_thread::sleep_for' here
  // NOTE: 'std::this_thread::sleep_for' suspends the whole thread
  co_return s.load();
}

task<int> made_here_behind_a_base() {
  std::unique_ptr<store> s = std::make_unique<slow_store>();
  // EXPECT: coro-blocking-call: 'slow_store::load' blocks the event loop
  // NOTE: 'slow_store::load' calls 'std::this_thread::sleep_for' here
  // NOTE: 'std::this_thread::sleep_for' suspends the whole thread
  co_return s->load();
}

task<int> of_a_final_class(last_store &s) {
  // EXPECT: coro-blocking-call: 'last_store::load' blocks the event loop
  // NOTE: 'last_store::load' calls 'std::this_thread::sleep_for' here
  // NOTE: 'std::this_thread::sleep_for' suspends the whole thread
  co_return s.load();
}

// Which store that is, a function of another unit decides.
task<int> opened_elsewhere() {
  store &s = open();
  // STRICT: [[#@LINE+1]]:{{.*}} 'slow_store::load' may block the event loop
  co_return s.load();
}

task<int> made_elsewhere() {
  auto s = make();
  // STRICT: [[#@LINE+1]]:{{.*}} 'slow_store::load' may block the event loop
  co_return s->load();
}
