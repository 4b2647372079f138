// Generators and awaiters that refer to what they were made from.
//
// RUN: %cases %s

#include "support/crew.h"
#include "support/generator.h"

namespace defs {
inline seq::generator<char> chars(const std::string &s) {
  for (char c : s)
    co_yield c;
}
inline seq::generator<char> chars_value(std::string s) {
  for (char c : s)
    co_yield c;
}
inline seq::generator<int> items(std::span<const int> v) {
  for (int i : v)
    co_yield i;
}
inline seq::generator<int> upto(const int &n) {
  for (int i = 0; i < n; ++i)
    co_yield i;
}
inline seq::generator<std::string> lines(std::string_view text) {
  for (std::size_t p = 0; p < text.size();) {
    auto e = text.find('\n', p);
    if (e == text.npos)
      e = text.size();
    co_yield std::string(text.substr(p, e - p));
    p = e + 1;
  }
}
std::string load(int id);
struct store {
  std::vector<int> v_;
  seq::generator<int> all() const {
    for (int i : v_)
      co_yield i;
  }
};
inline store make_store() {
  return {{1, 2}};
}
// an awaiter that keeps a reference
struct write_op {
  const std::string &data_;
  explicit write_op(const std::string &d) : data_(d) {}
  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<>) noexcept;
  void await_resume() { use(data_); }
};
struct write_owned {
  std::string data_;
  explicit write_owned(std::string d) : data_(std::move(d)) {}
  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<>) noexcept;
  void await_resume() { use(data_); }
};
// namespace defs
} // namespace defs
using namespace defs;

// CASE: range-for-over-temporary-cxx20 EXPECT: coro-dangling-parameter|coro-detached-borrow
// In C++20 the string dies before the loop begins.
void range_for_over_temporary_cxx20(int id) {
  for (char c : chars(load(id)))
    use(c);
}

// CASE: range-for-over-literal-cxx20 EXPECT: coro-dangling-parameter|coro-detached-borrow
void range_for_over_literal_cxx20() {
  for (char c : chars("abc"))
    use(c);
}

// CASE: range-for-over-generator-of-local EXPECT: none
void range_for_over_generator_of_local(int id) {
  auto s = load(id);
  for (char c : chars(s))
    use(c);
}

// CASE: range-for-over-generator-by-value EXPECT: none
void range_for_over_generator_by_value(int id) {
  for (char c : chars_value(load(id)))
    use(c);
}

// CASE: range-for-with-init-statement EXPECT: none
// The init-statement lives as long as the loop.
void range_for_with_init_statement(int id) {
  for (auto s = load(id); char c : chars(s))
    use(c);
}

// CASE: generator-over-view-of-literal EXPECT: none
void generator_over_view_of_literal() {
  for (const auto &l : lines("a\nb"))
    use(l);
}

// CASE: generator-over-view-of-temporary EXPECT: coro-dangling-parameter|coro-detached-borrow
void generator_over_view_of_temporary(int id) {
  for (const auto &l : lines(load(id)))
    use(l);
}

// CASE: generator-over-const-int-literal EXPECT: coro-dangling-parameter|coro-detached-borrow
void generator_over_const_int_literal() {
  for (int i : upto(3))
    use(i);
}

// CASE: generator-over-const-int-local EXPECT: none
void generator_over_const_int_local(int n) {
  for (int i : upto(n))
    use(i);
}

// CASE: generator-kept-over-temporary EXPECT: coro-dangling-parameter|coro-detached-borrow
void generator_kept_over_temporary() {
  auto g = chars("abc");
  for (char c : g)
    use(c);
}

// CASE: generator-kept-over-local EXPECT: none
void generator_kept_over_local(std::string s) {
  auto g = chars(s);
  for (char c : g)
    use(c);
}

// CASE: generator-member-of-temporary EXPECT: coro-dangling-parameter|coro-detached-borrow
void generator_member_of_temporary() {
  for (int i : make_store().all())
    use(i);
}

// CASE: generator-member-of-local EXPECT: none
void generator_member_of_local() {
  auto s = make_store();
  for (int i : s.all())
    use(i);
}

// CASE: generator-consumed-in-place EXPECT: none
// One full-expression.
int generator_consumed_in_place() {
  return *chars("abc").begin();
}

