// Right code that is easily taken for wrong.
//
// RUN: %cases %s

#include "support/asio.h"
#include "support/cppcoro.h"
#include "support/crew.h"
#include "support/folly_coro.h"
#include "support/libcoro.h"
#include "support/seastar.h"

#include <condition_variable>
#include <future>
#include <latch>
#include <mutex>
#include <semaphore>
#include <thread>
#include <unordered_map>
#include <variant>

namespace defs {
std::string name_of(int id);
inline shop::job<int> length(const std::string &s) {
  co_await shop::pause(1ms);
  co_return int(s.size());
}
inline shop::job<int> length_view(std::string_view s) {
  co_await shop::pause(1ms);
  co_return int(s.size());
}
inline shop::job<int> sum(std::span<const int> s) {
  co_await shop::pause(1ms);
  int t = 0;
  for (int i : s)
    t += i;
  co_return t;
}
inline shop::job<> fill(std::string &s) {
  co_await shop::pause(1ms);
  s += "x";
}
inline shop::job<> jbump(int &n) {
  co_await shop::pause(1ms);
  ++n;
}
struct query {
  const std::string &text;
  int limit;
};
inline shop::job<int> run(query q) {
  co_await shop::pause(1ms);
  co_return int(q.text.size()) + q.limit;
}
inline shop::job<int> all(std::initializer_list<int> l) {
  co_await shop::pause(1ms);
  co_return int(l.size());
}
inline fleet::op<> bump(int &n) {
  co_await fleet::tick{};
  ++n;
}
inline asio::awaitable<> abump(int &n) {
  asio::steady_timer t(co_await asio::this_coro::executor);
  co_await t.async_wait(asio::use_awaitable);
  ++n;
}
inline seastar::future<> sbump(int &n) {
  co_await seastar::sleep(1ms);
  ++n;
}
inline courier::parcel<int> eager(const std::string &s) {
  co_await fleet::tick{};
  co_return int(s.size());
}
struct item {
  std::string name;
  shop::job<int> size() const {
    co_await shop::pause(1ms);
    co_return int(name.size());
  }
};
// namespace defs
} // namespace defs
using namespace defs;

// CASE: std-function-variable-by-auto EXPECT: none
shop::job<int> std_function_variable_by_auto(int n) {
  auto f = std::function<shop::job<int>()>([n]() -> shop::job<int> {
    co_await shop::pause(1ms);
    co_return n;
  });
  auto t = f();
  use(1);
  co_return co_await t;
}

// CASE: std-function-const-variable EXPECT: none
shop::job<int> std_function_const_variable(int n) {
  const std::function<shop::job<int>(int)> f = [n](int k) -> shop::job<int> {
    co_await shop::pause(1ms);
    co_return n + k;
  };
  auto a = f(1);
  auto b = f(2);
  co_return co_await a + co_await b;
}

// CASE: std-function-in-a-map EXPECT: none
shop::job<int> std_function_in_a_map(int n) {
  std::map<std::string, std::function<shop::job<int>()>> h;
  h["a"] = [n]() -> shop::job<int> {
    co_await shop::pause(1ms);
    co_return n;
  };
  auto t = h["a"]();
  use(1);
  co_return co_await t;
}

// CASE: std-function-assigned-later EXPECT: none
shop::job<int> std_function_assigned_later(int n) {
  std::function<shop::job<int>()> f;
  if (n > 0)
    f = [n]() -> shop::job<int> {
      co_await shop::pause(1ms);
      co_return n;
    };
  if (!f)
    co_return 0;
  auto t = f();
  use(1);
  co_return co_await t;
}

// CASE: std-function-member-assigned EXPECT: none
struct dispatcher {
  std::function<shop::job<int>(int)> on_;
  void set(int base) {
    on_ = [base](int n) -> shop::job<int> {
      co_await shop::pause(1ms);
      co_return base + n;
    };
  }
  shop::job<int> fire(int n) { return on_(n); }
};

