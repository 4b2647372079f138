// RUN: %check %s --profile=strict

#include <cassert>
#include <coroutine>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <stdexcept>
#include <utility>
#include <vector>

template <class Promise> struct runs_by_itself {
  Promise get_return_object() { return {}; }
  std::suspend_never initial_suspend() noexcept { return {}; }
  std::suspend_never final_suspend() noexcept { return {}; }
  void return_void() {}
};

struct swallows {
  struct promise_type : runs_by_itself<swallows> {
    void unhandled_exception() {} // #swallows
  };
};
struct terminates {
  struct promise_type : runs_by_itself<terminates> {
    void unhandled_exception() { std::terminate(); } // #terminates
  };
};

// A task that gives back an exception.
struct task {
  struct promise_type {
    std::exception_ptr error;
    task get_return_object();
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() { error = std::current_exception(); }
  };
  std::coroutine_handle<promise_type> frame;
  bool await_ready() noexcept { return false; }
  void await_suspend(std::coroutine_handle<>) noexcept {}
  void await_resume() {
    if (frame.promise().error)
      std::rethrow_exception(frame.promise().error);
    if (!frame.done())
      throw std::logic_error("it is not done");
  }
};
task work();

// An operation that cannot fail.
struct turn {
  bool await_ready() noexcept { return false; }
  void await_suspend(std::coroutine_handle<>) noexcept {}
  void await_resume() noexcept {}
};

void save(int);
void fails(int) noexcept(false);
void show(int) noexcept;
void report(std::exception_ptr);
inline void check(int i) {
  if (i == 0)
    throw std::invalid_argument("zero");
}
inline void count(std::vector<int> &into) { into.push_back(1); }

//===- bad

// EXPECT: coro-fire-and-forget-type: nobody can await 'awaits', so an exception that leaves it is lost
// NOTE: an exception may leave 'awaits' here
// NOTE@#swallows: it is dropped by 'swallows::promise_type::unhandled_exception'
// NOTE: catch it in 'awaits', or return a task that somebody awaits
swallows awaits() { co_await work(); }

// EXPECT: coro-fire-and-forget-type: nobody can await 'ends', so an exception that leaves it ends the program
// NOTE: an exception may leave 'ends' here
// NOTE@#terminates: it ends the program in 'terminates::promise_type::unhandled_exception'
// NOTE: catch it in 'ends', or return a task that somebody awaits
terminates ends() { co_await work(); }

// A throw is shown before a co_await, and that before a call.
// EXPECT: coro-fire-and-forget-type: nobody can await 'throws'
// NOTE@#thrown: an exception may leave 'throws' here
// NOTE@#swallows: it is dropped
// NOTE: catch it
swallows throws(int i) {
  save(i);
  co_await work();
  if (i == 0)
    throw 1; // #thrown
}

// It says so.
// EXPECT: coro-fire-and-forget-type: nobody can await 'calls'
// NOTE@#failed: an exception may leave 'calls' here
// NOTE@#swallows: it is dropped
// NOTE: catch it
swallows calls(int i) {
  co_await turn{};
  fails(i); // #failed
}

// Its body is seen.
// EXPECT: coro-fire-and-forget-type: nobody can await 'calls_what_throws'
// NOTE@#checked: an exception may leave 'calls_what_throws' here
// NOTE@#swallows: it is dropped
// NOTE: catch it
swallows calls_what_throws(int i) {
  co_await turn{};
  check(i); // #checked
}

// Others are not caught.
// EXPECT: coro-fire-and-forget-type: nobody can await 'catches_some'
// NOTE: an exception may leave 'catches_some' here
// NOTE@#swallows: it is dropped
// NOTE: catch it
swallows catches_some() {
  try {
    co_await work();
  } catch (const std::invalid_argument &) {
  }
}

// EXPECT: coro-fire-and-forget-type: nobody can await 'throws_again'
// NOTE@#again: an exception may leave 'throws_again' here
// NOTE@#swallows: it is dropped
// NOTE: catch it
swallows throws_again() {
  try {
    co_await work();
  } catch (...) {
    show(1);
    throw; // #again
  }
}

// EXPECT: coro-fire-and-forget-type: nobody can await 'after_the_try'
// NOTE: an exception may leave 'after_the_try' here
// NOTE@#swallows: it is dropped
// NOTE: catch it
swallows after_the_try() {
  try {
    co_await work();
  } catch (...) {
    show(2);
  }
  co_await work();
}

// A coroutine that loses what it is given is no thread.
// EXPECT: coro-fire-and-forget-type: nobody can await 'loses_what_it_is_given'
// NOTE: an exception may leave 'loses_what_it_is_given' here
// NOTE@#swallows: it is dropped
// NOTE: catch it
swallows loses_what_it_is_given(task t) { co_await std::move(t); }

