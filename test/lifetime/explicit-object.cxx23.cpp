// What C++23 changes: explicit object parameters, and temporaries in a range-for.
//
// RUN: %cases %s

#include "support/crew.h"
#include "support/generator.h"

namespace defs {
inline seq::generator<char> chars(const std::string &s) {
  for (char c : s)
    co_yield c;
}
std::string load(int id);
struct node {
  int n = 0;
  shop::job<int> by_value(this node self) {
    co_await shop::pause(1ms);
    co_return self.n;
  }
  shop::job<int> by_ref(this node &self) {
    co_await shop::pause(1ms);
    co_return self.n;
  }
  shop::job<int> by_cref(this const node &self) {
    co_await shop::pause(1ms);
    co_return self.n;
  }
};
// namespace defs
} // namespace defs
using namespace defs;

// CASE: this-auto-by-value-kept EXPECT: none
// The closure is a parameter, in the frame.
shop::job<int> this_auto_by_value_kept(int n) {
  auto t = [n](this auto) -> shop::job<int> {
    co_await shop::pause(1ms);
    co_return n;
  }();
  use(1);
  co_return co_await t;
}

// CASE: this-auto-self-by-value-returned EXPECT: none
shop::job<int> this_auto_self_by_value_returned(int n) {
  return [n](this auto self) -> shop::job<int> {
    co_await shop::pause(1ms);
    co_return n;
  }();
}

// CASE: this-auto-reference-kept EXPECT: coro-dangling-capture
// self refers to the dead temporary.
shop::job<int> this_auto_reference_kept(int n) {
  auto t = [n](this auto &&self) -> shop::job<int> {
    co_await shop::pause(1ms);
    co_return n;
  }();
  use(1);
  co_return co_await t;
}

// CASE: this-const-auto-reference-kept EXPECT: coro-dangling-capture
shop::job<int> this_const_auto_reference_kept(int n) {
  auto t = [n](this const auto &self) -> shop::job<int> {
    co_await shop::pause(1ms);
    co_return n;
  }();
  use(1);
  co_return co_await t;
}

// CASE: this-auto-reference-in-place EXPECT: none
shop::job<int> this_auto_reference_in_place(int n) {
  co_return co_await [n](this auto &&self) -> shop::job<int> {
    co_await shop::pause(1ms);
    co_return n;
  }();
}

// CASE: this-auto-reference-named EXPECT: none
shop::job<int> this_auto_reference_named(int n) {
  auto f = [n](this auto &self) -> shop::job<int> {
    co_await shop::pause(1ms);
    co_return n;
  };
  auto t = f();
  use(1);
  co_return co_await t;
}

// CASE: this-auto-reference-capture-returned EXPECT: coro-dangling-capture|coro-dangling-return
// The closure is copied, n is not.
shop::job<int> this_auto_reference_capture_returned(int n) {
  return [&n](this auto) -> shop::job<int> {
    co_await shop::pause(1ms);
    co_return n;
  }();
}

// CASE: this-auto-by-value-with-reference-capture-same-scope EXPECT: none
// n lives as long as t.
shop::job<int> this_auto_by_value_with_reference_capture_same_scope(int n) {
  auto t = [&n](this auto) -> shop::job<int> {
    co_await shop::pause(1ms);
    co_return n;
  }();
  use(1);
  co_return co_await t;
}

// CASE: this-auto-by-value-spawned EXPECT: none
void this_auto_by_value_spawned(int n) {
  fleet::forget([n](this auto) -> fleet::op<> {
    co_await fleet::tick{};
    use(n);
  }());
}

// CASE: this-auto-reference-spawned EXPECT: coro-dangling-capture|coro-detached-borrow
void this_auto_reference_spawned(int n) {
  fleet::forget([n](this const auto &self) -> fleet::op<> {
    co_await fleet::tick{};
    use(n);
  }());
}

// CASE: this-auto-detached-by-value EXPECT: none
void this_auto_detached_by_value(int n) {
  [n](this auto) -> courier::errand {
    co_await fleet::tick{};
    use(n);
  }();
}

// CASE: range-for-over-temporary-cxx23 EXPECT: none
// C++23 extends all temporaries of the range initialiser.
void range_for_over_temporary_cxx23(int id) {
  for (char c : chars(load(id)))
    use(c);
}

// CASE: range-for-over-called-generator-lambda-cxx23 EXPECT: none
void range_for_over_called_generator_lambda_cxx23(int n) {
  for (int i : [n]() -> seq::generator<int> {
         for (int k = 0; k < n; ++k)
           co_yield k;
       }())
    use(i);
}

// CASE: kept-generator-of-temporary-cxx23 EXPECT: coro-dangling-parameter|coro-detached-borrow
// Only the range initialiser itself is extended.
void kept_generator_of_temporary_cxx23(int id) {
  auto g = chars(load(id));
  for (char c : g)
    use(c);
}

// CASE: explicit-object-by-value-on-temporary EXPECT: none
shop::job<int> explicit_object_by_value_on_temporary() {
  auto t = node{3}.by_value();
  use(1);
  co_return co_await t;
}

// CASE: explicit-object-reference-to-temporary EXPECT: coro-dangling-parameter|coro-detached-borrow
shop::job<int> explicit_object_reference_to_temporary() {
  auto t = node{3}.by_cref();
  use(1);
  co_return co_await t;
}

// CASE: explicit-object-by-reference-on-local EXPECT: none
shop::job<int> explicit_object_by_reference_on_local() {
  node n{3};
  auto t = n.by_ref();
  use(1);
  co_return co_await t;
}

// CASE: explicit-object-by-reference-on-local-returned EXPECT: coro-dangling-return
shop::job<int> explicit_object_by_reference_on_local_returned() {
  node n{3};
  return n.by_ref();
}

// CASE: explicit-object-by-value-on-local-returned EXPECT: none
shop::job<int> explicit_object_by_value_on_local_returned() {
  node n{3};
  return n.by_value();
}

// CASE: recursive-this-auto-by-value EXPECT: none
shop::job<int> recursive_this_auto_by_value(int n) {
  auto f = [k = 1](this auto self, int m) -> shop::job<int> {
    co_await shop::pause(1ms);
    co_return m == 0 ? k : co_await self(m - 1);
  };
  return f(n);
}