// CASE: std-function-emplaced-then-fired-in-loop EXPECT: none
shop::job<> std_function_emplaced_then_fired_in_loop(int n) {
  std::vector<std::function<shop::job<>()>> hooks;
  hooks.emplace_back([n]() -> shop::job<> {
    co_await shop::pause(1ms);
    use(n);
  });
  std::vector<shop::job<>> ts;
  for (auto &h : hooks)
    ts.push_back(h());
  co_await shop::gather_all(std::move(ts));
}

// CASE: lambda-in-an-optional EXPECT: none
shop::job<int> lambda_in_an_optional(int n) {
  std::optional f = [n]() -> shop::job<int> {
    co_await shop::pause(1ms);
    co_return n;
  };
  auto t = (*f)();
  use(1);
  co_return co_await t;
}

// CASE: lambda-in-a-tuple EXPECT: none
shop::job<int> lambda_in_a_tuple(int n) {
  auto fs = std::make_tuple(
      [n]() -> shop::job<int> {
        co_await shop::pause(1ms);
        co_return n;
      },
      3);
  auto t = std::get<0>(fs)();
  use(1);
  co_return co_await t;
}

// CASE: lambda-moved-to-another-local EXPECT: none
shop::job<int> lambda_moved_to_another_local(int n) {
  auto f = [n]() -> shop::job<int> {
    co_await shop::pause(1ms);
    co_return n;
  };
  auto g = std::move(f);
  auto t = g();
  use(1);
  co_return co_await t;
}

// CASE: lambda-in-a-struct-member EXPECT: none
template <class F> struct stage {
  F f;
};
shop::job<int> lambda_in_a_struct_member(int n) {
  stage s{[n]() -> shop::job<int> {
    co_await shop::pause(1ms);
    co_return n;
  }};
  auto t = s.f();
  use(1);
  co_return co_await t;
}

// CASE: lambda-on-the-heap EXPECT: none
shop::job<int> lambda_on_the_heap(int n) {
  auto f = std::make_unique<std::function<shop::job<int>()>>([n]() -> shop::job<int> {
    co_await shop::pause(1ms);
    co_return n;
  });
  auto t = (*f)();
  use(1);
  co_return co_await t;
}

// CASE: block-on-defined-here EXPECT: none
template <class T> T block_on(shop::job<T> t) {
  std::binary_semaphore done(0);
  std::optional<T> out;
  [](shop::job<T> j, std::binary_semaphore &d, std::optional<T> &o) -> courier::errand {
    o = co_await j;
    d.release();
  }(std::move(t), done, out);
  done.acquire();
  return std::move(*out);
}
int block_on_defined_here(int n) {
  return block_on([&]() -> shop::job<int> {
           co_await shop::pause(1ms);
           co_return n;
         }()) +
         block_on(length("abc"));
}

// CASE: block-on-with-a-promise EXPECT: none
int block_on_with_a_promise(shop::job<int> t) {
  std::promise<int> p;
  auto f = p.get_future();
  [](shop::job<int> j, std::promise<int> &p) -> courier::errand {
    p.set_value(co_await j);
  }(std::move(t), p);
  return f.get();
}

// CASE: block-on-capturing-lambda-waited EXPECT: none
int block_on_capturing_lambda_waited(shop::job<int> t) {
  int out = 0;
  std::latch l(1);
  auto go = [&]() -> courier::errand {
    out = co_await t;
    l.count_down();
  };
  go();
  l.wait();
  return out;
}

// CASE: block-on-condition-variable EXPECT: none
int block_on_condition_variable(shop::job<int> t) {
  std::mutex m;
  std::condition_variable cv;
  bool done = false;
  int out = 0;
  [](shop::job<int> j, std::mutex &m, std::condition_variable &cv, bool &done,
     int &out) -> courier::errand {
    int r = co_await j;
    std::lock_guard l(m);
    out = r;
    done = true;
    cv.notify_one();
  }(std::move(t), m, cv, done, out);
  std::unique_lock l(m);
  cv.wait(l, [&] { return done; });
  return out;
}

