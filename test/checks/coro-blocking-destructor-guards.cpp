// Destructors that sleep, run a guard's callable, or wait for what is kept in a container or a
// member; and locals that are merely named where something is awaited.
//
// RUN: %check %s

#include "Inputs/task.h"
#include <corolint/annotations.h>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <thread>
#include <vector>

using namespace std::chrono_literals;
CORO_BLOCKING("wait elsewhere") void block();
CORO_STARTS_LOOP void turn();
task<> work();
int compute();
void pause_a_little() { std::this_thread::sleep_for(1ms); } // #pause

//===- bad

struct backs_off {
  ~backs_off() { pause_a_little(); } // #backs_off
};
struct turns {
  ~turns() { turn(); } // #turns
};
task<> sleeps() {
  // EXPECT: coro-blocking-destructor: 'b' blocks the event loop at the end of its scope: its destructor calls 'pause_a_little'
  // NOTE@#backs_off: calls 'pause_a_little' here
  // NOTE@#pause: calls 'std::this_thread::sleep_for' here
  // NOTE@#pause: 'std::this_thread::sleep_for'
  backs_off b;
  // EXPECT: coro-nested-loop: the destructor of 't' waits synchronously inside a coroutine, which stops the event loop or deadlocks it: it calls 'turn'
  // NOTE@#turns: calls 'turn' here
  // NOTE@#turns: 'turn'
  turns t;
  co_await work();
}

template <class F> struct guard {
  F f;
  explicit guard(F f) : f(std::move(f)) {}
  ~guard() { f(); } // #guard
};
struct any_guard {
  std::function<void()> f;
  ~any_guard() {
    if (f)
      f();
  }
};
task<> guards(int *memory) {
  // EXPECT: coro-blocking-destructor: 'g' blocks the event loop at the end of its scope
  // NOTE@#guard: calls
  // NOTE@#g: calls 'block' here
  // NOTE@#g: 'block' is annotated
  guard g([] { block(); }); // #g
  // EXPECT: coro-blocking-destructor: 'a' blocks the event loop at the end of its scope
  // NOTE@#a: calls 'block' here
  // NOTE@#a: 'block' is annotated
  any_guard a{[] { block(); }}; // #a
  auto deleter = [](int *) { block(); }; // #deleter
  // EXPECT: coro-blocking-destructor: 'p' blocks the event loop at the end of its scope
  // NOTE@#deleter: calls 'block' here
  // NOTE@#deleter: 'block' is annotated
  std::unique_ptr<int, decltype(deleter)> p(memory, deleter);
  co_await work();
}

// What a unique_ptr calls instead of deleting: a function that it was made with, or a class.
struct closes_pipe {
  void operator()(FILE *f) const { pclose(f); } // #closes_pipe
};
template <auto F> struct calls {
  template <class T> void operator()(T *p) const { F(p); }
};
struct reader {
  std::unique_ptr<FILE, closes_pipe> pipe;
};
task<> owned_pipes(const char *command) {
  // EXPECT: coro-blocking-destructor: 'f' blocks the event loop at the end of its scope: 'pclose' waits
  // NOTE: instead
  std::unique_ptr<FILE, decltype(&pclose)> f(popen(command, "r"), &pclose);
  // EXPECT: coro-blocking-destructor: 'g' blocks the event loop at the end of its scope: 'pclose' waits
  // NOTE: instead
  auto g = std::unique_ptr<FILE, int (*)(FILE *)>(popen(command, "r"), pclose);
  // EXPECT: coro-blocking-destructor: 'h' blocks the event loop at the end of its scope: its destructor calls 'pclose'
  // NOTE@#closes_pipe: calls 'pclose' here
  // NOTE@#closes_pipe: 'pclose'
  std::unique_ptr<FILE, closes_pipe> h(popen(command, "r"));
  // EXPECT: coro-blocking-destructor: 'i' blocks the event loop at the end of its scope: 'pclose' waits
  // NOTE: instead
  std::unique_ptr<FILE, calls<pclose>> i(popen(command, "r"));
  // EXPECT: coro-blocking-destructor: 'j' blocks the event loop at the end of its scope: 'pclose' waits
  // NOTE: instead
  std::unique_ptr<FILE, std::integral_constant<decltype(&pclose), &pclose>> j(popen(command, "r"));
  // EXPECT: coro-blocking-destructor: 'later' blocks the event loop at the end of its scope: 'pclose' waits
  // NOTE: instead
  std::unique_ptr<FILE, decltype(&pclose)> later(nullptr, &pclose);
  later.reset(popen(command, "r"));
  // EXPECT: coro-blocking-destructor: 'r' blocks the event loop at the end of its scope: its destructor calls 'pclose'
  // NOTE@#closes_pipe: calls 'pclose' here
  // NOTE@#closes_pipe: 'pclose'
  reader r{std::unique_ptr<FILE, closes_pipe>(popen(command, "r"))};
  co_await work();
}

