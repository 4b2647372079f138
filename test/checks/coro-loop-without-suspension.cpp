// RUN: %check %s --profile=strict

#include "Inputs/task.h"
#include <atomic>
#include <chrono>
#include <deque>
#include <stop_token>
#include <thread>
#include <vector>

void work();
bool next();
void use(long);
task<> child();
struct ready_now {
  bool await_ready() noexcept { return true; }
  void await_suspend(std::coroutine_handle<>) noexcept {}
  void await_resume() noexcept {}
};

//===- Its end is far away, or there is none.

task<> constant() {
  long sum = 0;
  // EXPECT: coro-loop-without-suspension: nobody else runs while this loop does, and it goes round 10000000 times
  // NOTE: move it to a worker, or suspend now and then, so that others run
  for (int i = 0; i < 10'000'000; ++i)
    sum += i;
  use(sum);
  co_return;
}

task<> product() {
  // EXPECT: coro-loop-without-suspension: and it goes round 1000000 times
  // NOTE: move it to a worker, or suspend
  for (int i = 0; i != 1000; ++i)
    for (int j = 1000; j > 0; --j)
      work();
  co_return;
}

task<> steps() {
  // EXPECT: coro-loop-without-suspension: and it goes round 2000000 times
  // NOTE: move it to a worker, or suspend
  for (unsigned long i = 0; i < 10'000'000; i += 5)
    work();
  co_return;
}

task<> number(long n) {
  long sum = 0;
  // EXPECT: coro-loop-without-suspension: and it goes round as often as 'n' says
  // NOTE: move it to a worker, or suspend
  for (long i = 0; i < n; ++i)
    sum += i * i;
  use(sum);
  co_return;
}

task<> endless() {
  // EXPECT: coro-loop-without-suspension: and it never ends
  // NOTE: move it to a worker, or suspend
  while (true)
    work();
  co_return;
}

task<> after_an_await() {
  co_await child();
  // EXPECT: coro-loop-without-suspension: and it never ends
  // NOTE: move it to a worker, or suspend
  for (;;)
    work();
}

//===- Others end it, and they do not run.

struct service {
  std::atomic<bool> stopped = false;
  volatile bool flag = false;
  bool done = false;
  std::deque<int> queue;
  bool ready() const { return done; }
  bool asks_somebody() const;
  void change();

  task<> atomic() {
    // EXPECT: coro-loop-without-suspension: and only others can end it, by 'stopped'
    // NOTE: let who changes it signal an event, and await that
    while (!stopped)
      work();
    co_return;
  }
  task<> loaded() {
    // EXPECT: coro-loop-without-suspension: by 'stopped'
    // NOTE: let who changes it
    for (;;) {
      if (stopped.load(std::memory_order_acquire))
        break;
      work();
    }
    co_return;
  }
  task<> is_volatile() {
    // EXPECT: coro-loop-without-suspension: by 'flag'
    // NOTE: let who changes it
    while (!flag)
      work();
    co_return;
  }
  task<> plain() {
    // EXPECT: coro-loop-without-suspension: by 'done'
    // NOTE: let who changes it
    while (!done)
      std::this_thread::yield();
    co_return;
  }
  task<> accessor() {
    // EXPECT: coro-loop-without-suspension: by 'done'
    // NOTE: let who changes it
    while (!ready()) {
    }
    co_return;
  }
  task<> empty() {
    // EXPECT: coro-loop-without-suspension: by 'queue'
    // NOTE: let who changes it
    do {
    } while (queue.empty());
    co_return;
  }

  // It changes itself what it asks.
  task<> drains() {
    while (!queue.empty())
      queue.pop_front();
    co_return;
  }
  task<> changes() {
    while (!done)
      change();
    co_return;
  }
  task<> sets() {
    while (!stopped) {
      if (next())
        stopped = true;
    }
    co_return;
  }
  // It asks somebody, who may think it over.
  task<> asks() {
    while (!asks_somebody()) {
    }
    co_return;
  }
  // A lock is held for a few instructions; so is the turn of who is in between.
  task<> exchanges(std::atomic<int> &n) {
    int was = n.load();
    while (!n.compare_exchange_weak(was, was + 1)) {
    }
    co_return;
  }
};

