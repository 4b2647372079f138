// Asio: what is spawned, and who runs the loop.
//
// RUN: %cases %s

#include "support/asio.h"
#include "support/common.h"

#include <thread>

using asio::awaitable;
using asio::co_spawn;
using asio::detached;
using asio::use_awaitable;
using tcp = asio::ip::tcp;
namespace defs {
inline awaitable<> delay() {
  asio::steady_timer t(co_await asio::this_coro::executor);
  co_await t.async_wait(use_awaitable);
}
inline awaitable<> echo_ref(tcp::socket &s) {
  std::array<char, 64> b;
  for (;;) {
    auto n = co_await s.async_read_some(asio::buffer(b), use_awaitable);
    co_await s.async_write_some(asio::const_buffer(b.data(), n), use_awaitable);
  }
}
inline awaitable<> echo(tcp::socket s) {
  std::array<char, 64> b;
  for (;;) {
    auto n = co_await s.async_read_some(asio::buffer(b), use_awaitable);
    co_await s.async_write_some(asio::const_buffer(b.data(), n), use_awaitable);
  }
}
inline awaitable<> greet(const std::string &name) {
  co_await delay();
  use(name);
}
inline awaitable<> greet_value(std::string name) {
  co_await delay();
  use(name);
}
inline awaitable<> bump(int &n) {
  co_await delay();
  ++n;
}
inline awaitable<> bump_atomic(std::atomic<int> *n) {
  co_await delay();
  ++*n;
}
std::string name_of(int id);
// namespace defs
} // namespace defs
using namespace defs;

// CASE: accept-loop-by-value EXPECT: none
awaitable<> accept_loop_by_value(tcp::acceptor &acc) {
  auto ex = co_await asio::this_coro::executor;
  for (;;) {
    auto s = co_await acc.async_accept(use_awaitable);
    co_spawn(ex, echo(std::move(s)), detached);
  }
}

// CASE: accept-loop-by-reference EXPECT: coro-detached-borrow|coro-dangling-parameter
// s dies at the end of each turn.
awaitable<> accept_loop_by_reference(tcp::acceptor &acc) {
  auto ex = co_await asio::this_coro::executor;
  for (;;) {
    auto s = co_await acc.async_accept(use_awaitable);
    co_spawn(ex, echo_ref(s), detached);
  }
}

// CASE: accept-loop-lambda-init-capture EXPECT: none
// co_spawn keeps the callable it was given.
awaitable<> accept_loop_lambda_init_capture(tcp::acceptor &acc) {
  auto ex = co_await asio::this_coro::executor;
  for (;;) {
    auto s = co_await acc.async_accept(use_awaitable);
    co_spawn(ex, [s = std::move(s)]() mutable -> awaitable<> { co_await echo_ref(s); }, detached);
  }
}

// CASE: accept-loop-lambda-called EXPECT: coro-dangling-capture|coro-detached-borrow
// Called: the closure with the socket dies.
awaitable<> accept_loop_lambda_called(tcp::acceptor &acc) {
  auto ex = co_await asio::this_coro::executor;
  for (;;) {
    auto s = co_await acc.async_accept(use_awaitable);
    co_spawn(ex, [s = std::move(s)]() mutable -> awaitable<> { co_await echo_ref(s); }(), detached);
  }
}

// CASE: accept-loop-lambda-by-reference EXPECT: coro-detached-borrow|coro-dangling-capture
// Kept by co_spawn, but s dies.
awaitable<> accept_loop_lambda_by_reference(tcp::acceptor &acc) {
  auto ex = co_await asio::this_coro::executor;
  for (;;) {
    auto s = co_await acc.async_accept(use_awaitable);
    co_spawn(ex, [&s]() -> awaitable<> { co_await echo_ref(s); }, detached);
  }
}

// CASE: spawn-detached-literal EXPECT: coro-detached-borrow|coro-dangling-parameter
// Lazy: the string is dead when it runs.
void spawn_detached_literal(asio::any_io_executor ex) {
  co_spawn(ex, greet("bob"), detached);
}

// CASE: spawn-detached-value EXPECT: none
void spawn_detached_value(asio::any_io_executor ex) {
  co_spawn(ex, greet_value("bob"), detached);
}

