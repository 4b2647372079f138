// Closures that are handed to a function, which keeps them or not.
//
// RUN: %cases --both-doors %s

#include "support/crew.h"

namespace defs {
inline shop::job<int> length(const std::string &s) {
  co_await shop::pause(1ms);
  co_return int(s.size());
}
// a coroutine that takes the callable by value: it lives in the frame
template <class F> shop::job<int> retry(F f) {
  for (int i = 0; i < 2; ++i)
    if (int n = co_await f(); n)
      co_return n;
  co_return 0;
}
// a lazy coroutine that takes the callable by reference
template <class F> shop::job<int> retry_ref(F &&f) {
  for (int i = 0; i < 2; ++i)
    if (int n = co_await f(); n)
      co_return n;
  co_return 0;
}
template <class F> shop::job<int> retry_cref(const F &f) {
  co_await shop::pause(1ms);
  co_return co_await f();
}
// a plain function that calls it and returns the task
template <class F> auto call(F &&f) {
  return f();
}
// a plain function that moves it into a coroutine
template <class F> shop::job<int> own(F f) {
  return retry(std::move(f));
}
// a plain function that forwards it by reference into a lazy coroutine that keeps a reference
template <class F> shop::job<int> lend(F &&f) {
  return retry_ref(std::forward<F>(f));
}
inline shop::job<int> erased(std::function<shop::job<int>()> f) {
  co_await shop::pause(1ms);
  co_return co_await f();
}
inline shop::job<int> erased_ref(const std::function<shop::job<int>()> &f) {
  co_await shop::pause(1ms);
  co_return co_await f();
}
inline shop::job<int> erased_plain(std::function<shop::job<int>()> f) {
  return f();
}
inline shop::job<int> erased_plain_ref(const std::function<shop::job<int>()> &f) {
  return f();
}
struct table {
  std::vector<std::function<shop::job<int>()>> fs;
  void add(std::function<shop::job<int>()> f) { fs.push_back(std::move(f)); }
  shop::job<int> fire() {
    int n = 0;
    for (auto &f : fs)
      n += co_await f();
    co_return n;
  }
};
template <class F> courier::errand post(F f) {
  co_await fleet::tick{};
  co_await f();
}
template <class F> courier::errand post_ref(const F &f) {
  co_await fleet::tick{};
  co_await f();
}
template <class F> courier::parcel<int> eager_ref(F &&f) {
  co_return co_await f();
}
template <class F> courier::parcel<int> eager_ref_late(F &&f) {
  co_await fleet::tick{};
  co_return co_await f();
}
template <class F> void each(int n, F f) {
  for (int i = 0; i < n; ++i)
    f(i);
}
// the callable decides nothing: a non-coroutine visitor
template <class F> shop::job<int> apply_now(F &&f) {
  int n = f();
  return [](int m) -> shop::job<int> {
    co_await shop::pause(1ms);
    co_return m;
  }(n);
}
// namespace defs
} // namespace defs
using namespace defs;
#define BODY                                                                                       \
  {                                                                                                \
    co_await shop::pause(1ms);                                                                     \
    co_return n;                                                                                   \
  }

// CASE: by-value-coroutine-in-place EXPECT: none
shop::job<int> by_value_coroutine_in_place(int n) {
  co_return co_await retry([n]()->shop::job<int> BODY);
}

// CASE: by-value-coroutine-kept EXPECT: none
// The frame of retry owns the closure.
shop::job<int> by_value_coroutine_kept(int n) {
  auto t = retry([n]()->shop::job<int> BODY);
  use(1);
  co_return co_await t;
}

// CASE: by-value-coroutine-returned EXPECT: none
shop::job<int> by_value_coroutine_returned(int n) {
  return retry([n]()->shop::job<int> BODY);
}

// CASE: by-value-returned-with-reference-capture EXPECT: coro-dangling-return|coro-dangling-capture
// The closure lives, n does not.
shop::job<int> by_value_returned_with_reference_capture(int n) {
  return retry([&n]()->shop::job<int> BODY);
}

// CASE: by-reference-coroutine-in-place EXPECT: none
shop::job<int> by_reference_coroutine_in_place(int n) {
  co_return co_await retry_ref([n]()->shop::job<int> BODY);
}

// CASE: by-reference-coroutine-kept EXPECT: coro-dangling-parameter|coro-dangling-capture
shop::job<int> by_reference_coroutine_kept(int n) {
  auto t = retry_ref([n]()->shop::job<int> BODY);
  use(1);
  co_return co_await t;
}

// CASE: by-const-reference-coroutine-kept EXPECT: coro-dangling-parameter|coro-dangling-capture
shop::job<int> by_const_reference_coroutine_kept(int n) {
  auto t = retry_cref([n]()->shop::job<int> BODY);
  use(1);
  co_return co_await t;
}

// CASE: by-reference-coroutine-returned EXPECT: coro-dangling-parameter|coro-dangling-capture
shop::job<int> by_reference_coroutine_returned(int n) {
  return retry_ref([n]()->shop::job<int> BODY);
}

