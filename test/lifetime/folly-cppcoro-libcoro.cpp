// folly::coro, cppcoro and libcoro: their scopes, and what they start.
//
// RUN: %cases %s

#include "support/common.h"
#include "support/cppcoro.h"
#include "support/folly_coro.h"
#include "support/libcoro.h"

using folly::coro::co_invoke;
using folly::coro::co_withExecutor;
using folly::coro::Task;
using KA = folly::Executor::KeepAlive<>;
namespace defs {
inline Task<void> fbump(int &n) {
  co_await folly::coro::sleep(1ms);
  ++n;
}
inline Task<int> flen(const std::string &s) {
  co_await folly::coro::sleep(1ms);
  co_return int(s.size());
}
inline Task<void> flog(std::string s) {
  co_await folly::coro::sleep(1ms);
  use(s);
}
inline cppcoro::task<> cbump(int &n, cppcoro::static_thread_pool &p) {
  co_await p.schedule();
  ++n;
}
inline cppcoro::task<> clog(const std::string &s, cppcoro::static_thread_pool &p) {
  co_await p.schedule();
  use(s);
}
inline cppcoro::task<> clog_value(std::string s, cppcoro::static_thread_pool &p) {
  co_await p.schedule();
  use(s);
}
inline coro::task<> lbump(int &n, std::shared_ptr<coro::thread_pool> p) {
  co_await p->schedule();
  ++n;
}
inline coro::task<> llog(std::string s, std::shared_ptr<coro::thread_pool> p) {
  co_await p->schedule();
  use(s);
}
inline coro::task<> lset(coro::event &e, int &n, std::shared_ptr<coro::thread_pool> p) {
  co_await p->schedule();
  ++n;
  e.set();
}
std::string name_of(int id);
// namespace defs
} // namespace defs
using namespace defs;

// CASE: co-invoke-kept EXPECT: none
// co_invoke keeps the closure.
Task<int> co_invoke_kept(int n) {
  auto t = co_invoke([n]() -> Task<int> {
    co_await folly::coro::sleep(1ms);
    co_return n;
  });
  use(1);
  co_return co_await std::move(t);
}

// CASE: co-invoke-reference-capture-same-scope EXPECT: none
Task<int> co_invoke_reference_capture_same_scope(int n) {
  auto t = co_invoke([&]() -> Task<int> {
    co_await folly::coro::sleep(1ms);
    co_return n;
  });
  use(1);
  co_return co_await std::move(t);
}

// CASE: co-invoke-returned-by-value EXPECT: none
Task<int> co_invoke_returned_by_value(int n) {
  return co_invoke([n]() -> Task<int> {
    co_await folly::coro::sleep(1ms);
    co_return n;
  });
}

// CASE: co-invoke-returned-reference-capture EXPECT: coro-dangling-return|coro-dangling-capture
// n is the by-value parameter of a plain function.
Task<int> co_invoke_returned_reference_capture(int n) {
  return co_invoke([&n]() -> Task<int> {
    co_await folly::coro::sleep(1ms);
    co_return n;
  });
}

// CASE: co-invoke-started-value EXPECT: none
void co_invoke_started_value(KA ex, int n) {
  (void)co_withExecutor(ex, co_invoke([n]() -> Task<void> {
                          co_await folly::coro::sleep(1ms);
                          use(n);
                        }))
      .start();
}

// CASE: co-invoke-started-reference EXPECT: coro-detached-borrow|coro-dangling-capture
void co_invoke_started_reference(KA ex, int n) {
  (void)co_withExecutor(ex, co_invoke([&n]() -> Task<void> {
                          co_await folly::coro::sleep(1ms);
                          use(n);
                        }))
      .start();
}

// CASE: called-lambda-started EXPECT: coro-dangling-capture|coro-detached-borrow
void called_lambda_started(KA ex, int n) {
  (void)co_withExecutor(ex,
                        [n]() -> Task<void> {
                          co_await folly::coro::sleep(1ms);
                          use(n);
                        }())
      .start();
}

// CASE: started-local-borrowed EXPECT: coro-detached-borrow|coro-dangling-parameter
// A dropped SemiFuture does not wait.
void started_local_borrowed(KA ex) {
  int n = 0;
  auto f = co_withExecutor(ex, fbump(n)).start();
  use(1);
}

// CASE: started-local-borrowed-and-got EXPECT: none
int started_local_borrowed_and_got(KA ex) {
  int n = 0;
  auto f = co_withExecutor(ex, fbump(n)).start();
  std::move(f).get();
  return n;
}

// CASE: async-scope-joined EXPECT: none
Task<void> async_scope_joined(KA ex) {
  int n = 0;
  folly::coro::AsyncScope scope;
  scope.add(co_withExecutor(ex, fbump(n)));
  co_await scope.joinAsync();
  use(n);
}

