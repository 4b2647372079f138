// Coroutine lambdas whose closure is gone before their task is done.
// RUN: %check %s

#include "Inputs/task.h"
#include <functional>
#include <memory>
#include <string>

task<> work();
void use(int);
void use(const std::string &);

//===- Reported

task<> kept(int n) {
  // EXPECT: coro-dangling-capture: this lambda is a temporary: its captures are gone when its task goes on, which is awaited
  // NOTE: here it is awaited
  // NOTE: the lambda uses a capture here, after it was suspended
  // NOTE: pass what it captures as parameters, which its frame keeps, or await it where it is made
  auto t = [n]() -> task<> {
    co_await work();
    use(n);
  }();
  co_await std::move(t);
}

task<> returned(int n) {
  // EXPECT: coro-dangling-capture: this lambda is a temporary: its captures are gone when its task goes on, which is returned
  // NOTE: the lambda uses a capture here, after it was suspended
  // NOTE: pass what it captures as parameters, which its frame keeps, or await it where it is made
  return [n]() -> task<> {
    co_await work();
    use(n);
  }();
}

task<> of_a_local(int n) {
  // EXPECT: coro-dangling-capture: the captures of 'later' are gone when its task goes on, which is returned
  // NOTE: the lambda uses a capture here, after it was suspended
  // NOTE: pass what it captures as parameters, which its frame keeps, or await it where it is made
  auto later = [n]() -> task<> {
    co_await work();
    use(n);
  };
  return later();
}

void left_alone(int n) {
  // EXPECT: coro-dangling-capture: this lambda is a temporary: its captures are gone when its task goes on, which is left to run on
  // NOTE: the lambda uses a capture here, after it was suspended
  // NOTE: pass what it captures as parameters, which its frame keeps, or await it where it is made
  [n]() -> detached {
    co_await async_sleep(std::chrono::seconds(1));
    use(n);
  }();
}

void started_eagerly(int n) {
  // EXPECT: coro-dangling-capture: this lambda is a temporary: its captures are gone when its task goes on, which is used
  // NOTE: here it is used
  // NOTE: the lambda uses a capture here, after it was suspended
  // NOTE: pass what it captures as parameters, which its frame keeps, or await it where it is made
  auto t = [n]() -> started<> {
    co_await async_sleep(std::chrono::seconds(1));
    use(n);
  }();
  use(t.done());
}

// What calls it has only a reference.
template <class F> task<> call(F &&f) { return f(); }

task<> called_by_another(int n) {
  // EXPECT: coro-dangling-capture: this lambda is a temporary: its captures are gone when its task goes on, which is awaited
  // NOTE: here it is awaited
  // NOTE: the lambda uses a capture here, after it was suspended
  // NOTE: pass what it captures as parameters, which its frame keeps, or await it where it is made
  auto t = call([n]() -> task<> {
    co_await work();
    use(n);
  });
  co_await std::move(t);
}

struct session {
  int id;
  task<> start() {
    // EXPECT: coro-dangling-capture: this lambda is a temporary: its captures are gone when its task goes on, which is awaited
    // NOTE: here it is awaited
    // NOTE: the lambda uses a capture here, after it was suspended
    // NOTE: pass what it captures as parameters, which its frame keeps, or await it where it is made
    auto t = [this]() -> task<> {
      co_await work();
      use(id);
    }();
    co_await std::move(t);
  }
};

task<> kept_in_a_function(int n) {
  // EXPECT: coro-dangling-capture: this lambda is a temporary: its captures are gone when its task goes on, which is awaited
  // NOTE: here it is awaited
  // NOTE: the lambda uses a capture here, after it was suspended
  // NOTE: pass what it captures as parameters, which its frame keeps, or await it where it is made
  auto t = std::function<task<>()>([n]() -> task<> {
    co_await work();
    use(n);
  })();
  co_await std::move(t);
}

// In a template it is found once.
template <class T> task<> in_template(T n) {
  // EXPECT: coro-dangling-capture: this lambda is a temporary: its captures are gone when its task goes on, which is awaited
  // NOTE: here it is awaited
  // NOTE: the lambda uses a capture here, after it was suspended
  // NOTE: pass what it captures as parameters, which its frame keeps, or await it where it is made
  auto t = [n]() -> task<> {
    co_await work();
    use(n);
  }();
  co_await std::move(t);
}
template task<> in_template(int);
template task<> in_template(std::string);

//===- Not reported

// The closure lives to the end of the full-expression.
task<> awaited_in_place(int n) {
  co_await [n]() -> task<> {
    co_await work();
    use(n);
  }();
}

// The closure is a local of the coroutine that awaits.
task<> awaited_from_a_local(int n) {
  auto later = [n]() -> task<> {
    co_await work();
    use(n);
  };
  auto t = later();
  co_await std::move(t);
}

// There is nothing to lose.
task<> without_captures(int n) {
  auto t = [](int m) -> task<> {
    co_await work();
    use(m);
  }(n);
  co_await std::move(t);
}

// An eager coroutine has copied it before it is suspended.
void copied_first(int n) {
  [n]() -> detached {
    int mine = n;
    co_await async_sleep(std::chrono::seconds(1));
    use(mine);
  }();
}

// The capture is not used after the suspension.
void used_first(int n) {
  [n]() -> detached {
    use(n);
    co_await async_sleep(std::chrono::seconds(1));
  }();
}

// A plain lambda makes a task of what it has: it is done when it returns.
task<> of(int n) {
  co_await work();
  use(n);
}
task<> no_coroutine(int n) {
  auto t = [n] { return of(n); }();
  co_await std::move(t);
}

// Nobody runs it: that is coro-unawaited-task's.
task<> dropped(int n) {
  // EXPECT: coro-unawaited-task: {{.*}} never runs
  // NOTE: 'task' is lazy
  // FIXED: co_await [n]() -> task<> {
  [n]() -> task<> {
    co_await work();
    use(n);
  }();
  co_return;
}

// The coroutine has it as a parameter, and so in its frame.
template <class F> task<> invoke(F f) { co_await f(); }
task<> kept_alive(int n) {
  auto t = invoke([n]() -> task<> {
    co_await work();
    use(n);
  });
  co_await std::move(t);
}

// A global closure lives on.
auto forever = [n = 1]() -> task<> {
  co_await work();
  use(n);
};
task<> of_a_global() { return forever(); }
