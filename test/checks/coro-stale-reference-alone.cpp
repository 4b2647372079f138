// RUN: %check %s --profile=strict

// Nobody else has it, or who has is kept out.

#include "Inputs/task.h"
#include <memory>
#include <vector>

task<> work();
struct device {
  int state = 0;
};
struct guard {
  guard(guard &&);
  ~guard();
};
struct awaited_mutex {
  task<guard> scoped_lock();
  task<> lock();
  void unlock();
};

//===- good

/// The lock comes from the caller, or each caller holds it.
class table {
public:
  void add() { rows_.push_back({}); }
  void remove() { rows_.pop_back(); }
  task<> by_reference(const guard &) {
    auto &one = rows_[0];
    co_await work();
    one.state = 1;
  }
  task<> by_value(guard held) {
    for (auto &each : rows_)
      co_await work();
  }
  task<> one() {
    auto held = co_await mutex_.scoped_lock();
    co_await under_it();
  }
  task<> other() {
    auto held = co_await mutex_.scoped_lock();
    co_await work();
    co_await between();
  }
  task<> locked_by_hand() {
    co_await mutex_.lock();
    for (auto &each : rows_)
      co_await work();
    mutex_.unlock();
  }

private:
  task<> between() { co_await under_it(); }
  task<> under_it() {
    for (auto &each : rows_)
      co_await work();
  }
  std::vector<device> rows_;
  awaited_mutex mutex_;
};

/// A local of each caller, who waits.
static task<> fill(std::vector<device> &all) {
  for (auto &each : all)
    co_await work();
  all.push_back({});
}
task<> one_caller() {
  std::vector<device> own(3);
  co_await fill(own);
}
task<> a_part_of_a_local() {
  struct {
    std::vector<device> all;
  } own;
  co_await fill(own.all);
}

/// One actor for each object.
class actor {
public:
  task<> run() {
    for (;;) {
      co_await look();
      all_.push_back({});
      all_.erase(all_.begin());
    }
  }

private:
  task<> look() {
    for (auto &each : all_)
      co_await work();
  }
  std::vector<device> all_;
};
void serve() {
  for (;;) {
    auto one = std::make_shared<actor>();
    spawn(one->run());
  }
}

/// The object is a local of who waits, also through another one of its own.
class steps {
public:
  void add() { all_.push_back({}); }
  void remove() { all_.pop_back(); }
  task<> run() { co_await inner(); }

private:
  task<> inner() {
    for (auto &each : all_)
      co_await work();
  }
  std::vector<device> all_;
};
task<> runs_it() {
  steps mine;
  mine.add();
  co_await mine.run();
}

//===- bad

class unlocked_before {
public:
  void add() { rows_.push_back({}); }
  void remove() { rows_.pop_back(); }
  task<> after_its_scope() {
    {
      auto held = co_await mutex_.scoped_lock();
      co_await work();
    }
    // EXPECT: coro-stale-reference: the loop over 'rows_' goes on after a suspension: it uses an iterator into 'rows_', which changes while the coroutine is suspended
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, 'unlocked_before::add' may do this, which invalidates it
    // NOTE: iterate over a copy, or move the elements out first
    for (auto &each : rows_)
      co_await work();
  }
  task<> after_it_is_unlocked() {
    co_await mutex_.lock();
    co_await work();
    mutex_.unlock();
    // EXPECT: coro-stale-reference: the loop over 'rows_' goes on after a suspension: it uses an iterator into 'rows_', which changes while the coroutine is suspended
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, 'unlocked_before::add' may do this, which invalidates it
    // NOTE: iterate over a copy, or move the elements out first
    for (auto &each : rows_)
      co_await work();
  }
  task<> one_caller_has_it() {
    auto held = co_await mutex_.scoped_lock();
    co_await inner();
  }
  task<> and_the_other_has_not() { co_await inner(); }

private:
  task<> inner() {
    // EXPECT: coro-stale-reference: the loop over 'rows_' goes on after a suspension: it uses an iterator into 'rows_', which changes while the coroutine is suspended
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, 'unlocked_before::add' may do this, which invalidates it
    // NOTE: iterate over a copy, or move the elements out first
    for (auto &each : rows_)
      co_await work();
  }
  std::vector<device> rows_;
  awaited_mutex mutex_;
};

task<> fill_what_is_shared(std::vector<device> &all) {
  // EXPECT: coro-stale-reference: the loop over 'all' goes on after a suspension: it uses an iterator into 'all', which can change while the coroutine is suspended
  // NOTE: it is taken here
  // NOTE: the coroutine is suspended here
  // NOTE: meanwhile, another run of 'fill_what_is_shared' may do this, which invalidates it
  // NOTE: iterate over a copy, or move the elements out first
  for (auto &each : all)
    co_await work();
  all.push_back({});
}
std::vector<device> global;
task<> gives_a_global() { co_await fill_what_is_shared(global); }