struct loop_thread {
  std::thread thread;
  int *loop();
  ~loop_thread() { thread.join(); } // #loop_thread
};
task<> on(int *, task<>);
task<> on(loop_thread &, task<>);
read_operation ended(loop_thread &);
task<> only_named() {
  // EXPECT: coro-blocking-destructor: 't' blocks the event loop at the end of its scope
  // NOTE@#loop_thread: calls 'std::thread::join' here
  // NOTE@#loop_thread: 'std::thread::join'
  loop_thread t;
  co_await on(t.loop(), work());
  co_await on(t, work());
}

struct job {
  std::future<int> result;
};
task<> kept() {
  // EXPECT: coro-blocking-destructor: 'all' blocks the event loop at the end of its scope: 'std::future::~future'
  // NOTE: instead
  std::vector<std::future<int>> all;
  all.push_back(std::async(std::launch::async, compute));
  // EXPECT: coro-blocking-destructor: 'later' blocks the event loop at the end of its scope: 'std::future::~future'
  // NOTE: instead
  std::future<int> later;
  later = std::async(compute);
  // EXPECT: coro-blocking-destructor: 'j' blocks the event loop at the end of its scope: 'std::future::~future'
  // NOTE: instead
  job j;
  j.result = std::async(compute);
  // EXPECT: coro-blocking-destructor: 'shared' blocks the event loop at the end of its scope: 'std::shared_future::~shared_future'
  // NOTE: instead
  auto shared = std::async(compute).share();
  // EXPECT: coro-blocking-destructor: 'threads' blocks the event loop at the end of its scope: 'std::jthread::~jthread'
  // NOTE: instead
  std::vector<std::jthread> threads;
  threads.emplace_back(compute);
  // EXPECT: coro-blocking-destructor: 'maybe' blocks the event loop at the end of its scope: 'std::jthread::~jthread'
  // NOTE: instead
  std::optional<std::jthread> maybe(compute);
  co_await work();
}

// A pool of one's own: as many threads as it is told, and a count of zero starts none.
struct loop_runner {
  void run();
};
struct thread_pool {
  std::vector<std::thread> threads;
  thread_pool(loop_runner &loop, unsigned count) {
    for (unsigned i = 0; i < count; ++i)
      threads.emplace_back([&loop] { loop.run(); });
  }
  ~thread_pool() {
    for (auto &thread : threads)
      thread.join(); // #thread_pool
  }
};
struct timed_pool {
  std::vector<std::thread> threads;
  timed_pool(loop_runner &loop, unsigned count) : timed_pool(loop) {
    while (threads.size() < count)
      threads.emplace_back([&loop] { loop.run(); });
  }
  explicit timed_pool(loop_runner &loop) {
    threads.emplace_back([&loop] { loop.run(); }); // whatever the count
  }
  ~timed_pool() {
    for (auto &thread : threads)
      thread.join(); // #timed_pool
  }
};
/// Zero stands for a count of its own.
struct sized_pool {
  std::vector<std::thread> threads;
  sized_pool(loop_runner &loop, unsigned count) {
    if (count == 0)
      count = std::thread::hardware_concurrency();
    for (unsigned i = 0; i < count; ++i)
      threads.emplace_back([&loop] { loop.run(); });
  }
  ~sized_pool() {
    for (auto &thread : threads)
      thread.join(); // #sized_pool
  }
};
/// One thread is started by an initialiser, without a lambda.
struct watched_pool {
  std::vector<std::thread> threads;
  std::thread watcher;
  static void watch();
  watched_pool(loop_runner &loop, unsigned count) : watcher(&watched_pool::watch) {
    for (unsigned i = 0; i < count; ++i)
      threads.emplace_back([&loop] { loop.run(); });
  }
  ~watched_pool() {
    watcher.join(); // #watched_pool
    for (auto &thread : threads)
      thread.join();
  }
};
/// A function of its own starts one.
struct helped_pool {
  std::vector<std::thread> threads;
  helped_pool(loop_runner &loop, unsigned count) {
    start(loop);
    for (unsigned i = 0; i < count; ++i)
      start(loop);
  }
  void start(loop_runner &loop) {
    threads.emplace_back([&loop] { loop.run(); });
  }
  ~helped_pool() {
    for (auto &thread : threads)
      thread.join(); // #helped_pool
  }
};
task<> started_with_zero(loop_runner &loop) {
  // EXPECT: coro-blocking-destructor: 'cores' blocks the event loop at the end of its scope
  // NOTE@#sized_pool: calls 'std::thread::join' here
  // NOTE@#sized_pool: 'std::thread::join'
  sized_pool cores(loop, 0);
  // EXPECT: coro-blocking-destructor: 'watched' blocks the event loop at the end of its scope
  // NOTE@#watched_pool: calls 'std::thread::join' here
  // NOTE@#watched_pool: 'std::thread::join'
  watched_pool watched(loop, 0);
  // EXPECT: coro-blocking-destructor: 'helped' blocks the event loop at the end of its scope
  // NOTE@#helped_pool: calls 'std::thread::join' here
  // NOTE@#helped_pool: 'std::thread::join'
  helped_pool helped(loop, 0);
  co_await work();
}
task<> pools(loop_runner &loop, unsigned count) {
  // EXPECT: coro-blocking-destructor: 'two' blocks the event loop at the end of its scope
  // NOTE@#thread_pool: calls 'std::thread::join' here
  // NOTE@#thread_pool: 'std::thread::join'
  thread_pool two(loop, 2);
  // EXPECT: coro-blocking-destructor: 'many' blocks the event loop at the end of its scope
  // NOTE@#thread_pool: calls 'std::thread::join' here
  // NOTE@#thread_pool: 'std::thread::join'
  thread_pool many(loop, count);
  // EXPECT: coro-blocking-destructor: 'one' blocks the event loop at the end of its scope
  // NOTE@#timed_pool: calls 'std::thread::join' here
  // NOTE@#timed_pool: 'std::thread::join'
  timed_pool one(loop, 0);
  co_await work();
}