// CASE: named-by-reference-coroutine-kept EXPECT: none
shop::job<int> named_by_reference_coroutine_kept(int n) {
  auto f = [n]()->shop::job<int> BODY;
  auto t = retry_ref(f);
  use(1);
  co_return co_await t;
}

// CASE: plain-caller-in-place EXPECT: none
// The closure is a temporary of this full-expression.
shop::job<int> plain_caller_in_place(int n) {
  co_return co_await call([n]()->shop::job<int> BODY);
}

// CASE: plain-caller-kept EXPECT: coro-dangling-capture
shop::job<int> plain_caller_kept(int n) {
  auto t = call([n]()->shop::job<int> BODY);
  use(1);
  co_return co_await t;
}

// CASE: plain-by-value-caller-in-place EXPECT: none
shop::job<int> plain_by_value_caller_in_place(int n) {
  auto f = [n]()->shop::job<int> BODY;
  co_return co_await call(f);
}

// CASE: plain-by-value-caller-kept EXPECT: coro-dangling-capture|coro-dangling-return
// The copy in the parameter died, f does not help.
template <class F> auto call_value(F f) {
  return f();
}
shop::job<int> plain_by_value_caller_kept(int n) {
  auto f = [n]()->shop::job<int> BODY;
  auto t = call_value(f);
  use(1);
  co_return co_await t;
}

// CASE: plain-owner-kept EXPECT: none
// Moved through to the frame of retry.
shop::job<int> plain_owner_kept(int n) {
  auto t = own([n]()->shop::job<int> BODY);
  use(1);
  co_return co_await t;
}

// CASE: plain-lender-in-place EXPECT: none
shop::job<int> plain_lender_in_place(int n) {
  co_return co_await lend([n]()->shop::job<int> BODY);
}

// CASE: plain-lender-kept EXPECT: coro-dangling-parameter|coro-dangling-capture
shop::job<int> plain_lender_kept(int n) {
  auto t = lend([n]()->shop::job<int> BODY);
  use(1);
  co_return co_await t;
}

// CASE: plain-lender-of-named-kept EXPECT: none
shop::job<int> plain_lender_of_named_kept(int n) {
  auto f = [n]()->shop::job<int> BODY;
  auto t = lend(f);
  use(1);
  co_return co_await t;
}

// CASE: erased-by-value-kept EXPECT: none
shop::job<int> erased_by_value_kept(int n) {
  auto t = erased([n]()->shop::job<int> BODY);
  use(1);
  co_return co_await t;
}

// CASE: erased-by-reference-kept EXPECT: coro-dangling-parameter|coro-dangling-capture
// An implicit std::function temporary.
shop::job<int> erased_by_reference_kept(int n) {
  auto t = erased_ref([n]()->shop::job<int> BODY);
  use(1);
  co_return co_await t;
}

// CASE: erased-by-reference-in-place EXPECT: none
shop::job<int> erased_by_reference_in_place(int n) {
  co_return co_await erased_ref([n]()->shop::job<int> BODY);
}

// CASE: erased-by-reference-of-named-lambda-kept EXPECT: coro-dangling-parameter
// f is converted: the std::function is a temporary.
shop::job<int> erased_by_reference_of_named_lambda_kept(int n) {
  auto f = [n]()->shop::job<int> BODY;
  auto t = erased_ref(f);
  use(1);
  co_return co_await t;
}

// CASE: erased-by-reference-of-named-function-kept EXPECT: none
shop::job<int> erased_by_reference_of_named_function_kept(int n) {
  std::function<shop::job<int>()> f = [n]()->shop::job<int> BODY;
  auto t = erased_ref(f);
  use(1);
  co_return co_await t;
}

// CASE: erased-plain-reference-kept EXPECT: coro-dangling-capture
// The std::function temporary owned the closure.
shop::job<int> erased_plain_reference_kept(int n) {
  auto t = erased_plain_ref([n]()->shop::job<int> BODY);
  use(1);
  co_return co_await t;
}

// CASE: erased-plain-reference-in-place EXPECT: none
shop::job<int> erased_plain_reference_in_place(int n) {
  co_return co_await erased_plain_ref([n]()->shop::job<int> BODY);
}

// CASE: stored-in-a-table-that-outlives EXPECT: none
shop::job<int> stored_in_a_table_that_outlives(int n) {
  table t;
  t.add([n]()->shop::job<int> BODY);
  t.add([n]()->shop::job<int> BODY);
  co_return co_await t.fire();
}

// CASE: posted-by-value EXPECT: none
// The detached frame owns the closure.
void posted_by_value(int n) {
  post([n]()->shop::job<int> BODY);
}

// CASE: posted-by-value-with-reference-capture EXPECT: coro-detached-borrow|coro-dangling-capture
// n dies at the end of this function.
void posted_by_value_with_reference_capture(int n) {
  post([&n]()->shop::job<int> BODY);
}

// CASE: posted-by-reference EXPECT: coro-detached-borrow|coro-dangling-capture
void posted_by_reference(int n) {
  post_ref([n]()->shop::job<int> BODY);
}

