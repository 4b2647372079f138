// RUN: %check %s -- -pthread

#include "Inputs/task.h"
#include <algorithm>
#include <corolint/annotations.h>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

task<> work();
task<int> load(int id);
started<> start();
detached fire();
void touch();
void enqueue(std::function<void()> callback);
void on_message(std::function<void(const std::string &)> callback);

//===- bad: a function object of the C++ library

void argument() {
  // EXPECT: coro-discarding-callback: the lambda returns a task, and 'std::function<void ()>', which returns nothing, drops it: it never runs
  // NOTE@Inputs/task.h: 'task' is lazy: 'initial_suspend' of 'task::promise_type' suspends
  // NOTE: give it a function that hands the task to who runs it, as the library's 'spawn' does
  enqueue([]() -> task<> { co_await work(); });
  // No coroutine itself.
  // EXPECT: coro-discarding-callback: the lambda returns a task
  // NOTE: 'task' is lazy
  // NOTE: give it
  enqueue([] { return work(); });
  // EXPECT: coro-discarding-callback: 'work' returns a task, and 'std::function<void ()>'
  // NOTE: 'task' is lazy
  // NOTE: give it
  enqueue(work);
  // EXPECT: coro-discarding-callback: 'work' returns a task
  // NOTE: 'task' is lazy
  // NOTE: give it
  enqueue(&work);
  // EXPECT: coro-discarding-callback: 'load' returns a task
  // NOTE: 'task' is lazy
  // NOTE: give it
  enqueue(std::bind(load, 1));
  // EXPECT: coro-discarding-callback: the lambda returns a task, and 'std::function<void (const std::string &)>'
  // NOTE: 'task' is lazy
  // NOTE: give it
  on_message([](const std::string &) -> task<> { co_return; });
  // EXPECT: coro-discarding-callback: the lambda returns a task
  // NOTE: 'task' is lazy
  // NOTE: give it
  on_message([](auto &&) -> task<> { co_return; });
}

// Eager: it runs, and nobody hears how it ends.
void eager() {
  // EXPECT: coro-discarding-callback: the lambda returns a task, and 'std::function<void ()>', which returns nothing, drops it: nobody learns when it is done or how it failed
  // NOTE@Inputs/task.h: 'started' is declared here
  // NOTE: give it
  enqueue([]() -> started<> { co_return; });
  // EXPECT: coro-discarding-callback: 'start' returns a task
  // NOTE: 'started' is declared here
  // NOTE: give it
  enqueue(start);
}

struct functor {
  task<> operator()() const;
};
struct service {
  task<> run();
  std::function<void()> on_close;
  std::vector<std::function<void()>> all;
  std::map<int, std::function<void()>> by_id;
  std::optional<std::function<void()>> last;

  // EXPECT: coro-discarding-callback: the lambda returns a task
  // NOTE: 'task' is lazy
  // NOTE: give it
  service() : on_close([this] { return run(); }) {}

  void every_form() {
    // EXPECT: coro-discarding-callback: the lambda returns a task
    // NOTE: 'task' is lazy
    // NOTE: give it
    std::function<void()> local = [this]() -> task<> { co_await run(); };
    // EXPECT: coro-discarding-callback: the lambda returns a task
    // NOTE: 'task' is lazy
    // NOTE: give it
    on_close = [this] { return run(); };
    // EXPECT: coro-discarding-callback: 'functor::operator()' returns a task
    // NOTE: 'task' is lazy
    // NOTE: give it
    on_close = functor();
    // EXPECT: coro-discarding-callback: 'service::run' returns a task
    // NOTE: 'task' is lazy
    // NOTE: give it
    std::function<void(service &)> member = &service::run;
    // EXPECT: coro-discarding-callback: the lambda returns a task
    // NOTE: 'task' is lazy
    // NOTE: give it
    all.push_back([this] { return run(); });
    // EXPECT: coro-discarding-callback: the lambda returns a task
    // NOTE: 'task' is lazy
    // NOTE: give it
    all.emplace_back([this] { return run(); });
    // EXPECT: coro-discarding-callback: the lambda returns a task
    // NOTE: 'task' is lazy
    // NOTE: give it
    by_id[1] = [this] { return run(); };
    // EXPECT: coro-discarding-callback: the lambda returns a task
    // NOTE: 'task' is lazy
    // NOTE: give it
    by_id.emplace(2, [this] { return run(); });
    // EXPECT: coro-discarding-callback: the lambda returns a task
    // NOTE: 'task' is lazy
    // NOTE: give it
    last = [this] { return run(); };
    auto named = [this] { return run(); };
    // EXPECT: coro-discarding-callback: 'named' returns a task
    // NOTE: 'task' is lazy
    // NOTE: give it
    enqueue(named);
    std::function<task<>()> typed = [this] { return run(); };
    // EXPECT: coro-discarding-callback: 'typed' returns a task
    // NOTE: 'task' is lazy
    // NOTE: give it
    enqueue(typed);
  }
};