// CASE: async-scope-joined-after-the-local-died EXPECT: coro-detached-borrow
Task<void> async_scope_joined_after_the_local_died(KA ex) {
  folly::coro::AsyncScope scope;
  {
    int n = 0;
    scope.add(co_withExecutor(ex, fbump(n)));
  }
  co_await scope.joinAsync();
}

// CASE: async-scope-declared-before-but-joined-in-time EXPECT: none
Task<void> async_scope_declared_before_but_joined_in_time(KA ex) {
  folly::coro::AsyncScope scope;
  int n = 0;
  scope.add(co_withExecutor(ex, fbump(n)));
  co_await scope.joinAsync();
  use(n);
}

// CASE: async-scope-of-the-caller EXPECT: coro-detached-borrow|coro-dangling-parameter
// Who joins it outlives n.
Task<void> async_scope_of_the_caller(KA ex, folly::coro::AsyncScope &scope) {
  int n = 0;
  scope.add(co_withExecutor(ex, fbump(n)));
  co_await folly::coro::sleep(1ms);
}

// CASE: async-scope-of-the-caller-by-value EXPECT: none
Task<void> async_scope_of_the_caller_by_value(KA ex, folly::coro::AsyncScope &scope) {
  scope.add(co_withExecutor(ex, flog(name_of(1))));
  co_await folly::coro::sleep(1ms);
}

// CASE: async-scope-called-lambda-joined EXPECT: coro-dangling-capture|coro-detached-borrow
// Joined, but the closure died at once.
Task<void> async_scope_called_lambda_joined(KA ex, int n) {
  folly::coro::AsyncScope scope;
  scope.add(co_withExecutor(ex, [&]() -> Task<void> {
    co_await folly::coro::sleep(1ms);
    use(n);
  }()));
  co_await scope.joinAsync();
}

// CASE: async-scope-co-invoke-joined EXPECT: none
Task<void> async_scope_co_invoke_joined(KA ex, int n) {
  folly::coro::AsyncScope scope;
  scope.add(co_withExecutor(ex, co_invoke([&]() -> Task<void> {
                              co_await folly::coro::sleep(1ms);
                              use(n);
                            })));
  co_await scope.joinAsync();
}

// CASE: async-scope-temporary-argument EXPECT: coro-detached-borrow|coro-dangling-parameter
Task<void> async_scope_temporary_argument(KA ex) {
  folly::coro::AsyncScope scope;
  scope.add(co_withExecutor(ex, flen("abc")));
  co_await scope.joinAsync();
}

// CASE: async-scope-blocking-join EXPECT: none
int async_scope_blocking_join(KA ex) {
  int n = 0;
  folly::coro::AsyncScope scope;
  scope.add(co_withExecutor(ex, fbump(n)));
  folly::coro::blockingWait(scope.joinAsync());
  return n;
}

// CASE: collect-range-of-co-invokes EXPECT: none
Task<void> collect_range_of_co_invokes(int n) {
  std::vector<Task<void>> v;
  for (int i = 0; i < 3; ++i)
    v.push_back(co_invoke([&n, i]() -> Task<void> {
      co_await folly::coro::sleep(1ms);
      use(n + i);
    }));
  co_await folly::coro::collectAllRange(std::move(v));
}

// CASE: collect-range-of-co-invokes-loop-variable-by-reference EXPECT: coro-detached-borrow
Task<void> collect_range_of_co_invokes_loop_variable_by_reference() {
  std::vector<Task<void>> v;
  for (int i = 0; i < 3; ++i)
    v.push_back(co_invoke([&i]() -> Task<void> {
      co_await folly::coro::sleep(1ms);
      use(i);
    }));
  co_await folly::coro::collectAllRange(std::move(v));
}

// CASE: collect-range-of-called-lambdas EXPECT: coro-dangling-capture|coro-detached-borrow
Task<void> collect_range_of_called_lambdas(int n) {
  std::vector<Task<void>> v;
  for (int i = 0; i < 3; ++i)
    v.push_back([n, i]() -> Task<void> {
      co_await folly::coro::sleep(1ms);
      use(n + i);
    }());
  co_await folly::coro::collectAllRange(std::move(v));
}

// CASE: collect-all-called-lambdas-in-place EXPECT: none
Task<int> collect_all_called_lambdas_in_place(int n) {
  auto [a, b] = co_await folly::coro::collectAll(
      [&]() -> Task<int> {
        co_await folly::coro::sleep(1ms);
        co_return n;
      }(),
      flen("abc"));
  co_return a + b;
}

