// Work that is started and left: by scopes of stdexec and of somebody's own, by coroutines that
// nobody awaits.
//
// RUN: %cases %s

#include "support/async_simple.h"
#include "support/crew.h"
#include "support/stdexec.h"

#include <condition_variable>
#include <future>
#include <latch>
#include <mutex>
#include <semaphore>
#include <thread>

namespace defs {
inline exec::task<> ebump(int &n) {
  ++n;
  co_return;
}
inline exec::task<> elog(std::string s) {
  use(s);
  co_return;
}
inline exec::task<> elog_ref(const std::string &s) {
  use(s);
  co_return;
}
inline fleet::op<> bump(int &n) {
  co_await fleet::tick{};
  ++n;
}
inline fleet::op<> log_ref(const std::string &s) {
  co_await fleet::tick{};
  use(s);
}
inline fleet::op<> log_value(std::string s) {
  co_await fleet::tick{};
  use(s);
}
inline shop::job<> jbump(int &n) {
  co_await shop::pause(1ms);
  ++n;
}
inline shop::job<> jlog(const std::string &s) {
  co_await shop::pause(1ms);
  use(s);
}
inline fleet::op<> arrive(std::latch &l, int &n) {
  co_await fleet::tick{};
  ++n;
  l.count_down();
}
inline fleet::op<> fulfil(std::promise<int> &p, const int &n) {
  co_await fleet::tick{};
  p.set_value(n);
}
inline fleet::op<> release(std::binary_semaphore &s, int &n) {
  co_await fleet::tick{};
  ++n;
  s.release();
}
inline fleet::op<> raise(shop::signal &s, int &n) {
  co_await fleet::tick{};
  ++n;
  s.set();
}
inline async_simple::coro::Lazy<> zbump(int &n) {
  co_await async_simple::coro::sleep(1ms);
  ++n;
}
std::string name_of(int id);
// a scope of the user's own whose destructor waits for the work
class joining_crew {
public:
  void launch(fleet::op<> w) {
    ++live_;
    drive(this, std::move(w));
  }
  ~joining_crew() {
    std::unique_lock l(m_);
    cv_.wait(l, [&] { return live_ == 0; });
  }

private:
  static fleet::runner drive(joining_crew *c, fleet::op<> w) {
    co_await std::move(w);
    std::lock_guard l(c->m_);
    --c->live_;
    c->cv_.notify_all();
  }
  std::mutex m_;
  std::condition_variable cv_;
  int live_ = 0;
};
// namespace defs
} // namespace defs
using namespace defs;

// CASE: exec-scope-joined EXPECT: none
exec::task<> exec_scope_joined() {
  int n = 0;
  exec::async_scope s;
  s.spawn(ebump(n));
  co_await s.on_empty();
  use(n);
}

// CASE: exec-scope-sync-wait-joined EXPECT: none
int exec_scope_sync_wait_joined() {
  int n = 0;
  exec::async_scope s;
  s.spawn(ebump(n));
  stdexec::sync_wait(s.on_empty());
  return n;
}

// CASE: exec-scope-of-caller-local EXPECT: coro-detached-borrow|coro-dangling-parameter
void exec_scope_of_caller_local(exec::async_scope &s, exec::static_thread_pool &p) {
  int n = 0;
  s.spawn(stdexec::starts_on(p.get_scheduler(), ebump(n)));
}

// CASE: exec-scope-of-caller-value EXPECT: none
void exec_scope_of_caller_value(exec::async_scope &s, exec::static_thread_pool &p) {
  s.spawn(stdexec::starts_on(p.get_scheduler(), elog("abc")));
}

// CASE: exec-scope-temporary-on-pool EXPECT: coro-detached-borrow|coro-dangling-parameter
exec::task<> exec_scope_temporary_on_pool(exec::static_thread_pool &p) {
  exec::async_scope s;
  s.spawn(stdexec::starts_on(p.get_scheduler(), elog_ref("abc")));
  co_await s.on_empty();
}

