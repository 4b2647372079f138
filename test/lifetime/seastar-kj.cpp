// Seastar and KJ: eager futures, continuations, and what keeps things alive for them.
//
// RUN: %cases %s

#include "support/common.h"
#include "support/kj.h"
#include "support/seastar.h"

namespace ss = seastar;
namespace defs {
std::string name_of(int id);
inline ss::future<> slog(const std::string &s) {
  co_await ss::sleep(1ms);
  use(s);
}
inline ss::future<> slog_first(const std::string &s) {
  use(s);
  co_await ss::sleep(1ms);
}
inline ss::future<> slog_value(std::string s) {
  co_await ss::sleep(1ms);
  use(s);
}
inline ss::future<> sbump(int &n) {
  co_await ss::sleep(1ms);
  ++n;
}
inline kj::Promise<void> klog(const std::string &s, kj::Timer &t) {
  co_await t.afterDelay(1);
  use(s);
}
inline kj::Promise<void> klog_value(std::string s, kj::Timer &t) {
  co_await t.afterDelay(1);
  use(s);
}
inline kj::Promise<void> klog_first(const std::string &s, kj::Timer &t) {
  use(s);
  co_await t.afterDelay(1);
}
// namespace defs
} // namespace defs
using namespace defs;

// CASE: then-with-capturing-coroutine-lambda-returned EXPECT: coro-dangling-capture
// The continuation frees the closure once it has called it.
ss::future<> then_with_capturing_coroutine_lambda_returned(int n) {
  return ss::sleep(1ms).then([n]() -> ss::future<> {
    co_await ss::sleep(1ms);
    use(n);
  });
}

// CASE: then-with-capture-used-before-only EXPECT: none
// Eager: read before the first suspension.
ss::future<> then_with_capture_used_before_only(int n) {
  return ss::sleep(1ms).then([n]() -> ss::future<> {
    use(n);
    co_await ss::sleep(1ms);
  });
}

// CASE: then-with-plain-lambda EXPECT: none
ss::future<> then_with_plain_lambda(int n) {
  return ss::sleep(1ms).then([n] { use(n); });
}

// CASE: then-with-plain-lambda-that-returns-a-task-by-value EXPECT: none
ss::future<> then_with_plain_lambda_that_returns_a_task_by_value(std::string s) {
  return ss::sleep(1ms).then([s = std::move(s)]() mutable { return slog_value(std::move(s)); });
}

// CASE: then-plain-lambda-task-of-its-capture EXPECT: coro-dangling-capture|coro-dangling-return
// s is a member of the continuation's closure.
ss::future<> then_plain_lambda_task_of_its_capture(std::string s) {
  return ss::sleep(1ms).then([s = std::move(s)] { return slog(s); });
}

// CASE: then-captureless-coroutine EXPECT: none
ss::future<> then_captureless_coroutine() {
  return ss::sleep(1ms).then([]() -> ss::future<> {
    co_await ss::sleep(1ms);
    use(1);
  });
}

// CASE: then-awaited-in-place-still-dangles EXPECT: coro-dangling-capture
// then moved the closure into a continuation that is freed when called.
ss::future<> then_awaited_in_place_still_dangles(int n) {
  co_await ss::sleep(1ms).then([n]() -> ss::future<> {
    co_await ss::sleep(1ms);
    use(n);
  });
}

// CASE: then-wrapped-in-coroutine-lambda-awaited EXPECT: none
// coroutine::lambda refers to the temporary of the awaiting expression.
ss::future<> then_wrapped_in_coroutine_lambda_awaited(int n) {
  co_await ss::sleep(1ms).then(ss::coroutine::lambda([n]() -> ss::future<> {
    co_await ss::sleep(1ms);
    use(n);
  }));
}

// CASE: then-wrapped-in-coroutine-lambda-returned EXPECT: ?coro-dangling-capture
// The wrapper keeps only a pointer to the dead temporary.
// Missed: that the wrapper only refers to its closure is not known.
ss::future<> then_wrapped_in_coroutine_lambda_returned(int n) {
  return ss::sleep(1ms).then(ss::coroutine::lambda([n]() -> ss::future<> {
    co_await ss::sleep(1ms);
    use(n);
  }));
}

// CASE: with-gate-returned EXPECT: coro-dangling-capture|coro-dangling-return
ss::future<> with_gate_returned(ss::gate &g, int n) {
  return ss::with_gate(g, [n]() -> ss::future<> {
    co_await ss::sleep(1ms);
    use(n);
  });
}

