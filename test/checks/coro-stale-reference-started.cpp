// RUN: %check %s

// A task that is started is started by whatever name it goes to whoever starts it.

#include "Inputs/task.h"
#include <corolint/annotations.h>
#include <functional>
#include <map>
#include <vector>

task<> work();
void spawn(task<> t);
void spawn_all(std::vector<task<>> all);
/// Lazy: who has it decides.
task<> logged(task<> t);
/// It runs at once.
struct running {
  struct promise_type {
    running get_return_object();
    std::suspend_never initial_suspend() noexcept;
    std::suspend_always final_suspend() noexcept;
    void unhandled_exception();
    void return_void();
  };
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  void await_resume();
};
running begin(CORO_CONSUMES_TASK task<> t);
running unknown(task<> t);
/// Looks at it, and that is all.
inline void count(const task<> &t, int &ended) { ended += t.done(); }

/// One user of the elements, who is started beside \p Erases in each of the classes.
#define USER                                                                                       \
  task<> use(int i) {                                                                              \
    auto one = all_.find(i);                                                                       \
    co_await work();                                                                               \
    ++one->second;                                                                                 \
  }                                                                                                \
  task<> erases(int i) {                                                                           \
    co_await work();                                                                               \
    all_.erase(i);                                                                                 \
  }                                                                                                \
                                                                                                   \
private:                                                                                           \
  std::map<int, int> all_


struct by_a_name {
  void go(int i) {
    auto t = erases(i);
    spawn(std::move(t)); // #by_a_name
  }
  // EXPECT: coro-stale-reference: 'one' is used after a suspension
  // NOTE: it is taken here
  // NOTE: the coroutine is suspended here
  // NOTE: meanwhile, 'by_a_name::erases' may do this
  // NOTE@#by_a_name: 'by_a_name::erases' does so: it is started here, and runs meanwhile
  // NOTE: look it up again
  USER;
};
struct by_braces {
  void go(int i) {
    task<> t{erases(i)};
    spawn(std::move(t)); // #by_braces
  }
  // EXPECT: coro-stale-reference: 'one' is used after a suspension
  // NOTE: it is taken here
  // NOTE: the coroutine is suspended here
  // NOTE: meanwhile, 'by_braces::erases' may do this
  // NOTE@#by_braces: 'by_braces::erases' does so: it is started here, and runs meanwhile
  // NOTE: look it up again
  USER;
};
struct by_an_assignment {
  void go(int i) {
    task<> t = work();
    t = erases(i);
    spawn(std::move(t)); // #by_an_assignment
  }
  // EXPECT: coro-stale-reference: 'one' is used after a suspension
  // NOTE: it is taken here
  // NOTE: the coroutine is suspended here
  // NOTE: meanwhile, 'by_an_assignment::erases' may do this
  // NOTE@#by_an_assignment: 'by_an_assignment::erases' does so: it is started here, and runs meanwhile
  // NOTE: look it up again
  USER;
};
struct by_another_name {
  void go(int i) {
    auto t = erases(i);
    auto u = std::move(t);
    spawn(std::move(u)); // #by_another_name
  }
  // EXPECT: coro-stale-reference: 'one' is used after a suspension
  // NOTE: it is taken here
  // NOTE: the coroutine is suspended here
  // NOTE: meanwhile, 'by_another_name::erases' may do this
  // NOTE@#by_another_name: 'by_another_name::erases' does so: it is started here, and runs meanwhile
  // NOTE: look it up again
  USER;
};
struct taken_over {
  running go(int i) {
    auto t = begin(erases(i)); // #taken_over
    return t;
  }
  // EXPECT: coro-stale-reference: 'one' is used after a suspension
  // NOTE: it is taken here
  // NOTE: the coroutine is suspended here
  // NOTE: meanwhile, 'taken_over::erases' may do this
  // NOTE@#taken_over: 'taken_over::erases' does so: it is started here, and runs meanwhile
  // NOTE: look it up again
  USER;
};

// Nobody says here that it runs beside: it is awaited, a part of what is, or only looked at.

struct awaited_in_place {
  task<> go(int i) {
    auto t = erases(i);
    co_await std::move(t);
    co_await use(i);
  }
  USER;
};
struct wrapped {
  task<> go(int i) {
    auto t = logged(erases(i));
    co_await std::move(t);
    co_await use(i);
  }
  USER;
};
struct looked_at {
  task<> go(int i) {
    auto t = erases(i);
    int ended = 0;
    count(t, ended);
    co_await std::move(t);
    co_await use(i);
  }
  USER;
};

// Who says that a callable is kept has it called at some time, even if that is awaited.

task<> subscribe(CORO_STORES std::function<void()> handler);
task<> for_each(std::function<void()> handler);

struct kept {
  task<> go() {
    co_await subscribe([this] { all_.erase(1); }); // #kept
    co_await use(1);
  }
  task<> use(int i) {
    auto one = all_.find(i);
    co_await work();
    // EXPECT: coro-stale-reference: 'one' is used after a suspension
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, the lambda may do this
    // NOTE@#kept: the lambda does so: it is registered here as a callback
    // NOTE: look it up again
    ++one->second;
  }
  std::map<int, int> all_;
};
struct called_meanwhile {
  task<> go() {
    co_await for_each([this] { all_.erase(1); });
    co_await use(1);
  }
  task<> use(int i) {
    auto one = all_.find(i);
    co_await work();
    ++one->second;
  }
  std::map<int, int> all_;
};