// CASE: exec-sync-wait-of-local EXPECT: none
int exec_sync_wait_of_local() {
  int n = 0;
  stdexec::sync_wait(ebump(n));
  return n;
}

// CASE: crew-joined EXPECT: none
shop::job<> crew_joined() {
  int n = 0;
  fleet::crew c;
  c.launch(bump(n));
  co_await c.join();
  use(n);
}

// CASE: crew-not-joined EXPECT: coro-detached-borrow|coro-dangling-parameter
// The destructor does not wait.
shop::job<> crew_not_joined() {
  int n = 0;
  fleet::crew c;
  c.launch(bump(n));
  co_await shop::pause(5ms);
  use(n);
}

// CASE: crew-joined-on-one-branch-only EXPECT: coro-detached-borrow|coro-dangling-parameter
shop::job<> crew_joined_on_one_branch_only(bool b) {
  int n = 0;
  fleet::crew c;
  c.launch(bump(n));
  if (b)
    co_await c.join();
  use(n);
}

// CASE: crew-joined-too-late EXPECT: coro-detached-borrow|coro-dangling-parameter
shop::job<> crew_joined_too_late() {
  fleet::crew c;
  {
    int n = 0;
    c.launch(bump(n));
  }
  co_await c.join();
}

// CASE: crew-joined-early-then-launched-again EXPECT: coro-detached-borrow|coro-dangling-parameter
shop::job<> crew_joined_early_then_launched_again() {
  int n = 0;
  fleet::crew c;
  c.launch(bump(n));
  co_await c.join();
  c.launch(bump(n));
  co_await shop::pause(1ms);
}

// CASE: crew-of-the-caller EXPECT: coro-detached-borrow|coro-dangling-parameter
void crew_of_the_caller(fleet::crew &c) {
  int n = 0;
  c.launch(bump(n));
}

// CASE: crew-of-the-caller-joined-here EXPECT: none
shop::job<> crew_of_the_caller_joined_here(fleet::crew &c) {
  int n = 0;
  c.launch(bump(n));
  co_await c.join();
}

// CASE: crew-temporary-argument EXPECT: coro-detached-borrow|coro-dangling-parameter
shop::job<> crew_temporary_argument() {
  fleet::crew c;
  c.launch(log_ref("abc"));
  co_await c.join();
}

// CASE: crew-value EXPECT: none
void crew_value(fleet::crew &c) {
  c.launch(log_value("abc"));
}

// CASE: joining-crew-declared-after EXPECT: none
// c is destroyed first, and waits.
void joining_crew_declared_after() {
  int n = 0;
  joining_crew c;
  c.launch(bump(n));
}

// CASE: joining-crew-declared-before EXPECT: coro-detached-borrow|coro-dangling-parameter
// n dies before c waits.
void joining_crew_declared_before() {
  joining_crew c;
  int n = 0;
  c.launch(bump(n));
}

// CASE: joining-crew-inner-scope EXPECT: none
void joining_crew_inner_scope() {
  std::string s = "abc";
  {
    joining_crew c;
    c.launch(log_ref(s));
  }
  use(s);
}

// CASE: forget-local EXPECT: coro-detached-borrow|coro-dangling-parameter
void forget_local() {
  int n = 0;
  fleet::forget(bump(n));
}

// CASE: forget-temporary EXPECT: coro-detached-borrow|coro-dangling-parameter
void forget_temporary() {
  fleet::forget(log_ref("abc"));
}

// CASE: forget-value EXPECT: none
void forget_value() {
  fleet::forget(log_value("abc"));
}

// CASE: forget-global EXPECT: none
inline int total = 0;
void forget_global() {
  fleet::forget(bump(total));
}

// CASE: forget-by-latch-waited EXPECT: none
void forget_by_latch_waited() {
  int n = 0;
  std::latch l(2);
  fleet::forget(arrive(l, n));
  fleet::forget(arrive(l, n));
  l.wait();
  use(n);
}