// CASE: with-timeout-in-place EXPECT: none
template <class T> shop::job<T> with_timeout(shop::job<T> t, std::chrono::milliseconds) {
  co_return co_await t;
}
shop::job<int> with_timeout_in_place(int id) {
  co_return co_await with_timeout(length(name_of(id)), 5ms);
}

// CASE: with-scope-lambda EXPECT: none
template <class F> shop::job<> with_crew(F f) {
  fleet::crew c;
  co_await f(c);
  co_await c.join();
}
shop::job<> with_scope_lambda() {
  int n = 0;
  co_await with_crew([&](fleet::crew &c) -> shop::job<> {
    c.launch(bump(n));
    co_await shop::pause(1ms);
    c.launch(bump(n));
  });
  use(n);
}

// CASE: returns-task-of-map-element EXPECT: none
struct registry {
  std::map<std::string, item> items_;
  shop::job<int> size(const std::string &k) {
    auto it = items_.find(k);
    return it->second.size();
  }
  shop::job<int> len(const std::string &k) {
    auto it = items_.find(k);
    return length(it->second.name);
  }
  shop::job<int> scan(const std::string &k) {
    for (auto &[key, v] : items_)
      if (key == k)
        return v.size();
    return items_.begin()->second.size();
  }
};

// CASE: returns-task-of-emplaced-element EXPECT: none
struct registry2 {
  std::unordered_map<int, item> items_;
  shop::job<int> open(int id) {
    auto [it, fresh] = items_.try_emplace(id);
    if (fresh)
      it->second.name = "x";
    return it->second.size();
  }
  shop::job<int> by_ref(int id) {
    auto &e = items_[id];
    return e.size();
  }
  shop::job<int> by_ptr(int id) {
    auto *e = &items_[id];
    return e->size();
  }
};

// CASE: returns-task-of-span-over-member EXPECT: none
struct samples {
  std::vector<int> v_;
  std::string n_;
  shop::job<int> total() const {
    std::span<const int> s(v_);
    return sum(s.subspan(1));
  }
  shop::job<int> name() const {
    std::string_view n = n_;
    n.remove_prefix(1);
    return length_view(n);
  }
};

// CASE: returns-task-of-a-struct-that-refers-to-a-parameter EXPECT: none
// q is copied, its reference is to the caller's string.
shop::job<int> returns_task_of_a_struct_that_refers_to_a_parameter(const std::string &text) {
  query q{text, 3};
  return run(q);
}

// CASE: returns-task-with-owner-and-reference-into-it EXPECT: none
// The frame shares the string it refers to.
inline shop::job<int> both(std::shared_ptr<std::string> p, const std::string &s) {
  co_await shop::pause(1ms);
  co_return int(s.size()) + int(p.use_count());
}
shop::job<int> returns_task_with_owner_and_reference_into_it() {
  auto p = std::make_shared<std::string>("x");
  return both(p, *p);
}

// CASE: returns-task-with-moved-unique-owner-and-reference EXPECT: none
inline shop::job<int> both_unique(std::unique_ptr<std::string> p, const std::string &s) {
  co_await shop::pause(1ms);
  co_return int(s.size()) + (p ? 1 : 0);
}
shop::job<int> returns_task_with_moved_unique_owner_and_reference() {
  auto p = std::make_unique<std::string>("x");
  auto &r = *p;
  return both_unique(std::move(p), r);
}

// CASE: returns-task-of-config-reference EXPECT: none
struct config {
  std::string host;
};
inline const config &current() {
  static config c;
  return c;
}
shop::job<int> returns_task_of_config_reference() {
  const auto &c = current();
  return length(c.host);
}

// CASE: returns-task-of-initializer-list-parameter EXPECT: none
// The array belongs to the caller's full-expression.
shop::job<int> returns_task_of_initializer_list_parameter(std::initializer_list<int> l) {
  return all(l);
}

// CASE: returns-task-of-literal-through-local-pointer EXPECT: none
shop::job<int> returns_task_of_literal_through_local_pointer(bool b) {
  const char *m = b ? "yes" : "no";
  return length_view(m);
}

