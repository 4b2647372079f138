// Concurrency that ends before what it borrows does, and its broken twins, in the words of seven
// libraries: together in place, started and awaited, in a scope, a named task, a lambda that is
// awaited at once, a named closure.
//
// RUN: %cases %s

#include "support/asio.h"
#include "support/common.h"
#include "support/cppcoro.h"
#include "support/folly_coro.h"
#include "support/libcoro.h"
#include "support/seastar.h"
#include "support/stdexec.h"
#include "support/tmc.h"

std::string name_of(int id);

namespace in_asio {
using asio::awaitable;
inline awaitable<> delay() {
  asio::steady_timer timer(co_await asio::this_coro::executor);
  co_await timer.async_wait(asio::use_awaitable);
}
inline awaitable<> bump(int &n) {
  co_await delay();
  ++n;
}
inline awaitable<> log(const std::string &s) {
  co_await delay();
  use(s);
}

// CASE: asio-together EXPECT: none
awaitable<> together(int id) {
  int n = 0;
  co_await (bump(n) && log(name_of(id)));
  use(n);
}

// CASE: asio-together-kept EXPECT: coro-dangling-parameter|coro-detached-borrow
awaitable<> together_kept(int n) {
  auto both = bump(n) && log("x");
  use(1);
  co_await std::move(both);
}

// CASE: asio-started-and-awaited EXPECT: none
awaitable<> started_and_awaited(asio::any_io_executor ex) {
  int n = 0;
  co_await asio::co_spawn(ex, bump(n), asio::use_awaitable);
  use(n);
}

// CASE: asio-started-and-left EXPECT: coro-detached-borrow|coro-dangling-parameter
awaitable<> started_and_left(asio::any_io_executor ex) {
  int n = 0;
  asio::co_spawn(ex, bump(n), asio::detached);
  co_await delay();
  use(n);
}

// CASE: asio-pool-joined EXPECT: none
int pool_joined() {
  int n = 0;
  asio::thread_pool pool(1);
  asio::co_spawn(pool, bump(n), asio::detached);
  pool.join();
  return n;
}

// CASE: asio-pool-joined-too-late EXPECT: coro-detached-borrow|coro-dangling-parameter
void pool_joined_too_late() {
  asio::thread_pool pool(1);
  {
    int n = 0;
    asio::co_spawn(pool, bump(n), asio::detached);
  }
  pool.join();
}

// CASE: asio-named-task EXPECT: none
awaitable<> named_task(std::string s) {
  auto work = log(s);
  use(1);
  co_await std::move(work);
}

// CASE: asio-named-task-over-a-temporary EXPECT: coro-dangling-parameter|coro-detached-borrow
awaitable<> named_task_over_a_temporary(int id) {
  auto work = log(name_of(id));
  use(1);
  co_await std::move(work);
}

// CASE: asio-lambda-awaited-at-once EXPECT: none
awaitable<> lambda_awaited_at_once(int n) {
  co_await [&]() -> awaitable<> {
    co_await delay();
    use(n);
  }();
}

// CASE: asio-lambda-awaited-later EXPECT: coro-dangling-capture
awaitable<> lambda_awaited_later(int n) {
  auto work = [&]() -> awaitable<> {
    co_await delay();
    use(n);
  }();
  use(1);
  co_await std::move(work);
}

// CASE: asio-named-closure EXPECT: none
awaitable<> named_closure(int n) {
  auto f = [n]() -> awaitable<> {
    co_await delay();
    use(n);
  };
  auto work = f();
  use(1);
  co_await std::move(work);
}

// CASE: asio-named-closure-of-an-inner-scope EXPECT: coro-dangling-capture|coro-detached-borrow
awaitable<> named_closure_of_an_inner_scope(int n) {
  std::optional<awaitable<>> work;
  {
    auto f = [n]() -> awaitable<> {
      co_await delay();
      use(n);
    };
    work.emplace(f());
  }
  co_await std::move(*work);
}
} // namespace in_asio