// CASE: forget-by-latch-not-waited EXPECT: coro-detached-borrow|coro-dangling-parameter
void forget_by_latch_not_waited() {
  int n = 0;
  std::latch l(2);
  fleet::forget(arrive(l, n));
  fleet::forget(arrive(l, n));
  use(n);
}

// CASE: forget-by-promise-waited EXPECT: none
int forget_by_promise_waited() {
  int n = 3;
  std::promise<int> p;
  auto f = p.get_future();
  fleet::forget(fulfil(p, n));
  return f.get();
}

// CASE: forget-by-semaphore-waited EXPECT: none
void forget_by_semaphore_waited() {
  int n = 0;
  std::binary_semaphore s(0);
  fleet::forget(release(s, n));
  s.acquire();
  use(n);
}

// CASE: forget-by-signal-awaited EXPECT: none
shop::job<> forget_by_signal_awaited() {
  int n = 0;
  shop::signal s;
  fleet::forget(raise(s, n));
  co_await s;
  use(n);
}

// CASE: forget-by-signal-not-awaited EXPECT: coro-detached-borrow|coro-dangling-parameter
shop::job<> forget_by_signal_not_awaited() {
  int n = 0;
  shop::signal s;
  fleet::forget(raise(s, n));
  co_await shop::pause(1ms);
}

// CASE: forget-in-loop-over-loop-variable EXPECT: coro-detached-borrow|coro-dangling-parameter
void forget_in_loop_over_loop_variable() {
  for (int i = 0; i < 3; ++i)
    fleet::forget(bump(i));
}

// CASE: forget-member-of-this EXPECT: none
// Like this without a keep-alive: strict.
struct meter {
  int n_ = 0;
  void go() { fleet::forget(bump(n_)); }
};

// CASE: forget-shared EXPECT: none
inline fleet::op<> shared_bump(std::shared_ptr<int> p) {
  co_await fleet::tick{};
  ++*p;
}
void forget_shared() {
  auto p = std::make_shared<int>(0);
  fleet::forget(shared_bump(p));
}

// CASE: forget-deref-of-local-shared EXPECT: coro-detached-borrow|coro-dangling-parameter
void forget_deref_of_local_shared() {
  auto p = std::make_shared<int>(0);
  fleet::forget(bump(*p));
}

// CASE: forget-reference-parameter EXPECT: none
void forget_reference_parameter(int &n) {
  fleet::forget(bump(n));
}

// CASE: forget-released-heap-object EXPECT: none
inline fleet::op<> owns(int *p) {
  co_await fleet::tick{};
  ++*p;
  delete p;
}
void forget_released_heap_object() {
  fleet::forget(owns(new int(3)));
}

// CASE: forget-pointer-to-local EXPECT: coro-detached-borrow|coro-dangling-parameter
inline fleet::op<> pokes(int *p) {
  co_await fleet::tick{};
  ++*p;
}
void forget_pointer_to_local() {
  int n = 0;
  fleet::forget(pokes(&n));
}

// CASE: shop-detach-local EXPECT: coro-detached-borrow|coro-dangling-parameter
void shop_detach_local() {
  int n = 0;
  shop::detach(jbump(n));
}

// CASE: shop-spawn-temporary EXPECT: coro-detached-borrow|coro-dangling-parameter
void shop_spawn_temporary() {
  shop::spawn(jlog("abc"));
}

// CASE: lazy-start-local EXPECT: coro-detached-borrow|coro-dangling-parameter
void lazy_start_local() {
  int n = 0;
  zbump(n).start([](auto &&) {});
}

// CASE: lazy-start-by-value EXPECT: none
inline async_simple::coro::Lazy<> zlog(std::string s) {
  co_await async_simple::coro::sleep(1ms);
  use(s);
}
void lazy_start_by_value() {
  zlog("abc").start([](auto &&) {});
}

