// RUN: %check %s --profile=pedantic

#include "Inputs/needless.h"
#include "Inputs/task.h"
#include <functional>
#include <numeric>
#include <stdexcept>
#include <string>
#include <vector>

task<> work();
int other(int);
bool some();
task<> when_all(task<int> a, task<int> b);

//===- bad

// EXPECT: coro-needless-coroutine: 'sum' is a coroutine, and awaits nothing
// NOTE: make it a plain function that returns 'int', and call it without 'co_await'
task<int> sum(std::vector<int> all) { co_return std::accumulate(all.begin(), all.end(), 0); }

// EXPECT: coro-needless-coroutine: 'shows' is a coroutine, and awaits nothing
// NOTE: make it a plain function, and call it without 'co_await'
task<> shows(int i) {
  if (i == 0)
    co_return;
  other(i);
}

// What is always ready does not suspend it.
struct constant {
  bool await_ready() { return true; }
  void await_suspend(std::coroutine_handle<>) {}
  int await_resume() { return 1; }
};
// EXPECT: coro-needless-coroutine: 'gives_constant' is a coroutine, and awaits nothing
// NOTE: make it a plain function that returns 'int'
task<int> gives_constant() {
  co_await std::suspend_never{};
  co_return co_await constant{};
}

// A lambda in it is another function.
// EXPECT: coro-needless-coroutine: 'has_a_lambda' is a coroutine, and awaits nothing
// NOTE: make it a plain function that returns 'int'
task<int> has_a_lambda() {
  auto later = []() -> task<> { co_await work(); };
  static_cast<void>(later);
  co_return 1;
}

struct store {
  // EXPECT: coro-needless-coroutine: 'store::size' is a coroutine, and awaits nothing
  // NOTE: make it a plain function that returns 'int'
  task<int> size() { co_return static_cast<int>(items.size()); }
  std::vector<int> items;
};

task<> awaits_them(store &s) {
  other(co_await sum({}));
  other(co_await s.size());
  co_await work();
}

// In each instantiation.
// EXPECT: coro-needless-coroutine: 'first' is a coroutine, and awaits nothing
// NOTE: make it a plain function
template <class T> task<T> first(std::vector<T> all) { co_return all.front(); }
task<> awaits_first() {
  co_await first(std::vector<int>{1});
  co_await first(std::vector<char>{1});
  co_await work();
}

// Its task keeps what it throws.
struct keeping {
  struct promise_type {
    std::exception_ptr error;
    int value = 0;
    keeping get_return_object() { return {this}; }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void return_value(int v) { value = v; }
    void unhandled_exception() { error = std::current_exception(); }
  };
  promise_type *promise = nullptr;
  bool await_ready() { return promise->value != 0; }
  void await_suspend(std::coroutine_handle<>) {}
  int await_resume() { return promise->value; }
};
// EXPECT: coro-needless-coroutine: 'eager' is a coroutine, and awaits nothing
// NOTE: make it a plain function that returns 'int', and call it without 'co_await'; it then throws at the call, where now its task keeps the exception
keeping eager(int i) { co_return other(i); }

// There is another way to make such a task.
struct promised {
  struct promise_type {
    int value = 0;
    std::coroutine_handle<> next;
    promised get_return_object() {
      return promised(std::coroutine_handle<promise_type>::from_promise(*this));
    }
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void return_value(int v) { value = v; }
    void unhandled_exception() { std::terminate(); }
  };
  promised(int v) : value(v) {}
  explicit promised(std::coroutine_handle<promise_type> h) : frame(h) {}
  int value = 0;
  std::coroutine_handle<promise_type> frame;
  bool await_ready() { return !frame; }
  std::coroutine_handle<> await_suspend(std::coroutine_handle<> next) {
    frame.promise().next = next;
    return frame;
  }
  int await_resume() { return frame ? frame.promise().value : value; }
};
// EXPECT: coro-needless-coroutine: 'makes_promised' is a coroutine, and awaits nothing
// NOTE: make it a plain function that returns 'int', or one that makes the 'promised' of its result, and call it without 'co_await'
promised makes_promised() { co_return other(1); }

//===- good

// It awaits.
task<int> awaits() {
  co_await work();
  co_return 1;
}
generator<int> yields() { co_yield 1; }
// Nobody could call it otherwise.
detached runs_by_itself() {
  static int count = 0;
  ++count;
  co_return;
}

