// RUN: %check %s

// What an awaited lock protects, and for how long: while its guard lives and has it, on every path.

#include "Inputs/task.h"
#include <map>
#include <optional>

task<> work();
void spawn(task<> t);

struct awaited_mutex {
  struct [[nodiscard]] scoped_lock {
    scoped_lock();
    scoped_lock(scoped_lock &&) noexcept;
    scoped_lock &operator=(scoped_lock &&) noexcept;
    ~scoped_lock();
    void unlock();
  };
  task<scoped_lock> scoped();
  task<> lock();
  void unlock();
};
void keep(awaited_mutex::scoped_lock guard);

class table {
public:
  table() { spawn(clean()); }

  task<> held_to_the_end() {
    auto guard = co_await mutex_.scoped();
    auto row = rows_.find(1);
    co_await work();
    ++row->second;
  }

  task<> held_in_a_block() {
    {
      auto guard = co_await mutex_.scoped();
      co_await work();
    }
    auto row = rows_.find(1);
    co_await work();
    // EXPECT: coro-stale-reference: 'row' is used after a suspension
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, 'table::clean' may do this
    // NOTE: 'table::clean' does so: it is started here
    // NOTE: look it up again
    ++row->second;
  }

  task<> taken_in_a_block_and_used_behind_it() {
    std::optional<std::map<int, int>::iterator> none;
    auto row = rows_.end();
    {
      auto guard = co_await mutex_.scoped();
      row = rows_.find(1);
    }
    co_await work();
    // EXPECT: coro-stale-reference: 'row' is used after a suspension
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, 'table::clean' may do this
    // NOTE: 'table::clean' does so: it is started here
    // NOTE: look it up again
    ++row->second;
  }

  task<> unlocked_before() {
    auto guard = co_await mutex_.scoped();
    auto row = rows_.find(1);
    guard.unlock();
    co_await work();
    // EXPECT: coro-stale-reference: 'row' is used after a suspension
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, 'table::clean' may do this
    // NOTE: 'table::clean' does so: it is started here
    // NOTE: look it up again
    ++row->second;
  }

  task<> unlocked_on_one_path(bool early) {
    auto guard = co_await mutex_.scoped();
    auto row = rows_.find(1);
    if (early)
      guard.unlock();
    co_await work();
    // EXPECT: coro-stale-reference: 'row' is used after a suspension
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, 'table::clean' may do this
    // NOTE: 'table::clean' does so: it is started here
    // NOTE: look it up again
    ++row->second;
  }

  task<> given_away() {
    auto guard = co_await mutex_.scoped();
    auto row = rows_.find(1);
    keep(std::move(guard));
    co_await work();
    // EXPECT: coro-stale-reference: 'row' is used after a suspension
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, 'table::clean' may do this
    // NOTE: 'table::clean' does so: it is started here
    // NOTE: look it up again
    ++row->second;
  }

  task<> locked_again() {
    auto guard = co_await mutex_.scoped();
    auto row = rows_.find(1);
    guard.unlock();
    guard = co_await mutex_.scoped();
    // EXPECT: coro-stale-reference: 'row' is used after a suspension
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, 'table::clean' may do this
    // NOTE: 'table::clean' does so: it is started here
    // NOTE: look it up again
    ++row->second;
  }

  task<> locked_later() {
    awaited_mutex::scoped_lock guard;
    auto first = rows_.find(1);
    co_await work();
    // EXPECT: coro-stale-reference: 'first' is used after a suspension
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, 'table::clean' may do this
    // NOTE: 'table::clean' does so: it is started here
    // NOTE: look it up again
    ++first->second;
    guard = co_await mutex_.scoped();
    auto row = rows_.find(2);
    co_await work();
    ++row->second;
  }

  task<> moved_on() {
    auto first = co_await mutex_.scoped();
    awaited_mutex::scoped_lock guard = std::move(first);
    auto row = rows_.find(1);
    co_await work();
    ++row->second;
  }

  task<> locked_by_hand() {
    co_await mutex_.lock();
    auto row = rows_.find(1);
    co_await work();
    ++row->second;
    mutex_.unlock();
    auto other = rows_.find(2);
    co_await work();
    // EXPECT: coro-stale-reference: 'other' is used after a suspension
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, 'table::clean' may do this
    // NOTE: 'table::clean' does so: it is started here
    // NOTE: look it up again
    ++other->second;
  }

  task<> locked_by_hand_on_one_path(bool alone) {
    if (!alone)
      co_await mutex_.lock();
    auto row = rows_.find(1);
    co_await work();
    // EXPECT: coro-stale-reference: 'row' is used after a suspension
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, 'table::clean' may do this
    // NOTE: 'table::clean' does so: it is started here
    // NOTE: look it up again
    ++row->second;
    mutex_.unlock();
  }

  task<> throws_under_it() {
    auto row = rows_.find(1);
    try {
      auto guard = co_await mutex_.scoped();
      row = rows_.find(2);
      co_await work();
      ++row->second;
    } catch (...) {
    }
    row = rows_.find(3);
    co_await work();
    // EXPECT: coro-stale-reference: 'row' is used after a suspension
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, 'table::clean' may do this
    // NOTE: 'table::clean' does so: it is started here
    // NOTE: look it up again
    ++row->second;
  }

private:
  task<> clean() {
    for (;;) {
      co_await work();
      rows_[3] = 1;
      rows_.erase(1);
    }
  }
  awaited_mutex mutex_;
  std::map<int, int> rows_;
};
