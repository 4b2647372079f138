// RUN: %check %s

#include <coroutine>
#include <exception>
#include <optional>
#include <string>
#include <utility>
#include <vector>

//===- A lazy task that resumes whatever it has: lvalues may be awaited.

struct task {
  struct promise_type {
    std::coroutine_handle<> caller;
    task get_return_object() {
      return task(std::coroutine_handle<promise_type>::from_promise(*this));
    }
    std::suspend_always initial_suspend() noexcept { return {}; }
    auto final_suspend() noexcept {
      struct back {
        bool await_ready() noexcept { return false; }
        std::coroutine_handle<> await_suspend(std::coroutine_handle<promise_type> ended) noexcept {
          return ended.promise().caller;
        }
        void await_resume() noexcept {}
      };
      return back{};
    }
    void return_void() {}
    void unhandled_exception() { std::terminate(); }
  };
  explicit task(std::coroutine_handle<promise_type> h) : h(h) {}
  task(task &&other) noexcept : h(std::exchange(other.h, {})) {}
  task &operator=(task &&other) noexcept {
    std::swap(h, other.h);
    return *this;
  }
  ~task() {
    if (h)
      h.destroy();
  }
  bool valid() const { return !!h; }
  bool await_ready() const noexcept { return false; }
  std::coroutine_handle<> await_suspend(std::coroutine_handle<> caller) noexcept {
    h.promise().caller = caller;
    return h;
  }
  void await_resume() {}
  // It takes the coroutine over.
  template <class F> task then(F next) && { return chain(std::move(*this), std::move(next)); }
  // It gives itself on.
  task &&named(const char *) && { return std::move(*this); }
  // It moves itself, whatever it is called on.
  task in_background() {
    return chain(std::move(*this), [] {});
  }

private:
  template <class F> static task chain(task first, F next) {
    co_await first;
    next();
  }
  std::coroutine_handle<promise_type> h;
};

task work(int = 0);
void use(int);
bool some();
void keep(task t);
bool offer(task &&t);
void look_at(const task &t);
void reset(task &t);

task straight() {
  task t = work();
  co_await t;
  // EXPECT: coro-task-awaited-twice: 't' is awaited again: a coroutine that has ended is resumed
  // NOTE: it was awaited here
  // NOTE: 'task' is declared here
  co_await t;
}

task with_a_branch_between(bool more) {
  auto t = work();
  co_await t;
  if (more)
    use(1);
  // EXPECT: coro-task-awaited-twice: 't' is awaited again
  // NOTE: it was awaited here
  // NOTE: 'task' is declared here
  co_await t;
}

task on_both_paths(bool early) {
  auto t = work();
  if (early)
    co_await t;
  else
    co_await t;
  // EXPECT: coro-task-awaited-twice: 't' is awaited again
  // NOTE: it was awaited here
  // NOTE: 'task' is declared here
  co_await t;
}

task on_one_path_that_goes_on(bool early) {
  auto t = work();
  if (early) {
    use(1);
    co_await t;
  }
  // EXPECT: coro-task-awaited-twice: 't' is awaited again
  // NOTE: it was awaited here
  // NOTE: 'task' is declared here
  co_await t;
}

task in_a_loop(int n) {
  auto t = work();
  for (int i = 0; i < n; ++i)
    // EXPECT: coro-task-awaited-twice: 't' is awaited again in each round of the loop: a coroutine
    // NOTE: 't' is made here, once
    // NOTE: 'task' is declared here
    co_await t;
}

task until_it_works() {
  auto t = work();
  do {
    // EXPECT: coro-task-awaited-twice: 't' is awaited again in each round of the loop
    // NOTE: 't' is made here, once
    // NOTE: 'task' is declared here
    co_await t;
  } while (!some());
}

task after_a_move(std::vector<task> &all) {
  auto t = work();
  all.push_back(std::move(t));
  // EXPECT: coro-task-awaited-twice: 't' is awaited after it was moved from: there is no coroutine
  // NOTE: it was moved from here
  co_await t;
}

task moved_into_a_local() {
  auto t = work();
  auto u = std::move(t);
  // EXPECT: coro-task-awaited-twice: 't' is awaited after it was moved from
  // NOTE: it was moved from here
  co_await t;
  co_await u;
}