// CASE: returns-task-of-static-constexpr-array EXPECT: none
shop::job<int> returns_task_of_static_constexpr_array() {
  static constexpr int a[] = {1, 2};
  return sum(a);
}

// CASE: returns-member-task EXPECT: none
struct once {
  std::optional<shop::job<int>> t_;
  std::string s_;
  void prepare() { t_.emplace(length(s_)); }
  shop::job<int> take() { return std::move(*t_); }
};

// CASE: vector-cleared-each-turn EXPECT: none
shop::job<> vector_cleared_each_turn(int n) {
  std::vector<shop::job<>> v;
  for (int i = 0; i < n; ++i) {
    std::string s = name_of(i);
    v.push_back(fill(s));
    v.push_back(fill(s));
    for (auto &t : v)
      co_await t;
    v.clear();
  }
}

// CASE: vector-declared-before-awaited-by-reference EXPECT: none
// All done before s dies.
shop::job<> vector_declared_before_awaited_by_reference() {
  std::vector<shop::job<>> v;
  std::string s = "a";
  v.push_back(fill(s));
  for (auto &t : v)
    co_await t;
  use(s);
}

// CASE: optional-reset-before-the-local-dies EXPECT: none
shop::job<> optional_reset_before_the_local_dies(bool b) {
  std::optional<shop::job<>> t;
  {
    std::string s = "a";
    t.emplace(fill(s));
    if (b)
      co_await *t;
    t.reset();
  }
  co_await shop::pause(1ms);
}

// CASE: task-overwritten-before-the-local-dies EXPECT: none
// What is awaited outside borrows nothing.
shop::job<> task_overwritten_before_the_local_dies() {
  auto t = shop::pause(1ms);
  {
    std::string s = "a";
    t = fill(s);
    co_await t;
    t = shop::pause(2ms);
  }
  co_await t;
}

// CASE: eager-never-suspends EXPECT: none
inline courier::errand never(const std::string &s) {
  if (s.empty())
    co_return;
  use(s);
}
void eager_never_suspends() {
  never("abc");
}

// CASE: eager-awaits-what-is-ready EXPECT: none
// suspend_never does not suspend.
inline courier::errand ready_only(const std::string &s) {
  co_await std::suspend_never{};
  use(s);
}
void eager_awaits_what_is_ready() {
  ready_only("abc");
}

// CASE: eager-sizeof-after EXPECT: none
inline courier::errand unevaluated(const std::string &s) {
  use(s);
  co_await fleet::tick{};
  use(int(sizeof(s)));
}
void eager_sizeof_after() {
  unevaluated("abc");
}

// CASE: eager-member-uses-only-statics-after EXPECT: none
// This is not read after the suspension.
struct poller {
  static constexpr int limit = 3;
  static int hits();
  int n_ = 0;
  courier::errand go() {
    use(n_);
    co_await fleet::tick{};
    use(limit + hits());
  }
};
void eager_member_uses_only_statics_after() {
  poller{}.go();
}

// CASE: eager-lambda-uses-only-its-parameter-after EXPECT: none
void eager_lambda_uses_only_its_parameter_after(int n) {
  [n](int m) -> courier::errand {
    use(n);
    co_await fleet::tick{};
    use(m);
  }(n + 1);
}

// CASE: eager-lambda-inner-closure-copies-first EXPECT: none
// cb copied n into the frame before the suspension.
void eager_lambda_inner_closure_copies_first(int n) {
  [n]() -> courier::errand {
    auto cb = [n] { use(n); };
    co_await fleet::tick{};
    cb();
  }();
}

// CASE: eager-lambda-inner-closure-copies-this-first EXPECT: none
struct beacon {
  int n_ = 0;
  void go() {
    [this]() -> courier::errand {
      auto cb = [this] { use(n_); };
      co_await fleet::tick{};
      cb();
    }();
  }
};