//===- good

/// With zero it leaves before anything is started.
struct inline_pool {
  std::vector<std::thread> threads;
  inline_pool(loop_runner &loop, unsigned count) {
    if (count == 0) [[unlikely]] {
      return;
    }
    add(loop);
    for (unsigned i = 1; i < count; ++i)
      add(loop);
  }
  void add(loop_runner &loop) {
    threads.emplace_back([&loop] { loop.run(); });
  }
  ~inline_pool() {
    for (auto &thread : threads)
      thread.join();
  }
};
task<> runs_inline(loop_runner &loop) {
  inline_pool none(loop, 0);
  co_await work();
}
task<> no_threads(loop_runner &loop) {
  thread_pool none(loop, 0);
  thread_pool braces{loop, 0u};
  co_await work();
}
task<> waited_for(std::promise<int> &p) {
  loop_thread t;
  co_await on(t.loop(), work());
  co_await ended(t);
  std::jthread empty;
  std::vector<std::jthread> nothing;
  std::optional<std::jthread> none;
  std::vector<std::future<int>> promised;
  promised.push_back(p.get_future());
  auto later = std::async(std::launch::deferred, compute);
  auto polled = std::async(std::launch::async, compute);
  while (polled.wait_for(0s) != std::future_status::ready)
    co_await work();
}

// Nothing is owned, it is given away, or what it calls does not wait: not even for the thread that
// it leads to.
struct leaves {
  void operator()(std::jthread *) const {}
};
task<> harmless_deleters(std::jthread &thread, std::unique_ptr<FILE, closes_pipe> &owner, FILE *opened) {
  std::unique_ptr<FILE, decltype(&pclose)> nothing(nullptr, &pclose);
  std::unique_ptr<FILE, closes_pipe> empty;
  std::unique_ptr<FILE, closes_pipe> moved(popen("true", "r"));
  owner = std::move(moved);
  std::unique_ptr<FILE, closes_pipe> released(popen("true", "r"));
  FILE *f = released.release();
  std::unique_ptr<FILE, decltype(&fclose)> file(opened, &fclose);
  std::unique_ptr<std::jthread, leaves> borrowed(&thread);
  std::unique_ptr<void, calls<free>> memory(malloc(1));
  co_await work();
  owner.reset(f);
}
task<> handed_on(std::vector<std::jthread> &owner) {
  guard g([] { compute(); });
  std::unique_ptr<int> plain;
  std::vector<std::jthread> threads;
  threads.emplace_back(compute);
  owner = std::move(threads);
  co_await work();
}

/// It is resumed by the thread that its destructor joins.
struct on_a_thread {
  std::thread thread;
  bool await_ready() { return false; }
  void await_suspend(std::coroutine_handle<> h) { thread = std::thread(h); }
  void await_resume() {}
  ~on_a_thread() {
    if (thread.joinable())
      thread.join();
  }
};
task<> through_a_child(on_a_thread &o) { co_await o; }
task<> one_shots() {
  on_a_thread a;
  co_await a;
  on_a_thread b;
  co_await through_a_child(b);
  on_a_thread never_started;
}
