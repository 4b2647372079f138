// Coroutines that run at once: what matters is whether a parameter is used after they first
// suspend.
//
// RUN: %cases %s

#include "support/crew.h"
#include "support/qcoro.h"
#include "support/reactor.h"

namespace defs {
std::string name_of(int id);
bool valid(std::string_view s);
inline courier::parcel<int> before_only(const std::string &s) {
  int n = int(s.size());
  co_await fleet::tick{};
  co_return n;
}
inline courier::parcel<int> after(const std::string &s) {
  co_await fleet::tick{};
  co_return int(s.size());
}
inline courier::parcel<int> alias_before(const std::string &s) {
  const auto &a = s;
  co_await fleet::tick{};
  co_return int(a.size());
}
inline courier::parcel<int> view_before(const std::string &s) {
  std::string_view v = s;
  co_await fleet::tick{};
  co_return int(v.size());
}
inline courier::parcel<int> copied_before(const std::string &s) {
  auto mine = s;
  co_await fleet::tick{};
  co_return int(mine.size());
}
inline courier::parcel<int> callee_uses(const std::string &s) {
  co_return co_await after(s);
}
inline courier::parcel<int> moved_before(std::string &&s) {
  std::string mine = std::move(s);
  co_await fleet::tick{};
  co_return int(mine.size());
}
inline courier::parcel<int> argument_of_first(const std::string &s) {
  co_await shop::pause(std::chrono::milliseconds(s.size()));
  co_return 1;
}
inline courier::parcel<int> one_branch(const std::string &s, bool b) {
  if (b) {
    co_await fleet::tick{};
    co_return 0;
  }
  co_return int(s.size());
}
inline courier::parcel<int> loop_uses(const std::string &s) {
  for (int i = 0; i < int(s.size()); ++i)
    co_await fleet::tick{};
  co_return 0;
}
inline courier::parcel<int> pointer_after(const int *p) {
  co_await fleet::tick{};
  co_return *p;
}
inline courier::errand log_after(const std::string &s) {
  co_await fleet::tick{};
  use(s);
}
inline courier::errand log_before(const std::string &s) {
  use(s);
  co_await fleet::tick{};
  use(1);
}
inline courier::errand log_value(std::string s) {
  co_await fleet::tick{};
  use(s);
}
inline courier::errand log_view(std::string_view s) {
  co_await fleet::tick{};
  use(s);
}
inline courier::errand log_copied(std::string_view s) {
  std::string mine(s);
  co_await fleet::tick{};
  use(mine);
}
inline reactor::future<int> rafter(const std::string &s) {
  co_await reactor::sleep(1ms);
  co_return int(s.size());
}
inline reactor::future<int> rbefore(const std::string &s) {
  int n = int(s.size());
  co_await reactor::sleep(1ms);
  co_return n;
}
inline QCoro::Task<int> qafter(const std::string &s) {
  co_await QCoro::sleepFor(1ms);
  co_return int(s.size());
}
inline QCoro::Task<int> qbefore(const std::string &s) {
  int n = int(s.size());
  co_await QCoro::sleepFor(1ms);
  co_return n;
}
// namespace defs
} // namespace defs
using namespace defs;

// CASE: eager-used-before-only EXPECT: none
// Ran to the first suspension inside the call.
courier::parcel<int> eager_used_before_only() {
  auto t = before_only("abc");
  use(1);
  co_return co_await t;
}

// CASE: eager-used-after EXPECT: coro-dangling-parameter|coro-detached-borrow
courier::parcel<int> eager_used_after() {
  auto t = after("abc");
  use(1);
  co_return co_await t;
}

// CASE: eager-used-after-in-place EXPECT: none
courier::parcel<int> eager_used_after_in_place() {
  co_return co_await after("abc");
}

// CASE: eager-alias-taken-before EXPECT: coro-dangling-parameter|coro-detached-borrow
// The alias is the same dead string.
courier::parcel<int> eager_alias_taken_before() {
  auto t = alias_before("abc");
  use(1);
  co_return co_await t;
}

// CASE: eager-view-taken-before EXPECT: coro-dangling-parameter|coro-detached-borrow
courier::parcel<int> eager_view_taken_before(int id) {
  auto t = view_before(name_of(id));
  use(1);
  co_return co_await t;
}

// CASE: eager-copied-before EXPECT: none
courier::parcel<int> eager_copied_before(int id) {
  auto t = copied_before(name_of(id));
  use(1);
  co_return co_await t;
}

// CASE: eager-callee-uses-during-suspension EXPECT: coro-dangling-parameter|coro-detached-borrow
// The awaited callee reads the string when it resumes.
courier::parcel<int> eager_callee_uses_during_suspension(int id) {
  auto t = callee_uses(name_of(id));
  use(1);
  co_return co_await t;
}

// CASE: eager-moved-out-before EXPECT: none
courier::parcel<int> eager_moved_out_before(int id) {
  auto t = moved_before(name_of(id));
  use(1);
  co_return co_await t;
}