// CASE: eager-lambda-moves-capture-out-first EXPECT: none
void eager_lambda_moves_capture_out_first(std::unique_ptr<int> p) {
  [p = std::move(p)]() mutable -> courier::errand {
    auto mine = std::move(p);
    co_await fleet::tick{};
    use(*mine);
  }();
}

// CASE: eager-lambda-loop-over-a-copy EXPECT: none
void eager_lambda_loop_over_a_copy(int n) {
  [n]() -> courier::errand {
    for (int k = n; k > 0; --k)
      co_await fleet::tick{};
  }();
}

// CASE: eager-lambda-passes-capture-by-value-to-the-awaited EXPECT: none
// Copied before it suspends.
inline shop::job<> note(std::string s) {
  co_await shop::pause(1ms);
  use(s);
}
void eager_lambda_passes_capture_by_value_to_the_awaited(std::string s) {
  [s]() -> courier::errand { co_await note(s); }();
}

// CASE: crew-joined-in-both-branches EXPECT: none
shop::job<> crew_joined_in_both_branches(bool b) {
  int n = 0;
  fleet::crew c;
  c.launch(bump(n));
  if (b) {
    co_await c.join();
    co_return;
  }
  use(1);
  co_await c.join();
}

// CASE: crew-joined-by-a-helper EXPECT: none
inline shop::job<> finish(fleet::crew &c) {
  co_await c.join();
}
shop::job<> crew_joined_by_a_helper() {
  int n = 0;
  fleet::crew c;
  c.launch(bump(n));
  co_await finish(c);
}

// CASE: crew-joined-by-a-local-lambda EXPECT: none
shop::job<> crew_joined_by_a_local_lambda() {
  int n = 0;
  fleet::crew c;
  auto stop = [&]() -> shop::job<> { co_await c.join(); };
  c.launch(bump(n));
  co_await stop();
}

// CASE: crew-on-the-heap EXPECT: none
shop::job<> crew_on_the_heap() {
  int n = 0;
  auto c = std::make_unique<fleet::crew>();
  c->launch(bump(n));
  co_await c->join();
}

// CASE: crew-in-a-struct EXPECT: none
struct context {
  int n = 0;
  fleet::crew c;
};
shop::job<> crew_in_a_struct() {
  context x;
  x.c.launch(bump(x.n));
  co_await x.c.join();
}

// CASE: crew-joined-after-a-loop EXPECT: none
shop::job<> crew_joined_after_a_loop(std::vector<int> v) {
  fleet::crew c;
  for (auto &n : v) {
    if (n < 0)
      continue;
    c.launch(bump(n));
  }
  co_await c.join();
}

// CASE: ticket-polled-until-done EXPECT: none
shop::job<> ticket_polled_until_done() {
  int n = 0;
  auto tk = shop::spawn(jbump(n));
  while (!tk.done())
    co_await shop::yield_now();
  use(n);
}

// CASE: futures-in-a-vector-all-got EXPECT: none
int futures_in_a_vector_all_got(asio::thread_pool &pool) {
  std::vector<int> ns(3);
  std::vector<std::future<void>> fs;
  for (auto &n : ns)
    fs.push_back(asio::co_spawn(pool, abump(n), asio::use_future));
  for (auto &f : fs)
    f.get();
  return ns[0];
}

// CASE: gate-closed-after-background-work EXPECT: none
seastar::future<> gate_closed_after_background_work() {
  int n = 0;
  seastar::gate g;
  (void)sbump(n).finally([h = g.hold()] {});
  co_await g.close();
  use(n);
}

// CASE: with-gate-closed-here EXPECT: none
seastar::future<> with_gate_closed_here() {
  int n = 0;
  seastar::gate g;
  (void)seastar::with_gate(g, [&] { return sbump(n); });
  co_await g.close();
  use(n);
}

// CASE: jthread-declared-after-runs-the-loop EXPECT: none
int jthread_declared_after_runs_the_loop() {
  std::atomic<int> out = 0;
  int n = 0;
  asio::io_context io;
  asio::co_spawn(io, abump(n), asio::detached);
  {
    std::jthread th([&] { io.run(); });
  }
  return n;
}

