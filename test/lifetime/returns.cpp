// Tasks that a plain function returns.
//
// RUN: %cases %s

#include "support/crew.h"
#include "support/reactor.h"

#include <mutex>

namespace defs {
std::string name_of(int id);
inline shop::job<int> length(const std::string &s) {
  co_await shop::pause(1ms);
  co_return int(s.size());
}
inline shop::job<int> length_value(std::string s) {
  co_await shop::pause(1ms);
  co_return int(s.size());
}
inline shop::job<int> length_view(std::string_view s) {
  co_await shop::pause(1ms);
  co_return int(s.size());
}
inline shop::job<int> fill(std::vector<int> &v, int n) {
  co_await shop::pause(1ms);
  v.push_back(n);
  co_return n;
}
inline courier::parcel<int> eager_after(const std::string &s) {
  co_await fleet::tick{};
  co_return int(s.size());
}
inline courier::parcel<int> eager_before(const std::string &s) {
  int n = int(s.size());
  co_await fleet::tick{};
  co_return n;
}
inline reactor::future<int> rafter(const std::string &s) {
  co_await reactor::sleep(1ms);
  co_return int(s.size());
}
extern std::mutex mu;
extern int shared_count;
inline shop::job<int> count_up() {
  co_await shop::pause(1ms);
  co_return ++shared_count;
}
// namespace defs
} // namespace defs
using namespace defs;

// CASE: forwards-own-reference EXPECT: none
shop::job<int> forwards_own_reference(const std::string &s) {
  return length(s);
}

// CASE: forwards-own-view EXPECT: none
shop::job<int> forwards_own_view(std::string_view s) {
  return length_view(s);
}

// CASE: returns-task-of-local EXPECT: coro-dangling-return
shop::job<int> returns_task_of_local(int id) {
  auto s = name_of(id);
  return length(s);
}

// CASE: returns-task-by-value-of-local EXPECT: none
shop::job<int> returns_task_by_value_of_local(int id) {
  auto s = name_of(id);
  return length_value(s);
}

// CASE: returns-task-by-value-of-moved-local EXPECT: none
shop::job<int> returns_task_by_value_of_moved_local(int id) {
  auto s = name_of(id);
  return length_value(std::move(s));
}

// CASE: returns-task-of-by-value-parameter EXPECT: coro-dangling-return
shop::job<int> returns_task_of_by_value_parameter(std::string s) {
  return length(s);
}

// CASE: returns-task-of-temporary EXPECT: coro-dangling-return|coro-dangling-parameter
shop::job<int> returns_task_of_temporary(int id) {
  return length(name_of(id));
}

// CASE: returns-task-of-literal-conversion EXPECT: coro-dangling-return|coro-dangling-parameter
shop::job<int> returns_task_of_literal_conversion() {
  return length("abc");
}

// CASE: returns-task-view-of-literal EXPECT: none
shop::job<int> returns_task_view_of_literal() {
  return length_view("abc");
}

// CASE: returns-task-view-of-local EXPECT: coro-dangling-return
shop::job<int> returns_task_view_of_local(int id) {
  auto s = name_of(id);
  return length_view(s);
}

// CASE: returns-task-view-of-own-by-value-view EXPECT: none
// Still the caller's characters.
shop::job<int> returns_task_view_of_own_by_value_view(std::string_view s) {
  auto trimmed = s.substr(1);
  return length_view(trimmed);
}

// CASE: returns-named-task-of-local EXPECT: coro-dangling-return
shop::job<int> returns_named_task_of_local(int id) {
  auto s = name_of(id);
  auto t = length(s);
  return t;
}

// CASE: returns-named-task-of-reference EXPECT: none
shop::job<int> returns_named_task_of_reference(const std::string &s) {
  auto t = length(s);
  use(1);
  return t;
}

// CASE: returns-moved-task-of-local EXPECT: coro-dangling-return
shop::job<int> returns_moved_task_of_local(int id) {
  auto s = name_of(id);
  auto t = length(s);
  use(1);
  return std::move(t);
}

// CASE: conditional-return-one-arm EXPECT: coro-dangling-return
shop::job<int> conditional_return_one_arm(const std::string &a, bool b) {
  std::string c = a + "x";
  return b ? length(a) : length(c);
}