task moved_into_a_closure() {
  auto t = work();
  auto run = [t = std::move(t)]() mutable -> task { co_await t; };
  // EXPECT: coro-task-awaited-twice: 't' is awaited after it was moved from
  // NOTE: it was moved from here
  co_await t;
  co_await run();
}

task passed_on_twice() {
  auto t = work();
  keep(std::move(t));
  // EXPECT: coro-task-awaited-twice: 't' is passed on after it was moved from: there is no
  // NOTE: it was moved from here
  keep(std::move(t));
  co_return;
}

task after_then() {
  auto t = work();
  auto u = std::move(t).then([] { use(1); });
  // EXPECT: coro-task-awaited-twice: 't' is awaited after it was used up by 'task::then': there is
  // NOTE: it was used up by 'task::then' here
  co_await t;
  co_await u;
}

task after_a_member_that_moves_it() {
  auto t = work();
  auto u = t.in_background();
  // EXPECT: coro-task-awaited-twice: 't' is awaited after it was used up by 'task::in_background'
  // NOTE: it was used up by 'task::in_background' here
  co_await t;
  co_await u;
}

task waits_for(task &t) {
  co_await t;
}

task awaited_by_another() {
  auto t = work();
  co_await waits_for(t);
  // EXPECT: coro-task-awaited-twice: 't' is awaited after it was awaited: a coroutine that has
  // NOTE: it was awaited here
  co_await t;
}

task of_a_parameter(task t) {
  co_await std::move(t);
  // EXPECT: coro-task-awaited-twice: 't' is awaited again
  // NOTE: it was awaited here
  // NOTE: 'task' is declared here
  co_await std::move(t);
}

task in_a_try() {
  auto t = work();
  try {
    co_await t;
  } catch (...) {
  }
  // EXPECT: coro-task-awaited-twice: 't' is awaited again
  // NOTE: it was awaited here
  // NOTE: 'task' is declared here
  co_await t;
}

// Only one of the branches is taken.
task in_another_branch(bool first) {
  auto t = work();
  if (first)
    co_await t;
  else
    co_await t;
}

// Nor here: one condition may be the other's opposite.
task by_conditions(bool first, bool second) {
  auto t = work();
  if (first)
    co_await t;
  if (second)
    co_await t;
}

task left_before(bool first) {
  auto t = work();
  if (first) {
    co_await t;
    co_return;
  }
  co_await t;
}

// A test expects that the library notices.
#define CHECK_THROWS(expression) ((void)(expression))
#define ASSERT_DEATH(expression) ((void)(expression))
task noticed() {
  auto t = work();
  co_await t;
  CHECK_THROWS(co_await t);
  auto u = work();
  co_await u;
  // EXPECT: coro-task-awaited-twice: 'u' is awaited again
  // NOTE: it was awaited here
  // NOTE: 'task' is declared here
  ASSERT_DEATH(co_await u);
}

// It is another one.
task made_again() {
  auto t = work();
  co_await t;
  t = work(1);
  co_await t;
}
task made_again_in_a_loop() {
  auto t = work();
  while (some()) {
    co_await t;
    t = work(1);
  }
}
task made_again_sometimes() {
  auto t = work();
  while (some()) {
    co_await t;
    if (some())
      t = work(1);
  }
}
task made_again_of_itself() {
  auto t = work();
  t = std::move(t).then([] {});
  co_await t;
}
task made_in_the_loop() {
  for (int i = 0; i < 3; ++i) {
    auto t = work(i);
    co_await t;
  }
}
// A function that is given a reference may make it anew.
task made_again_elsewhere() {
  auto t = work();
  co_await t;
  reset(t);
  co_await t;
}
task made_again_by_a_closure() {
  auto t = work();
  auto again = [&] { t = work(1); };
  co_await t;
  again();
  co_await t;
}
task swapped() {
  auto t = work(), u = work(1);
  co_await t;
  std::swap(t, u);
  co_await t;
}

// It is asked whether there is something left in it.
task asked() {
  auto t = work();
  look_at(t);
  if (t.valid())
    co_await t;
}

// What may refuse it leaves it as it is.
task refused() {
  auto t = work();
  if (!offer(std::move(t)))
    co_await t;
}

