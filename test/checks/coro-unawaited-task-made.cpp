// What a task is, is decided by how this one was made: by the promise that its call selects, and by
// what was done with the coroutine since.
//
// RUN: %check %s

#include "Inputs/task.h"
#include <coroutine>
#include <optional>
#include <type_traits>
#include <utility>

void schedule(std::coroutine_handle<>);
task<> step();
struct operation {
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  void await_resume();
};

//===- started, and a handle given back

namespace starts {
struct promise {
  using handle = std::coroutine_handle<promise>;
  struct object {
    handle h;
  };
  object get_return_object();
  std::suspend_always initial_suspend() noexcept { return {}; }
  std::suspend_always final_suspend() noexcept { return {}; }
  void return_void();
  void unhandled_exception();
};
struct started : operation {
  using promise_type = promise;
  promise::handle h;
  explicit started(promise::handle);
  started(promise::object);
};
struct lazy : operation {
  using promise_type = promise;
  promise::handle h;
  lazy(promise::object);
  started start() && {
    schedule(h);
    return started{std::exchange(h, {})};
  }
  started start_elsewhere() &&;
  started resume_now() && {
    h.resume();
    return started(h);
  }
};
lazy work();
started spawn(lazy);
started launch() { return work().start(); }

int main() {
  (void)work().start();
  work().start_elsewhere();
  work().resume_now();
  spawn(work());
  launch();
  return 0;
}
task<> kept() {
  auto a = work().start();
  auto b = launch();
  auto c = spawn(work());
  co_await step();
}
task<> not_started() {
  // EXPECT: coro-unawaited-task: 'starts::work' never runs: its task is not awaited
  // NOTE: 'starts::lazy' is lazy
  // FIXED: co_await work();
  work();
  // EXPECT: coro-unawaited-task: 'starts::work' never runs: its task is kept in 'a'
  // NOTE: 'starts::lazy' is lazy
  auto a = work();
  co_return;
}
} // namespace starts

// The promise makes objects of another class: this one only stands for them.
namespace stands_for {
struct promise;
struct lazy : operation {
  using promise_type = promise;
};
struct promise {
  lazy get_return_object();
  std::suspend_always initial_suspend() noexcept { return {}; }
  std::suspend_always final_suspend() noexcept { return {}; }
  void return_void();
  void unhandled_exception();
};
struct ticket : operation {
  using promise_type = promise;
  explicit ticket(std::coroutine_handle<promise>);
};
ticket enqueue();
void drops() { enqueue(); }
} // namespace stands_for

//===- a tag selects another promise, whose coroutine owns itself

namespace tagged {
struct keep_running {};
template <class T> struct future;
template <class T, bool Cancellable> struct promise {
  future<T> get_return_object();
  std::suspend_never initial_suspend() noexcept { return {}; }
  std::suspend_never final_suspend() noexcept { return {}; }
  void return_value(T);
  void unhandled_exception();
};
template <class T> struct future {
  void *state;
  future(future &&);
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  T await_resume();
};
template <class... Args>
inline constexpr bool has_tag = (false || ... || std::is_same_v<Args, keep_running>);
} // namespace tagged
template <class T, class... Args> struct std::coroutine_traits<tagged::future<T>, Args...> {
  using promise_type = tagged::promise<T, !tagged::has_tag<Args...>>;
};
namespace tagged {
future<int> plain(int);
future<int> plain_here(int) { co_return 1; }
future<int> marked(keep_running, int);
future<int> marked_here(keep_running, int) { co_return 1; }
template <class T> future<T> keep(future<T> f, keep_running = {}) { co_return co_await f; }
template <class T> future<T> keep_elsewhere(keep_running, future<T> f);
template <class T> future<T> wrapped(future<T> f) {
  return keep_elsewhere(keep_running(), std::move(f));
}
task<> consents() {
  marked({}, 1);
  marked_here({}, 1);
  keep(plain(1));
  keep_elsewhere(keep_running(), plain(1));
  wrapped(plain(1));
  auto kept = marked({}, 2);
  co_await step();
}
task<> does_not() {
  // EXPECT: coro-unawaited-task: the task of 'tagged::plain' is dropped
  // NOTE: 'tagged::future' is declared here
  // FIXED: co_await plain(1);
  plain(1);
  // EXPECT: coro-unawaited-task: the task of 'tagged::plain_here' is dropped
  // NOTE: 'tagged::future' is declared here
  // FIXED: co_await plain_here(1);
  plain_here(1);
  co_return;
}
} // namespace tagged

namespace tagged_by_specialisation {
struct detach_t {};
struct fiber : operation {
  struct promise_type {
    fiber get_return_object();
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void();
    void unhandled_exception();
  };
};
struct own_promise : fiber::promise_type {};
} // namespace tagged_by_specialisation
template <class... Args>
struct std::coroutine_traits<tagged_by_specialisation::fiber, tagged_by_specialisation::detach_t,
                             Args...> {
  using promise_type = tagged_by_specialisation::own_promise;
};
namespace tagged_by_specialisation {
struct harmless {};
fiber plain(int);
fiber other_tag(harmless, int);
fiber detached(detach_t, int);
fiber detached_here(detach_t) { co_return; }
task<> f() {
  detached({}, 1);
  detached_here({});
  // EXPECT: coro-unawaited-task: the task of 'tagged_by_specialisation::plain' is dropped
  // NOTE: 'tagged_by_specialisation::fiber' is declared here
  // FIXED: co_await plain(1);
  plain(1);
  // EXPECT: coro-unawaited-task: the task of 'tagged_by_specialisation::other_tag' is dropped
  // NOTE: 'tagged_by_specialisation::fiber' is declared here
  // FIXED: co_await other_tag({}, 1);
  other_tag({}, 1);
  co_return;
}
} // namespace tagged_by_specialisation