// CASE: spawn-detached-local EXPECT: coro-detached-borrow|coro-dangling-parameter
void spawn_detached_local(asio::any_io_executor ex) {
  std::string n = name_of(1);
  co_spawn(ex, greet(n), detached);
}

// CASE: main-that-runs-the-loop EXPECT: none
// run ends when the work has.
int main_that_runs_the_loop() {
  int hits = 0;
  asio::io_context io;
  co_spawn(io, bump(hits), detached);
  io.run();
  return hits;
}

// CASE: main-that-does-not-run-the-loop EXPECT: coro-detached-borrow|coro-dangling-parameter
// The caller runs io, hits is gone.
void main_that_does_not_run_the_loop(asio::io_context &io) {
  int hits = 0;
  co_spawn(io, bump(hits), detached);
  use(hits);
}

// CASE: main-with-threads-that-run EXPECT: none
int main_with_threads_that_run() {
  std::atomic<int> hits = 0;
  asio::io_context io;
  co_spawn(io, bump_atomic(&hits), detached);
  std::thread a([&] { io.run(); });
  std::thread b([&] { io.run(); });
  a.join();
  b.join();
  return hits;
}

// CASE: thread-pool-joined EXPECT: none
int thread_pool_joined() {
  std::atomic<int> hits = 0;
  asio::thread_pool pool(2);
  co_spawn(pool, bump_atomic(&hits), detached);
  pool.join();
  return hits;
}

// CASE: thread-pool-of-the-caller EXPECT: coro-detached-borrow|coro-dangling-parameter
void thread_pool_of_the_caller(asio::thread_pool &pool) {
  std::atomic<int> hits = 0;
  co_spawn(pool, bump_atomic(&hits), detached);
  use(hits.load());
}

// CASE: use-future-waited EXPECT: none
int use_future_waited(asio::thread_pool &pool) {
  int hits = 0;
  auto f = co_spawn(pool, bump(hits), asio::use_future);
  f.get();
  return hits;
}

// CASE: use-future-kept-and-never-waited EXPECT: ?coro-detached-borrow|coro-dangling-parameter
// This future's destructor does not wait.
// Missed: co_spawn gives a future, and nobody follows that.
void use_future_kept_and_never_waited(asio::thread_pool &pool) {
  int hits = 0;
  auto f = co_spawn(pool, bump(hits), asio::use_future);
  use(1);
}

// CASE: use-awaitable-in-place-local EXPECT: none
awaitable<> use_awaitable_in_place_local(asio::any_io_executor ex) {
  int hits = 0;
  co_await co_spawn(ex, bump(hits), use_awaitable);
  use(hits);
}

// CASE: use-awaitable-in-place-lambda EXPECT: none
awaitable<> use_awaitable_in_place_lambda(asio::any_io_executor ex, int n) {
  co_await co_spawn(
      ex,
      [&]() -> awaitable<> {
        co_await delay();
        use(n);
      },
      use_awaitable);
}

// CASE: deferred-in-place EXPECT: none
awaitable<> deferred_in_place(asio::any_io_executor ex) {
  co_await co_spawn(ex, greet("bob"), asio::deferred);
}

// CASE: deferred-kept-with-temporary EXPECT: coro-dangling-parameter|coro-detached-borrow
// The task inside holds a dead string.
awaitable<> deferred_kept_with_temporary(asio::any_io_executor ex) {
  auto op = co_spawn(ex, greet("bob"), asio::deferred);
  use(1);
  co_await std::move(op);
}

// CASE: deferred-kept-over-local EXPECT: none
awaitable<> deferred_kept_over_local(asio::any_io_executor ex, std::string n) {
  auto op = co_spawn(ex, greet(n), asio::deferred);
  use(1);
  co_await std::move(op);
}

// CASE: completion-handler-local-counter EXPECT: coro-detached-borrow|coro-dangling-parameter
void completion_handler_local_counter(asio::io_context &io) {
  int hits = 0;
  co_spawn(io, bump(hits), [](std::exception_ptr) {});
}

// CASE: completion-handler-by-value EXPECT: none
void completion_handler_by_value(asio::io_context &io, std::string n) {
  co_spawn(io, greet_value(n), [n](std::exception_ptr) { use(n); });
}

