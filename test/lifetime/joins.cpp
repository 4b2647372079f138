// Right code: somebody waits for the work, or owns what it borrows.
//
// RUN: %cases %s

#include "support/asio.h"
#include "support/crew.h"
#include "support/seastar.h"

#include <future>
#include <latch>
#include <semaphore>
#include <thread>

namespace defs {
std::string name_of(int id);
inline shop::job<int> length(const std::string &s) {
  co_await shop::pause(1ms);
  co_return int(s.size());
}
inline shop::job<> fill(std::string &s) {
  co_await shop::pause(1ms);
  s += "x";
}
inline fleet::op<> bump(int &n) {
  co_await fleet::tick{};
  ++n;
}
inline fleet::op<> arrive(std::latch &l, int &n) {
  co_await fleet::tick{};
  ++n;
  l.count_down();
}
inline asio::awaitable<> abump(int &n) {
  asio::steady_timer t(co_await asio::this_coro::executor);
  co_await t.async_wait(asio::use_awaitable);
  ++n;
}
inline seastar::future<> slog(const std::string &s) {
  co_await seastar::sleep(1ms);
  use(s);
}
struct item {
  std::string name;
  shop::job<int> size() const {
    co_await shop::pause(1ms);
    co_return int(name.size());
  }
};
inline fleet::op<> raise(shop::signal &s, int &n) {
  co_await fleet::tick{};
  ++n;
  s.set();
}
// namespace defs
} // namespace defs
using namespace defs;

// CASE: latch-waited-by-a-helper EXPECT: none
inline void wait_for(std::latch &l) {
  l.wait();
}
void latch_waited_by_a_helper() {
  int n = 0;
  std::latch l(1);
  fleet::forget(arrive(l, n));
  wait_for(l);
  use(n);
}

// CASE: latch-in-a-struct-waited EXPECT: none
struct run {
  std::latch l{1};
  int n = 0;
};
void latch_in_a_struct_waited() {
  run r;
  fleet::forget(arrive(r.l, r.n));
  r.l.wait();
  use(r.n);
}

// CASE: signal-awaited-by-a-helper EXPECT: none
inline shop::job<> wait_signal(shop::signal &s) {
  co_await s;
}
shop::job<> signal_awaited_by_a_helper() {
  int n = 0;
  shop::signal s;
  fleet::forget(raise(s, n));
  co_await wait_signal(s);
  use(n);
}

// CASE: several-signals-all-awaited EXPECT: none
shop::job<> several_signals_all_awaited() {
  int a = 0, b = 0;
  shop::signal s, t;
  fleet::forget(raise(s, a));
  fleet::forget(raise(t, b));
  co_await s;
  co_await t;
  use(a + b);
}

// CASE: capturing-lambda-raises-the-signal EXPECT: none
shop::job<> capturing_lambda_raises_the_signal() {
  int n = 0;
  shop::signal s;
  auto work = [&]() -> fleet::op<> {
    co_await fleet::tick{};
    ++n;
    s.set();
  };
  fleet::forget(work());
  co_await s;
  use(n);
}

// CASE: detached-lambda-raises-the-signal EXPECT: none
shop::job<> detached_lambda_raises_the_signal() {
  int n = 0;
  shop::signal s;
  auto work = [&]() -> courier::errand {
    co_await fleet::tick{};
    ++n;
    s.set();
  };
  work();
  co_await s;
  use(n);
}

// CASE: forget-fn-raises-the-signal EXPECT: none
shop::job<> forget_fn_raises_the_signal() {
  int n = 0;
  shop::signal s;
  fleet::forget_fn([&]() -> fleet::op<> {
    co_await fleet::tick{};
    ++n;
    s.set();
  });
  co_await s;
  use(n);
}

// CASE: promise-future-in-lambda EXPECT: none
int promise_future_in_lambda() {
  std::promise<int> p;
  auto f = p.get_future();
  fleet::forget_fn([&]() -> fleet::op<> {
    co_await fleet::tick{};
    p.set_value(3);
  });
  return f.get();
}

