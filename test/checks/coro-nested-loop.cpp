// RUN: %check %s

#include "Inputs/task.h"
#include <corolint/annotations.h>
#include <functional>
#include <future>
#include <mutex>
#include <thread>

// A loop, and what somebody else says of it.
struct loop {
  CORO_STARTS_LOOP void run();
  CORO_STARTS_LOOP bool run_one();
  void stop();
};
loop &main_loop();
template <class T> CORO_STARTS_LOOP T block_on(task<T> t);
CORO_STARTS_LOOP void block_on_void(task<> t);
task<int> load(int id = 0);
task<> save();
template <class F> task<> to_thread(CORO_OFFLOADS F f) {
  std::thread([f] { f(); }).detach();
  return save();
}
CORO_RESUMES_ON_WORKER std::suspend_always to_worker();
CORO_RESUMES_ON_LOOP std::suspend_always to_loop();

//===- bad

task<> turns_the_loop() {
  co_await save();
  // EXPECT: coro-nested-loop: 'loop::run' waits synchronously inside a coroutine, which stops the event loop or deadlocks it: it is annotated as running an event loop
  // NOTE: 'loop::run' is annotated at coro-nested-loop.cpp:
  main_loop().run();
  // EXPECT: coro-nested-loop: 'loop::run_one' waits synchronously inside a coroutine
  // NOTE: 'loop::run_one' is annotated at coro-nested-loop.cpp:
  main_loop().run_one();
}

task<> waits_for_a_task() {
  // EXPECT: coro-nested-loop: 'block_on' waits synchronously inside a coroutine, which stops the event loop or deadlocks it
  // NOTE: 'block_on' is annotated at coro-nested-loop.cpp:
  // FIXED: int n = co_await load(1);
  int n = block_on(load(1));
  // EXPECT: coro-nested-loop: 'block_on_void' waits
  // NOTE: 'block_on_void' is annotated at coro-nested-loop.cpp:
  // FIXED: co_await save();
  block_on_void(save());
  // EXPECT: coro-nested-loop: 'block_on' waits
  // NOTE: 'block_on' is annotated at coro-nested-loop.cpp:
  // FIXED: co_return (void)(n + co_await load());
  co_return (void)(n + block_on(load()));
}

task<> waits_for_a_kept_task() {
  auto t = load();
  co_await save();
  // EXPECT: coro-nested-loop: 'block_on' waits
  // NOTE: 'block_on' is annotated at coro-nested-loop.cpp:
  // FIXED: int n = co_await std::move(t);
  int n = block_on(std::move(t));
  (void)n;
}

// Nobody annotated it: it was given a task, and waits.
task<> waits_by_a_plain_function() {
  // EXPECT: coro-nested-loop: 'sync_wait' waits synchronously inside a coroutine, which stops the event loop or deadlocks it: it calls 'std::counting_semaphore::acquire'
  // NOTE@Inputs/task.h: 'sync_wait' calls 'std::counting_semaphore::acquire' here
  // NOTE@Inputs/task.h: 'std::counting_semaphore::acquire' waits until the semaphore is released
  int n = sync_wait(load());
  co_await async_read(n);
}

void pump() {
  main_loop().run_one(); // #pump
}
void pump_twice() {
  pump(); // #pump_twice
}
task<> turns_it_below() {
  co_await save();
  // EXPECT: coro-nested-loop: 'pump_twice' waits synchronously inside a coroutine, which stops the event loop or deadlocks it: it calls 'pump'
  // NOTE@#pump_twice: 'pump_twice' calls 'pump' here
  // NOTE@#pump: 'pump' calls 'loop::run_one' here
  // NOTE@#pump: 'loop::run_one' is annotated as running an event loop (annotated at
  pump_twice();
}

task<> in_a_lambda_called_here() {
  co_await save();
  [] {
    // EXPECT: coro-nested-loop: 'loop::run' waits
    // NOTE: 'loop::run' is annotated at coro-nested-loop.cpp:
    main_loop().run();
  }();
}

CORO_LOOP_THREAD void on_timer() {
  // EXPECT: coro-nested-loop: 'loop::run_one' waits
  // NOTE: 'on_timer' runs on the thread of the event loop: it is annotated so
  // NOTE: 'loop::run_one' is annotated at coro-nested-loop.cpp:
  main_loop().run_one();
}

