// Tasks that are made and awaited in one expression, and their twins that are kept.
//
// RUN: %cases %s

#include "support/asio.h"
#include "support/cppcoro.h"
#include "support/crew.h"
#include "support/folly_coro.h"
#include "support/libcoro.h"
#include "support/seastar.h"
#include "support/stdexec.h"

namespace defs {
struct reply {
  int code;
  std::string body;
};
inline shop::job<reply> get(const std::string &url) {
  co_await shop::pause(1ms);
  co_return reply{int(url.size()), url};
}
inline shop::job<int> count(const std::string &url) {
  co_await shop::pause(1ms);
  co_return int(url.size());
}
inline shop::job<> note(std::string_view what) {
  co_await shop::pause(1ms);
  use(what);
}
inline cppcoro::task<int> ctask(const std::string &s) {
  co_return int(s.size());
}
inline coro::task<int> ltask(const std::string &s) {
  co_return int(s.size());
}
inline folly::coro::Task<int> ftask(const std::string &s) {
  co_return int(s.size());
}
inline exec::task<int> etask(const std::string &s) {
  co_return int(s.size());
}
inline asio::awaitable<int> atask(const std::string &s) {
  asio::steady_timer t(co_await asio::this_coro::executor);
  co_await t.async_wait(asio::use_awaitable);
  co_return int(s.size());
}
inline seastar::future<int> stask(const std::string &s) {
  co_await seastar::sleep(1ms);
  co_return int(s.size());
}
template <class A, class B> cppcoro::task<> operator||(cppcoro::task<A> a, cppcoro::task<B> b) {
  co_await a;
  co_await b;
}
std::string name_of(int id);
// namespace defs
} // namespace defs
using namespace defs;

// CASE: member-of-awaited EXPECT: none
// Temporary lives to the end of the full-expression.
shop::job<int> member_of_awaited() {
  co_return (co_await get("http://a")).code;
}

// CASE: arrow-in-condition EXPECT: none
shop::job<> arrow_in_condition(int id) {
  if ((co_await get(name_of(id))).code == 200)
    use(1);
}

// CASE: while-condition EXPECT: none
shop::job<> while_condition(int id) {
  while (co_await count(name_of(id)) > 3)
    use(1);
}

// CASE: sum-of-two-awaits EXPECT: none
shop::job<int> sum_of_two_awaits(int id) {
  co_return co_await count(name_of(id)) + co_await count("x");
}

// CASE: ternary-of-awaits EXPECT: none
shop::job<int> ternary_of_awaits(bool b) {
  co_return b ? co_await count("left") : co_await count("right");
}

// CASE: await-of-ternary EXPECT: none
// One full-expression.
shop::job<int> await_of_ternary(bool b, int id) {
  co_return co_await (b ? count("left") : count(name_of(id)));
}

// CASE: comma EXPECT: none
shop::job<> comma(int id) {
  use(1), co_await note(name_of(id));
}

// CASE: switch-on-await EXPECT: none
shop::job<int> switch_on_await(int id) {
  switch (co_await count(name_of(id))) {
  case 1:
    co_return 1;
  default:
    co_return 2;
  }
}

// CASE: gather-in-place EXPECT: none
shop::job<> gather_in_place(int id) {
  auto [a, b] = co_await shop::gather(count(name_of(id)), count("x"));
  use(a + b);
}

// CASE: gather-kept EXPECT: coro-dangling-parameter|coro-detached-borrow
// both jobs hold dead strings.
shop::job<> gather_kept(int id) {
  auto both = shop::gather(count(name_of(id)), count("x"));
  use(1);
  auto [a, b] = co_await both;
  use(a + b);
}

// CASE: cppcoro-when-all-in-place EXPECT: none
cppcoro::task<> cppcoro_when_all_in_place(int id) {
  auto [a, b] = co_await cppcoro::when_all(ctask(name_of(id)), ctask("x"));
  use(a + b);
}

// CASE: cppcoro-when-all-kept EXPECT: coro-dangling-parameter|coro-detached-borrow
cppcoro::task<> cppcoro_when_all_kept(int id) {
  auto both = cppcoro::when_all(ctask(name_of(id)), ctask("x"));
  use(1);
  co_await both;
}

// CASE: sync-wait-in-place EXPECT: none
int sync_wait_in_place(int id) {
  return cppcoro::sync_wait(ctask(name_of(id)));
}

// CASE: sync-wait-of-kept-task EXPECT: coro-dangling-parameter|coro-detached-borrow
// Lazy: runs after the string died.
int sync_wait_of_kept_task(int id) {
  auto t = ctask(name_of(id));
  return cppcoro::sync_wait(t);
}

// CASE: sync-wait-of-kept-task-over-local EXPECT: none
int sync_wait_of_kept_task_over_local(int id) {
  auto n = name_of(id);
  auto t = ctask(n);
  return cppcoro::sync_wait(t);
}

// CASE: libcoro-sync-wait-when-all EXPECT: none
void libcoro_sync_wait_when_all(int id) {
  coro::sync_wait(coro::when_all(ltask(name_of(id)), ltask("x")));
}

// CASE: folly-blocking-wait EXPECT: none
int folly_blocking_wait(int id) {
  return folly::coro::blockingWait(ftask(name_of(id)));
}

// CASE: folly-collect-all-in-place EXPECT: none
folly::coro::Task<int> folly_collect_all_in_place(int id) {
  auto [a, b] = co_await folly::coro::collectAll(ftask(name_of(id)), ftask("y"));
  co_return a + b;
}