// CASE: promise-future-waited-on-the-temporary EXPECT: none
int promise_future_waited_on_the_temporary(int n) {
  std::promise<int> p;
  fleet::forget_fn([&]() -> fleet::op<> {
    co_await fleet::tick{};
    p.set_value(n);
  });
  return p.get_future().get();
}

// CASE: asio-promise-future EXPECT: none
int asio_promise_future(asio::io_context &io) {
  std::promise<int> p;
  int n = 3;
  asio::co_spawn(
      io,
      [&]() -> asio::awaitable<> {
        co_await abump(n);
        p.set_value(n);
      },
      asio::detached);
  return p.get_future().get();
}

// CASE: asio-completion-handler-sets-the-promise EXPECT: none
int asio_completion_handler_sets_the_promise(asio::io_context &io) {
  std::promise<void> p;
  int n = 3;
  asio::co_spawn(io, abump(n), [&](std::exception_ptr) { p.set_value(); });
  p.get_future().get();
  return n;
}

// CASE: io-context-run-by-a-member EXPECT: none
struct host {
  asio::io_context io_;
  void run() { io_.run(); }
};
int io_context_run_by_a_member() {
  int n = 0;
  host h;
  asio::co_spawn(h.io_, abump(n), asio::detached);
  h.run();
  return n;
}

// CASE: io-context-run-in-a-loop EXPECT: none
int io_context_run_in_a_loop() {
  int n = 0;
  asio::io_context io;
  asio::co_spawn(io, abump(n), asio::detached);
  while (io.run_one() > 0) {
  }
  return n;
}

// CASE: threads-in-a-vector-run-the-loop EXPECT: none
int threads_in_a_vector_run_the_loop() {
  int n = 0;
  asio::io_context io;
  asio::co_spawn(io, abump(n), asio::detached);
  std::vector<std::thread> ts;
  for (int i = 0; i < 2; ++i)
    ts.emplace_back([&] { io.run(); });
  for (auto &t : ts)
    t.join();
  return n;
}

// CASE: unique-ptr-context-run EXPECT: none
int unique_ptr_context_run() {
  int n = 0;
  auto io = std::make_unique<asio::io_context>();
  asio::co_spawn(*io, abump(n), asio::detached);
  io->run();
  return n;
}

// CASE: executor-of-the-context-run EXPECT: none
int executor_of_the_context_run() {
  int n = 0;
  asio::io_context io;
  auto ex = io.get_executor();
  asio::co_spawn(ex, abump(n), asio::detached);
  io.run();
  return n;
}

// CASE: strand-of-the-context-run EXPECT: none
int strand_of_the_context_run() {
  int n = 0;
  asio::io_context io;
  auto st = asio::make_strand(io);
  asio::co_spawn(st, abump(n), asio::detached);
  io.run();
  return n;
}

// CASE: unique-ptr-moved-into-a-result EXPECT: none
// The item stays where it is on the heap.
struct result {
  std::unique_ptr<item> i;
  shop::job<int> t;
};
result unique_ptr_moved_into_a_result() {
  auto i = std::make_unique<item>();
  auto t = i->size();
  return {std::move(i), std::move(t)};
}

// CASE: unique-ptr-moved-into-a-member EXPECT: none
struct owner {
  std::unique_ptr<item> i_;
  std::optional<shop::job<int>> t_;
  void start() {
    auto i = std::make_unique<item>();
    t_.emplace(i->size());
    i_ = std::move(i);
  }
};

// CASE: shared-ptr-copied-outside EXPECT: none
shop::job<int> shared_ptr_copied_outside() {
  std::shared_ptr<item> keep;
  std::optional<shop::job<int>> t;
  {
    auto i = std::make_shared<item>();
    t.emplace(i->size());
    keep = i;
  }
  co_return co_await *t;
}

// CASE: shared-ptr-from-a-registry EXPECT: none
// The registry holds a share too.
struct registry {
  std::map<int, std::shared_ptr<item>> m_;
  shop::job<int> size(int k) {
    auto i = m_.at(k);
    return i->size();
  }
};

