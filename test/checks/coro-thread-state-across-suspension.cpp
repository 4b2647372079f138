// RUN: %check %s

#include "Inputs/task.h"
#include <cerrno>
#include <corolint/annotations.h>
#include <memory>
#include <thread>
#include <unistd.h>
#include <vector>

task<> work();
void log(std::thread::id id);
void use(std::vector<char> &buffer);

thread_local std::vector<char> scratch;
thread_local struct {
  int depth = 0;
} context;

/// A runtime with one thread for each loop.
template <class T> struct CORO_PINNED pinned {
  struct promise_type {
    pinned get_return_object() { return {}; }
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() {}
  };
};
CORO_RESUMES_ON_WORKER std::suspend_always to_worker();

//===- bad

task<> a_reference() {
  auto &buffer = scratch; // #reference
  use(buffer);
  co_await work(); // #suspended
  // EXPECT: coro-thread-state-across-suspension: 'buffer' is used after a suspension: it refers to the thread_local 'scratch' of the thread that took it, and the coroutine may have been resumed on another
  // NOTE@#reference: it is taken here
  // NOTE@#suspended: the coroutine is suspended here
  // NOTE: take it again after the suspension
  use(buffer);
}

task<> a_pointer() {
  int *depth = &context.depth;
  ++*depth;
  co_await work();
  // EXPECT: coro-thread-state-across-suspension: 'depth' is used after a suspension: it refers to the thread_local 'context'
  // NOTE: it is taken here
  // NOTE: the coroutine is suspended here
  // NOTE: take it again after the suspension
  --*depth;
}

task<> an_id() {
  auto id = std::this_thread::get_id();
  co_await work();
  // EXPECT: coro-thread-state-across-suspension: 'id' is used after a suspension: it names the thread
  // NOTE: it is taken here, by 'std::this_thread::get_id' (std.yaml:
  // NOTE: the coroutine is suspended here
  // NOTE: take it again after the suspension
  log(id);
}

task<int> an_error(int fd, char *to) {
  long n = ::lseek(fd, 0, 1);
  co_await work();
  // EXPECT: coro-thread-state-across-suspension: errno is read after a suspension: other code on the thread may have set it meanwhile
  // NOTE: this call set it
  // NOTE: the coroutine is suspended here; copy errno before
  if (n < 0 && errno == EINVAL)
    co_return 1;
  co_return 0;
}

task<> spans_several() {
  auto &buffer = scratch;
  co_await work(); // #one
  co_await work(); // #other
  // EXPECT: coro-thread-state-across-suspension: 'buffer' is used after a suspension
  // NOTE: it is taken here
  // NOTE@#one: the coroutine is suspended here
  // NOTE@#other: and here
  // NOTE: take it again after the suspension
  use(buffer);
}

task<int> tested_before(int fd) {
  const long n = ::lseek(fd, 0, 1);
  if (n < 0) {
    co_await work();
    // EXPECT: coro-thread-state-across-suspension: errno is read after a suspension
    // NOTE: this call set it
    // NOTE: the coroutine is suspended here; copy errno before
    co_return errno;
  }
  co_return 0;
}

task<int> tested_at_once(int fd) {
  while (::lseek(fd, 0, 1) < 0) {
    co_await work();
    // EXPECT: coro-thread-state-across-suspension: errno is read after a suspension
    // NOTE: this call set it
    // NOTE: the coroutine is suspended here; copy errno before
    if (errno != EINTR)
      co_return 1;
  }
  co_return 0;
}

pinned<void> hops() {
  auto &buffer = scratch;
  co_await to_worker();
  // EXPECT: coro-thread-state-across-suspension: 'buffer' is used after a suspension
  // NOTE: it is taken here
  // NOTE: the coroutine is suspended here
  // NOTE: take it again after the suspension
  use(buffer);
}