// CASE: eager-argument-of-the-first-suspension EXPECT: none
// Read before it suspends.
courier::parcel<int> eager_argument_of_the_first_suspension(int id) {
  auto t = argument_of_first(name_of(id));
  use(1);
  co_return co_await t;
}

// CASE: eager-used-only-on-the-branch-without-suspension EXPECT: none
courier::parcel<int> eager_used_only_on_the_branch_without_suspension(int id, bool b) {
  auto t = one_branch(name_of(id), b);
  use(1);
  co_return co_await t;
}

// CASE: eager-loop-condition EXPECT: coro-dangling-parameter|coro-detached-borrow
// Size() is read again after each suspension.
courier::parcel<int> eager_loop_condition(int id) {
  auto t = loop_uses(name_of(id));
  use(1);
  co_return co_await t;
}

// CASE: eager-local-same-scope EXPECT: none
courier::parcel<int> eager_local_same_scope(std::string s) {
  auto t = after(s);
  use(1);
  co_return co_await t;
}

// CASE: eager-pointer-to-inner-scope EXPECT: coro-dangling-parameter|coro-detached-borrow
courier::parcel<int> eager_pointer_to_inner_scope() {
  std::vector<courier::parcel<int>> v;
  {
    int n = 3;
    v.push_back(pointer_after(&n));
  }
  int s = 0;
  for (auto &t : v)
    s += co_await t;
  co_return s;
}

// CASE: detached-temporary-used-after EXPECT: coro-detached-borrow|coro-dangling-parameter
// The frame lives on, the string does not.
void detached_temporary_used_after() {
  log_after("abc");
}

// CASE: detached-temporary-used-before-only EXPECT: none
void detached_temporary_used_before_only() {
  log_before("abc");
}

// CASE: detached-by-value EXPECT: none
void detached_by_value() {
  log_value("abc");
}

// CASE: detached-local-used-after EXPECT: coro-detached-borrow|coro-dangling-parameter
void detached_local_used_after(int id) {
  auto s = name_of(id);
  log_after(s);
  use(1);
}

// CASE: detached-view-of-local EXPECT: coro-detached-borrow|coro-dangling-parameter
void detached_view_of_local(int id) {
  auto s = name_of(id);
  log_view(s);
}

// CASE: detached-view-of-literal EXPECT: none
void detached_view_of_literal() {
  log_view("abc");
}

// CASE: detached-view-copied-before EXPECT: none
void detached_view_copied_before(int id) {
  auto s = name_of(id);
  log_copied(s);
}

// CASE: detached-static EXPECT: none
void detached_static() {
  static const std::string s = "abc";
  log_after(s);
}

// CASE: detached-own-reference-parameter EXPECT: none
// Whose string it is, the caller knows.
void detached_own_reference_parameter(const std::string &s) {
  log_after(s);
}

// CASE: detached-own-value-parameter EXPECT: coro-detached-borrow|coro-dangling-parameter
// s dies with this call.
void detached_own_value_parameter(std::string s) {
  log_after(s);
}

// CASE: detached-in-a-coroutine-that-ends EXPECT: coro-detached-borrow|coro-dangling-parameter
// A sleep is no join.
shop::job<> detached_in_a_coroutine_that_ends(int id) {
  auto s = name_of(id);
  log_after(s);
  co_await shop::pause(1ms);
}

// CASE: reactor-kept-used-after EXPECT: coro-dangling-parameter|coro-detached-borrow
reactor::future<int> reactor_kept_used_after() {
  auto f = rafter("abc");
  use(1);
  co_return co_await std::move(f);
}

// CASE: reactor-kept-used-before EXPECT: none
reactor::future<int> reactor_kept_used_before() {
  auto f = rbefore("abc");
  use(1);
  co_return co_await std::move(f);
}

// CASE: reactor-two-in-parallel-over-locals EXPECT: none
reactor::future<> reactor_two_in_parallel_over_locals(std::string a, std::string b) {
  auto f = rafter(a);
  auto g = rafter(b);
  use(co_await std::move(f));
  use(co_await std::move(g));
}

// CASE: reactor-in-place EXPECT: none
reactor::future<int> reactor_in_place(int id) {
  co_return co_await rafter(name_of(id));
}

// CASE: qcoro-kept-used-after EXPECT: coro-dangling-parameter|coro-detached-borrow
QCoro::Task<int> qcoro_kept_used_after() {
  auto f = qafter("abc");
  use(1);
  co_return co_await f;
}

// CASE: qcoro-kept-used-before EXPECT: none
QCoro::Task<int> qcoro_kept_used_before() {
  auto f = qbefore("abc");
  use(1);
  co_return co_await f;
}

// CASE: qcoro-wait-for-in-place EXPECT: none
int qcoro_wait_for_in_place() {
  return QCoro::waitFor(qafter("abc"));
}