// CASE: pushed-to-the-registry-before EXPECT: none
struct registry2 {
  std::vector<std::shared_ptr<item>> v_;
  shop::job<int> add() {
    auto i = std::make_shared<item>();
    v_.push_back(i);
    return i->size();
  }
};

// CASE: unique-pushed-to-the-registry-raw-used EXPECT: none
struct registry3 {
  std::vector<std::unique_ptr<item>> v_;
  shop::job<int> add() {
    auto i = std::make_unique<item>();
    auto *raw = i.get();
    v_.push_back(std::move(i));
    return raw->size();
  }
};

// CASE: lambda-parameter-owns-the-share EXPECT: none
shop::job<int> lambda_parameter_owns_the_share() {
  auto i = std::make_shared<item>();
  return [](std::shared_ptr<item> i) -> shop::job<int> { co_return co_await i->size(); }(i);
}

// CASE: attached-by-a-wrapper-coroutine EXPECT: none
// The wrapper's frame holds a share until the task is done.
template <class T, class K> shop::job<T> keep_alive(shop::job<T> t, K k) {
  co_return co_await t;
}
shop::job<int> attached_by_a_wrapper_coroutine() {
  auto i = std::make_shared<item>();
  return keep_alive(i->size(), i);
}

// CASE: attached-by-a-wrapper-coroutine-moved EXPECT: none
shop::job<int> attached_by_a_wrapper_coroutine_moved(std::unique_ptr<std::string> s) {
  auto t = length(*s);
  return keep_alive(std::move(t), std::move(s));
}

// CASE: seastar-finally-keeps-the-share EXPECT: none
seastar::future<> seastar_finally_keeps_the_share() {
  auto s = std::make_shared<std::string>("x");
  auto f = slog(*s);
  return f.finally([s] {});
}

// CASE: seastar-do-with-two-forwarders EXPECT: none
inline seastar::future<> inner(std::string &s) {
  return slog(s);
}
seastar::future<> seastar_do_with_two_forwarders(std::string s) {
  return seastar::do_with(std::move(s), [](std::string &s) { return inner(s); });
}

// CASE: own-sync-wait-over-a-template EXPECT: none
struct waiter {
  std::binary_semaphore s{0};
  courier::errand go(shop::job<int> j, int &out) {
    out = co_await j;
    s.release();
  }
  int run(shop::job<int> j) {
    int out = 0;
    go(std::move(j), out);
    s.acquire();
    return out;
  }
};
int own_sync_wait_over_a_template() {
  waiter w;
  return w.run(length("abc"));
}

// CASE: own-sync-wait-of-a-capturing-lambda EXPECT: none
inline int wait_int(shop::job<int> j) {
  int out = 0;
  std::latch l(1);
  [](shop::job<int> t, int &o, std::latch &l) -> courier::errand {
    o = co_await t;
    l.count_down();
  }(std::move(j), out, l);
  l.wait();
  return out;
}
int own_sync_wait_of_a_capturing_lambda(int n) {
  return wait_int([&]() -> shop::job<int> {
    co_await shop::pause(1ms);
    co_return n;
  }());
}

// CASE: own-sync-wait-of-a-temporary EXPECT: none
int own_sync_wait_of_a_temporary(int id) {
  return wait_int(length(name_of(id)));
}

// CASE: test-body-through-own-run EXPECT: none
template <class F> void run_test(F &&f) {
  wait_int([&]() -> shop::job<int> {
    co_await f();
    co_return 0;
  }());
}
void test_body_through_own_run() {
  int n = 0;
  run_test([&]() -> shop::job<> {
    co_await shop::pause(1ms);
    ++n;
  });
  use(n);
}

// CASE: test-body-through-std-function EXPECT: none
inline void run_case(const std::function<shop::job<int>()> &f) {
  wait_int(f());
}
void test_body_through_std_function() {
  int n = 0;
  run_case([&]() -> shop::job<int> {
    co_await shop::pause(1ms);
    co_return ++n;
  });
  use(n);
}