// CASE: conditional-return-both-parameters EXPECT: none
shop::job<int> conditional_return_both_parameters(const std::string &a, const std::string &c,
                                                  bool b) {
  return b ? length(a) : length(c);
}

// CASE: early-return-of-value-version EXPECT: none
shop::job<int> early_return_of_value_version(const std::string &a) {
  if (a.empty()) {
    std::string d = "default";
    return length_value(d);
  }
  return length(a);
}

// CASE: early-return-of-local EXPECT: coro-dangling-return
shop::job<int> early_return_of_local(const std::string &a) {
  if (a.empty()) {
    std::string d = "default";
    return length(d);
  }
  return length(a);
}

// CASE: return-of-alias-to-parameter EXPECT: none
shop::job<int> return_of_alias_to_parameter(const std::string &a) {
  const std::string &x = a;
  return length(x);
}

// CASE: return-of-local-extended-reference EXPECT: coro-dangling-return
// The extended temporary dies with x.
shop::job<int> return_of_local_extended_reference(int id) {
  const std::string &x = name_of(id);
  return length(x);
}

// CASE: return-of-element-of-parameter EXPECT: none
shop::job<int> return_of_element_of_parameter(const std::vector<std::string> &v) {
  return length(v.front());
}

// CASE: return-of-element-of-local EXPECT: coro-dangling-return
shop::job<int> return_of_element_of_local() {
  std::vector<std::string> v{"a"};
  return length(v.front());
}

// CASE: return-of-static EXPECT: none
shop::job<int> return_of_static() {
  static std::string s = "abc";
  return length(s);
}

// CASE: return-of-member EXPECT: none
struct svc {
  std::string host_;
  shop::job<int> go() const { return length(host_); }
};
shop::job<int> return_of_member(svc &s) {
  return s.go();
}

// CASE: return-of-copy-of-member EXPECT: coro-dangling-return
struct svc2 {
  std::string host_;
  shop::job<int> go() const {
    auto h = host_;
    return length(h);
  }
};

// CASE: through-two-forwarders-reference EXPECT: none
inline shop::job<int> f1(const std::string &s) {
  return length(s);
}
inline shop::job<int> f2(const std::string &s) {
  return f1(s);
}
shop::job<int> through_two_forwarders_reference(const std::string &s) {
  return f2(s);
}

// CASE: through-two-forwarders-local EXPECT: coro-dangling-return
inline shop::job<int> g1(const std::string &s) {
  return length(s);
}
inline shop::job<int> g2(const std::string &s) {
  return g1(s);
}
shop::job<int> through_two_forwarders_local(int id) {
  auto s = name_of(id);
  return g2(s);
}

// CASE: through-two-forwarders-temporary-kept EXPECT: coro-dangling-parameter|coro-detached-borrow
inline shop::job<int> h1(const std::string &s) {
  return length(s);
}
inline shop::job<int> h2(const std::string &s) {
  return h1(s);
}
shop::job<int> through_two_forwarders_temporary_kept() {
  auto t = h2("abc");
  use(1);
  co_return co_await t;
}

// CASE: forwarder-that-copies-kept EXPECT: none
inline shop::job<int> k1(const std::string &s) {
  return length_value(s);
}
shop::job<int> forwarder_that_copies_kept() {
  auto t = k1("abc");
  use(1);
  co_return co_await t;
}

// CASE: forwarder-awaiting-in-place EXPECT: none
inline shop::job<int> q1(const std::string &s) {
  return length(s);
}
shop::job<int> forwarder_awaiting_in_place(int id) {
  co_return co_await q1(name_of(id));
}

// CASE: under-a-lock-guard EXPECT: coro-dangling-return
// Lazy: it counts after the lock is gone.
shop::job<int> under_a_lock_guard() {
  std::lock_guard g(mu);
  return count_up();
}

// CASE: after-a-scoped-lock EXPECT: none
// The guard has ended before, on purpose.
shop::job<int> after_a_scoped_lock() {
  {
    std::lock_guard g(mu);
    ++shared_count;
  }
  return count_up();
}

// CASE: coroutine-under-no-lock EXPECT: none
shop::job<int> coroutine_under_no_lock() {
  co_return co_await count_up();
}

