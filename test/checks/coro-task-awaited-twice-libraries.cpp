// RUN: %check %s

#include <coroutine>
#include <exception>
#include <memory>
#include <utility>

//===- As in folly: no operator, and `await_transform` takes rvalues only.

namespace by_rvalue {
template <class T> struct awaiter_of {
  std::coroutine_handle<> h;
  bool await_ready() const noexcept;
  void await_suspend(std::coroutine_handle<>);
  void await_resume();
};
struct [[nodiscard]] task {
  struct promise_type {
    task get_return_object();
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() { std::terminate(); }
    awaiter_of<task> await_transform(task &&t) { return {std::exchange(t.h, {})}; }
  };
  task(task &&other) noexcept : h(std::exchange(other.h, {})) {}
  task &operator=(task &&other) noexcept;
  ~task();
  // On an executor: another task.
  friend task co_on(int executor, task t);
  std::coroutine_handle<> h;
};
task work();
task co_on(int executor, task t);
template <class... T> task all(T &&...tasks);

task twice() {
  auto t = work();
  co_await std::move(t);
  // EXPECT: coro-task-awaited-twice: 't' is awaited again: the first 'co_await' has taken its
  // NOTE: it was awaited here
  // NOTE: 'by_rvalue::task' is declared here
  // declared here
  co_await std::move(t);
}
task on_an_executor() {
  auto t = work();
  auto other = co_on(1, std::move(t));
  // EXPECT: coro-task-awaited-twice: 't' is awaited after it was moved from: there is no coroutine
  // NOTE: it was moved from here
  co_await std::move(t);
  co_await std::move(other);
}
task once() {
  auto t = work();
  co_await co_on(1, std::move(t));
  t = work();
  co_await std::move(t);
}
// What a function does that takes a reference is not seen.
task passed_by_reference() {
  auto t = work();
  co_await all(std::move(t));
  co_await std::move(t);
}
} // namespace by_rvalue

//===- As in Asio: `await_transform` takes it by value.

namespace by_value {
template <class T = void> class awaitable {
public:
  awaitable(awaitable &&other) noexcept : frame(std::exchange(other.frame, nullptr)) {}
  ~awaitable();
  bool await_ready() const noexcept { return false; }
  template <class P> void await_suspend(std::coroutine_handle<P>);
  T await_resume();

private:
  void *frame;
};
} // namespace by_value
template <class T, class... Args> struct std::coroutine_traits<by_value::awaitable<T>, Args...> {
  struct promise_type {
    by_value::awaitable<T> get_return_object();
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() { std::terminate(); }
    auto await_transform(by_value::awaitable<T> a) const { return a; }
  };
};
namespace by_value {
awaitable<> work();
struct detached_t {};
template <class E, class A> void co_spawn(E &&executor, awaitable<A> a, detached_t);

awaitable<> twice() {
  auto t = work();
  co_await std::move(t);
  // EXPECT: coro-task-awaited-twice: 't' is awaited again: the first 'co_await' has taken its
  // NOTE: it was awaited here
  // NOTE: 'by_value::awaitable' is declared here
  // is declared here
  co_await std::move(t);
}
awaitable<> spawned() {
  auto t = work();
  co_spawn(1, std::move(t), detached_t());
  // EXPECT: coro-task-awaited-twice: 't' is awaited after it was moved from
  // NOTE: it was moved from here
  co_await std::move(t);
}
awaitable<> in_a_loop(int n) {
  auto t = work();
  while (n--)
    // EXPECT: coro-task-awaited-twice: 't' is awaited again in each round of the loop
    // NOTE: 't' is made here, once
    // NOTE: 'by_value::awaitable' is declared here
    co_await std::move(t);
}
} // namespace by_value

//===- As in aio and TooManyCooks: the operator is for rvalues only.

namespace rvalue_operator {
struct task {
  struct promise_type {
    task get_return_object();
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() { std::terminate(); }
  };
  struct awaiter {
    bool await_ready() const noexcept;
    void await_suspend(std::coroutine_handle<>);
    void await_resume();
  };
  task(task &&) noexcept;
  ~task();
  awaiter operator co_await() &&;
};
task work();
task twice() {
  auto t = work();
  co_await std::move(t);
  // EXPECT: coro-task-awaited-twice: 't' is awaited again
  // NOTE: it was awaited here
  // NOTE: 'rvalue_operator::task' is declared here
  co_await std::move(t);
}
} // namespace rvalue_operator

//===- As in Seastar: an operator outside that takes it by value.