struct logs_and_ends {
  struct promise_type : runs_by_itself<logs_and_ends> {
    void unhandled_exception() { // #logs-and-ends
      std::puts("an exception");
      std::abort();
    }
  };
};
// EXPECT: coro-fire-and-forget-type: nobody can await 'logs_first', so an exception that leaves it ends the program
// NOTE: an exception may leave 'logs_first' here
// NOTE@#logs-and-ends: it ends the program
// NOTE: catch it
logs_and_ends logs_first() { co_await work(); }

struct asserts {
  struct promise_type : runs_by_itself<asserts> {
    void unhandled_exception() { assert(!"an exception"); } // #asserts
  };
};
// EXPECT: coro-fire-and-forget-type: nobody can await 'asserted', so an exception that leaves it ends the program
// NOTE: an exception may leave 'asserted' here
// NOTE@#asserts: it ends the program
// NOTE: catch it
asserts asserted() { co_await work(); }

struct throws_in_vain {
  struct promise_type : runs_by_itself<throws_in_vain> {
    void unhandled_exception() noexcept { throw; } // #in-vain
  };
};
// EXPECT: coro-fire-and-forget-type: nobody can await 'in_vain', so an exception that leaves it ends the program
// NOTE: an exception may leave 'in_vain' here
// NOTE@#in-vain: it ends the program
// NOTE: catch it
throws_in_vain in_vain() { co_await work(); }

// Once, whatever calls it, and whatever it is instantiated for.
// EXPECT: coro-fire-and-forget-type: nobody can await 'of_each'
// NOTE: an exception may leave 'of_each' here
// NOTE@#swallows: it is dropped
// NOTE: catch it
template <class T> swallows of_each(T) { co_await work(); }
void uses() {
  of_each(1);
  of_each('c');
}

void in_a_lambda() {
  // EXPECT: coro-fire-and-forget-type: nobody can await the lambda, so an exception that leaves it is lost
  // NOTE: an exception may leave the lambda here
  // NOTE@#swallows: it is dropped
  // NOTE: catch it in the lambda
  [](int) -> swallows { co_await work(); }(1);
}

struct tag {};
template <> struct std::coroutine_traits<void, tag> {
  struct promise_type {
    void get_return_object() {}
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() {} // #void
  };
};
// EXPECT: coro-fire-and-forget-type: nobody can await 'returns_nothing'
// NOTE: an exception may leave 'returns_nothing' here
// NOTE@#void: it is dropped
// NOTE: catch it
void returns_nothing(tag) { co_await work(); }

//===- good

// Everything is caught; somebody thought of it.
swallows catches() {
  try {
    co_await work();
    save(1);
  } catch (...) {
    report(std::current_exception());
  }
}
swallows catches_the_usual() {
  try {
    co_await work();
  } catch (const std::exception &e) {
    std::puts(e.what());
  }
}
void catches_itself(int i) noexcept;

// Nothing here throws.
swallows cannot_throw(int i) {
  co_await turn{};
  show(i);
  std::printf("%d\n", i);
  catches_itself(i);
}

// It may end the program itself, or never throw.
swallows calls_what_is_elsewhere(int i) {
  co_await turn{};
  save(i);
}

// Out of memory is not what one catches here.
swallows out_of_memory() {
  std::vector<int> v;
  v.push_back(1);
  count(v);
  co_await turn{};
}

swallows unevaluated() {
  show(sizeof(work()));
  auto later = [] { save(1); };
  static_cast<void>(later);
  co_await turn{};
}

// The promise does something with it.
struct keeps {
  struct promise_type : runs_by_itself<keeps> {
    std::exception_ptr error;
    void unhandled_exception() { error = std::current_exception(); }
  };
};
keeps kept() { co_await work(); }

struct passes_on {
  struct promise_type : runs_by_itself<passes_on> {
    void unhandled_exception() { throw; }
  };
};
passes_on passed_on() { co_await work(); }

struct throws_anew {
  struct promise_type : runs_by_itself<throws_anew> {
    void unhandled_exception() { std::rethrow_exception(std::current_exception()); }
  };
};
throws_anew thrown_anew() { co_await work(); }

struct calls_handler {
  struct promise_type : runs_by_itself<calls_handler> {
    void unhandled_exception() { report(std::current_exception()); }
  };
};
calls_handler handled() { co_await work(); }

// Elsewhere, it may do anything.
struct unseen {
  struct promise_type : runs_by_itself<unseen> {
    void unhandled_exception();
  };
};
unseen not_seen() { co_await work(); }

// It ends like a thread whose function throws.
terminates start(task t) { co_await std::move(t); }
template <class F> terminates start_with(F make) { co_await make(); }
void starts() {
  start_with([]() -> task { co_await turn{}; });
  [](task &t) -> terminates { co_await t; }(*static_cast<task *>(nullptr));
}

// As in main.
terminates only_main() { co_await work(); }
int main() { only_main(); }

// Somebody awaits it.
task awaited() { co_await work(); }
