// RUN: %check %s --profile=strict

#include "Inputs/task.h"
#include <atomic>
#include <chrono>
#include <corolint/annotations.h>
#include <deque>
#include <memory>
#include <optional>

using namespace std::chrono_literals;

task<> pause(std::chrono::milliseconds time); // it is told a time, and nothing else
CORO_PAUSES task<> give_way();
CORO_REPLACES("usleep") task<> micro_sleep(int n);
struct pool {
  task<> schedule();
};
task<int> ask_status();
task<> flush();
void log(int);
bool asks();

bool global_done = false;

class inbox {
public:
  task<int> pop() {
    // EXPECT: coro-busy-wait: the coroutine wakes up again and again until 'items' has changed
    // NOTE: it sleeps here, and then asks again
    // NOTE: 'items' is declared here
    // NOTE: await an event that is signalled where 'items' changes
    while (items.empty())
      co_await pause(10ms);
    const int first = items.front();
    items.pop_front();
    co_return first;
  }
  task<> until_closed() {
    // EXPECT: coro-busy-wait: until 'closed' has changed
    // NOTE: it sleeps here
    // NOTE: 'closed' is declared here
    // NOTE: await an event
    for (;;) {
      if (is_closed())
        break;
      co_await give_way();
    }
  }
  task<> until_ready(const inbox *other) {
    // EXPECT: coro-busy-wait: until 'ready' has changed
    // NOTE: it sleeps here
    // NOTE: 'ready' is declared here
    // NOTE: await an event
    do
      co_await micro_sleep(100);
    while (!other->ready.load() && !closed);
  }
  bool is_closed() const { return closed; }

private:
  std::deque<int> items;
  bool closed = false;
  std::atomic<bool> ready = false;
};

task<> on_a_pool(pool &workers, bool &done) {
  // EXPECT: coro-busy-wait: until 'done' has changed
  // NOTE: it sleeps here
  // NOTE: 'done' is declared here
  // NOTE: await an event
  while (!done)
    co_await workers.schedule();
}

task<> global() {
  // EXPECT: coro-busy-wait: until 'global_done' has changed
  // NOTE: it sleeps here
  // NOTE: 'global_done' is declared here
  // NOTE: await an event
  while (!global_done) {
    co_await pause(1ms);
    continue;
  }
}

// What it does on its way out it does once.
task<> once(std::optional<int> &result) {
  // EXPECT: coro-busy-wait: until 'result' has changed
  // NOTE: it sleeps here
  // NOTE: 'result' is declared here
  // NOTE: await an event
  while (true) {
    if (result.has_value()) {
      log(*result);
      co_await flush();
      co_return;
    }
    co_await pause(5ms);
  }
}

task<> of_a_lambda() {
  bool done = false;
  auto set = [&done] { done = true; };
  // EXPECT: coro-busy-wait: until 'done' has changed
  // NOTE: it sleeps here
  // NOTE: 'done' is declared here
  // NOTE: await an event
  while (!done)
    co_await pause(1ms);
  set();
}

//===- A timer of Asio's, set by hand.

namespace asio {
struct use_awaitable_t {};
class steady_timer {
public:
  steady_timer();
  void expires_after(std::chrono::milliseconds time);
  CORO_PAUSES task<> async_wait(use_awaitable_t how);
};
} // namespace asio

task<> with_a_timer(std::atomic<int> &count) {
  asio::steady_timer timer;
  // EXPECT: coro-busy-wait: until 'count' has changed
  // NOTE: it sleeps here
  // NOTE: 'count' is declared here
  // NOTE: await an event
  while (count < 3) {
    timer.expires_after(10ms);
    co_await timer.async_wait({});
  }
}

// It never expires: it is an event, and who changes the state cancels it.
task<> as_an_event(asio::steady_timer &changed, std::deque<int> &items) {
  while (items.empty())
    co_await changed.async_wait({});
}

//===- What is no busy wait.

class server {
public:
  // There is no event for what a peer thinks.
  task<> remote() {
    while (co_await ask_status() != 1)
      co_await pause(1000ms);
  }
  // Nor for what a function asks that nobody sees.
  task<> asked() {
    while (!asks())
      co_await pause(1000ms);
  }
  // It works in between: once in a while is what it is for.
  task<> periodic() {
    while (!stopped) {
      co_await flush();
      co_await pause(1000ms);
    }
  }
  task<> periodic_call() {
    while (!stopped) {
      log(1);
      co_await pause(1000ms);
    }
  }
  // It tries a number of times, and more and more rarely.
  task<> attempts() {
    for (int attempt = 0; attempt != 10 && !stopped; ++attempt)
      co_await pause(10ms);
    int left = 10;
    while (!stopped && left > 0) {
      --left;
      co_await pause(10ms);
    }
  }
  task<> backoff() {
    auto time = 10ms;
    while (!stopped) {
      co_await pause(time);
      time *= 2;
    }
  }
  task<> until_late(std::chrono::steady_clock::time_point end) {
    while (!stopped && std::chrono::steady_clock::now() < end)
      co_await pause(10ms);
  }
  // It waits for a time, or forever.
  task<> for_ever() {
    for (;;)
      co_await pause(1000ms);
  }
  // It changes itself what it asks.
  task<> drains(std::deque<int> items) {
    while (!items.empty()) {
      items.pop_front();
      co_await pause(10ms);
    }
  }
  // Nobody can change that.
  task<> constant(bool done) {
    while (!done)
      co_await pause(10ms);
  }

private:
  bool stopped = false;
};