namespace operator_by_value {
template <class T> class future;
template <class T> struct promise_of;
template <class T> struct awaiter_of {
  bool await_ready() const noexcept;
  void await_suspend(std::coroutine_handle<>);
  T await_resume();
};
template <class T = void> class [[nodiscard]] future {
public:
  using promise_type = promise_of<T>;
  future(future &&) noexcept;
  future &operator=(future &&) noexcept;
  ~future();
  bool available() const noexcept;
  template <class F> future<> then(F &&f) noexcept { return std::move(*this).then_impl(f); }

private:
  template <class F> future<> then_impl(F &f) && { return std::move(*this); }
};
template <class T> awaiter_of<T> operator co_await(future<T>) noexcept;
template <class T> struct promise_of {
  future<T> get_return_object();
  std::suspend_never initial_suspend() noexcept { return {}; }
  std::suspend_never final_suspend() noexcept { return {}; }
  void return_void() {}
  void unhandled_exception() {}
};
future<> start();

future<> twice() {
  auto f = start();
  co_await std::move(f);
  // EXPECT: coro-task-awaited-twice: 'f' is awaited again: the first 'co_await' has taken its
  // NOTE: it was awaited here
  // NOTE: 'operator_by_value::future' is declared here
  // 'operator_by_value::future' is declared here
  co_await std::move(f);
}
future<> after_then() {
  auto f = start();
  auto g = f.then([] {});
  // EXPECT: coro-task-awaited-twice: 'f' is awaited after it was used up by
  // NOTE: it was used up by 'operator_by_value::future::then' here
  // here
  co_await std::move(f);
  co_await std::move(g);
}
future<> chained() {
  auto f = start();
  f = f.then([] {});
  co_await std::move(f);
}
future<> passed_on() {
  auto f = start();
  auto g = std::move(f);
  f = start();
  co_await std::move(f);
  co_await std::move(g);
}
} // namespace operator_by_value

//===- Generators.

namespace generators {
template <bool Asks> struct generator {
  struct promise_type {
    int value;
    generator get_return_object();
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    std::suspend_always yield_value(int v) noexcept {
      value = v;
      return {};
    }
    void return_void() {}
    void unhandled_exception() { std::terminate(); }
  };
  struct sentinel {};
  struct iterator {
    std::coroutine_handle<promise_type> h;
    int operator*() const { return h.promise().value; }
    void operator++() { h.resume(); }
    bool operator!=(sentinel) const { return !h.done(); }
  };
  generator(generator &&other) noexcept : h(std::exchange(other.h, {})) {}
  ~generator();
  iterator begin() {
    if constexpr (Asks) {
      if (h && !h.done())
        h.resume();
    } else {
      if (h)
        h.resume();
    }
    return {h};
  }
  sentinel end() { return {}; }
  std::coroutine_handle<promise_type> h;
};
generator<false> numbers();
generator<true> asked_numbers();
void use(int);

void twice() {
  auto g = numbers();
  for (int i : g)
    use(i);
  // EXPECT: coro-task-awaited-twice: 'g' is iterated again: a coroutine that has ended is resumed
  // NOTE: it was iterated to its end here
  for (int i : g)
    use(i);
}
void in_a_loop() {
  auto g = numbers();
  for (int round = 0; round < 2; ++round)
    // EXPECT: coro-task-awaited-twice: 'g' is iterated again in each round of the loop
    // NOTE: 'g' is made here, once
    for (int i : g)
      use(i);
}

// It goes on where it was left.
void goes_on() {
  auto g = numbers();
  for (int i : g)
    if (i == 3)
      break;
  for (int i : g)
    use(i);
}
// It is asked whether there is more: there is nothing.
void asked() {
  auto g = asked_numbers();
  for (int i : g)
    use(i);
  for (int i : g)
    use(i);
}
void another() {
  for (int i : numbers())
    use(i);
  for (int i : numbers())
    use(i);
}
} // namespace generators

//===- As asio::experimental::coro: it yields, and is awaited for each value.

namespace yields {
struct coro {
  struct promise_type {
    coro get_return_object();
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    std::suspend_always yield_value(int) noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() { std::terminate(); }
  };
  coro(coro &&) noexcept;
  ~coro();
  bool await_ready() const noexcept { return false; }
  template <class P> std::coroutine_handle<> await_suspend(std::coroutine_handle<P>);
  bool await_resume();
};
coro values();
coro each() {
  auto all = values();
  while (co_await all)
    co_yield 1;
  co_await all;
  auto rest = std::move(all);
  // EXPECT: coro-task-awaited-twice: 'all' is awaited after it was moved from
  // NOTE: it was moved from here
  co_await all;
}
} // namespace yields