// CASE: folly-timeout-in-place EXPECT: none
folly::coro::Task<int> folly_timeout_in_place(int id) {
  co_return co_await folly::coro::timeout(ftask(name_of(id)), 5ms);
}

// CASE: folly-with-executor-in-place EXPECT: none
folly::coro::Task<int> folly_with_executor_in_place(folly::Executor::KeepAlive<> ex) {
  co_return co_await folly::coro::co_withExecutor(ex, ftask("abc"));
}

// CASE: folly-with-executor-kept EXPECT: coro-dangling-parameter|coro-detached-borrow
folly::coro::Task<int> folly_with_executor_kept(folly::Executor::KeepAlive<> ex) {
  auto t = folly::coro::co_withExecutor(ex, ftask("abc"));
  use(1);
  co_return co_await std::move(t);
}

// CASE: folly-with-executor-started EXPECT: coro-detached-borrow|coro-dangling-parameter
// The executor runs it after the semicolon.
void folly_with_executor_started(folly::Executor::KeepAlive<> ex) {
  auto f = folly::coro::co_withExecutor(ex, ftask("abc")).start();
  (void)std::move(f).get();
}

// CASE: folly-with-executor-started-and-got EXPECT: none
// Waits inside the full-expression.
void folly_with_executor_started_and_got(folly::Executor::KeepAlive<> ex) {
  (void)folly::coro::co_withExecutor(ex, ftask("abc")).start().get();
}

// CASE: stdexec-sync-wait EXPECT: none
int stdexec_sync_wait() {
  return std::get<0>(*stdexec::sync_wait(etask("abc")));
}

// CASE: stdexec-starts-on-in-place EXPECT: none
exec::task<int> stdexec_starts_on_in_place(exec::static_thread_pool &p) {
  co_return co_await stdexec::starts_on(p.get_scheduler(), etask("abc"));
}

// CASE: stdexec-starts-on-kept EXPECT: coro-dangling-parameter|coro-detached-borrow
exec::task<int> stdexec_starts_on_kept(exec::static_thread_pool &p) {
  auto s = stdexec::starts_on(p.get_scheduler(), etask("abc"));
  use(1);
  co_return co_await s;
}

// CASE: asio-co-spawn-use-awaitable-in-place EXPECT: none
asio::awaitable<int> asio_co_spawn_use_awaitable_in_place(asio::any_io_executor ex) {
  co_return co_await asio::co_spawn(ex, atask("abc"), asio::use_awaitable);
}

// CASE: asio-co-spawn-use-future-got-in-place EXPECT: none
// The future is waited for in the same full-expression.
int asio_co_spawn_use_future_got_in_place(asio::thread_pool &p) {
  return asio::co_spawn(p, atask("abc"), asio::use_future).get();
}

// CASE: asio-co-spawn-use-future-kept EXPECT: coro-detached-borrow|coro-dangling-parameter
// Runs after the string died.
int asio_co_spawn_use_future_kept(asio::thread_pool &p) {
  auto f = asio::co_spawn(p, atask("abc"), asio::use_future);
  return f.get();
}

// CASE: seastar-in-place-get EXPECT: none
int seastar_in_place_get() {
  return stask("abc").get();
}

// CASE: seastar-kept EXPECT: coro-dangling-parameter|coro-detached-borrow
// Used after the sleep.
seastar::future<int> seastar_kept() {
  auto f = stask("abc");
  use(1);
  co_return co_await std::move(f);
}

// CASE: or-operator-in-place EXPECT: none
cppcoro::task<> or_operator_in_place(int id) {
  co_await (ctask(name_of(id)) || ctask("x"));
}

// CASE: or-operator-kept EXPECT: coro-dangling-parameter|coro-detached-borrow
cppcoro::task<> or_operator_kept(int id) {
  auto race = ctask(name_of(id)) || ctask("x");
  use(1);
  co_await race;
}

// CASE: nested-call-in-place EXPECT: none
inline cppcoro::task<int> plus(cppcoro::task<int> t, const int &n) {
  co_return co_await t + n;
}
cppcoro::task<int> nested_call_in_place(int id) {
  co_return co_await plus(ctask(name_of(id)), 3);
}

// CASE: nested-call-kept EXPECT: coro-dangling-parameter|coro-detached-borrow
// 3 is a temporary.
cppcoro::task<int> nested_call_kept(std::string s) {
  auto t = plus(ctask(s), 3);
  use(1);
  co_return co_await t;
}

// CASE: structured-binding-in-place EXPECT: none
shop::job<int> structured_binding_in_place(int id) {
  auto [code, body] = co_await get(name_of(id));
  co_return code + int(body.size());
}

// CASE: braces-in-place EXPECT: none
shop::job<int> braces_in_place(int id) {
  std::vector<int> v{co_await count(name_of(id)), co_await count("b")};
  co_return v[0];
}

// CASE: argument-of-a-call EXPECT: none
shop::job<> argument_of_a_call(int id) {
  use(co_await count(name_of(id)));
}

// CASE: for-header EXPECT: none
shop::job<> for_header(int id) {
  for (int i = co_await count(name_of(id)); i > 0; i = co_await count("xx") - 1)
    use(i);
}

// CASE: await-through-a-named-awaiter-of-the-same-expression EXPECT: none
// Task and string live to the semicolon.
shop::job<int> await_through_a_named_awaiter_of_the_same_expression(int id) {
  co_return co_await count(name_of(id)).operator co_await();
}