// CASE: completion-handler-shared EXPECT: none
inline awaitable<> shared_bump(std::shared_ptr<int> p) {
  co_await delay();
  ++*p;
}
void completion_handler_shared(asio::io_context &io) {
  auto p = std::make_shared<int>(0);
  co_spawn(io, shared_bump(p), [p](std::exception_ptr) { use(*p); });
}

// CASE: or-in-place-two-lambdas EXPECT: none
awaitable<> or_in_place_two_lambdas(int n) {
  auto reader = [&]() -> awaitable<> {
    co_await delay();
    use(n);
  };
  auto writer = [&]() -> awaitable<> {
    co_await delay();
    use(n + 1);
  };
  co_await (reader() || writer());
}

// CASE: or-in-place-temporary-lambda EXPECT: none
awaitable<> or_in_place_temporary_lambda(int n) {
  co_await (delay() || [&]() -> awaitable<> {
    co_await delay();
    use(n);
  }());
}

// CASE: or-kept-temporary-lambda EXPECT: coro-dangling-capture
awaitable<> or_kept_temporary_lambda(int n) {
  auto both = delay() && [n]() -> awaitable<> {
    co_await delay();
    use(n);
  }();
  use(1);
  co_await std::move(both);
}

// CASE: session-shared-from-this-lambda EXPECT: none
struct session : std::enable_shared_from_this<session> {
  tcp::socket s_;
  explicit session(tcp::socket s) : s_(std::move(s)) {}
  void start() {
    co_spawn(s_.get_executor(), [self = shared_from_this()] { return self->run(); }, detached);
  }
  awaitable<> run() { co_await echo_ref(s_); }
};

// CASE: session-shared-from-this-called-lambda EXPECT: coro-dangling-capture|coro-detached-borrow
// self is in the dead closure.
struct session2 : std::enable_shared_from_this<session2> {
  tcp::socket s_;
  explicit session2(tcp::socket s) : s_(std::move(s)) {}
  void start() {
    co_spawn(
        s_.get_executor(), [self = shared_from_this()]() -> awaitable<> { co_await self->run(); }(),
        detached);
  }
  awaitable<> run() { co_await echo_ref(s_); }
};

// CASE: session-local-object EXPECT: coro-detached-borrow|coro-dangling-parameter
struct conn {
  tcp::socket s_;
  awaitable<> run() { co_await echo_ref(s_); }
};
awaitable<> session_local_object(tcp::acceptor &acc) {
  auto ex = co_await asio::this_coro::executor;
  conn c{co_await acc.async_accept(use_awaitable)};
  co_spawn(ex, c.run(), detached);
  co_await delay();
}

// CASE: session-as-parameter-object EXPECT: none
inline awaitable<> run_session(std::shared_ptr<conn> c) {
  co_await c->run();
}
awaitable<> session_as_parameter_object(tcp::acceptor &acc) {
  auto ex = co_await asio::this_coro::executor;
  auto c = std::make_shared<conn>(co_await acc.async_accept(use_awaitable));
  co_spawn(ex, run_session(c), detached);
  co_await delay();
}

// CASE: session-shared-raw-run EXPECT: coro-detached-borrow|coro-dangling-parameter
// run holds only this; the last share dies with this frame.
awaitable<> session_shared_raw_run(tcp::acceptor &acc) {
  auto ex = co_await asio::this_coro::executor;
  auto c = std::make_shared<conn>(co_await acc.async_accept(use_awaitable));
  co_spawn(ex, c->run(), detached);
  co_await delay();
}

// CASE: server-object-and-loop-in-main EXPECT: none
struct server {
  int hits_ = 0;
  awaitable<> listen() {
    co_await delay();
    ++hits_;
  }
};
int server_object_and_loop_in_main() {
  asio::io_context io;
  server s;
  co_spawn(io, s.listen(), detached);
  io.run();
  return s.hits_;
}

// CASE: server-member-spawns-this-named EXPECT: none
// This without a keep-alive is strict.
struct server2 {
  asio::io_context &io_;
  int hits_ = 0;
  void start() { co_spawn(io_, loop(), detached); }
  awaitable<> loop() {
    for (;;) {
      co_await delay();
      ++hits_;
    }
  }
};

