// RUN: %check %s

#include "Inputs/task.h"
#include <utility>

task<> work(int = 0);
template <class T> void wait_here(T &&t);

namespace cppcoro {
class async_scope {
public:
  async_scope() noexcept;
  ~async_scope();
  template <class A> void spawn(A &&awaitable);
  task<> join() noexcept;
};
} // namespace cppcoro

task<> cppcoro_scope(bool stop) {
  // EXPECT: coro-unjoined-scope: 'scope' is destroyed while work may run in it: a path leaves
  // NOTE: work is put into it here
  // NOTE: it is destroyed here, and was not joined
  // NOTE: 'cppcoro::async_scope' has to be joined: its destructor only asserts
  cppcoro::async_scope scope;
  scope.spawn(work());
  if (stop)
    co_return;
  co_await scope.join();
}

namespace folly::coro {
class AsyncScope {
public:
  ~AsyncScope();
  template <class A> void add(A &&awaitable, void *address = nullptr);
  task<> joinAsync() noexcept;
  task<> cleanup() noexcept;
};
class CancellableAsyncScope {
public:
  ~CancellableAsyncScope();
  template <class A> void add(A &&awaitable);
  void requestCancellation() const noexcept;
  task<> cancelAndJoinAsync() noexcept;
};
} // namespace folly::coro

task<> folly_scope() {
  // EXPECT: coro-unjoined-scope: 'scope' is destroyed while work may run in it: nothing here waits
  // NOTE: work is put into it here
  // NOTE: 'folly::coro::CancellableAsyncScope' has to be joined: its destructor ends the program while work runs
  // joined: its destructor ends the program while work runs
  folly::coro::CancellableAsyncScope scope;
  scope.add(work());
  scope.requestCancellation();
  folly::coro::AsyncScope other;
  other.add(work());
  co_await other.joinAsync();
}

namespace exec {
namespace __scope {
struct async_scope {
  ~async_scope();
  template <class S> void spawn(S &&sender);
  template <class S> task<> spawn_future(S &&sender);
  template <class S> task<> nest(S &&sender);
  task<> on_empty() const;
  bool request_stop() noexcept;
};
} // namespace __scope
using __scope::async_scope;
} // namespace exec

struct sender {};

void exec_scope() {
  // EXPECT: coro-unjoined-scope: 'scope' is destroyed while work may run in it: nothing here waits
  // NOTE: work is put into it here
  // NOTE: 'exec::__scope::async_scope' has to be joined: its destructor only asserts
  // destructor only asserts
  exec::async_scope scope;
  scope.spawn(work());
  scope.request_stop();
}
// A test that drives a sender by hand knows when it is done.
void driven_by_hand() {
  exec::async_scope scope;
  scope.spawn(sender());
}
task<> not_driven_by_hand() {
  // EXPECT: coro-unjoined-scope: 'scope' is destroyed while work may run in it: nothing here waits
  // NOTE: work is put into it here
  // NOTE: 'exec::__scope::async_scope' has to be joined: its destructor only asserts
  exec::async_scope scope;
  scope.spawn(sender());
  co_await work();
}
void exec_scope_joined() {
  exec::async_scope scope;
  scope.spawn(sender());
  wait_here(scope.on_empty());
}
task<> exec_scope_awaited() {
  exec::async_scope scope;
  co_await scope.spawn_future(work());
  co_await scope.nest(work());
}
