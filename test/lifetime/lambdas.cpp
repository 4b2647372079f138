// Lambdas that are coroutines, and how long their closures live.
//
// RUN: %cases %s

#include "support/cppcoro.h"
#include "support/crew.h"

namespace defs {
std::string name_of(int id);
inline shop::job<int> length(const std::string &s) {
  co_await shop::pause(1ms);
  co_return int(s.size());
}
// namespace defs
} // namespace defs
using namespace defs;

// CASE: iife-captures-in-place EXPECT: none
// The closure lives until the semicolon.
shop::job<int> iife_captures_in_place(int n) {
  co_return co_await [n]() -> shop::job<int> {
    co_await shop::pause(1ms);
    co_return n;
  }();
}

// CASE: iife-captures-kept EXPECT: coro-dangling-capture
shop::job<int> iife_captures_kept(int n) {
  auto t = [n]() -> shop::job<int> {
    co_await shop::pause(1ms);
    co_return n;
  }();
  use(1);
  co_return co_await t;
}

// CASE: iife-by-reference-kept EXPECT: coro-dangling-capture
// The reference is a member of the dead closure.
shop::job<int> iife_by_reference_kept(int n) {
  auto t = [&n]() -> shop::job<int> {
    co_await shop::pause(1ms);
    co_return n;
  }();
  use(1);
  co_return co_await t;
}

// CASE: iife-by-reference-in-place EXPECT: none
shop::job<int> iife_by_reference_in_place(int n) {
  co_return co_await [&]() -> shop::job<int> {
    co_await shop::pause(1ms);
    co_return n;
  }();
}

// CASE: iife-parameters-kept EXPECT: none
// The parameter is in the frame.
shop::job<int> iife_parameters_kept(int n) {
  auto t = [](int m) -> shop::job<int> {
    co_await shop::pause(1ms);
    co_return m;
  }(n);
  use(1);
  co_return co_await t;
}

// CASE: iife-reference-parameter-of-local-kept EXPECT: none
shop::job<int> iife_reference_parameter_of_local_kept(int n) {
  auto t = [](int &m) -> shop::job<int> {
    co_await shop::pause(1ms);
    co_return m;
  }(n);
  use(1);
  co_return co_await t;
}

// CASE: iife-returned EXPECT: coro-dangling-capture|coro-dangling-return
shop::job<int> iife_returned(int n) {
  return [n]() -> shop::job<int> {
    co_await shop::pause(1ms);
    co_return n;
  }();
}

// CASE: iife-parameters-returned EXPECT: none
shop::job<int> iife_parameters_returned(int n) {
  return [](int m) -> shop::job<int> {
    co_await shop::pause(1ms);
    co_return m;
  }(n);
}

// CASE: iife-spawned EXPECT: coro-dangling-capture|coro-detached-borrow
void iife_spawned(int n) {
  shop::spawn([n]() -> shop::job<> {
    co_await shop::pause(1ms);
    use(n);
  }());
}

// CASE: iife-detached-with-parameter EXPECT: none
void iife_detached_with_parameter(int n) {
  shop::detach([](int m) -> shop::job<> {
    co_await shop::pause(1ms);
    use(m);
  }(n));
}

// CASE: iife-in-crew-joined-later EXPECT: coro-dangling-capture|coro-detached-borrow
// Joined, but the closure died at launch.
shop::job<> iife_in_crew_joined_later(int n) {
  fleet::crew c;
  c.launch([n]() -> fleet::op<> {
    co_await fleet::tick{};
    use(n);
  }());
  co_await c.join();
}

// CASE: named-closure-in-scope EXPECT: none
shop::job<int> named_closure_in_scope(int n) {
  auto f = [n]() -> shop::job<int> {
    co_await shop::pause(1ms);
    co_return n;
  };
  auto t = f();
  use(1);
  co_return co_await t;
}

// CASE: named-closure-out-of-scope EXPECT: coro-dangling-capture
shop::job<int> named_closure_out_of_scope(int n) {
  std::optional<shop::job<int>> t;
  {
    auto f = [n]() -> shop::job<int> {
      co_await shop::pause(1ms);
      co_return n;
    };
    t.emplace(f());
  }
  co_return co_await *t;
}

// CASE: named-closure-returned-task EXPECT: coro-dangling-capture|coro-dangling-return
shop::job<int> named_closure_returned_task(int n) {
  auto f = [n]() -> shop::job<int> {
    co_await shop::pause(1ms);
    co_return n;
  };
  return f();
}

// CASE: named-closure-joined-in-crew EXPECT: none
shop::job<> named_closure_joined_in_crew(int n) {
  fleet::crew c;
  auto f = [&n](int k) -> fleet::op<> {
    co_await fleet::tick{};
    use(n + k);
  };
  for (int i = 0; i < 3; ++i)
    c.launch(f(i));
  co_await c.join();
}