task<> in_a_coroutine() {
  // EXPECT: coro-discarding-callback: the lambda returns a task
  // NOTE: 'task' is lazy
  // NOTE: give it
  enqueue([]() -> task<> { co_await work(); });
  co_await work();
}

//===- bad: somebody else's, by their template argument

template <class Signature> class any_callback;
template <class R, class... A> class any_callback<R(A...)> {
public:
  template <class F> any_callback(F f) {}
  template <class F> any_callback &operator=(F f) { return *this; }
};
struct handler : any_callback<void(int)> {
  using any_callback::any_callback;
};
class signal {
public:
  void connect(any_callback<void(int)> slot);
};
template <class F> void post(F &&f) { enqueue(std::function<void()>(std::forward<F>(f))); }

void other_callables(signal &changed) {
  // EXPECT: coro-discarding-callback: the lambda returns a task, and 'any_callback<void (int)>', which returns nothing, drops it: it never runs
  // NOTE: 'task' is lazy
  // NOTE: give it
  changed.connect([](int id) -> task<> { co_await load(id); });
  // EXPECT: coro-discarding-callback: 'load' returns a task, and 'handler', which returns nothing, drops it
  // NOTE: 'task' is lazy
  // NOTE: give it
  handler h(load);
  // By way of a template.
  // EXPECT: coro-discarding-callback: the lambda returns a task, and 'std::function<void ()>'
  // NOTE: 'task' is lazy
  // NOTE: give it
  post([]() -> task<> { co_return; });
}

//===- good

void nothing_is_lost(signal &changed) {
  enqueue(touch);
  enqueue([] { spawn(work()); });
  enqueue([] { fire(); });
  // It ends by itself.
  enqueue(fire);
  enqueue([]() -> detached { co_await work(); });
  changed.connect([](int id) -> detached { co_await load(id); });
  post([] { spawn(work()); });
}

// Whoever calls these gets the task.
void run_all(std::vector<std::function<task<>()>> all);
void keeps_the_task() {
  std::function<task<>()> f = work;
  std::function<task<int>(int)> g = [](int id) -> task<int> { co_return id; };
  any_callback<task<>()> h = [] { return work(); };
  run_all({f, work, [] { return work(); }});
}

// coro-unawaited-task says it: it is dropped in the lambda.
void dropped_inside() {
  enqueue([] {
    // EXPECT: coro-unawaited-task: 'work' never runs
    // NOTE: 'task' is lazy
    // NOTE: the lambda is no coroutine
    work();
  });
}

// Work that somebody owns already.
struct spawned {
  sleep_operation operator co_await() const;
};
spawned begin_work();
void handles() { enqueue(begin_work); }

// A value that can be awaited, and a generator.
generator<int> numbers();
void no_tasks() { enqueue(numbers); }

// Somebody said that it may be dropped.
CORO_MAY_DISCARD task<> log_line();
struct CORO_MAY_DISCARD journal : task<> {
  struct promise_type : task<>::promise_type {
    journal get_return_object();
  };
};
journal note_down();
void discardable() {
  enqueue(log_line);
  enqueue([] { return log_line(); });
  enqueue(note_down);
}

// Takes over what it is given, whatever its type shows.
void nursery(CORO_CONSUMES_TASK any_callback<void()> callback);
void consumes() { nursery([]() -> task<> { co_return; }); }

// Nothing is called: a copy, and a null pointer.
void copies(std::function<void()> f) {
  std::function<void()> g = f, h = nullptr;
  g = std::move(f);
  h = {};
}

// Ignored by a template: right, and only sometimes wrong by its type (strict).
void algorithms(std::vector<int> &ids) {
  std::for_each(ids.begin(), ids.end(), load);
  std::thread([]() -> task<> { co_return; }).detach();
}

void suppressed() {
  enqueue(work); // NOLINT(coro-discarding-callback)
}