namespace in_folly {
using folly::coro::Task;
using Executor = folly::Executor::KeepAlive<>;
inline Task<> bump(int &n) {
  co_await folly::coro::sleep(1ms);
  ++n;
}
inline Task<> log(const std::string &s) {
  co_await folly::coro::sleep(1ms);
  use(s);
}

// CASE: folly-together EXPECT: none
Task<> together(int id) {
  int n = 0;
  co_await folly::coro::collectAll(bump(n), log(name_of(id)));
  use(n);
}

// CASE: folly-together-kept EXPECT: coro-dangling-parameter|coro-detached-borrow
Task<> together_kept(int n) {
  auto both = folly::coro::collectAll(bump(n), log("x"));
  use(1);
  co_await std::move(both);
}

// CASE: folly-started-and-got EXPECT: none
int started_and_got(Executor ex) {
  int n = 0;
  auto running = folly::coro::co_withExecutor(ex, bump(n)).start();
  use(1);
  std::move(running).get();
  return n;
}

// CASE: folly-started-and-left EXPECT: coro-detached-borrow|coro-dangling-parameter
void started_and_left(Executor ex) {
  int n = 0;
  auto running = folly::coro::co_withExecutor(ex, bump(n)).start();
  use(n);
}

// CASE: folly-scope-joined EXPECT: none
Task<> scope_joined(Executor ex) {
  int n = 0;
  folly::coro::AsyncScope scope;
  for (int i = 0; i != 3; ++i)
    scope.add(folly::coro::co_withExecutor(ex, bump(n)));
  co_await scope.joinAsync();
  use(n);
}

// CASE: folly-scope-joined-too-late EXPECT: coro-detached-borrow|coro-dangling-parameter
Task<> scope_joined_too_late(Executor ex) {
  folly::coro::AsyncScope scope;
  for (int i = 0; i != 3; ++i)
    scope.add(folly::coro::co_withExecutor(ex, bump(i)));
  co_await scope.joinAsync();
}

// CASE: folly-named-task EXPECT: none
Task<> named_task(std::string s) {
  auto work = log(s);
  use(1);
  co_await std::move(work);
}

// CASE: folly-named-task-over-a-temporary EXPECT: coro-dangling-parameter|coro-detached-borrow
Task<> named_task_over_a_temporary(int id) {
  auto work = log(name_of(id));
  use(1);
  co_await std::move(work);
}

// CASE: folly-lambda-awaited-at-once EXPECT: none
Task<> lambda_awaited_at_once(int n) {
  co_await [&]() -> Task<> {
    co_await folly::coro::sleep(1ms);
    use(n);
  }();
}

// CASE: folly-lambda-awaited-later EXPECT: coro-dangling-capture
Task<> lambda_awaited_later(int n) {
  auto work = [&]() -> Task<> {
    co_await folly::coro::sleep(1ms);
    use(n);
  }();
  use(1);
  co_await std::move(work);
}

// CASE: folly-named-closure EXPECT: none
Task<> named_closure(int n) {
  auto f = [n]() -> Task<> {
    co_await folly::coro::sleep(1ms);
    use(n);
  };
  auto work = f();
  use(1);
  co_await std::move(work);
}

// CASE: folly-named-closure-of-an-inner-scope EXPECT: coro-dangling-capture|coro-detached-borrow
Task<> named_closure_of_an_inner_scope(int n) {
  std::optional<Task<>> work;
  {
    auto f = [n]() -> Task<> {
      co_await folly::coro::sleep(1ms);
      use(n);
    };
    work.emplace(f());
  }
  co_await std::move(*work);
}
} // namespace in_folly