// CASE: server-member-uncalled-lambda EXPECT: none
// Kept by co_spawn; this is strict.
struct server3 {
  asio::io_context &io_;
  int hits_ = 0;
  void start() {
    co_spawn(
        io_,
        [this]() -> awaitable<> {
          co_await delay();
          ++hits_;
        },
        detached);
  }
};

// CASE: server-member-called-lambda EXPECT: coro-dangling-capture|coro-detached-borrow
struct server4 {
  asio::io_context &io_;
  int hits_ = 0;
  void start() {
    co_spawn(
        io_,
        [this]() -> awaitable<> {
          co_await delay();
          ++hits_;
        }(),
        detached);
  }
};

// CASE: spawn-in-loop-index-by-value EXPECT: none
inline awaitable<> numbered(int n) {
  co_await delay();
  use(n);
}
void spawn_in_loop_index_by_value(asio::io_context &io) {
  for (int i = 0; i < 4; ++i)
    co_spawn(io, numbered(i), detached);
}

// CASE: spawn-in-loop-index-by-reference EXPECT: coro-detached-borrow|coro-dangling-parameter
void spawn_in_loop_index_by_reference(asio::io_context &io) {
  for (int i = 0; i < 4; ++i)
    co_spawn(io, bump(i), detached);
}

// CASE: spawn-in-loop-lambda-index-by-value EXPECT: none
void spawn_in_loop_lambda_index_by_value(asio::io_context &io) {
  for (int i = 0; i < 4; ++i)
    co_spawn(
        io,
        [i]() -> awaitable<> {
          co_await delay();
          use(i);
        },
        detached);
}

// CASE: spawn-in-loop-lambda-index-by-reference EXPECT: coro-detached-borrow|coro-dangling-capture
void spawn_in_loop_lambda_index_by_reference(asio::io_context &io) {
  for (int i = 0; i < 4; ++i)
    co_spawn(
        io,
        [&i]() -> awaitable<> {
          co_await delay();
          use(i);
        },
        detached);
}

// CASE: global-borrowed EXPECT: none
inline int global_hits = 0;
void global_borrowed(asio::io_context &io) {
  co_spawn(io, bump(global_hits), detached);
}

// CASE: static-local-borrowed EXPECT: none
void static_local_borrowed(asio::io_context &io) {
  static int hits = 0;
  co_spawn(io, bump(hits), detached);
}

// CASE: own-reference-parameter-borrowed EXPECT: none
// The caller's object, the caller's contract.
void own_reference_parameter_borrowed(asio::io_context &io, int &hits) {
  co_spawn(io, bump(hits), detached);
}

// CASE: named-closure-spawned-uncalled EXPECT: none
// co_spawn copies the callable.
void named_closure_spawned_uncalled(asio::io_context &io, int n) {
  auto f = [n]() -> awaitable<> {
    co_await delay();
    use(n);
  };
  co_spawn(io, f, detached);
}

// CASE: named-closure-spawned-called EXPECT: coro-dangling-capture|coro-detached-borrow
void named_closure_spawned_called(asio::io_context &io, int n) {
  auto f = [n]() -> awaitable<> {
    co_await delay();
    use(n);
  };
  co_spawn(io, f(), detached);
}

// CASE: main-named-closure-called-and-run EXPECT: none
// f lives until run is done.
int main_named_closure_called_and_run(int n) {
  asio::io_context io;
  auto f = [&n]() -> awaitable<> {
    co_await delay();
    ++n;
  };
  co_spawn(io, f(), detached);
  io.run();
  return n;
}

// CASE: main-temporary-closure-called-and-run EXPECT: coro-dangling-capture|coro-detached-borrow
// The closure died at the semicolon.
int main_temporary_closure_called_and_run(int n) {
  asio::io_context io;
  co_spawn(
      io,
      [&n]() -> awaitable<> {
        co_await delay();
        ++n;
      }(),
      detached);
  io.run();
  return n;
}

// CASE: buffer-over-local-in-place EXPECT: none
awaitable<> buffer_over_local_in_place(tcp::socket &s) {
  std::string reply = "ok";
  co_await asio::async_write(s, asio::buffer(reply), use_awaitable);
}

