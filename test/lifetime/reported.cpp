// Wrong code that is easily taken for right.
//
// RUN: %cases %s

#include "support/asio.h"
#include "support/crew.h"

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
inline fleet::op<> bump(int &n) {
  co_await fleet::tick{};
  ++n;
}
inline courier::errand log_after(const std::string &s) {
  co_await fleet::tick{};
  use(s);
}
inline void nop() {}
struct duct {
  duct();
  duct(duct &&);
  ~duct();
  shop::job<int> read();
  void close();
};
inline courier::errand drain(duct &p) {
  while (co_await p.read() > 0)
    use(1);
}
inline courier::errand shut(duct &p) {
  co_await fleet::tick{};
  p.close();
}
inline asio::awaitable<> delay() {
  asio::steady_timer t(co_await asio::this_coro::executor);
  co_await t.async_wait(asio::use_awaitable);
}
inline asio::awaitable<> stop_timer(asio::steady_timer &t) {
  co_await delay();
  t.cancel();
}
// namespace defs
} // namespace defs
using namespace defs;

// CASE: detached-then-an-empty-function EXPECT: coro-detached-borrow|coro-dangling-parameter
// nop is seen to do nothing.
void detached_then_an_empty_function() {
  std::string s = "abc";
  log_after(s);
  nop();
}

// CASE: detached-over-a-local-pipe EXPECT: coro-detached-borrow|coro-dangling-parameter
// A type with awaitable members dies as well.
void detached_over_a_local_pipe() {
  duct p;
  drain(p);
}

// CASE: detached-over-a-local-pipe-in-a-coroutine EXPECT: coro-detached-borrow
shop::job<> detached_over_a_local_pipe_in_a_coroutine() {
  duct p;
  shut(p);
  co_await shop::pause(1ms);
}

// CASE: spawned-over-a-local-timer EXPECT: coro-detached-borrow|coro-dangling-parameter
asio::awaitable<> spawned_over_a_local_timer(asio::any_io_executor ex) {
  asio::steady_timer t(ex, std::chrono::seconds(3));
  asio::co_spawn(ex, stop_timer(t), asio::detached);
  co_await delay();
}

// CASE: crew-left-early-before-the-join EXPECT: coro-detached-borrow|coro-dangling-parameter
// An early return skips the join.
shop::job<> crew_left_early_before_the_join(bool b) {
  int n = 0;
  fleet::crew c;
  c.launch(bump(n));
  if (b)
    co_return;
  co_await c.join();
}

// CASE: crew-loop-broken-before-the-join EXPECT: coro-detached-borrow|coro-dangling-parameter
shop::job<> crew_loop_broken_before_the_join(std::vector<int> v) {
  fleet::crew c;
  for (auto &n : v) {
    c.launch(bump(n));
    if (n < 0)
      co_return;
  }
  co_await c.join();
}

// CASE: crew-of-the-caller-owns-closure-over-local EXPECT: coro-detached-borrow
void crew_of_the_caller_owns_closure_over_local(fleet::crew &c) {
  int i = 0;
  c.launch_fn([&i]() -> fleet::op<> {
    co_await fleet::tick{};
    use(i);
  });
}

// CASE: crew-owns-closure-over-inner-local EXPECT: coro-detached-borrow|coro-dangling-capture
shop::job<> crew_owns_closure_over_inner_local() {
  fleet::crew c;
  {
    int i = 0;
    c.launch_fn([&i]() -> fleet::op<> {
      co_await fleet::tick{};
      use(i);
    });
  }
  co_await c.join();
}

// CASE: eager-inner-closure-refers-to-the-capture EXPECT: coro-dangling-capture
// cb refers to n in the dead closure.
void eager_inner_closure_refers_to_the_capture(int n) {
  [n]() -> courier::errand {
    auto cb = [&] { use(n); };
    co_await fleet::tick{};
    cb();
  }();
}

// CASE: eager-loop-over-the-capture EXPECT: coro-dangling-capture|coro-detached-borrow
void eager_loop_over_the_capture(int n) {
  [n]() mutable -> courier::errand {
    while (n-- > 0)
      co_await fleet::tick{};
  }();
}

// CASE: eager-member-reads-this-after EXPECT: coro-detached-borrow|coro-dangling-parameter
struct poller {
  int n_ = 0;
  courier::errand go() {
    use(n_);
    co_await fleet::tick{};
    use(n_);
  }
};
void eager_member_reads_this_after() {
  poller{}.go();
}

// CASE: eager-member-calls-a-member-after EXPECT: coro-detached-borrow|coro-dangling-parameter
struct poller2 {
  int n_ = 0;
  int get() const { return n_; }
  courier::errand go() {
    co_await fleet::tick{};
    use(get());
  }
};
void eager_member_calls_a_member_after() {
  poller2 p;
  p.go();
}