// CASE: reassigned-before-awaited-outside EXPECT: none
// The second one borrows keep only.
shop::job<int> reassigned_before_awaited_outside(std::string keep) {
  std::optional<shop::job<int>> t;
  {
    std::string s = "a";
    t.emplace(length(s));
    use(co_await *t);
    t.emplace(length(keep));
  }
  co_return co_await *t;
}

// CASE: awaited-in-the-inner-scope-flag EXPECT: none
shop::job<> awaited_in_the_inner_scope_flag(bool b) {
  std::optional<shop::job<>> t;
  if (b) {
    std::string s = "a";
    t.emplace(fill(s));
    co_await *t;
  }
  use(1);
}

// CASE: vector-moved-to-join-inside-the-scope EXPECT: none
shop::job<> vector_moved_to_join_inside_the_scope(int n) {
  std::vector<shop::job<>> v;
  for (int i = 0; i < n; ++i) {
    std::string s = name_of(i);
    v.push_back(fill(s));
    co_await shop::gather_all(std::move(v));
    v.clear();
  }
}

// CASE: deque-of-locals-and-tasks-in-a-class EXPECT: none
class batch {
  std::deque<std::string> names_;
  std::vector<shop::job<int>> jobs_;

public:
  void add(std::string n) {
    names_.push_back(std::move(n));
    jobs_.push_back(length(names_.back()));
  }
  shop::job<int> run() {
    int s = 0;
    for (auto &j : jobs_)
      s += co_await j;
    co_return s;
  }
};

// CASE: constructor-starts-over-a-member EXPECT: none
class session {
  std::string name_;
  shop::job<int> t_;

public:
  explicit session(std::string n) : name_(std::move(n)), t_(length(name_)) {}
  shop::job<int> take() { return std::move(t_); }
};

// What is awaited was made of what the closure has now.
struct done_signal {
  bool await_ready();
  void await_suspend(std::coroutine_handle<> h);
  void await_resume();
};
class done_source {
public:
  done_source();
  done_source(done_source &&) noexcept;
  ~done_source();
  done_signal signal();
  void set();
};

// CASE: closure-has-the-other-end EXPECT: none
shop::job<> closure_has_the_other_end(std::string name) {
  done_source source;
  auto done = source.signal();
  auto run = [source = std::move(source)](std::string &s) mutable -> shop::job<> {
    co_await fill(s);
    source.set();
  };
  shop::detach(run(name));
  co_await done;
}

// CASE: other-end-unawaited EXPECT: coro-dangling-capture|coro-detached-borrow
shop::job<> closure_has_the_other_end_and_nobody_waits(std::string name) {
  done_source source;
  auto run = [source = std::move(source)](std::string &s) mutable -> shop::job<> {
    co_await fill(s);
    source.set();
  };
  shop::detach(run(name));
  co_await shop::pause(1ms);
}

struct wait_state {
  std::latch over{1};
  bool done = false;
};
inline fleet::op<> finish(wait_state &state) {
  co_await fleet::tick{};
  state.done = true;
  state.over.count_down();
}

// CASE: waited-for-unless-it-is-done EXPECT: none
// Where nobody waits, the work has said that it is over.
void waited_for_unless_it_is_done() {
  wait_state state;
  fleet::forget(finish(state));
  if (!state.done)
    state.over.wait();
}

// CASE: waited-for-where-it-is-not-done EXPECT: none
void waited_for_where_it_is_not_done() {
  wait_state state;
  fleet::forget(finish(state));
  if (state.done) {
    use(1);
  } else {
    state.over.wait();
  }
}

// CASE: waited-for-if-somebody-asks EXPECT: coro-detached-borrow
// The condition knows nothing of the work.
void waited_for_if_somebody_asks(bool asked) {
  wait_state state;
  fleet::forget(finish(state));
  if (asked)
    state.over.wait();
}