// CASE: pool-declared-after-the-local EXPECT: none
// The pool is destroyed first, and joins its threads.
void pool_declared_after_the_local() {
  int n = 0;
  asio::thread_pool pool(1);
  asio::co_spawn(pool, abump(n), asio::detached);
}

// CASE: io-context-declared-after-the-local EXPECT: none
// What is left is destroyed with io, before n.
void io_context_declared_after_the_local() {
  int n = 0;
  asio::io_context io;
  asio::co_spawn(io, abump(n), asio::detached);
  io.run_for(1s);
}

// CASE: io-context-polled-until-stopped EXPECT: none
void io_context_polled_until_stopped(asio::io_context &io) {
  int n = 0;
  bool done = false;
  asio::co_spawn(
      io,
      [&]() -> asio::awaitable<> {
        co_await abump(n);
        done = true;
      },
      asio::detached);
  while (!done)
    io.run_one();
}

// CASE: lambda-with-this-in-place EXPECT: none
struct worker {
  int n_ = 0;
  shop::job<> step() {
    co_await [this]() -> shop::job<> {
      co_await shop::pause(1ms);
      ++n_;
    }();
  }
};

// CASE: negated-and-nested-in-place EXPECT: none
shop::job<bool> negated_and_nested_in_place(int n) {
  co_return !co_await [&]() -> shop::job<bool> {
    co_await shop::pause(1ms);
    co_return n > 0;
  }();
}

// CASE: condition-with-in-place-lambda EXPECT: none
shop::job<> condition_with_in_place_lambda(int n) {
  if (auto r = co_await [&]() -> shop::job<int> {
        co_await shop::pause(1ms);
        co_return n;
      }();
      r > 1)
    use(r);
}

// CASE: local-changed-while-the-task-is-kept EXPECT: none
shop::job<int> local_changed_while_the_task_is_kept(std::string s) {
  auto t = length(s);
  s = "changed";
  co_return co_await t;
}

// CASE: ternary-task-kept-over-locals EXPECT: none
shop::job<int> ternary_task_kept_over_locals(std::string a, std::string b, bool c) {
  auto t = c ? length(a) : length(b);
  use(1);
  co_return co_await t;
}

// CASE: structured-bindings-borrowed-same-scope EXPECT: none
shop::job<int> structured_bindings_borrowed_same_scope() {
  auto [a, n] = std::pair(std::string("x"), 3);
  auto t = length(a);
  use(n);
  co_return co_await t;
}

// CASE: structured-bindings-by-reference-into-a-parameter-returned EXPECT: none
shop::job<int>
structured_bindings_by_reference_into_a_parameter_returned(const std::map<int, std::string> &m) {
  const auto &[k, v] = *m.begin();
  return length(v);
}

// CASE: eager-two-parcels-in-order EXPECT: none
shop::job<int> eager_two_parcels_in_order(std::string a) {
  auto x = eager(a);
  auto y = eager(a);
  co_return co_await x + co_await y;
}

// CASE: event-awaited-through-when-all EXPECT: none
cppcoro::task<> eset(cppcoro::async_manual_reset_event &e, cppcoro::static_thread_pool &p) {
  co_await p.schedule();
  e.set();
}
cppcoro::task<> ewait(const cppcoro::async_manual_reset_event &e) {
  co_await e;
}
cppcoro::task<> event_awaited_through_when_all(cppcoro::static_thread_pool &p) {
  cppcoro::async_manual_reset_event e;
  co_await cppcoro::when_all(eset(e, p), ewait(e));
}

// CASE: variant-of-tasks EXPECT: none
shop::job<int> variant_of_tasks(std::string s) {
  std::variant<std::monostate, shop::job<int>> v;
  v = length(s);
  use(1);
  co_return co_await std::get<1>(v);
}

// CASE: lambda-by-value-parameter-of-a-helper-that-names-it EXPECT: none
// Waits inside, while its parameter lives.
template <class F> int drive(F f) {
  auto t = f();
  return cppcoro::sync_wait(std::move(t));
}
int lambda_by_value_parameter_of_a_helper_that_names_it(int n) {
  return drive([n]() -> cppcoro::task<int> { co_return n; });
}