// The loop is left after the first time.
task once_in_a_loop() {
  auto t = work();
  while (some()) {
    co_await t;
    break;
  }
  auto u = work();
  for (;;) {
    if (some())
      continue;
    co_await u;
    co_return;
  }
}
task at_one_of_many(int which) {
  auto t = work();
  for (int i = 0; i < 9; ++i)
    if (i == which)
      co_await t;
}
task only_if_it_failed() {
  auto t = work();
  for (int i = 0; i < 3; ++i) {
    try {
      co_await t;
      co_return;
    } catch (...) {
    }
  }
}

// A reference back to itself uses nothing up.
task named() {
  auto t = work();
  std::move(t).named("first");
  co_await t;
}

// Nobody knows what it refers to meanwhile.
task of_others(task &t) {
  co_await t;
  co_await t;
}

//===- What is asked whether it has ended can be awaited again.

template <class T> struct cached {
  struct promise_type {
    std::optional<T> value;
    std::coroutine_handle<> caller;
    cached get_return_object() {
      return cached(std::coroutine_handle<promise_type>::from_promise(*this));
    }
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void return_value(T v) { value = std::move(v); }
    void unhandled_exception() { std::terminate(); }
    T &result() & { return *value; }
    T &&result() && { return std::move(*value); }
  };
  explicit cached(std::coroutine_handle<promise_type> h) : h(h) {}
  cached(cached &&other) noexcept : h(std::exchange(other.h, {})) {}
  struct base {
    std::coroutine_handle<promise_type> h;
    bool await_ready() const noexcept { return !h || h.done(); }
    std::coroutine_handle<> await_suspend(std::coroutine_handle<> caller) noexcept {
      h.promise().caller = caller;
      return h;
    }
  };
  auto operator co_await() const & noexcept {
    struct awaiter : base {
      T &await_resume() { return this->h.promise().result(); }
    };
    return awaiter{{h}};
  }
  auto operator co_await() const && noexcept {
    struct awaiter : base {
      T await_resume() { return std::move(this->h.promise()).result(); }
    };
    return awaiter{{h}};
  }

private:
  std::coroutine_handle<promise_type> h;
};
cached<std::string> text();
cached<int> number();

task cached_results() {
  auto t = text();
  use((co_await t).size());
  use((co_await t).size());
  auto n = number();
  use(co_await std::move(n));
  // A number is still there.
  use(co_await std::move(n));
}

task moved_results() {
  auto t = text();
  std::string first = co_await std::move(t);
  // EXPECT: coro-task-awaited-twice: 't' is awaited again: the first 'co_await' has moved its
  // NOTE: it was awaited here
  // NOTE: 'cached' is declared here
  std::string second = co_await std::move(t);
}

//===- Its operator takes the coroutine out of it.

struct taken {
  struct promise_type : task::promise_type {
    taken get_return_object();
  };
  taken(taken &&) noexcept;
  ~taken();
  struct awaiter {
    void *h;
    bool await_ready() const noexcept;
    void await_suspend(std::coroutine_handle<>);
    void await_resume();
  };
  auto operator co_await() & { return awaiter{std::exchange(h, nullptr)}; }
  void *h;
};
taken take();

task emptied() {
  auto t = take();
  co_await t;
  // EXPECT: coro-task-awaited-twice: 't' is awaited again: the first 'co_await' has taken its
  // NOTE: it was awaited here
  // NOTE: 'taken' is declared here
  // here
  co_await t;
}

//===- What it does is not seen.

struct unseen {
  struct promise_type : task::promise_type {
    unseen get_return_object();
  };
  unseen(unseen &&) noexcept;
  bool await_ready() const noexcept;
  void await_suspend(std::coroutine_handle<>);
  int await_resume();
};
unseen far();

task nobody_knows() {
  auto t = far();
  co_await t;
  co_await t;
}

//===- Copies share what they stand for.

struct shared_task {
  struct promise_type : task::promise_type {
    shared_task get_return_object();
  };
  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<>);
  void await_resume();
};
shared_task share();

task shared() {
  auto t = share();
  co_await t;
  co_await t;
  auto u = std::move(t);
  co_await t;
  co_await u;
}

//===- Awaiters and handles are no tasks: timers and events are awaited again and again.

struct timer {
  timer(const timer &) = delete;
  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<>);
  void await_resume();
};
struct event {
  event(const event &) = delete;
  timer operator co_await();
};
task ticks(timer &t, event &e) {
  timer &first = t;
  for (;;) {
    co_await first;
    co_await e;
    co_await e;
  }
}