// CASE: constexpr-local-array-returned EXPECT: coro-dangling-return
// constexpr alone does not make it static.
shop::job<int> constexpr_local_array_returned() {
  constexpr int a[] = {1, 2};
  return sum(a);
}

// CASE: char-array-local-view-returned EXPECT: coro-dangling-return
shop::job<int> char_array_local_view_returned() {
  const char m[] = "abc";
  return length_view(m);
}

// CASE: map-copy-element-returned EXPECT: coro-dangling-return
struct registry {
  std::map<int, std::string> m_;
  std::map<int, std::string> snapshot() const { return m_; }
  shop::job<int> get(int k) {
    auto copy = snapshot();
    auto it = copy.find(k);
    return length(it->second);
  }
};

// CASE: loop-copy-of-map-entry-returned EXPECT: coro-dangling-return
// auto, not auto&: v is a copy.
struct registry2 {
  std::map<int, std::string> m_;
  shop::job<int> get(int k) {
    for (auto [key, v] : m_)
      if (key == k)
        return length(v);
    return length(m_.begin()->second);
  }
};

// CASE: structured-binding-copy-returned EXPECT: coro-dangling-return
shop::job<int> structured_binding_copy_returned(const std::pair<std::string, int> &p) {
  auto [s, n] = p;
  return length(s);
}

// CASE: variant-of-tasks-with-temporary EXPECT: coro-dangling-parameter|coro-detached-borrow
shop::job<int> variant_of_tasks_with_temporary() {
  std::variant<std::monostate, shop::job<int>> v;
  v = length("abc");
  use(1);
  co_return co_await std::get<1>(v);
}

// CASE: ternary-of-tasks-one-over-a-temporary EXPECT: coro-dangling-parameter|coro-detached-borrow
shop::job<int> ternary_of_tasks_one_over_a_temporary(std::string a, bool c) {
  auto t = c ? length(a) : length("none");
  use(1);
  co_return co_await t;
}

// CASE: comma-kept EXPECT: coro-dangling-parameter|coro-detached-borrow
shop::job<int> comma_kept() {
  auto t = (use(1), length("abc"));
  use(2);
  co_return co_await t;
}

// CASE: if-init-task-over-temporary EXPECT: coro-dangling-parameter|coro-detached-borrow
shop::job<int> if_init_task_over_temporary(int id) {
  if (auto t = length(name_of(id)); id > 0)
    co_return co_await t;
  co_return 0;
}

// CASE: task-over-temporary-in-lambda-capture EXPECT: coro-dangling-parameter|coro-detached-borrow
// t borrows a dead string.
shop::job<int> task_over_temporary_in_lambda_capture(int id) {
  auto later = [t = length(name_of(id))]() mutable -> shop::job<int> { co_return co_await t; };
  use(1);
  co_return co_await later();
}

// CASE: task-over-local-in-lambda-capture-returned EXPECT: coro-dangling-return
auto task_over_local_in_lambda_capture_returned(int id) {
  auto s = name_of(id);
  return [t = length(s)]() mutable -> shop::job<int> { co_return co_await t; };
}

// CASE: struct-of-task-and-string-moved EXPECT: ?coro-dangling-return
// t still refers to the local s, not to bundle.s.
// Missed: what was moved away is taken to live on.
struct bundle {
  std::string s;
  shop::job<int> t;
};
bundle struct_of_task_and_string_moved(int id) {
  auto s = name_of(id);
  auto t = length(s);
  return {std::move(s), std::move(t)};
}

// CASE: constructor-starts-over-its-parameter EXPECT: coro-dangling-parameter|coro-detached-borrow
// t_ refers to n, not to name_.
class session {
  std::string name_;
  shop::job<int> t_;

public:
  explicit session(std::string n) : name_(n), t_(length(n)) {}
  shop::job<int> take() { return std::move(t_); }
};

// CASE: constructor-body-emplaces-over-a-local EXPECT: coro-dangling-parameter|coro-detached-borrow
class session2 {
  std::optional<shop::job<int>> t_;

public:
  session2() {
    std::string s = "x";
    t_.emplace(length(s));
  }
  shop::job<int> run() { co_return co_await *t_; }
};

// CASE: returned-through-an-out-parameter EXPECT: coro-dangling-parameter|coro-detached-borrow
void start(std::optional<shop::job<int>> &out) {
  std::string s = "x";
  out.emplace(length(s));
}

// CASE: pushed-to-a-vector-of-the-caller EXPECT: coro-dangling-parameter|coro-detached-borrow
void start_all(std::vector<shop::job<int>> &out) {
  for (int i = 0; i < 3; ++i)
    out.push_back(length(std::to_string(i)));
}