// CASE: named-closure-in-crew-not-joined EXPECT: coro-detached-borrow|coro-dangling-capture
// f and the crew die with work in flight.
shop::job<> named_closure_in_crew_not_joined(int n) {
  fleet::crew c;
  auto f = [n](int k) -> fleet::op<> {
    co_await fleet::tick{};
    use(n + k);
  };
  for (int i = 0; i < 3; ++i)
    c.launch(f(i));
  co_await shop::pause(5ms);
}

// CASE: static-closure EXPECT: none
shop::job<int> static_closure(int k) {
  static const auto f = [limit = 8](int n) -> shop::job<int> {
    co_await shop::pause(1ms);
    co_return n < limit;
  };
  return f(k);
}

// CASE: global-closure EXPECT: none
inline const auto global_f = [limit = 8](int n) -> shop::job<int> {
  co_await shop::pause(1ms);
  co_return n < limit;
};
shop::job<int> global_closure(int k) {
  return global_f(k);
}

// CASE: captureless-kept EXPECT: none
// No captures: nothing to dangle.
shop::job<int> captureless_kept() {
  auto t = []() -> shop::job<int> {
    co_await shop::pause(1ms);
    co_return 3;
  }();
  use(1);
  co_return co_await t;
}

// CASE: constexpr-and-static-used-without-capture EXPECT: none
shop::job<int> constexpr_and_static_used_without_capture() {
  static int hits = 0;
  constexpr int k = 4;
  auto t = []() -> shop::job<int> {
    co_await shop::pause(1ms);
    co_return ++hits + k;
  }();
  use(1);
  co_return co_await t;
}

// CASE: capture-default-that-captures-nothing EXPECT: none
// A static is never captured.
shop::job<int> capture_default_that_captures_nothing() {
  static int hits = 0;
  auto t = [&]() -> shop::job<int> {
    co_await shop::pause(1ms);
    co_return ++hits;
  }();
  use(1);
  co_return co_await t;
}

// CASE: lazy-copies-captures-first EXPECT: coro-dangling-capture
// Lazy: even the copy runs too late.
shop::job<int> lazy_copies_captures_first(int n) {
  auto t = [n]() -> shop::job<int> {
    auto mine = n;
    co_await shop::pause(1ms);
    co_return mine;
  }();
  use(1);
  co_return co_await t;
}

// CASE: eager-copies-captures-first EXPECT: none
// Eager: copied inside the call.
courier::parcel<int> eager_copies_captures_first(int n) {
  auto t = [n]() -> courier::parcel<int> {
    auto mine = n;
    co_await fleet::tick{};
    co_return mine;
  }();
  use(1);
  co_return co_await t;
}

// CASE: eager-uses-capture-after EXPECT: coro-dangling-capture
courier::parcel<int> eager_uses_capture_after(int n) {
  auto t = [n]() -> courier::parcel<int> {
    co_await fleet::tick{};
    co_return n;
  }();
  use(1);
  co_return co_await t;
}

// CASE: eager-in-place EXPECT: none
courier::parcel<int> eager_in_place(int n) {
  co_return co_await [n]() -> courier::parcel<int> {
    co_await fleet::tick{};
    co_return n;
  }();
}

// CASE: eager-aliases-capture-first EXPECT: coro-dangling-capture
// a refers into the dead closure.
courier::parcel<int> eager_aliases_capture_first(std::string s) {
  auto t = [s]() -> courier::parcel<int> {
    const auto &a = s;
    co_await fleet::tick{};
    co_return int(a.size());
  }();
  use(1);
  co_return co_await t;
}

// CASE: detached-uses-capture-before-only EXPECT: none
void detached_uses_capture_before_only(int n) {
  [n]() -> courier::errand {
    use(n);
    co_await fleet::tick{};
    use(1);
  }();
}

// CASE: detached-uses-capture-after EXPECT: coro-dangling-capture|coro-detached-borrow
void detached_uses_capture_after(int n) {
  [n]() -> courier::errand {
    co_await fleet::tick{};
    use(n);
  }();
}

// CASE: detached-init-capture-after EXPECT: coro-dangling-capture|coro-detached-borrow
void detached_init_capture_after(int id) {
  [name = name_of(id)]() -> courier::errand {
    co_await fleet::tick{};
    use(name);
  }();
}

// CASE: detached-shared-capture-copied-first EXPECT: none
void detached_shared_capture_copied_first(std::shared_ptr<int> p) {
  [p]() -> courier::errand {
    auto keep = p;
    co_await fleet::tick{};
    use(*keep);
  }();
}