namespace in_cppcoro {
using cppcoro::task;
using Pool = cppcoro::static_thread_pool;
inline task<> bump(int &n, Pool &pool) {
  co_await pool.schedule();
  ++n;
}
inline task<> log(const std::string &s, Pool &pool) {
  co_await pool.schedule();
  use(s);
}

// CASE: cppcoro-together EXPECT: none
task<> together(Pool &pool, int id) {
  int n = 0;
  co_await cppcoro::when_all(bump(n, pool), log(name_of(id), pool));
  use(n);
}

// CASE: cppcoro-together-kept EXPECT: coro-dangling-parameter|coro-detached-borrow
task<> together_kept(Pool &pool, int n) {
  auto both = cppcoro::when_all(bump(n, pool), log("x", pool));
  use(1);
  co_await both;
}

// CASE: cppcoro-waited-for EXPECT: none
int waited_for(Pool &pool) {
  int n = 0;
  auto work = bump(n, pool);
  cppcoro::sync_wait(work);
  return n;
}

// CASE: cppcoro-waited-for-too-late EXPECT: coro-dangling-parameter|coro-detached-borrow
void waited_for_too_late(Pool &pool) {
  auto work = log("x", pool);
  cppcoro::sync_wait(work);
}

// CASE: cppcoro-scope-joined EXPECT: none
task<> scope_joined(Pool &pool) {
  int n = 0;
  cppcoro::async_scope scope;
  for (int i = 0; i != 3; ++i)
    scope.spawn(bump(n, pool));
  co_await scope.join();
  use(n);
}

// CASE: cppcoro-scope-joined-too-late EXPECT: coro-detached-borrow|coro-dangling-parameter
task<> scope_joined_too_late(Pool &pool) {
  cppcoro::async_scope scope;
  for (int i = 0; i != 3; ++i)
    scope.spawn(bump(i, pool));
  co_await scope.join();
}

// CASE: cppcoro-named-task EXPECT: none
task<> named_task(Pool &pool, std::string s) {
  auto work = log(s, pool);
  use(1);
  co_await work;
}

// CASE: cppcoro-named-task-over-a-temporary EXPECT: coro-dangling-parameter|coro-detached-borrow
task<> named_task_over_a_temporary(Pool &pool, int id) {
  auto work = log(name_of(id), pool);
  use(1);
  co_await work;
}

// CASE: cppcoro-lambda-awaited-at-once EXPECT: none
task<> lambda_awaited_at_once(Pool &pool, int n) {
  co_await [&]() -> task<> {
    co_await pool.schedule();
    use(n);
  }();
}

// CASE: cppcoro-lambda-awaited-later EXPECT: coro-dangling-capture
task<> lambda_awaited_later(Pool &pool, int n) {
  auto work = [&]() -> task<> {
    co_await pool.schedule();
    use(n);
  }();
  use(1);
  co_await work;
}

// CASE: cppcoro-named-closure EXPECT: none
task<> named_closure(Pool &pool, int n) {
  auto f = [&pool, n]() -> task<> {
    co_await pool.schedule();
    use(n);
  };
  auto work = f();
  use(1);
  co_await work;
}

// CASE: cppcoro-named-closure-of-an-inner-scope EXPECT: coro-dangling-capture|coro-detached-borrow
task<> named_closure_of_an_inner_scope(Pool &pool, int n) {
  std::optional<task<>> work;
  {
    auto f = [&pool, n]() -> task<> {
      co_await pool.schedule();
      use(n);
    };
    work.emplace(f());
  }
  co_await *work;
}
} // namespace in_cppcoro

