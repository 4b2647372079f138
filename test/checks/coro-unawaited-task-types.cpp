// The types that a drop matters for are found by what they are: any spelling of a promise will do,
// also one that only knowledge can tell.
//
// RUN: %check %s --knowledge %S/Inputs/types.yaml

#include <coroutine>
#include <corolint/annotations.h>
#include <memory>

struct operation {
  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<>) const noexcept {}
  void await_resume() const noexcept {}
};
struct start_lazily {
  std::suspend_always initial_suspend() noexcept { return {}; }
  std::suspend_always final_suspend() noexcept { return {}; }
  void return_void() {}
  void unhandled_exception() {}
};

// A promise that coroutine_traits names.
class traits_task {};
inline operation operator co_await(traits_task) { return {}; }
template <class... Args> struct std::coroutine_traits<traits_task, Args...> {
  struct promise_type : start_lazily {
    traits_task get_return_object() { return {}; }
  };
};
traits_task by_traits();

// Awaitable only in its own coroutines.
struct closed_task {
  struct promise_type : start_lazily {
    closed_task get_return_object() { return {}; }
    operation await_transform(closed_task) { return {}; }
  };
};
closed_task closed();

// Behind an alias, with an allocator.
template <class T, class Allocator> struct basic_task {
  struct promise_type : start_lazily {
    basic_task get_return_object() { return {}; }
  };
  operation operator co_await() const { return {}; }
};
template <class T> using io_task = basic_task<T, std::allocator<T>>;
io_task<void> by_alias();

// Derived from a task.
struct derived_task : traits_task {
  struct promise_type : start_lazily {
    derived_task get_return_object() { return {}; }
  };
  operation operator co_await() const { return {}; }
};
derived_task derived();

// Nothing to be seen: somebody says it.
class pimpl_task {
  std::shared_ptr<void> hidden;
};
pimpl_task hidden();
class CORO_TASK annotated_task {
  std::shared_ptr<void> hidden;
};
annotated_task annotated();
class silent_task {
  std::shared_ptr<void> hidden;
};
silent_task silent();
// What looks like a task is a fake for tests.
struct fake_task : operation {
  struct promise_type : start_lazily {
    fake_task get_return_object() { return {}; }
  };
};
fake_task fake();

io_task<void> drops() {
  // EXPECT: coro-unawaited-task: 'by_traits' never runs
  // NOTE: 'traits_task' is lazy: 'initial_suspend' of 'std::coroutine_traits::promise_type' suspends
  // FIXED: co_await by_traits();
  by_traits();
  // Only its own coroutines may await it: no fix here.
  // EXPECT: coro-unawaited-task: 'closed' never runs
  // NOTE: 'closed_task' is lazy
  closed();
  // EXPECT: coro-unawaited-task: 'by_alias' never runs
  // NOTE: 'basic_task' is lazy
  // FIXED: co_await by_alias();
  by_alias();
  // EXPECT: coro-unawaited-task: 'derived' never runs
  // NOTE: 'derived_task' is lazy
  // FIXED: co_await derived();
  derived();
  // EXPECT: coro-unawaited-task: 'hidden' never runs
  // NOTE: 'pimpl_task' is lazy: {{.*}}.corolint.yaml:
  hidden();
  // EXPECT: coro-unawaited-task: 'annotated' never runs
  // NOTE: 'annotated_task' is lazy: annotated at
  annotated();
  silent();
  fake();
  co_return;
}

closed_task drops_its_own() {
  // EXPECT: coro-unawaited-task: 'closed' never runs
  // NOTE: 'closed_task' is lazy
  // FIXED: co_await closed();
  closed();
  // EXPECT: coro-unawaited-task: 'by_alias' never runs
  // NOTE: 'basic_task' is lazy
  by_alias();
  co_return;
}

// What an exception says of cancellation says nothing of tasks.
struct CORO_CANCELLATION cancelled {};
cancelled reason();

closed_task drops_a_reason() {
  reason();
  co_return;
}
