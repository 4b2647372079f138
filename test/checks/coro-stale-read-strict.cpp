// RUN: %check %s --profile=strict

#include "Inputs/task.h"
#include <memory>
#include <optional>

task<int> load(int id = 0);
task<> work();

struct cache {
  int value = 0;
  bool loaded = false;
  std::optional<int> kept;

  task<int> get() {
    // EXPECT: coro-stale-read: 'loaded' is tested, and set after a suspension: a coroutine that comes here in between does the same work again, and the last one wins
    // NOTE: the coroutine is suspended here
    // NOTE: and it is set here; test it again, or hold an awaited mutex
    if (!loaded) {
      value = co_await load();
      loaded = true;
    }
    // EXPECT: coro-stale-read: 'kept' is tested, and set after a suspension
    // NOTE: the coroutine is suspended here
    // NOTE: and it is set here
    if (!kept)
      kept = co_await load();
    co_return value;
  }

  task<> step() {
    // EXPECT: coro-stale-read: 'value' is read before the coroutine is suspended: what others write to it in between is lost
    // NOTE: the coroutine is suspended here
    // NOTE: and the result is written back here
    value = co_await load(value);
    if (!loaded) {
      loaded = true;
      co_await work();
    }
    value = co_await load() ? value : 1; // it is read after
  }

  async_mutex mutex;
  task<> under_a_lock() {
    auto lock = co_await mutex.scoped_lock();
    if (!kept)
      kept = co_await load();
  }
};