// CASE: co-invoke-with-reference-argument-copied EXPECT: none
Task<int> co_invoke_with_reference_argument_copied(std::string s) {
  auto t = co_invoke(
      [](std::string x) -> Task<int> {
        co_await folly::coro::sleep(1ms);
        co_return int(x.size());
      },
      s);
  use(1);
  co_return co_await std::move(t);
}

// CASE: semi-future-waited-by-lvalue EXPECT: none
int semi_future_waited_by_lvalue(KA ex) {
  int n = 0;
  auto f = co_withExecutor(ex, fbump(n)).start();
  f.wait();
  return n;
}

// CASE: cppcoro-scope-joined EXPECT: none
cppcoro::task<> cppcoro_scope_joined(cppcoro::static_thread_pool &p) {
  int n = 0;
  cppcoro::async_scope s;
  s.spawn(cbump(n, p));
  s.spawn(cbump(n, p));
  co_await s.join();
}

// CASE: cppcoro-scope-temporary EXPECT: coro-detached-borrow|coro-dangling-parameter
// Joined, but the string died at the semicolon.
cppcoro::task<> cppcoro_scope_temporary(cppcoro::static_thread_pool &p) {
  cppcoro::async_scope s;
  s.spawn(clog("abc", p));
  co_await s.join();
}

// CASE: cppcoro-scope-value EXPECT: none
cppcoro::task<> cppcoro_scope_value(cppcoro::static_thread_pool &p) {
  cppcoro::async_scope s;
  s.spawn(clog_value("abc", p));
  co_await s.join();
}

// CASE: cppcoro-scope-loop-copies EXPECT: coro-detached-borrow|coro-dangling-parameter
// x is a copy that dies each turn.
cppcoro::task<> cppcoro_scope_loop_copies(cppcoro::static_thread_pool &p,
                                          std::vector<std::string> v) {
  cppcoro::async_scope s;
  for (auto x : v)
    s.spawn(clog(x, p));
  co_await s.join();
}

// CASE: cppcoro-scope-loop-references EXPECT: none
cppcoro::task<> cppcoro_scope_loop_references(cppcoro::static_thread_pool &p,
                                              std::vector<std::string> v) {
  cppcoro::async_scope s;
  for (auto &x : v)
    s.spawn(clog(x, p));
  co_await s.join();
}

// CASE: cppcoro-scope-joined-in-the-loop EXPECT: none
cppcoro::task<> cppcoro_scope_joined_in_the_loop(cppcoro::static_thread_pool &p,
                                                 std::vector<std::string> v) {
  for (auto x : v) {
    cppcoro::async_scope s;
    s.spawn(clog(x, p));
    s.spawn(clog(x, p));
    co_await s.join();
  }
}

// CASE: cppcoro-scope-member-value EXPECT: none
// A member borrows a member: joined by stop.
struct svc {
  cppcoro::async_scope scope_;
  cppcoro::static_thread_pool &p_;
  int hits_ = 0;
  void add() { scope_.spawn(cbump(hits_, p_)); }
  cppcoro::task<> stop() { co_await scope_.join(); }
};

// CASE: cppcoro-scope-member-local EXPECT: coro-detached-borrow|coro-dangling-parameter
struct svc2 {
  cppcoro::async_scope scope_;
  cppcoro::static_thread_pool &p_;
  void add() {
    int n = 0;
    scope_.spawn(cbump(n, p_));
  }
  cppcoro::task<> stop() { co_await scope_.join(); }
};

// CASE: cppcoro-when-all-vector-of-locals EXPECT: none
cppcoro::task<> cppcoro_when_all_vector_of_locals(cppcoro::static_thread_pool &p) {
  int a = 0, b = 0;
  std::vector<cppcoro::task<>> v;
  v.push_back(cbump(a, p));
  v.push_back(cbump(b, p));
  co_await cppcoro::when_all(std::move(v));
}

// CASE: cppcoro-when-all-vector-sync-waited EXPECT: none
int cppcoro_when_all_vector_sync_waited(cppcoro::static_thread_pool &p) {
  int a = 0;
  std::vector<cppcoro::task<>> v;
  v.push_back(cbump(a, p));
  cppcoro::sync_wait(cppcoro::when_all(std::move(v)));
  return a;
}

// CASE: cppcoro-when-all-vector-of-temporaries EXPECT: coro-dangling-parameter|coro-detached-borrow
cppcoro::task<> cppcoro_when_all_vector_of_temporaries(cppcoro::static_thread_pool &p) {
  std::vector<cppcoro::task<>> v;
  v.push_back(clog("a", p));
  v.push_back(clog("b", p));
  co_await cppcoro::when_all(std::move(v));
}