started<> in_an_eager_coroutine() {
  // EXPECT: coro-nested-loop: 'block_on' waits
  // NOTE: 'block_on' is annotated at coro-nested-loop.cpp:
  // FIXED: int n = co_await load();
  int n = block_on(load());
  co_await async_read(n);
}

template <class T> task<T> in_a_template() {
  // EXPECT: coro-nested-loop: 'block_on' waits
  // NOTE: 'block_on' is annotated at coro-nested-loop.cpp:
  // FIXED: co_return T(co_await load());
  co_return T(block_on(load()));
}
template task<int> in_a_template();
template task<long> in_a_template();

// One cause, one finding: waiting for a task is not also a blocking call.
template <class T> T wait_in_a_thread(task<T> t) {
  return std::async([&] { return sync_wait(std::move(t)); }).get();
}
task<> waits_once() {
  // EXPECT: coro-nested-loop: 'wait_in_a_thread' waits
  // NOTE: 'wait_in_a_thread' calls 'std::future::get' here
  // NOTE: 'std::future::get' waits until another thread delivers the value
  wait_in_a_thread(load());
  co_return;
}

task<> no_fix_in_a_handler() {
  try {
    co_await save();
  } catch (...) {
    // EXPECT: coro-nested-loop: 'block_on' waits
    // NOTE: 'block_on' is annotated at coro-nested-loop.cpp:
    block_on(load());
  }
}

task<> no_fix_under_a_lock(std::mutex &m) {
  std::lock_guard held(m);
  // EXPECT: coro-nested-loop: 'block_on' waits
  // NOTE: 'block_on' is annotated at coro-nested-loop.cpp:
  block_on(load());
  co_return;
}

//===- good

// Before and after the loop there is none that could be nested.
int main() {
  int n = block_on(load());
  main_loop().run();
  return n + sync_wait(load());
}

// A plain function may be one that main calls.
void run_to_the_end() { main_loop().run(); }
int test_body() { return sync_wait(load()); }

// Another thread's loop.
task<> loop_of_another_thread() {
  std::thread([] { main_loop().run(); }).detach();
  std::jthread worker([] { pump_twice(); });
  co_await to_thread([] { main_loop().run(); });
  // EXPECT: coro-blocking-destructor: 'later' blocks the event loop at the end of its scope
  // NOTE: instead
  auto later = std::async(std::launch::async, [] { return block_on(load()); });
  worker.detach();
}

// On a worker it may wait, until it hops back.
task<> after_a_hop() {
  co_await to_worker();
  block_on(load());
  pump();
  co_await to_loop();
  // EXPECT: coro-nested-loop: 'pump' waits
  // NOTE: 'pump' calls 'loop::run_one' here
  // NOTE: 'loop::run_one' is annotated
  pump();
}

// Somebody accepts it, and says why.
task<> accepted() {
  CORO_ALLOW_BLOCKING("the loop has not begun")
  block_on(load());
  co_await save();
}

task<> suppressed() {
  co_await save();
  main_loop().run_one(); // NOLINT(coro-nested-loop)
  // NOLINTNEXTLINE(coro-nested-loop)
  main_loop().run_one();
  // NOLINTBEGIN(coro-nested-loop)
  main_loop().run_one();
  pump_twice();
  // NOLINTEND(coro-nested-loop)
}

// Telling a loop something is not turning it.
task<> talks_to_the_loop() {
  co_await save();
  main_loop().stop();
}

// A lambda that nobody is known to call.
void keep(std::function<void()> f);
task<> hands_it_away() {
  co_await save();
  keep([] { main_loop().run(); });
}

task<> unevaluated() {
  co_await save();
  using result = decltype(block_on(load()));
  static_assert(noexcept(main_loop().run()) == false);
  (void)result();
}

// A lambda that never suspends, in a plain function: nothing says that it runs on that loop, and it
// may be the one that drives it, beside a `when_all`.
void drives_the_loop() {
  block_on([]() -> task<> {
    main_loop().run();
    co_return;
  }());
}

// A generator runs in its caller's context.
generator<int> values() {
  main_loop().run();
  co_yield 1;
}