// CASE: with-gate-awaited-in-place EXPECT: none
// with_gate calls it at once, by reference: the temporary lives until the await is done.
ss::future<> with_gate_awaited_in_place(ss::gate &g, int n) {
  co_await ss::with_gate(g, [n]() -> ss::future<> {
    co_await ss::sleep(1ms);
    use(n);
  });
}

// CASE: with-gate-plain-lambda-by-value EXPECT: none
// Called at once, the task owns its string.
ss::future<> with_gate_plain_lambda_by_value(ss::gate &g, std::string s) {
  return ss::with_gate(g, [&] { return slog_value(std::move(s)); });
}

// CASE: futurize-invoke-kept EXPECT: coro-dangling-capture
struct role {
  int n_ = 0;
  ss::future<> loop_ = ss::make_ready_future();
  void start() {
    loop_ = ss::futurize_invoke([this]() -> ss::future<> {
      for (;;) {
        co_await ss::sleep(1ms);
        ++n_;
      }
    });
  }
};

// CASE: futurize-invoke-this-copied-first EXPECT: none
struct role2 {
  int n_ = 0;
  ss::future<> loop_ = ss::make_ready_future();
  void start() {
    loop_ = ss::futurize_invoke([this]() -> ss::future<> {
      auto *self = this;
      for (;;) {
        co_await ss::sleep(1ms);
        ++self->n_;
      }
    });
  }
};

// CASE: futurize-invoke-with-argument EXPECT: none
struct role3 {
  int n_ = 0;
  ss::future<> loop_ = ss::make_ready_future();
  void start() {
    loop_ = ss::futurize_invoke(
        [](role3 *self) -> ss::future<> {
          for (;;) {
            co_await ss::sleep(1ms);
            ++self->n_;
          }
        },
        this);
  }
};

// CASE: member-coroutine-kept-in-a-member EXPECT: none
struct role4 {
  int n_ = 0;
  ss::future<> loop_ = ss::make_ready_future();
  void start() { loop_ = run(); }
  ss::future<> run() {
    for (;;) {
      co_await ss::sleep(1ms);
      ++n_;
    }
  }
  ss::future<> stop() { return std::move(loop_); }
};

// CASE: parallel-for-each-awaited EXPECT: none
ss::future<> parallel_for_each_awaited(std::vector<int> v) {
  int sum = 0;
  co_await ss::coroutine::parallel_for_each(v, [&](int i) -> ss::future<> {
    co_await ss::sleep(1ms);
    sum += i;
  });
  use(sum);
}

// CASE: temporary-kept-used-after EXPECT: coro-dangling-parameter|coro-detached-borrow
ss::future<> temporary_kept_used_after() {
  auto f = slog("abc");
  co_await ss::sleep(1ms);
  co_await std::move(f);
}

// CASE: temporary-kept-used-first EXPECT: none
ss::future<> temporary_kept_used_first() {
  auto f = slog_first("abc");
  co_await ss::sleep(1ms);
  co_await std::move(f);
}

// CASE: local-kept-and-awaited EXPECT: none
ss::future<> local_kept_and_awaited(std::string s) {
  auto f = slog(s);
  auto g = slog(s);
  co_await std::move(f);
  co_await std::move(g);
}

// CASE: background-over-local EXPECT: coro-detached-borrow|coro-dangling-parameter
// A discarded future leaves its coroutine running.
void background_over_local(int id) {
  auto s = name_of(id);
  (void)slog(s);
}

// CASE: background-by-value EXPECT: none
void background_by_value(int id) {
  auto s = name_of(id);
  (void)slog_value(s);
}

// CASE: background-used-first EXPECT: none
void background_used_first(int id) {
  auto s = name_of(id);
  (void)slog_first(s);
}

// CASE: returned-over-local EXPECT: coro-dangling-return
ss::future<> returned_over_local(int id) {
  auto s = name_of(id);
  return slog(s);
}

// CASE: returned-over-local-with-finally-keeping-another EXPECT: coro-dangling-return
// finally keeps a copy, not the string that slog refers to.
ss::future<> returned_over_local_with_finally_keeping_another(int id) {
  auto s = name_of(id);
  return slog(s).finally([s] {});
}

// CASE: returned-over-local-used-first EXPECT: none
ss::future<> returned_over_local_used_first(int id) {
  auto s = name_of(id);
  return slog_first(s);
}

// CASE: returned-over-shared-kept-by-finally EXPECT: none
// finally keeps the share until slog is done.
ss::future<> returned_over_shared_kept_by_finally(int id) {
  auto s = std::make_shared<std::string>(name_of(id));
  return slog(*s).finally([s] {});
}