// CASE: cppcoro-scope-lambda-uncalled-body EXPECT: none
cppcoro::task<> cppcoro_scope_lambda_uncalled_body(cppcoro::static_thread_pool &p, int n) {
  cppcoro::async_scope s;
  auto work = [&](int i) -> cppcoro::task<> {
    co_await p.schedule();
    use(n + i);
  };
  for (int i = 0; i < 3; ++i)
    s.spawn(work(i));
  co_await s.join();
}

// CASE: libcoro-spawn-local EXPECT: coro-detached-borrow|coro-dangling-parameter
coro::task<> libcoro_spawn_local(std::shared_ptr<coro::thread_pool> p) {
  int n = 0;
  p->spawn(lbump(n, p));
  co_await p->schedule();
}

// CASE: libcoro-spawn-value EXPECT: none
void libcoro_spawn_value(std::shared_ptr<coro::thread_pool> p) {
  p->spawn(llog(name_of(1), p));
}

// CASE: libcoro-spawn-joined-by-event EXPECT: none
coro::task<> libcoro_spawn_joined_by_event(std::shared_ptr<coro::thread_pool> p) {
  int n = 0;
  coro::event e;
  p->spawn(lset(e, n, p));
  co_await e;
  use(n);
}

// CASE: libcoro-spawn-event-never-awaited EXPECT: coro-detached-borrow|coro-dangling-parameter
coro::task<> libcoro_spawn_event_never_awaited(std::shared_ptr<coro::thread_pool> p) {
  int n = 0;
  coro::event e;
  p->spawn(lset(e, n, p));
  co_await p->schedule();
}

// CASE: libcoro-spawn-called-lambda EXPECT: coro-dangling-capture|coro-detached-borrow
void libcoro_spawn_called_lambda(std::shared_ptr<coro::thread_pool> p, int n) {
  p->spawn([p, n]() -> coro::task<> {
    co_await p->schedule();
    use(n);
  }());
}

// CASE: libcoro-spawn-called-lambda-with-parameters EXPECT: none
void libcoro_spawn_called_lambda_with_parameters(std::shared_ptr<coro::thread_pool> p, int n) {
  p->spawn([](std::shared_ptr<coro::thread_pool> q, int m) -> coro::task<> {
    co_await q->schedule();
    use(m);
  }(p, n));
}

// CASE: libcoro-spawn-named-lambda-joined-by-event EXPECT: none
coro::task<> libcoro_spawn_named_lambda_joined_by_event(std::shared_ptr<coro::thread_pool> p) {
  coro::event done;
  auto work = [&]() -> coro::task<> {
    co_await p->schedule();
    done.set();
  };
  p->spawn(work());
  co_await done;
}

// CASE: libcoro-container-drained EXPECT: none
coro::task<> libcoro_container_drained(std::shared_ptr<coro::thread_pool> p) {
  int n = 0;
  coro::task_container<coro::thread_pool> c(p);
  c.start(lbump(n, p));
  co_await c.garbage_collect_and_yield_until_empty();
}

// CASE: libcoro-sync-wait-of-when-all-of-locals EXPECT: none
int libcoro_sync_wait_of_when_all_of_locals(std::shared_ptr<coro::thread_pool> p) {
  int a = 0;
  std::vector<coro::task<>> v;
  for (int i = 0; i < 3; ++i)
    v.push_back(lbump(a, p));
  coro::sync_wait(coro::when_all(std::move(v)));
  return a;
}

// CASE: libcoro-task-lambda-named-sync-waited EXPECT: none
int libcoro_task_lambda_named_sync_waited(std::shared_ptr<coro::thread_pool> p) {
  int a = 0;
  auto main_task = [&]() -> coro::task<int> {
    co_await p->schedule();
    co_return ++a;
  };
  return coro::sync_wait(main_task());
}

// CASE: libcoro-tasks-from-lambda-with-captures-in-scope EXPECT: none
int libcoro_tasks_from_lambda_with_captures_in_scope(std::shared_ptr<coro::thread_pool> p) {
  auto make = [p](int i) -> coro::task<int> {
    co_await p->schedule();
    co_return i;
  };
  std::vector<coro::task<int>> v;
  for (int i = 0; i < 3; ++i)
    v.push_back(make(i));
  auto r = coro::sync_wait(coro::when_all(std::move(v)));
  return r[0];
}

// CASE: libcoro-factory-returns-called-named-lambda EXPECT: coro-dangling-capture
coro::task<int> libcoro_factory_returns_called_named_lambda(std::shared_ptr<coro::thread_pool> p) {
  auto make = [p](int i) -> coro::task<int> {
    co_await p->schedule();
    co_return i;
  };
  return make(3);
}