namespace in_libcoro {
using coro::task;
using Pool = std::shared_ptr<coro::thread_pool>;
inline task<> bump(int &n, Pool pool) {
  co_await pool->schedule();
  ++n;
}
inline task<> log(const std::string &s, Pool pool) {
  co_await pool->schedule();
  use(s);
}

// CASE: libcoro-together EXPECT: none
task<> together(Pool pool, int id) {
  int n = 0;
  co_await coro::when_all(bump(n, pool), log(name_of(id), pool));
  use(n);
}

// CASE: libcoro-together-kept EXPECT: coro-dangling-parameter|coro-detached-borrow
task<> together_kept(Pool pool, int n) {
  auto both = coro::when_all(bump(n, pool), log("x", pool));
  use(1);
  co_await both;
}

// CASE: libcoro-started-and-awaited EXPECT: none
task<> started_and_awaited(Pool pool) {
  int n = 0;
  auto running = pool->spawn_joinable(bump(n, pool));
  use(1);
  co_await running;
  use(n);
}

// CASE: libcoro-started-and-left EXPECT: coro-detached-borrow|coro-dangling-parameter
task<> started_and_left(Pool pool) {
  int n = 0;
  pool->spawn(bump(n, pool));
  co_await pool->schedule();
  use(n);
}

// CASE: libcoro-group-awaited EXPECT: none
task<> group_awaited(Pool pool) {
  int n = 0;
  coro::task_group<coro::thread_pool> group(pool.get());
  for (int i = 0; i != 3; ++i)
    group.start(bump(n, pool));
  co_await group;
  use(n);
}

// CASE: libcoro-group-awaited-too-late EXPECT: coro-detached-borrow|coro-dangling-parameter
task<> group_awaited_too_late(Pool pool) {
  coro::task_group<coro::thread_pool> group(pool.get());
  for (int i = 0; i != 3; ++i)
    group.start(bump(i, pool));
  co_await group;
}

// CASE: libcoro-named-task EXPECT: none
task<> named_task(Pool pool, std::string s) {
  auto work = log(s, pool);
  use(1);
  co_await work;
}

// CASE: libcoro-named-task-over-a-temporary EXPECT: coro-dangling-parameter|coro-detached-borrow
task<> named_task_over_a_temporary(Pool pool, int id) {
  auto work = log(name_of(id), pool);
  use(1);
  co_await work;
}

// CASE: libcoro-lambda-awaited-at-once EXPECT: none
task<> lambda_awaited_at_once(Pool pool, int n) {
  co_await [&]() -> task<> {
    co_await pool->schedule();
    use(n);
  }();
}

// CASE: libcoro-lambda-awaited-later EXPECT: coro-dangling-capture
task<> lambda_awaited_later(Pool pool, int n) {
  auto work = [&]() -> task<> {
    co_await pool->schedule();
    use(n);
  }();
  use(1);
  co_await work;
}

// CASE: libcoro-named-closure EXPECT: none
task<> named_closure(Pool pool, int n) {
  auto f = [pool, n]() -> task<> {
    co_await pool->schedule();
    use(n);
  };
  auto work = f();
  use(1);
  co_await work;
}

// CASE: libcoro-named-closure-of-an-inner-scope EXPECT: coro-dangling-capture|coro-detached-borrow
task<> named_closure_of_an_inner_scope(Pool pool, int n) {
  std::optional<task<>> work;
  {
    auto f = [pool, n]() -> task<> {
      co_await pool->schedule();
      use(n);
    };
    work.emplace(f());
  }
  co_await *work;
}
} // namespace in_libcoro

