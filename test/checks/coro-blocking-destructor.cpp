// RUN: %check %s

#include "Inputs/task.h"
#include <corolint/annotations.h>
#include <future>
#include <memory>
#include <mutex>
#include <fstream>
#include <thread>
#include <vector>

task<> work();
int compute();
template <class F> task<> to_thread(CORO_OFFLOADS F f) {
  std::thread([f] { f(); }).detach();
  return work();
}
CORO_RESUMES_ON_WORKER std::suspend_always to_worker();

//===- bad

task<> joins_at_the_end() {
  // EXPECT: coro-blocking-destructor: 'thread' blocks the event loop at the end of its scope: 'std::jthread::~jthread'
  // NOTE: instead, let the thread post its result to the loop (std.yaml:
  std::jthread thread(compute);
  co_await work();
}

task<> waits_for_a_future() {
  // EXPECT: coro-blocking-destructor: 'result' blocks the event loop at the end of its scope: 'std::future::~future'
  // NOTE: instead, keep the future until it is ready, or run the call on a worker of the loop (std.yaml:
  auto result = std::async(std::launch::async, compute);
  co_await work();
}

struct pool {
  std::vector<std::thread> threads;
  ~pool() {
    for (std::thread &each : threads)
      each.join();
  }
};
task<> of_somebody_else() {
  // EXPECT: coro-blocking-destructor: 'workers' blocks the event loop at the end of its scope: its destructor calls 'std::thread::join'
  // NOTE: '{{.*}}~pool' calls 'std::thread::join' here
  // NOTE: 'std::thread::join' waits
  pool workers;
  co_await work();
}

struct service {
  std::jthread runner;
};
task<> through_a_member() {
  // EXPECT: coro-blocking-destructor: 's' blocks the event loop at the end of its scope
  // NOTE: calls 'std::jthread::~jthread' here
  // NOTE: 'std::jthread::~jthread'
  service s;
  co_await work();
}

//===- good

task<> joined_elsewhere() {
  std::jthread thread(compute);
  co_await to_thread([&] { thread.join(); });
}

task<> detached() {
  std::jthread thread(compute);
  thread.detach();
  co_await work();
}

std::vector<std::jthread> kept;
task<> handed_on() {
  std::jthread thread(compute);
  kept.push_back(std::move(thread));
  co_await work();
}

task<> on_a_worker() {
  co_await to_worker();
  [] {
    std::jthread thread(compute);
  }();
}

task<> a_future_of_a_promise() {
  std::promise<int> promise;
  auto result = promise.get_future();
  co_await work();
}

task<> of_a_file() {
  std::mutex m;
  std::lock_guard guard(m);
  co_return;
}

void plain() {
  std::jthread thread(compute);
}