//===- what an awaited hop gives

namespace ways_back {
struct back : operation {};
struct [[nodiscard]] must_return : operation {};
struct enter_operation {
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  back await_resume();
};
struct strict_enter_operation {
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  must_return await_resume();
};
enter_operation enter();
strict_enter_operation enter_strictly();
task<back> enter_as_a_task();
task<task<>> gives_a_task();
task<started<>> gives_a_started_task();
task<> offers() {
  co_await enter();
  co_await enter_as_a_task();
  auto way = co_await enter();
  auto other = co_await enter_as_a_task();
}
task<> obliges() {
  // EXPECT: coro-unawaited-task: what 'co_await' returns here is to be awaited, and is dropped
  // NOTE: 'ways_back::must_return' is declared here
  // FIXED: co_await co_await enter_strictly();
  co_await enter_strictly();
  // EXPECT: coro-unawaited-task: 'ways_back::enter' is not waited for: what it returns is not awaited
  // NOTE: 'ways_back::enter_operation' is declared here
  enter();
}
task<> kept_from_an_await() {
  // EXPECT: coro-unawaited-task: what 'co_await' returns here never runs: it is another task, which is kept in 't', and no path awaits it
  // NOTE: 'task' is lazy
  auto t = co_await gives_a_task();
  // EXPECT: coro-unawaited-task: what 'co_await' returns here is a task that is kept in 's', and no path awaits it
  // NOTE: 'started' is declared here
  auto s = co_await gives_a_started_task();
  auto used = co_await gives_a_task();
  co_await std::move(used);
}
} // namespace ways_back

//===- what is lost

namespace losses {
void push(int);
operation fork(int n) {
  push(n);
  return {};
}
operation quiet() { return {}; }
operation hidden();
task<int> co_lock();
task<int> co_lock_shared();
task<> test_lock_destructor();
task<> f(async_mutex &m) {
  // EXPECT: coro-unawaited-task: nobody waits for what 'losses::fork' starts: what it returns is not awaited
  // NOTE: 'operation' is declared here
  // FIXED: co_await fork(1);
  fork(1);
  // EXPECT: coro-unawaited-task: 'losses::quiet' has no effect: what it returns is not awaited
  // NOTE: 'operation' is declared here
  // FIXED: co_await quiet();
  quiet();
  // EXPECT: coro-unawaited-task: 'losses::hidden' is not waited for: what it returns is not awaited
  // NOTE: 'operation' is declared here
  // FIXED: co_await hidden();
  hidden();
  // EXPECT: coro-unawaited-task: nobody waits for what 'losses::fork' starts: what it returns is kept in 'a', and no path awaits it
  // NOTE: 'operation' is declared here
  auto a = fork(2);
  // EXPECT: coro-unawaited-task: 'async_mutex::scoped_lock' locks nothing: what it returns is not awaited; what follows runs unlocked
  // NOTE: 'async_mutex::lock_operation' is declared here
  m.scoped_lock();
  // EXPECT: coro-unawaited-task: 'losses::co_lock_shared' never runs: its task is not awaited; what follows runs unlocked
  // NOTE: 'task' is lazy
  // FIXED: co_await co_lock_shared();
  co_lock_shared();
  // What tests or names a lock takes none.
  // EXPECT: coro-unawaited-task: 'losses::test_lock_destructor' never runs: its task is not awaited
  // NOTE: 'task' is lazy
  // FIXED: co_await test_lock_destructor();
  test_lock_destructor();
  // EXPECT: coro-unawaited-task: 'losses::co_lock' locks nothing: what it returns is kept in 'held', and no path awaits it; what follows runs unlocked
  // NOTE: 'task' is lazy
  // FIXED: auto held = co_await co_lock();
  auto held = co_lock();
  co_return;
}
} // namespace losses

//===- kept in other ways

namespace kept_together {
struct both {
  task<> first;
  int number;
};
task<> f(bool b) {
  // EXPECT: coro-unawaited-task: 'step' never runs: its task is kept in 'arm', and no path awaits it
  // NOTE: 'task' is lazy
  auto arm = b ? step() : step();
  // EXPECT: coro-unawaited-task: 'step' never runs: its task is kept in 'pair', and no path takes it out and awaits it
  // NOTE: 'task' is lazy
  auto pair = std::pair(step(), step());
  // EXPECT: coro-unawaited-task: 'step' never runs: its task is kept in 'part'
  // NOTE: 'task' is lazy
  both part{step(), 1};
  // EXPECT: coro-unawaited-task: 'step' never runs: its task is kept in 'i'
  // NOTE: 'task' is lazy
  if (auto i = step(); b) {
  }
  // EXPECT: coro-unawaited-task: 'step' never runs: its task is kept in 'comma'
  // NOTE: 'task' is lazy
  auto comma = (schedule({}), step());
  // EXPECT: coro-unawaited-task: 'step' never runs: its task is kept in 'maybe', and no path takes it out and awaits it
  // NOTE: 'task' is lazy
  std::optional<task<>> maybe(step());
  co_return;
}
task<> used(bool b) {
  auto arm = b ? step() : step();
  co_await std::move(arm);
  auto pair = std::pair(step(), step());
  co_await std::move(pair.first);
  both part{step(), 1};
  co_await std::move(part.first);
  if (auto i = step(); b)
    co_await std::move(i);
  std::optional<task<>> maybe(step());
  co_await std::move(*maybe);
  auto swapped = std::exchange(arm, step());
  co_await std::move(swapped);
}
} // namespace kept_together