task<> token(std::stop_token stop) {
  // EXPECT: coro-loop-without-suspension: by 'stop'
  // NOTE: let who changes it
  while (!stop.stop_requested())
    work();
  co_return;
}

task<> reference(const bool &done) {
  // EXPECT: coro-loop-without-suspension: by 'done'
  // NOTE: let who changes it
  while (!done) {
  }
  co_return;
}

task<> until_a_time() {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(1);
  // EXPECT: coro-loop-without-suspension: and it ends when a time has come
  // NOTE: await a timer of the loop
  while (std::chrono::steady_clock::now() < end) {
  }
  co_return;
}

//===- A plain function loops.

long crunch(long n) {
  long sum = 0;
  for (long i = 0; i < n; ++i)
    sum += i; // #crunch
  return sum;
}
long twice(long n) { return crunch(n) + crunch(2); }
void wait_for(const std::atomic<bool> &flag) {
  while (!flag) {
  }
}

task<> calls() {
  // EXPECT: coro-loop-without-suspension: nobody else runs while 'twice' loops, and it goes round 50000000 times
  // NOTE: it calls 'crunch'
  // NOTE: the loop is here
  // NOTE: move it to a worker, or suspend
  use(twice(50'000'000));
  use(twice(500));
  co_return;
}
task<> passes_on(long n) {
  // EXPECT: coro-loop-without-suspension: nobody else runs while 'crunch' loops, and it goes round as often as 'n' says
  // NOTE: the loop is here
  // NOTE: move it to a worker, or suspend
  use(crunch(n));
  co_return;
}
task<> changed(long n) {
  n = 5;
  use(crunch(n));
  co_return;
}
task<> spins(std::atomic<bool> &flag) {
  // EXPECT: coro-loop-without-suspension: nobody else runs while 'wait_for' loops, and only others can end it, by 'flag'
  // NOTE: the loop is here
  // NOTE: let who changes it
  wait_for(flag);
  co_return;
}

//===- It awaits, and what it awaits is ready.

task<> nothing() { co_return; }
task<> nothing_more() { co_await nothing(); }

task<> awaits_what_is_ready() {
  // EXPECT: coro-loop-without-suspension: and it never ends
  // NOTE: what it awaits is ready, so that the coroutine is not suspended
  // NOTE: move it to a worker, or suspend
  for (;;)
    co_await ready_now{};
}
task<> awaits_what_never_waits() {
  // EXPECT: coro-loop-without-suspension: and it never ends
  // NOTE: what it awaits is ready
  // NOTE: move it to a worker, or suspend
  for (;;)
    co_await nothing_more();
}
task<> may_wait_a() { co_await child(); }
task<> may_wait_b(bool again) {
  if (again)
    co_await may_wait_b(false);
  co_await may_wait_a();
}
task<> awaits_what_may_wait() {
  for (;;)
    co_await may_wait_b(true);
}

//===- What ends soon, as far as anybody knows.

task<> small() {
  for (int i = 0; i < 1000; ++i)
    work();
  co_return;
}
task<> data(std::vector<int> all, const char *text, int length) {
  for (int each : all)
    use(each);
  for (unsigned i = 0; i < all.size(); ++i)
    use(all[i]);
  // The caller has that many of them.
  long sum = 0;
  for (int i = 0; i < length; ++i)
    sum += text[i];
  use(sum);
  co_return;
}
task<> starts(int workers) {
  std::vector<std::thread> threads;
  // A number of things, each of which costs more than a round.
  for (int i = 0; i < workers; ++i)
    threads.emplace_back(work);
  for (auto &each : threads)
    each.detach();
  co_return;
}
task<> progress() {
  while (true) {
    if (!next())
      break;
  }
  while (next())
    work();
  co_return;
}
task<> looks_for(int what) {
  for (int i = 0; i < 10'000'000; ++i)
    if (i * i == what)
      break;
  co_return;
}
task<> grows(int n) {
  for (int i = 1; i < n; i *= 2)
    work();
  co_return;
}
task<> suspends(long n) {
  for (long i = 0; i < n; ++i)
    co_await child();
  for (;;) {
    for (int i = 0; i < 100; ++i)
      work();
    co_await child();
  }
}

// It is never reached.
task<> unreachable() {
  co_await child();
  for (;;) {
  }
}

// Nobody waits for a plain function, and a generator runs where its caller does.
void plain() {
  for (;;)
    work();
}