// CASE: detached-shared-capture-after EXPECT: coro-dangling-capture|coro-detached-borrow
// The shared_ptr itself is in the closure.
void detached_shared_capture_after(std::shared_ptr<int> p) {
  [p]() -> courier::errand {
    co_await fleet::tick{};
    use(*p);
  }();
}

// CASE: detached-shared-as-parameter EXPECT: none
void detached_shared_as_parameter(std::shared_ptr<int> p) {
  [](std::shared_ptr<int> q) -> courier::errand {
    co_await fleet::tick{};
    use(*q);
  }(p);
}

// CASE: generic-lambda-kept EXPECT: coro-dangling-capture
shop::job<int> generic_lambda_kept(int n) {
  auto t = [n](auto k) -> shop::job<int> {
    co_await shop::pause(1ms);
    co_return n + k;
  }(3);
  use(1);
  co_return co_await t;
}

// CASE: generic-lambda-in-place EXPECT: none
shop::job<int> generic_lambda_in_place(int n) {
  co_return co_await [n](auto k) -> shop::job<int> {
    co_await shop::pause(1ms);
    co_return n + k;
  }(3);
}

// CASE: nested-inner-in-place EXPECT: none
shop::job<int> nested_inner_in_place(int n) {
  co_return co_await [&]() -> shop::job<int> {
    co_return co_await [&]() -> shop::job<int> {
      co_await shop::pause(1ms);
      co_return n;
    }();
  }();
}

// CASE: nested-inner-kept EXPECT: coro-dangling-capture
shop::job<int> nested_inner_kept(int n) {
  co_return co_await [&]() -> shop::job<int> {
    auto t = [&]() -> shop::job<int> {
      co_await shop::pause(1ms);
      co_return n;
    }();
    use(1);
    co_return co_await t;
  }();
}

// CASE: nested-plain-lambda-returns-inner-task EXPECT: coro-dangling-capture|coro-dangling-return
shop::job<int> nested_plain_lambda_returns_inner_task(int n) {
  auto t = [n] {
    return [n]() -> shop::job<int> {
      co_await shop::pause(1ms);
      co_return n;
    }();
  }();
  use(1);
  co_return co_await t;
}

// CASE: plain-lambda-with-captures-returns-task-by-value EXPECT: none
// Not a coroutine: reads its capture inside the call.
inline shop::job<int> by_value(std::string s) {
  co_await shop::pause(1ms);
  co_return int(s.size());
}
shop::job<int> plain_lambda_with_captures_returns_task_by_value(std::string s) {
  auto t = [s] { return by_value(s); }();
  use(1);
  co_return co_await t;
}

// CASE: plain-lambda-returns-task-of-its-capture EXPECT: coro-dangling-capture|coro-dangling-return
// Borrows the copy inside the dead closure.
shop::job<int> plain_lambda_returns_task_of_its_capture(std::string s) {
  auto t = [s] { return length(s); }();
  use(1);
  co_return co_await t;
}

// CASE: plain-lambda-by-reference-returns-task EXPECT: none
// s itself, which lives.
shop::job<int> plain_lambda_by_reference_returns_task(std::string s) {
  auto t = [&s] { return length(s); }();
  use(1);
  co_return co_await t;
}

// CASE: std-function-in-scope EXPECT: none
shop::job<int> std_function_in_scope(int n) {
  std::function<shop::job<int>()> f = [n]() -> shop::job<int> {
    co_await shop::pause(1ms);
    co_return n;
  };
  auto t = f();
  use(1);
  co_return co_await t;
}

// CASE: std-function-temporary-kept EXPECT: coro-dangling-capture
// The function object owned the closure and is dead.
shop::job<int> std_function_temporary_kept(int n) {
  auto t = std::function<shop::job<int>()>([n]() -> shop::job<int> {
    co_await shop::pause(1ms);
    co_return n;
  })();
  use(1);
  co_return co_await t;
}

// CASE: std-function-temporary-in-place EXPECT: none
shop::job<int> std_function_temporary_in_place(int n) {
  co_return co_await std::function<shop::job<int>()>([n]() -> shop::job<int> {
    co_await shop::pause(1ms);
    co_return n;
  })();
}

// CASE: std-function-local-task-returned EXPECT: coro-dangling-capture|coro-dangling-return
shop::job<int> std_function_local_task_returned(int n) {
  std::function<shop::job<int>()> f = [n]() -> shop::job<int> {
    co_await shop::pause(1ms);
    co_return n;
  };
  return f();
}

// CASE: closure-moved-into-member-then-called EXPECT: none
struct holder {
  std::function<shop::job<int>()> f;
  shop::job<int> go() { return f(); }
};
shop::job<int> closure_moved_into_member_then_called(int n) {
  holder h{[n]() -> shop::job<int> {
    co_await shop::pause(1ms);
    co_return n;
  }};
  auto t = h.go();
  use(1);
  co_return co_await t;
}