// CASE: lazy-start-static EXPECT: none
void lazy_start_static() {
  static int n = 0;
  zbump(n).start([](auto &&) {});
}

// CASE: sync-await-local EXPECT: none
int sync_await_local() {
  int n = 0;
  async_simple::coro::syncAwait(zbump(n));
  return n;
}

// CASE: tasks-member-borrows-earlier-member EXPECT: none
// work_ is destroyed before name_.
struct box {
  std::string name_;
  std::vector<shop::job<>> work_;
  void add() { work_.push_back(jlog(name_)); }
};

// CASE: tasks-member-borrows-local EXPECT: coro-detached-borrow|coro-dangling-parameter
struct box2 {
  std::vector<shop::job<>> work_;
  void add() {
    std::string n = "x";
    work_.push_back(jlog(n));
  }
  shop::job<> run() {
    for (auto &w : work_)
      co_await w;
  }
};

// CASE: task-member-assigned-with-temporary EXPECT: coro-detached-borrow|coro-dangling-parameter
struct box3 {
  std::optional<shop::job<>> work_;
  void add() { work_.emplace(jlog("abc")); }
  shop::job<> run() {
    if (work_)
      co_await *work_;
  }
};

// CASE: eager-container-declared-after EXPECT: none
inline courier::parcel<int> eager_bump(int &n) {
  co_await fleet::tick{};
  co_return ++n;
}
shop::job<> eager_container_declared_after() {
  int n = 0;
  std::vector<courier::parcel<int>> v;
  v.push_back(eager_bump(n));
  for (auto &p : v)
    use(co_await p);
}

// CASE: detached-recursive-timer-by-value EXPECT: none
inline courier::errand heartbeat(int left) {
  if (left == 0)
    co_return;
  co_await fleet::tick{};
  heartbeat(left - 1);
}
void detached_recursive_timer_by_value() {
  heartbeat(3);
}

// CASE: detached-coroutine-spawns-over-own-parameter EXPECT: coro-detached-borrow
inline courier::errand parent(std::string s) {
  fleet::forget(log_ref(s));
  co_await fleet::tick{};
}
void detached_coroutine_spawns_over_own_parameter() {
  parent("abc");
}

// CASE: detached-coroutine-awaits-over-own-parameter EXPECT: none
inline courier::errand parent2(std::string s) {
  co_await log_ref(s);
  co_await fleet::tick{};
}
void detached_coroutine_awaits_over_own_parameter() {
  parent2("abc");
}

// CASE: std-thread-joined-runs-task EXPECT: none
void std_thread_joined_runs_task() {
  int n = 0;
  std::thread t([&] { async_simple::coro::syncAwait(zbump(n)); });
  t.join();
  use(n);
}

// CASE: member-crew-over-member EXPECT: none
struct hub {
  int n_ = 0;
  fleet::crew c_;
  void add() { c_.launch(bump(n_)); }
  shop::job<> stop() { co_await c_.join(); }
};

// CASE: member-crew-over-local EXPECT: coro-detached-borrow|coro-dangling-parameter
struct hub2 {
  fleet::crew c_;
  void add() {
    int n = 0;
    c_.launch(bump(n));
  }
  shop::job<> stop() { co_await c_.join(); }
};

// CASE: crew-passed-to-helper-by-reference EXPECT: none
inline void fan_out(fleet::crew &c, int &n) {
  for (int i = 0; i < 3; ++i)
    c.launch(bump(n));
}
shop::job<> crew_passed_to_helper_by_reference() {
  int n = 0;
  fleet::crew c;
  fan_out(c, n);
  co_await c.join();
}

// CASE: crew-helper-over-by-value-parameter EXPECT: coro-detached-borrow|coro-dangling-parameter
inline void fan_out2(fleet::crew &c, int n) {
  for (int i = 0; i < 3; ++i)
    c.launch(bump(n));
}
shop::job<> crew_helper_over_by_value_parameter() {
  fleet::crew c;
  fan_out2(c, 3);
  co_await c.join();
}