// CASE: in-a-try EXPECT: coro-dangling-return
// Errors of the task never reach the handler.
shop::job<int> in_a_try() {
  try {
    return count_up();
  } catch (const std::exception &) {
    use(1);
  }
  return length_value("e");
}

// CASE: co-return-await-in-a-try EXPECT: none
shop::job<int> co_return_await_in_a_try() {
  try {
    co_return co_await count_up();
  } catch (const std::exception &) {
    use(1);
  }
  co_return 0;
}

// CASE: eager-returns-task-of-local-used-after EXPECT: coro-dangling-return
courier::parcel<int> eager_returns_task_of_local_used_after(int id) {
  auto s = name_of(id);
  return eager_after(s);
}

// CASE: eager-returns-task-of-local-used-before EXPECT: none
courier::parcel<int> eager_returns_task_of_local_used_before(int id) {
  auto s = name_of(id);
  return eager_before(s);
}

// CASE: reactor-returns-task-of-by-value-parameter EXPECT: coro-dangling-return
reactor::future<int> reactor_returns_task_of_by_value_parameter(std::string s) {
  return rafter(s);
}

// CASE: virtual-override-forwards-reference EXPECT: none
struct base {
  virtual ~base() = default;
  virtual shop::job<int> read(const std::string &k) = 0;
};
struct derived : base {
  shop::job<int> read(const std::string &k) override { return length(k); }
};

// CASE: virtual-override-returns-local EXPECT: coro-dangling-return
struct derived2 : base {
  shop::job<int> read(const std::string &k) override {
    std::string key = "p:" + k;
    return length(key);
  }
};

// CASE: overloaded-value-chosen EXPECT: none
// The rvalue overload owns it.
inline shop::job<int> put(std::string &&s) {
  return length_value(std::move(s));
}
inline shop::job<int> put(const std::string &s) {
  return length(s);
}
shop::job<int> overloaded_value_chosen(int id) {
  auto s = name_of(id);
  return put(std::move(s));
}

// CASE: overloaded-reference-chosen EXPECT: coro-dangling-return
inline shop::job<int> putx(std::string &&s) {
  return length_value(std::move(s));
}
inline shop::job<int> putx(const std::string &s) {
  return length(s);
}
shop::job<int> overloaded_reference_chosen(int id) {
  auto s = name_of(id);
  return putx(s);
}

// CASE: template-forwarder-perfect EXPECT: none
template <class... A> auto fwd(A &&...a) {
  return length(std::forward<A>(a)...);
}
shop::job<int> template_forwarder_perfect(const std::string &s) {
  return fwd(s);
}

// CASE: template-forwarder-perfect-of-local EXPECT: coro-dangling-return
template <class... A> auto fwd2(A &&...a) {
  return length(std::forward<A>(a)...);
}
shop::job<int> template_forwarder_perfect_of_local(int id) {
  auto s = name_of(id);
  return fwd2(s);
}

// CASE: auto-return-local EXPECT: coro-dangling-return
auto auto_return_local(int id) {
  std::string s = name_of(id);
  return length(s);
}

// CASE: decltype-auto-forward EXPECT: none
decltype(auto) decltype_auto_forward(const std::string &s) {
  return length(s);
}

// CASE: out-parameter-of-caller EXPECT: none
shop::job<int> out_parameter_of_caller(std::vector<int> &out) {
  return fill(out, 3);
}

// CASE: out-parameter-local EXPECT: coro-dangling-return
shop::job<int> out_parameter_local() {
  std::vector<int> out;
  return fill(out, 3);
}

// CASE: pair-with-task-of-local EXPECT: coro-dangling-return
std::pair<int, shop::job<int>> pair_with_task_of_local(int id) {
  auto s = name_of(id);
  return {1, length(s)};
}

// CASE: vector-of-tasks-of-parameter EXPECT: none
std::vector<shop::job<int>> vector_of_tasks_of_parameter(const std::vector<std::string> &v) {
  std::vector<shop::job<int>> ts;
  for (const auto &s : v)
    ts.push_back(length(s));
  return ts;
}