/// What a thread keeps for whoever runs on it.
struct state {
  int depth = 0;
  std::shared_ptr<int> log;
  int *elsewhere = nullptr;
  static state *current();
};
state *state::current() {
  static thread_local state own;
  return &own;
}
state &here() { return *state::current(); }
state *if_there_is_one(bool wanted) {
  if (!wanted)
    return nullptr;
  static thread_local std::unique_ptr<state> kept = std::make_unique<state>();
  state *found = kept.get();
  return found;
}
thread_local state *installed = nullptr;
state *whoever_installed_it() { return installed; }
void use(state &one);

task<> from_a_function() {
  auto *mine = state::current(); // #current
  ++mine->depth;
  co_await work();
  // EXPECT: coro-thread-state-across-suspension: 'mine' is used after a suspension: it refers to the thread_local 'own' of the thread that took it
  // NOTE@#current: it is taken here, from 'state::current'
  // NOTE: the coroutine is suspended here
  // NOTE: take it again after the suspension
  --mine->depth;
}

task<> from_a_chain_of_functions() {
  state &mine = here();
  co_await work();
  // EXPECT: coro-thread-state-across-suspension: 'mine' is used after a suspension: it refers to the thread_local 'own'
  // NOTE: it is taken here, from 'here'
  // NOTE: the coroutine is suspended here
  // NOTE: take it again after the suspension
  use(mine);
}

task<> a_part_of_what_a_function_gives() {
  int &depth = state::current()->depth;
  co_await work();
  // EXPECT: coro-thread-state-across-suspension: 'depth' is used after a suspension
  // NOTE: it is taken here, from 'state::current'
  // NOTE: the coroutine is suspended here
  // NOTE: take it again after the suspension
  ++depth;
}

task<> what_the_thread_owns() {
  state *mine = if_there_is_one(true);
  co_await work();
  // EXPECT: coro-thread-state-across-suspension: 'mine' is used after a suspension: it refers to the thread_local 'kept'
  // NOTE: it is taken here, from 'if_there_is_one'
  // NOTE: the coroutine is suspended here
  // NOTE: take it again after the suspension
  use(*mine);
}

//===- good

task<> asked_again() {
  ++state::current()->depth;
  co_await work();
  --state::current()->depth;
}

/// Its owners are many, of which the coroutine is one.
task<int> copied_out_of_it() {
  auto log = state::current()->log;
  co_await work();
  co_return *log;
}

/// Copies: of a number, and of pointers whose targets need not belong to the thread.
task<int> copies_of_parts() {
  const int depth = here().depth;
  int *other = here().elsewhere;
  state *one = whoever_installed_it();
  auto &log = *state::current()->log;
  co_await work();
  use(*one);
  co_return depth + *other + log;
}

task<> taken_again() {
  co_await work();
  auto &buffer = scratch;
  use(buffer);
}

task<> by_value() {
  auto buffer = scratch;
  co_await work();
  use(buffer);
}

task<> before() {
  auto &buffer = scratch;
  use(buffer);
  co_await work();
}

task<bool> compared() {
  auto id = std::this_thread::get_id();
  co_await work();
  co_return id == std::this_thread::get_id();
}

task<int> copied(int fd) {
  long n = ::lseek(fd, 0, 1);
  const int error = errno;
  co_await work();
  co_return n < 0 ? error : 0;
}

task<int> of_a_later_call(int fd) {
  co_await work();
  long n = ::lseek(fd, 0, 1);
  if (n < 0 && errno == EINVAL)
    co_return 1;
  co_return 0;
}

task<int> read_some(int fd);
task<int> of_what_was_awaited(int fd) {
  ::lseek(fd, 0, 1);
  int n = co_await read_some(fd);
  if (n < 0 && errno == EINVAL)
    co_return 1;
  co_return 0;
}

task<int> of_what_was_awaited_after_a_test(int fd) {
  const long n = ::lseek(fd, 0, 1);
  if (n >= 0) {
    const int m = co_await read_some(fd);
    if (m < 0)
      co_return errno;
  }
  co_return 0;
}

pinned<void> stays() {
  auto &buffer = scratch;
  co_await work();
  use(buffer);
}
