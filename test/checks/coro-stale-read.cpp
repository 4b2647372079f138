// RUN: %check %s

#include "Inputs/task.h"
#include <atomic>
#include <mutex>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

task<int> load(int id = 0);
task<std::string> name();
int sum(int a, int b);
std::shared_ptr<int> later(std::shared_ptr<int> a, int b);
int total;
const int limit = 3;

//===- bad

struct account {
  int balance = 0;
  int pending = 0;
  struct {
    int fees = 0;
  } other;

  task<> deposit() {
    // EXPECT: coro-stale-read: 'balance' is read in the same expression as the co_await, which compilers order as they like: if it is read first, what others write to it in between is lost
    // NOTE: the coroutine is suspended here
    // NOTE: and the result is written back here; await the value into a local first
    // FIXED: balance += co_await load();
    balance = balance + co_await load();
    // EXPECT: coro-stale-read: 'this->balance' is read in the same expression
    // NOTE: the coroutine is suspended here
    // NOTE: and the result is written back here
    // FIXED: this->balance -= co_await load(1);
    this->balance = this->balance - co_await load(1);
    // EXPECT: coro-stale-read: 'other.fees' is read in the same expression
    // NOTE: the coroutine is suspended here
    // NOTE: and the result is written back here
    other.fees = 1 + co_await load() * other.fees;
    // EXPECT: coro-stale-read: 'balance' is read in the same expression
    // NOTE: the coroutine is suspended here
    // NOTE: and the result is written back here
    balance = sum(balance, co_await load());
  }
};

task<> of_a_global() {
  // EXPECT: coro-stale-read: 'total' is read in the same expression
  // NOTE: the coroutine is suspended here
  // NOTE: and the result is written back here
  // FIXED: total += co_await load();
  total = total + co_await load();
}

task<> of_a_parameter(int &sum, account *to) {
  // EXPECT: coro-stale-read: 'sum' is read in the same expression
  // NOTE: the coroutine is suspended here
  // NOTE: and the result is written back here
  // FIXED: sum |= co_await load();
  sum = sum | co_await load();
  // EXPECT: coro-stale-read: 'to->balance' is read in the same expression
  // NOTE: the coroutine is suspended here
  // NOTE: and the result is written back here
  // FIXED: to->balance += co_await load(2);
  to->balance = to->balance + co_await load(2);
}

struct counters {
  int rows[4] = {};
  std::vector<long> totals;
  std::unordered_map<std::string, int> by_name;
  std::atomic<int> hits = 0;
  std::shared_ptr<account> with;
  std::shared_ptr<int> latest;

  task<> of_an_element(int i) {
    // EXPECT: coro-stale-read: 'rows[i]' is read in the same expression
    // NOTE: the coroutine is suspended here
    // NOTE: and the result is written back here
    // FIXED: rows[i] += co_await load();
    rows[i] = rows[i] + co_await load();
    // EXPECT: coro-stale-read: 'totals[i]' is read in the same expression
    // NOTE: the coroutine is suspended here
    // NOTE: and the result is written back here
    // FIXED: totals[i] += co_await load();
    totals[i] = totals[i] + co_await load();
    // EXPECT: coro-stale-read: 'by_name["x"]' is read in the same expression
    // NOTE: the coroutine is suspended here
    // NOTE: and the result is written back here
    // FIXED: by_name["x"] += co_await load();
    by_name["x"] = by_name["x"] + co_await load();
  }

  task<> of_an_atomic() {
    // EXPECT: coro-stale-read: 'hits' is read in the same expression
    // NOTE: the coroutine is suspended here
    // NOTE: and the result is written back here
    hits = hits + co_await load();
    // EXPECT: coro-stale-read: 'hits' is read in the same expression
    // NOTE: the coroutine is suspended here
    // NOTE: and the result is written back here
    hits.store(hits.load() + co_await load());
  }

  task<> through_a_smart_pointer() {
    // EXPECT: coro-stale-read: 'with->balance' is read in the same expression
    // NOTE: the coroutine is suspended here
    // NOTE: and the result is written back here
    // FIXED: with->balance += co_await load();
    with->balance = with->balance + co_await load();
    // EXPECT: coro-stale-read: 'latest' is read in the same expression
    // NOTE: the coroutine is suspended here
    // NOTE: and the result is written back here
    latest = later(latest, co_await load());
  }
};

//===- good

struct careful {
  int balance = 0;
  int cached = 0;
  std::string text;
  std::atomic<int> hits = 0;
  async_mutex mutex;
  task<> deposit() {
    balance += co_await load(); // the right side comes first
    const int value = co_await load();
    balance = balance + value;
    int local = 0;
    local = local + co_await load();
    text = text + co_await name(); // by reference: read after it
    balance = co_await load() + limit;
    if (!cached)
      cached = co_await load();
    balance = co_await load(balance); // strict
    balance = co_await load() && balance;
    hits += co_await load();
    hits = co_await load(hits); // strict
    int rows[4] = {};
    rows[1] = rows[1] + co_await load();
    auto mine = std::make_shared<account>();
    mine->balance = mine->balance + co_await load();
    std::atomic<int> own = 0;
    own = own + co_await load();
    auto lock = co_await mutex.scoped_lock();
    balance = balance + co_await load();
  }
};

// A lock of threads keeps no coroutine of this thread out; nor is it awaited, whoever locks it.
struct locks_its_own {
  std::mutex own;
  locks_its_own() { own.lock(); }
};
struct under_a_lock_of_threads {
  int balance = 0;
  task<> deposit() {
    locks_its_own locked;
    // EXPECT: coro-stale-read: 'balance' is read in the same expression as the co_await
    // NOTE: the coroutine is suspended here
    // NOTE: and the result is written back here
    // FIXED: balance += co_await load();
    // EXPECT: coro-lock-across-suspension: 'locked' is still locked at this suspension point
    // NOTE: it is locked here
    // NOTE: unlock it before
    balance = balance + co_await load();
    locked.own.unlock();
  }
};