// CASE: vector-of-tasks-of-local EXPECT: coro-dangling-return|coro-detached-borrow
std::vector<shop::job<int>> vector_of_tasks_of_local(int n) {
  std::vector<std::string> v(n);
  std::vector<shop::job<int>> ts;
  for (const auto &s : v)
    ts.push_back(length(s));
  return ts;
}

// CASE: vector-of-tasks-over-loop-copies-returned EXPECT: coro-dangling-return|coro-detached-borrow
// A copy per turn.
std::vector<shop::job<int>>
vector_of_tasks_over_loop_copies_returned(const std::vector<std::string> &v) {
  std::vector<shop::job<int>> ts;
  for (auto s : v)
    ts.push_back(length(s));
  return ts;
}

// CASE: coroutine-returns-reference-of-own-frame EXPECT: coro-dangling-return
// s dies before the caller sees it.
inline shop::job<std::reference_wrapper<std::string>>
coroutine_returns_reference_of_own_frame(int id) {
  std::string s = name_of(id);
  co_await shop::pause(1ms);
  co_return std::ref(s);
}

// CASE: coroutine-returns-view-of-own-frame EXPECT: coro-dangling-return
inline shop::job<std::string_view> coroutine_returns_view_of_own_frame(int id) {
  std::string s = name_of(id);
  co_await shop::pause(1ms);
  co_return s;
}

// CASE: coroutine-returns-view-of-parameter EXPECT: none
inline shop::job<std::string_view> coroutine_returns_view_of_parameter(const std::string &s) {
  co_await shop::pause(1ms);
  co_return s;
}

// CASE: coroutine-returns-copy EXPECT: none
inline shop::job<std::string> coroutine_returns_copy(std::string s) {
  co_await shop::pause(1ms);
  co_return s;
}

// CASE: coroutine-returns-view-of-literal EXPECT: none
inline shop::job<std::string_view> coroutine_returns_view_of_literal() {
  co_await shop::pause(1ms);
  co_return "abc";
}

// CASE: shared-ptr-captured-by-parameter EXPECT: none
inline shop::job<int> with_share(std::shared_ptr<std::string> p) {
  co_await shop::pause(1ms);
  co_return int(p->size());
}
shop::job<int> shared_ptr_captured_by_parameter() {
  auto p = std::make_shared<std::string>("x");
  return with_share(p);
}

// CASE: deref-of-local-shared-ptr EXPECT: coro-dangling-return
// The only owner dies here.
shop::job<int> deref_of_local_shared_ptr() {
  auto p = std::make_shared<std::string>("x");
  return length(*p);
}

// CASE: deref-of-reference-shared-ptr EXPECT: none
shop::job<int> deref_of_reference_shared_ptr(const std::shared_ptr<std::string> &p) {
  return length(*p);
}

// CASE: return-local-through-ternary-lvalue EXPECT: coro-dangling-return
shop::job<int> return_local_through_ternary_lvalue(const std::string &a, bool b) {
  std::string d = "d";
  return length(b ? a : d);
}

// CASE: return-of-integer-by-value EXPECT: none
inline shop::job<int> plus(int a, int b) {
  co_await shop::pause(1ms);
  co_return a + b;
}
shop::job<int> return_of_integer_by_value(int a) {
  int b = a * 2;
  return plus(a, b);
}

// CASE: optional-task-of-parameter EXPECT: none
std::optional<shop::job<int>> optional_task_of_parameter(const std::string &s) {
  if (s.empty())
    return std::nullopt;
  return length(s);
}

// CASE: optional-task-of-local EXPECT: coro-dangling-return
std::optional<shop::job<int>> optional_task_of_local(const std::string &k) {
  if (k.empty())
    return std::nullopt;
  std::string s = k + "x";
  return length(s);
}

// CASE: optional-task-emplaced-of-by-value-parameter EXPECT: coro-dangling-return
std::optional<shop::job<int>> optional_task_emplaced_of_by_value_parameter(std::string s) {
  std::optional<shop::job<int>> t;
  if (!s.empty())
    t.emplace(length(s));
  return t;
}

// CASE: optional-task-emplaced-of-reference-parameter EXPECT: none
std::optional<shop::job<int>> optional_task_emplaced_of_reference_parameter(const std::string &s) {
  std::optional<shop::job<int>> t;
  if (!s.empty())
    t.emplace(length(s));
  return t;
}