namespace in_seastar {
using seastar::future;
inline future<> bump(int &n) {
  co_await seastar::sleep(1ms);
  ++n;
}
inline future<> log(const std::string &s) {
  co_await seastar::sleep(1ms);
  use(s);
}

// CASE: seastar-together EXPECT: none
future<> together(int id) {
  int n = 0;
  co_await seastar::when_all_succeed(bump(n), log(name_of(id)));
  use(n);
}

// CASE: seastar-together-kept EXPECT: coro-dangling-parameter|coro-detached-borrow
future<> together_kept(int n) {
  auto both = seastar::when_all_succeed(bump(n), log("x"));
  use(1);
  co_await std::move(both);
}

// CASE: seastar-started-and-awaited EXPECT: none
future<> started_and_awaited() {
  int n = 0;
  auto one = bump(n);
  auto other = bump(n);
  co_await std::move(one);
  co_await std::move(other);
  use(n);
}

// CASE: seastar-started-and-left EXPECT: coro-detached-borrow|coro-dangling-parameter
future<> started_and_left() {
  int n = 0;
  (void)bump(n);
  co_await seastar::sleep(1ms);
  use(n);
}

// CASE: seastar-gate-closed EXPECT: none
future<> gate_closed() {
  int n = 0;
  seastar::gate gate;
  for (int i = 0; i != 3; ++i)
    (void)bump(n).finally([hold = gate.hold()] {});
  co_await gate.close();
  use(n);
}

// CASE: seastar-gate-closed-too-late EXPECT: coro-detached-borrow|coro-dangling-parameter
future<> gate_closed_too_late() {
  seastar::gate gate;
  for (int i = 0; i != 3; ++i)
    (void)bump(i).finally([hold = gate.hold()] {});
  co_await gate.close();
}

// CASE: seastar-named-task EXPECT: none
future<> named_task(std::string s) {
  auto work = log(s);
  use(1);
  co_await std::move(work);
}

// CASE: seastar-named-task-over-a-temporary EXPECT: coro-dangling-parameter|coro-detached-borrow
future<> named_task_over_a_temporary(int id) {
  auto work = log(name_of(id));
  use(1);
  co_await std::move(work);
}

// CASE: seastar-lambda-awaited-at-once EXPECT: none
future<> lambda_awaited_at_once(int n) {
  co_await [&]() -> future<> {
    co_await seastar::sleep(1ms);
    use(n);
  }();
}

// CASE: seastar-lambda-awaited-later EXPECT: coro-dangling-capture
future<> lambda_awaited_later(int n) {
  auto work = [&]() -> future<> {
    co_await seastar::sleep(1ms);
    use(n);
  }();
  use(1);
  co_await std::move(work);
}

// CASE: seastar-named-closure EXPECT: none
future<> named_closure(int n) {
  auto f = [n]() -> future<> {
    co_await seastar::sleep(1ms);
    use(n);
  };
  auto work = f();
  use(1);
  co_await std::move(work);
}

// CASE: seastar-named-closure-of-an-inner-scope EXPECT: coro-dangling-capture|coro-detached-borrow
future<> named_closure_of_an_inner_scope(int n) {
  std::optional<future<>> work;
  {
    auto f = [n]() -> future<> {
      co_await seastar::sleep(1ms);
      use(n);
    };
    work.emplace(f());
  }
  co_await std::move(*work);
}
} // namespace in_seastar