// CASE: overloaded-call-operator-owner-in-frame EXPECT: none
template <class F> shop::job<int> keep_and_call(F f) {
  auto t = f();
  use(1);
  co_return co_await t;
}
shop::job<int> overloaded_call_operator_owner_in_frame(int n) {
  auto t = keep_and_call([n]() -> shop::job<int> {
    co_await shop::pause(1ms);
    co_return n;
  });
  use(1);
  co_return co_await t;
}

// CASE: decorator-lambda-returned-by-value EXPECT: none
inline auto logged(std::function<shop::job<int>(int)> inner) {
  return [inner](int n) -> shop::job<int> {
    use(n);
    co_return co_await inner(n);
  };
}
shop::job<int> decorator_lambda_returned_by_value() {
  auto f = logged([](int n) -> shop::job<int> {
    co_await shop::pause(1ms);
    co_return n;
  });
  auto t = f(3);
  use(1);
  co_return co_await t;
}

// CASE: middleware-stored-and-called-later EXPECT: none
struct router {
  std::vector<std::function<shop::job<>(std::string &)>> mw_;
  void use_mw(int n) {
    mw_.push_back([n](std::string &s) -> shop::job<> {
      co_await shop::pause(1ms);
      s += std::to_string(n);
    });
  }
  shop::job<> handle(std::string req) {
    for (auto &m : mw_)
      co_await m(req);
  }
};

// CASE: retry-loop-over-a-named-lambda EXPECT: none
shop::job<int> retry_loop_over_a_named_lambda(std::string s) {
  auto attempt = [&]() -> shop::job<int> { co_return co_await length(s); };
  for (int i = 0; i < 3; ++i) {
    auto t = attempt();
    if (int n = co_await t; n > 0)
      co_return n;
  }
  co_return 0;
}

// CASE: recursion-over-own-reference EXPECT: none
shop::job<int> recursion_over_own_reference(const std::string &s, int n) {
  if (n == 0)
    co_return int(s.size());
  auto a = recursion_over_own_reference(s, n - 1);
  auto b = recursion_over_own_reference(s, n - 1);
  co_return co_await a + co_await b;
}

// CASE: producer-consumer-over-a-channel-joined EXPECT: none
struct channel {
  std::deque<int> q;
  shop::signal s;
};
inline fleet::op<> produce(channel &c) {
  co_await fleet::tick{};
  c.q.push_back(1);
}
shop::job<> producer_consumer_over_a_channel_joined() {
  channel ch;
  fleet::crew c;
  c.launch(produce(ch));
  c.launch(produce(ch));
  co_await c.join();
  use(int(ch.q.size()));
}

// CASE: try-around-the-join EXPECT: none
shop::job<> try_around_the_join() {
  int n = 0;
  fleet::crew c;
  try {
    c.launch(bump(n));
    use(1);
  } catch (...) {
    use(2);
  }
  co_await c.join();
}

// CASE: folly-co-invoke-on-executor-in-place EXPECT: none
folly::coro::Task<int> folly_co_invoke_on_executor_in_place(folly::Executor::KeepAlive<> ex,
                                                            int n) {
  co_return co_await folly::coro::co_withExecutor(
      ex, folly::coro::co_invoke([&]() -> folly::coro::Task<int> {
        co_await folly::coro::sleep(1ms);
        co_return n;
      }));
}

// CASE: libcoro-latch-like-counter-event EXPECT: none
inline coro::task<> part(std::shared_ptr<coro::thread_pool> p, std::atomic<int> &left,
                         coro::event &e) {
  co_await p->schedule();
  if (--left == 0)
    e.set();
}
coro::task<> libcoro_latch_like_counter_event(std::shared_ptr<coro::thread_pool> p) {
  std::atomic<int> left = 3;
  coro::event e;
  for (int i = 0; i < 3; ++i)
    p->spawn(part(p, left, e));
  co_await e;
}