// CASE: do-with-plain-lambda-returned EXPECT: none
// do_with keeps the value until the future is done.
ss::future<> do_with_plain_lambda_returned(std::string s) {
  return ss::do_with(std::move(s), [](std::string &s) { return slog(s); });
}

// CASE: gate-held-by-background EXPECT: none
inline ss::future<> held(ss::gate::holder h, int n) {
  co_await ss::sleep(1ms);
  use(n);
}
void gate_held_by_background(ss::gate &g, int n) {
  (void)held(g.hold(), n);
}

// CASE: when-all-succeed-in-place EXPECT: none
ss::future<> when_all_succeed_in_place(std::string s) {
  co_await ss::when_all_succeed(slog(s), slog("abc"));
}

// CASE: when-all-succeed-returned-over-local EXPECT: coro-dangling-return
ss::future<> when_all_succeed_returned_over_local(int id) {
  auto s = name_of(id);
  return ss::when_all_succeed(slog(s), slog_value("x"));
}

// CASE: vector-of-futures-over-outer EXPECT: none
ss::future<> vector_of_futures_over_outer(std::vector<std::string> v) {
  std::vector<ss::future<>> fs;
  for (auto &s : v)
    fs.push_back(slog(s));
  co_await ss::when_all_succeed(std::move(fs));
}

// CASE: vector-of-futures-over-copies EXPECT: coro-dangling-parameter|coro-detached-borrow
ss::future<> vector_of_futures_over_copies(std::vector<std::string> v) {
  std::vector<ss::future<>> fs;
  for (auto s : v)
    fs.push_back(slog(s));
  co_await ss::when_all_succeed(std::move(fs));
}

// CASE: thread-context-get EXPECT: none
ss::future<> thread_context_get() {
  return ss::async([] {
    int n = 0;
    sbump(n).get();
    use(n);
  });
}

// CASE: handle-exception-lambda-copies-first EXPECT: none
ss::future<> handle_exception_lambda_copies_first(ss::gate &g, int n) {
  return ss::with_gate(g, [n]() -> ss::future<> {
    int mine = n;
    co_await ss::sleep(1ms);
    use(mine);
  });
}

// CASE: kj-kept-temporary EXPECT: coro-dangling-parameter|coro-detached-borrow
kj::Promise<void> kj_kept_temporary(kj::Timer &t) {
  auto p = klog("abc", t);
  use(1);
  co_await p;
}

// CASE: kj-in-place EXPECT: none
kj::Promise<void> kj_in_place(kj::Timer &t) {
  co_await klog("abc", t);
}

// CASE: kj-returned-over-local EXPECT: coro-dangling-return
kj::Promise<void> kj_returned_over_local(kj::Timer &t) {
  auto s = name_of(1);
  return klog(s, t);
}

// CASE: kj-kept-used-first EXPECT: none
kj::Promise<void> kj_kept_used_first(kj::Timer &t) {
  auto p = klog_first("abc", t);
  use(1);
  co_await p;
}

// CASE: kj-wait-in-place EXPECT: none
void kj_wait_in_place(kj::Timer &t, kj::WaitScope &ws) {
  klog("abc", t).wait(ws);
}

// CASE: kj-task-set-by-value EXPECT: none
void kj_task_set_by_value(kj::TaskSet &ts, kj::Timer &t) {
  ts.add(klog_value("abc", t));
}

// CASE: kj-task-set-temporary EXPECT: coro-detached-borrow|coro-dangling-parameter
void kj_task_set_temporary(kj::TaskSet &ts, kj::Timer &t) {
  ts.add(klog("abc", t));
}

// CASE: kj-task-set-local EXPECT: coro-detached-borrow|coro-dangling-parameter
void kj_task_set_local(kj::TaskSet &ts, kj::Timer &t) {
  auto s = name_of(1);
  ts.add(klog(s, t));
}

// CASE: kj-attached-heap-string EXPECT: none
// The promise owns the string now.
kj::Promise<void> kj_attached_heap_string(kj::Timer &t) {
  auto s = std::make_unique<std::string>("abc");
  auto &r = *s;
  return klog(r, t).attach(std::move(s));
}

// CASE: kj-called-lambda-kept EXPECT: coro-dangling-capture
kj::Promise<void> kj_called_lambda_kept(kj::Timer &t, int n) {
  auto p = [&t, n]() -> kj::Promise<void> {
    co_await t.afterDelay(1);
    use(n);
  }();
  use(1);
  co_await p;
}