// CASE: closures-in-vector EXPECT: none
shop::job<int> closures_in_vector() {
  std::vector<std::function<shop::job<int>()>> fs;
  for (int i = 0; i < 3; ++i)
    fs.push_back([i]() -> shop::job<int> {
      co_await shop::pause(1ms);
      co_return i;
    });
  int n = 0;
  for (auto &f : fs)
    n += co_await f();
  co_return n;
}

// CASE: closures-in-vector-loop-copy-kept EXPECT: ?coro-dangling-capture
// f is a copy of one turn.
// Missed: what a copied std::function keeps is not followed.
shop::job<int> closures_in_vector_loop_copy_kept(std::vector<std::function<shop::job<int>()>> fs) {
  fs.push_back([n = 3]() -> shop::job<int> {
    co_await shop::pause(1ms);
    co_return n;
  });
  std::vector<shop::job<int>> ts;
  for (auto f : fs)
    ts.push_back(f());
  int s = 0;
  for (auto &t : ts)
    s += co_await t;
  co_return s;
}

// CASE: closures-in-vector-loop-reference-kept EXPECT: none
shop::job<int>
closures_in_vector_loop_reference_kept(std::vector<std::function<shop::job<int>()>> fs) {
  fs.push_back([n = 3]() -> shop::job<int> {
    co_await shop::pause(1ms);
    co_return n;
  });
  std::vector<shop::job<int>> ts;
  for (auto &f : fs)
    ts.push_back(f());
  int s = 0;
  for (auto &t : ts)
    s += co_await t;
  co_return s;
}

// CASE: factory-of-lambda-called-in-place EXPECT: none
inline auto make(int n) {
  return [n]() -> shop::job<int> {
    co_await shop::pause(1ms);
    co_return n;
  };
}
shop::job<int> factory_of_lambda_called_in_place() {
  co_return co_await make(3)();
}

// CASE: factory-of-lambda-called-and-kept EXPECT: coro-dangling-capture|coro-dangling-parameter
// The closure that make returned is a temporary.
shop::job<int> factory_of_lambda_called_and_kept() {
  auto t = make(3)();
  use(1);
  co_return co_await t;
}

// CASE: factory-of-lambda-named EXPECT: none
shop::job<int> factory_of_lambda_named() {
  auto f = make(3);
  auto t = f();
  use(1);
  co_return co_await t;
}

// CASE: gather-of-iifes-in-place EXPECT: none
shop::job<> gather_of_iifes_in_place(int n) {
  co_await shop::gather(
      [n]() -> shop::job<int> {
        co_await shop::pause(1ms);
        co_return n;
      }(),
      [&n]() -> shop::job<int> {
        co_await shop::pause(1ms);
        co_return n + 1;
      }());
}

// CASE: iifes-pushed-then-gathered EXPECT: coro-dangling-capture
shop::job<> iifes_pushed_then_gathered(int n) {
  std::vector<shop::job<>> v;
  for (int i = 0; i < n; ++i)
    v.push_back([i]() -> shop::job<> {
      co_await shop::pause(1ms);
      use(i);
    }());
  co_await shop::gather_all(std::move(v));
}

// CASE: parameterised-lambda-pushed-then-gathered EXPECT: none
shop::job<> parameterised_lambda_pushed_then_gathered(int n) {
  std::vector<shop::job<>> v;
  auto work = [](int i) -> shop::job<> {
    co_await shop::pause(1ms);
    use(i);
  };
  for (int i = 0; i < n; ++i)
    v.push_back(work(i));
  co_await shop::gather_all(std::move(v));
}

// CASE: sync-wait-of-iife EXPECT: none
int sync_wait_of_iife(int n) {
  return cppcoro::sync_wait([&]() -> cppcoro::task<int> { co_return n; }());
}

// CASE: sync-wait-of-kept-iife EXPECT: coro-dangling-capture
int sync_wait_of_kept_iife(int n) {
  auto t = [&]() -> cppcoro::task<int> { co_return n; }();
  return cppcoro::sync_wait(t);
}

// CASE: std-invoke-of-temporary-kept EXPECT: coro-dangling-capture
shop::job<int> std_invoke_of_temporary_kept(int n) {
  auto t = std::invoke([n]() -> shop::job<int> {
    co_await shop::pause(1ms);
    co_return n;
  });
  use(1);
  co_return co_await t;
}

// CASE: std-invoke-of-temporary-in-place EXPECT: none
shop::job<int> std_invoke_of_temporary_in_place(int n) {
  co_return co_await std::invoke([n]() -> shop::job<int> {
    co_await shop::pause(1ms);
    co_return n;
  });
}