// CASE: eager-reference-called-at-once-kept EXPECT: coro-dangling-capture|coro-dangling-parameter
// F was called at once, but its coroutine reads n through the closure later.
courier::parcel<int> eager_reference_called_at_once_kept(int n) {
  auto t = eager_ref([n]()->shop::job<int> BODY);
  use(1);
  co_return co_await t;
}

// CASE: eager-reference-called-late-kept EXPECT: coro-dangling-capture|coro-dangling-parameter
courier::parcel<int> eager_reference_called_late_kept(int n) {
  auto t = eager_ref_late([n]()->shop::job<int> BODY);
  use(1);
  co_return co_await t;
}

// CASE: eager-reference-in-place EXPECT: none
courier::parcel<int> eager_reference_in_place(int n) {
  co_return co_await eager_ref_late([n]()->shop::job<int> BODY);
}

// CASE: plain-callback-run-on-the-spot EXPECT: none
shop::job<> plain_callback_run_on_the_spot(int n) {
  int sum = 0;
  each(n, [&](int i) { sum += i; });
  use(sum);
  co_await shop::pause(1ms);
}

// CASE: applied-now-result-kept EXPECT: none
// F ran inside the call and is not kept.
shop::job<int> applied_now_result_kept(int n) {
  auto t = apply_now([&] { return n; });
  use(1);
  co_return co_await t;
}

// CASE: callback-that-launches-by-value EXPECT: none
shop::job<> callback_that_launches_by_value(int n) {
  fleet::crew c;
  each(n, [&](int i) {
    c.launch([](int k) -> fleet::op<> {
      co_await fleet::tick{};
      use(k);
    }(i));
  });
  co_await c.join();
}

// CASE: callback-that-launches-its-parameter-by-reference EXPECT: coro-detached-borrow
// i dies with each call of the callback.
shop::job<> callback_that_launches_its_parameter_by_reference(int n) {
  fleet::crew c;
  each(n, [&](int i) {
    c.launch([](int &k) -> fleet::op<> {
      co_await fleet::tick{};
      use(k);
    }(i));
  });
  co_await c.join();
}

// CASE: crew-owns-the-closure EXPECT: none
// drive_fn keeps f in its frame.
shop::job<> crew_owns_the_closure(int n) {
  fleet::crew c;
  c.launch_fn([n]() -> fleet::op<> {
    co_await fleet::tick{};
    use(n);
  });
  co_await c.join();
}

// CASE: crew-owns-the-closure-reference-captures-joined EXPECT: none
shop::job<> crew_owns_the_closure_reference_captures_joined(int n) {
  fleet::crew c;
  for (int i = 0; i < 3; ++i)
    c.launch_fn([&n, i]() -> fleet::op<> {
      co_await fleet::tick{};
      use(n + i);
    });
  co_await c.join();
}

// CASE: crew-owns-the-closure-loop-variable-by-reference EXPECT: coro-detached-borrow
// i is gone after the loop.
shop::job<> crew_owns_the_closure_loop_variable_by_reference() {
  fleet::crew c;
  for (int i = 0; i < 3; ++i)
    c.launch_fn([&i]() -> fleet::op<> {
      co_await fleet::tick{};
      use(i);
    });
  co_await c.join();
}

// CASE: forget-fn-by-value EXPECT: none
void forget_fn_by_value(std::string s) {
  fleet::forget_fn([s]() -> fleet::op<> {
    co_await fleet::tick{};
    use(s);
  });
}

// CASE: forget-fn-by-reference EXPECT: coro-detached-borrow|coro-dangling-capture
void forget_fn_by_reference(std::string s) {
  fleet::forget_fn([&s]() -> fleet::op<> {
    co_await fleet::tick{};
    use(s);
  });
}

// CASE: bind-front-member-coroutine-in-place EXPECT: none
struct server {
  int hits = 0;
  shop::job<int> handle(int n) {
    co_await shop::pause(1ms);
    co_return hits += n;
  }
};
shop::job<int> bind_front_member_coroutine_in_place() {
  server s;
  auto h = std::bind_front(&server::handle, &s);
  co_return co_await h(3);
}

// CASE: bind-front-of-local-returned EXPECT: coro-dangling-return|coro-dangling-parameter
// Runs on the dead s.
shop::job<int> bind_front_of_local_returned() {
  server s;
  auto h = std::bind_front(&server::handle, &s);
  return h(3);
}

// CASE: bind-front-copy-of-server-returned EXPECT: coro-dangling-return|coro-dangling-parameter
// The server lives in h.
shop::job<int> bind_front_copy_of_server_returned() {
  auto h = std::bind_front(&server::handle, server{});
  return h(3);
}

// CASE: std-ref-to-closure-in-place EXPECT: none
shop::job<int> std_ref_to_closure_in_place(int n) {
  auto f = [n]()->shop::job<int> BODY;
  co_return co_await retry(std::ref(f));
}

// CASE: std-ref-to-closure-returned EXPECT: coro-dangling-return|coro-dangling-capture
// By value, but only a reference.
shop::job<int> std_ref_to_closure_returned(int n) {
  auto f = [n]()->shop::job<int> BODY;
  return retry(std::ref(f));
}