namespace in_tmc {
using tmc::task;
inline task<void> bump(int &n) {
  co_await tmc::yield();
  ++n;
}
inline task<void> log(const std::string &s) {
  co_await tmc::yield();
  use(s);
}
inline task<void> log_value(std::string s) {
  co_await tmc::yield();
  use(s);
}

// CASE: tmc-together EXPECT: none
task<void> together(int id) {
  int n = 0;
  co_await tmc::spawn_tuple(bump(n), log(name_of(id)));
  use(n);
}

// CASE: tmc-many-together EXPECT: none
task<void> many_together(std::vector<std::string> names) {
  std::vector<task<void>> all;
  for (const auto &name : names)
    all.push_back(log(name));
  co_await tmc::spawn_many(all);
}

// CASE: tmc-many-together-over-copies EXPECT: coro-dangling-parameter|coro-detached-borrow
// A copy for each turn, gone at its end.
task<void> many_together_over_copies(std::vector<std::string> names) {
  std::vector<task<void>> all;
  for (auto name : names)
    all.push_back(log(name));
  co_await tmc::spawn_many(all);
}

// CASE: tmc-an-array-together EXPECT: none
task<void> an_array_together() {
  int n = 0;
  std::array<task<void>, 2> both{bump(n), bump(n)};
  co_await tmc::spawn_many<2>(both.begin());
  use(n);
}

// CASE: tmc-an-array-detached EXPECT: ?coro-detached-borrow|coro-dangling-parameter
// Missed: that detach() lets the work run on is not known.
task<void> an_array_detached() {
  int n = 0;
  std::array<task<void>, 2> both{bump(n), bump(n)};
  tmc::spawn_many<2>(both.begin()).detach();
  co_await tmc::yield();
  use(n);
}

// CASE: tmc-spawned-and-awaited EXPECT: none
task<void> spawned_and_awaited(int id) {
  int n = 0;
  co_await tmc::spawn(bump(n));
  co_await tmc::spawn(log(name_of(id)));
  use(n);
}

// CASE: tmc-spawned-and-awaited-later EXPECT: none
task<void> spawned_and_awaited_later() {
  int n = 0;
  auto work = tmc::spawn(bump(n));
  use(1);
  co_await std::move(work);
  use(n);
}

// CASE: tmc-spawned-over-a-temporary EXPECT: coro-dangling-parameter|coro-detached-borrow
task<void> spawned_over_a_temporary(int id) {
  auto work = tmc::spawn(log(name_of(id)));
  use(1);
  co_await std::move(work);
}

// CASE: tmc-forked-and-awaited EXPECT: none
task<void> forked_and_awaited() {
  int n = 0;
  auto running = tmc::spawn(bump(n)).fork();
  use(1);
  co_await std::move(running);
  use(n);
}

// CASE: tmc-forked-over-a-temporary EXPECT: coro-dangling-parameter|coro-detached-borrow
task<void> forked_over_a_temporary(int id) {
  auto running = tmc::spawn(log(name_of(id))).fork();
  use(1);
  co_await std::move(running);
}

// CASE: tmc-detached EXPECT: ?coro-detached-borrow|coro-dangling-parameter
// Missed: that detach() lets the work run on is not known.
task<void> detached() {
  int n = 0;
  tmc::spawn(bump(n)).detach();
  co_await tmc::yield();
  use(n);
}

// CASE: tmc-detached-by-value EXPECT: none
task<void> detached_by_value(int id) {
  tmc::spawn(log_value(name_of(id))).detach();
  co_await tmc::yield();
}

// CASE: tmc-posted EXPECT: coro-detached-borrow|coro-dangling-parameter
void posted() {
  int n = 0;
  tmc::post(tmc::cpu_executor(), bump(n));
  use(n);
}

// CASE: tmc-posted-and-waited-for EXPECT: none
int posted_and_waited_for() {
  int n = 0;
  tmc::post_waitable(tmc::cpu_executor(), bump(n)).wait();
  auto running = tmc::post_waitable(tmc::cpu_executor(), bump(n));
  running.wait();
  return n;
}

// CASE: tmc-posted-and-never-waited-for EXPECT: ?coro-detached-borrow|coro-dangling-parameter
// The destructor of this future does not wait. Missed: nobody follows the future.
void posted_and_never_waited_for() {
  int n = 0;
  auto running = tmc::post_waitable(tmc::cpu_executor(), bump(n));
  use(n);
}

// CASE: tmc-main EXPECT: none
int main_of_tmc(int n) {
  return tmc::async_main([&]() -> task<int> {
    co_await tmc::yield();
    co_return n;
  }());
}

// CASE: tmc-named-task EXPECT: none
task<void> named_task(std::string s) {
  auto work = log(s);
  use(1);
  co_await std::move(work);
}

// CASE: tmc-named-task-over-a-temporary EXPECT: coro-dangling-parameter|coro-detached-borrow
task<void> named_task_over_a_temporary(int id) {
  auto work = log(name_of(id));
  use(1);
  co_await std::move(work);
}

// CASE: tmc-lambda-awaited-at-once EXPECT: none
task<void> lambda_awaited_at_once(int n) {
  co_await [&]() -> task<void> {
    co_await tmc::yield();
    use(n);
  }();
}

// CASE: tmc-lambda-awaited-later EXPECT: coro-dangling-capture
task<void> lambda_awaited_later(int n) {
  auto work = [&]() -> task<void> {
    co_await tmc::yield();
    use(n);
  }();
  use(1);
  co_await std::move(work);
}

// CASE: tmc-lambda-detached EXPECT: ?coro-dangling-capture|coro-detached-borrow
// Missed: that detach() lets the work run on is not known.
void lambda_detached(int n) {
  tmc::spawn([n]() -> task<void> {
    co_await tmc::yield();
    use(n);
  }())
      .detach();
}

// CASE: tmc-named-closure EXPECT: none
task<void> named_closure(int n) {
  auto f = [n]() -> task<void> {
    co_await tmc::yield();
    use(n);
  };
  auto work = f();
  use(1);
  co_await std::move(work);
}

// CASE: tmc-named-closure-of-an-inner-scope EXPECT: coro-dangling-capture|coro-detached-borrow
task<void> named_closure_of_an_inner_scope(int n) {
  std::optional<task<void>> work;
  {
    auto f = [n]() -> task<void> {
      co_await tmc::yield();
      use(n);
    };
    work.emplace(f());
  }
  co_await std::move(*work);
}
} // namespace in_tmc