// CASE: generator-returned-over-parameter-reference EXPECT: none
seq::generator<char> generator_returned_over_parameter_reference(const std::string &s) {
  return chars(s);
}

// CASE: generator-returned-over-local EXPECT: coro-dangling-return
seq::generator<char> generator_returned_over_local(int id) {
  auto s = load(id);
  return chars(s);
}

// CASE: generator-returned-over-span-of-local EXPECT: coro-dangling-return
seq::generator<int> generator_returned_over_span_of_local() {
  std::vector<int> v{1, 2};
  return items(v);
}

// CASE: generator-over-span-of-parameter EXPECT: none
seq::generator<int> generator_over_span_of_parameter(const std::vector<int> &v) {
  return items(v);
}

// CASE: generator-lambda-called-with-captures-kept EXPECT: coro-dangling-capture
void generator_lambda_called_with_captures_kept(int n) {
  auto g = [n]() -> seq::generator<int> {
    for (int i = 0; i < n; ++i)
      co_yield i;
  }();
  for (int i : g)
    use(i);
}

// CASE: generator-lambda-called-in-range-for-cxx20 EXPECT: coro-dangling-capture
// The closure dies before the loop begins.
void generator_lambda_called_in_range_for_cxx20(int n) {
  for (int i : [n]() -> seq::generator<int> {
         for (int k = 0; k < n; ++k)
           co_yield k;
       }())
    use(i);
}

// CASE: generator-lambda-named EXPECT: none
void generator_lambda_named(int n) {
  auto f = [n]() -> seq::generator<int> {
    for (int k = 0; k < n; ++k)
      co_yield k;
  };
  for (int i : f())
    use(i);
}

// CASE: generator-in-a-coroutine-over-local EXPECT: none
shop::job<> generator_in_a_coroutine_over_local(std::string s) {
  for (char c : chars(s)) {
    co_await shop::pause(1ms);
    use(c);
  }
}

// CASE: generator-passed-by-value-over-local EXPECT: none
// Consumed inside the call.
inline int count(seq::generator<char> g) {
  int n = 0;
  for (char c : g)
    n += c;
  return n;
}
int generator_passed_by_value_over_local() {
  return count(chars("abc"));
}

// CASE: generator-of-generators-forward EXPECT: coro-dangling-parameter|coro-detached-borrow
inline seq::generator<char> upper(seq::generator<char> g) {
  for (char c : g)
    co_yield char(c - 32);
}
void generator_of_generators_forward(int id) {
  auto g = upper(chars(load(id)));
  for (char c : g)
    use(c);
}

// CASE: generator-of-generators-over-local EXPECT: none
inline seq::generator<char> upper2(seq::generator<char> g) {
  for (char c : g)
    co_yield char(c - 32);
}
void generator_of_generators_over_local(int id) {
  auto s = load(id);
  auto g = upper2(chars(s));
  for (char c : g)
    use(c);
}

// CASE: awaiter-with-reference-in-place EXPECT: none
shop::job<> awaiter_with_reference_in_place(int id) {
  co_await write_op(load(id));
}

// CASE: awaiter-with-reference-kept EXPECT: coro-dangling-parameter|coro-detached-borrow
// data_ refers to a dead string.
shop::job<> awaiter_with_reference_kept(int id) {
  auto op = write_op(load(id));
  use(1);
  co_await op;
}

// CASE: awaiter-with-reference-kept-over-local EXPECT: none
shop::job<> awaiter_with_reference_kept_over_local(int id) {
  auto s = load(id);
  auto op = write_op(s);
  use(1);
  co_await op;
}

// CASE: awaiter-that-owns-kept EXPECT: none
shop::job<> awaiter_that_owns_kept(int id) {
  auto op = write_owned(load(id));
  use(1);
  co_await op;
}

// CASE: awaiter-returned-over-local EXPECT: coro-dangling-return
inline write_op awaiter_returned_over_local(int id) {
  auto s = load(id);
  return write_op(s);
}

// CASE: awaiter-returned-over-reference EXPECT: none
inline write_op awaiter_returned_over_reference(const std::string &s) {
  return write_op(s);
}