// Somebody else says what it looks like.
struct base {
  virtual ~base() = default;
  virtual task<int> answer() { co_return other(1); }
};
struct derived : base {
  task<int> answer() override { co_return other(2); }
};
template <class D> struct crtp {
  task<int> answer() { co_return co_await static_cast<D *>(this)->answer_it(); }
};
struct final_one : crtp<final_one> {
  task<int> answer_it() { co_return other(3); }
};
struct hides : store {
  task<int> size() { co_return other(4); }
};
struct callable {
  task<int> operator()() { co_return other(5); }
};
template <class B> task<int> asks(B &b) { co_return co_await b.read(); }
struct backend {
  task<int> read() { co_return other(6); }
};
template <class T> task<int> answer_for(T);
template <> task<int> answer_for(int i) { co_return other(i); }
task<> uses_templates(backend b, final_one f) {
  co_await asks(b);
  co_await f.answer();
  co_await answer_for(1);
}
// A template finds it by the type of its argument.
struct point {};
task<int> read_it(point) { co_return other(7); }
template <class T> task<int> reads(T t) { co_return co_await read_it(t); }
task<> reads_point() { co_await reads(point{}); }

// It is needed as a value.
task<int> handler(int i) { co_return other(i); }
task<int> other_handler(int i) { co_return other(i); }
std::function<task<int>(int)> registered = handler;
void registers() { registered = &other_handler; }
auto lambda = []() -> task<int> { co_return other(8); };

// Its task goes elsewhere than to an await.
task<int> spawned() { co_return other(9); }
task<int> joined() { co_return other(10); }
task<int> kept() { co_return other(11); }
task<int> returned() { co_return other(12); }
task<int> passes() { return returned(); }
task<> uses_tasks() {
  spawn(spawned());
  co_await when_all(joined(), joined());
  auto t = kept();
  co_await std::move(t);
}

// An overload returns a task, too.
task<int> lookup(int key) { co_return other(key); }
task<int> lookup(std::string key) {
  co_await work();
  co_return static_cast<int>(key.size());
}

// Other configurations suspend.
constexpr bool remote = false;
task<int> remote_or_not() {
  if constexpr (remote)
    co_await work();
  co_return other(13);
}
template <class T> task<int> depends(T t) {
  if constexpr (sizeof(T) > 4)
    co_await work();
  co_return static_cast<int>(t);
}
task<> uses_depends() { co_await depends(1); }
task<int> left_out() {
#ifdef REMOTE
  co_await work();
#endif
  co_return other(14);
}
#ifdef REMOTE
#define AWAIT(what) co_await what
#else
#define AWAIT(what) what
#endif
task<int> by_macro() { co_return AWAIT(other(15)); }
#define TEST_CASE(name) task<> name()
TEST_CASE(a_test) {
  other(16);
  co_return;
}

// Stubs.
task<> nothing() { co_return; }
task<> nothing_yet(int i) {
  (void)i;
  co_return;
}
task<std::string> nothing_to_give() { co_return {}; }
task<int> to_do() {
  throw std::logic_error("not implemented");
  co_return 1;
}

// The promise is asked for something, or sees the arguments.
struct knowing {
  struct promise_type {
    int priority = 0;
    promise_type() = default;
    promise_type(int p) : priority(p) {}
    knowing get_return_object() { return {}; }
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void return_value(int) {}
    void unhandled_exception() { std::terminate(); }
    struct gives_priority {
      int priority;
      bool await_ready() { return true; }
      void await_suspend(std::coroutine_handle<>) {}
      int await_resume() { return priority; }
    };
    struct priority_of {};
    gives_priority await_transform(priority_of) { return {priority}; }
    template <class T> T &&await_transform(T &&t) { return static_cast<T &&>(t); }
  };
  bool await_ready() { return some(); }
  void await_suspend(std::coroutine_handle<>) {}
  int await_resume() { return 1; }
};
knowing asks_promise() { co_return co_await knowing::promise_type::priority_of{}; }
knowing with_priority(int p) { co_return other(p); }

// Started on an executor: the call does not wait for it.
struct elsewhere {
  struct promise_type {
    struct post {
      bool await_ready() { return false; }
      void await_suspend(std::coroutine_handle<> h) { enqueue(h); }
      void await_resume() {}
    };
    elsewhere get_return_object() { return {}; }
    post initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void return_value(int) {}
    void unhandled_exception() { std::terminate(); }
    static void enqueue(std::coroutine_handle<>);
  };
  bool await_ready() { return some(); }
  void await_suspend(std::coroutine_handle<>) {}
  int await_resume() { return 1; }
};
elsewhere computes() { co_return other(17); }