// CASE: buffer-over-temporary-in-place EXPECT: none
awaitable<> buffer_over_temporary_in_place(tcp::socket &s, int id) {
  co_await asio::async_write(s, asio::buffer(name_of(id)), use_awaitable);
}

// CASE: local-with-loop-run-in-an-inner-call EXPECT: none
inline void run_all(asio::io_context &io) {
  io.run();
}
int local_with_loop_run_in_an_inner_call() {
  int hits = 0;
  asio::io_context io;
  co_spawn(io, bump(hits), detached);
  run_all(io);
  return hits;
}

// CASE: io-context-local-run-before-the-spawn EXPECT: coro-detached-borrow|coro-dangling-parameter
// run came too early.
int io_context_local_run_before_the_spawn(asio::io_context &io) {
  int hits = 0;
  io.run();
  io.restart();
  co_spawn(io, bump(hits), detached);
  return hits;
}

// CASE: test-fixture-run-per-spawn EXPECT: none
template <class F> void run_test(F f) {
  asio::io_context io;
  co_spawn(io, std::move(f), detached);
  io.run();
}
void test_fixture_run_per_spawn() {
  int seen = 0;
  run_test([&]() -> awaitable<> {
    co_await delay();
    ++seen;
  });
  use(seen);
}

// CASE: closure-in-map-of-handlers-called EXPECT: none
awaitable<>
closure_in_map_of_handlers_called(std::map<std::string, std::function<awaitable<>()>> &handlers,
                                  const std::string &k) {
  co_await handlers[k]();
}

// CASE: spawn-with-std-ref-argument EXPECT: coro-detached-borrow|coro-dangling-parameter
inline awaitable<> through(std::reference_wrapper<int> r) {
  co_await delay();
  ++r.get();
}
void spawn_with_std_ref_argument(asio::io_context &io) {
  int hits = 0;
  co_spawn(io, through(std::ref(hits)), detached);
}

// CASE: post-continuation-awaited EXPECT: none
awaitable<> post_continuation_awaited(asio::thread_pool &pool, std::string s) {
  co_await asio::post(pool.get_executor(), use_awaitable);
  use(s);
}

// What has the loop is a local that dies first: what has not run by then never does.
class runner {
public:
  runner() = default;
  runner(const runner &) = delete;
  ~runner();
  asio::io_context &context() { return context_; }
  bool finish() {
    thread_.join();
    return true;
  }

private:
  asio::io_context context_;
  std::thread thread_;
};
#define CHECK_THAT(x)                                                                              \
  do {                                                                                             \
    if (!(x))                                                                                      \
      use("failed");                                                                               \
  } while (false)

// CASE: runner-dies-before-what-its-work-borrows EXPECT: none
void runner_dies_before() {
  std::string name = "a";
  runner r;
  co_spawn(r.context(), greet(name), detached);
}

// CASE: runners-in-an-array-die-before EXPECT: none
void runners_in_an_array_die_before() {
  std::string name = "a";
  runner all[3];
  for (auto &each : all)
    co_spawn(each.context(), greet(name), detached);
  for (int i = 0; i != 3; ++i)
    co_spawn(all[i].context(), greet(name), detached);
}

// CASE: runners-joined-in-an-assertion EXPECT: none
void runners_joined_in_an_assertion(runner (&all)[3]) {
  std::string name = "a";
  for (int i = 0; i != 3; ++i)
    co_spawn(all[i].context(), greet(name), detached);
  for (auto &each : all)
    CHECK_THAT(each.finish());
}

// CASE: runner-outlives-what-its-work-borrows EXPECT: coro-detached-borrow|coro-dangling-parameter
void runner_outlives() {
  runner r;
  std::string name = "a";
  co_spawn(r.context(), greet(name), detached);
}

// CASE: executor-of-a-runner-that-dies-before EXPECT: none
void executor_of_a_context() {
  std::string name = "a";
  runner r;
  co_spawn(r.context().get_executor(), greet(name), detached);
}

// CASE: executor-of-a-context-that-outlives EXPECT: coro-detached-borrow|coro-dangling-parameter
void executor_of_a_context_that_outlives(asio::io_context &context) {
  std::string name = "a";
  co_spawn(context.get_executor(), greet(name), detached);
}