namespace in_stdexec {
using exec::task;
using Pool = exec::static_thread_pool;
inline task<> bump(int &n) {
  ++n;
  co_return;
}
inline task<> log(const std::string &s) {
  use(s);
  co_return;
}

// CASE: stdexec-together EXPECT: none
task<> together(int id) {
  int n = 0;
  co_await stdexec::when_all(bump(n), log(name_of(id)));
  use(n);
}

// CASE: stdexec-together-kept EXPECT: coro-dangling-parameter|coro-detached-borrow
task<> together_kept(int n) {
  auto both = stdexec::when_all(bump(n), log("x"));
  use(1);
  co_await both;
}

// CASE: stdexec-started-and-awaited EXPECT: none
task<> started_and_awaited(Pool &pool) {
  int n = 0;
  auto work = stdexec::starts_on(pool.get_scheduler(), bump(n));
  use(1);
  co_await work;
  use(n);
}

// CASE: stdexec-started-and-left EXPECT: coro-detached-borrow|coro-dangling-parameter
void started_and_left(Pool &pool) {
  int n = 0;
  stdexec::start_detached(stdexec::starts_on(pool.get_scheduler(), bump(n)));
  use(n);
}

// CASE: stdexec-scope-joined EXPECT: none
task<> scope_joined(Pool &pool) {
  int n = 0;
  exec::async_scope scope;
  for (int i = 0; i != 3; ++i)
    scope.spawn(stdexec::starts_on(pool.get_scheduler(), bump(n)));
  co_await scope.on_empty();
  use(n);
}

// CASE: stdexec-scope-joined-too-late EXPECT: coro-detached-borrow|coro-dangling-parameter
task<> scope_joined_too_late(Pool &pool) {
  exec::async_scope scope;
  for (int i = 0; i != 3; ++i)
    scope.spawn(stdexec::starts_on(pool.get_scheduler(), bump(i)));
  co_await scope.on_empty();
}

// CASE: stdexec-named-task EXPECT: none
task<> named_task(std::string s) {
  auto work = log(s);
  use(1);
  co_await work;
}

// CASE: stdexec-named-task-over-a-temporary EXPECT: coro-dangling-parameter|coro-detached-borrow
task<> named_task_over_a_temporary(int id) {
  auto work = log(name_of(id));
  use(1);
  co_await work;
}

// CASE: stdexec-lambda-awaited-at-once EXPECT: none
task<> lambda_awaited_at_once(Pool &pool, int n) {
  co_await stdexec::starts_on(pool.get_scheduler(), [&]() -> task<> {
    use(n);
    co_return;
  }());
}

// CASE: stdexec-lambda-awaited-later EXPECT: coro-dangling-capture
task<> lambda_awaited_later(int n) {
  auto work = [&]() -> task<> {
    use(n);
    co_return;
  }();
  use(1);
  co_await work;
}

// CASE: stdexec-named-closure EXPECT: none
task<> named_closure(int n) {
  auto f = [n]() -> task<> {
    use(n);
    co_return;
  };
  auto work = f();
  use(1);
  co_await work;
}

// CASE: stdexec-named-closure-of-an-inner-scope EXPECT: coro-dangling-capture|coro-detached-borrow
task<> named_closure_of_an_inner_scope(int n) {
  std::optional<task<>> work;
  {
    auto f = [n]() -> task<> {
      use(n);
      co_return;
    };
    work.emplace(f());
  }
  co_await *work;
}
} // namespace in_stdexec
