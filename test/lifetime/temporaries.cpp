// Tasks that are kept while a temporary that they were given is gone at the semicolon.
//
// RUN: %cases %s

#include "support/crew.h"

namespace defs {
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
inline shop::job<int> sum(std::span<const int> s) {
  co_await shop::pause(1ms);
  int t = 0;
  for (int i : s)
    t += i;
  co_return t;
}
inline shop::job<int> twice(const int &n) {
  co_await shop::pause(1ms);
  co_return n * 2;
}
inline shop::job<int> at(const int *p) {
  co_await shop::pause(1ms);
  co_return *p;
}
inline shop::job<int> through(std::reference_wrapper<const std::string> r) {
  co_await shop::pause(1ms);
  co_return int(r.get().size());
}
inline shop::job<int> first(std::vector<int>::const_iterator it) {
  co_await shop::pause(1ms);
  co_return *it;
}
inline shop::job<int> all(std::initializer_list<int> l) {
  co_await shop::pause(1ms);
  co_return int(l.size()) ? *l.begin() : 0;
}
inline shop::job<int> consume(std::string &&s) {
  co_await shop::pause(1ms);
  auto mine = std::move(s);
  co_return int(mine.size());
}
inline shop::job<int> with_default(int n, const std::string &unit = "ms") {
  co_await shop::pause(1ms);
  co_return n + int(unit.size());
}
struct query {
  const std::string &text;
  int limit;
};
inline shop::job<int> run(query q) {
  co_await shop::pause(1ms);
  co_return int(q.text.size()) + q.limit;
}
struct owned_query {
  std::string text;
  int limit;
};
inline shop::job<int> run_owned(owned_query q) {
  co_await shop::pause(1ms);
  co_return int(q.text.size()) + q.limit;
}
struct url {
  url(const char *s);
  std::string host;
};
inline shop::job<int> fetch(const url &u) {
  co_await shop::pause(1ms);
  co_return int(u.host.size());
}
std::string name_of(int id);
const std::string &stored_name(int id);
const char *c_name();
inline const std::string &global_name() {
  static const std::string n = "corolint";
  return n;
}
// namespace defs
} // namespace defs
using namespace defs;

// CASE: explicit-temporary-then-awaited EXPECT: coro-dangling-parameter|coro-detached-borrow
// The string dies at the first semicolon.
shop::job<int> explicit_temporary_then_awaited() {
  auto t = length(std::string("abc"));
  use(1);
  co_return co_await t;
}

// CASE: literal-to-string-ref-then-awaited EXPECT: coro-dangling-parameter|coro-detached-borrow
// Implicit conversion makes a temporary.
shop::job<int> literal_to_string_ref_then_awaited() {
  auto t = length("abc");
  co_return co_await t;
}

// CASE: literal-to-string-ref-in-place EXPECT: none
// The temporary lives until the await is done.
shop::job<int> literal_to_string_ref_in_place() {
  co_return co_await length("abc");
}

// CASE: literal-to-value-then-awaited EXPECT: none
// The frame owns its copy.
shop::job<int> literal_to_value_then_awaited() {
  auto t = length_value("abc");
  co_return co_await t;
}

// CASE: literal-to-view-then-awaited EXPECT: none
// The view is of a literal, which is static.
shop::job<int> literal_to_view_then_awaited() {
  auto t = length_view("abc");
  co_return co_await t;
}

// CASE: temporary-string-to-view-then-awaited EXPECT: coro-dangling-parameter|coro-detached-borrow
// View of a dead string.
shop::job<int> temporary_string_to_view_then_awaited(int id) {
  auto t = length_view(name_of(id));
  co_return co_await t;
}

// CASE: stored-string-to-view-then-awaited EXPECT: none
// View of a static.
shop::job<int> stored_string_to_view_then_awaited() {
  auto t = length_view(global_name());
  co_return co_await t;
}

// CASE: concatenation-to-view-then-awaited EXPECT: coro-dangling-parameter|coro-detached-borrow
// View of a temporary.
shop::job<int> concatenation_to_view_then_awaited(std::string a) {
  auto t = length_view(a + "/x");
  use(1);
  co_return co_await t;
}

// CASE: local-to-view-then-awaited EXPECT: none
// a lives as long as t.
shop::job<int> local_to_view_then_awaited(std::string a) {
  auto t = length_view(a);
  use(1);
  co_return co_await t;
}

// CASE: int-literal-to-const-ref-then-awaited EXPECT: coro-dangling-parameter|coro-detached-borrow
// Const int& to a dead temporary.
shop::job<int> int_literal_to_const_ref_then_awaited() {
  auto t = twice(21);
  co_return co_await t;
}

// CASE: arithmetic-to-const-ref-then-awaited EXPECT: coro-dangling-parameter|coro-detached-borrow
// Const int& to a dead temporary.
shop::job<int> arithmetic_to_const_ref_then_awaited(int n) {
  auto t = twice(n + 1);
  co_return co_await t;
}

// CASE: promoted-short-to-ref-then-awaited EXPECT: coro-dangling-parameter|coro-detached-borrow
// A conversion makes a temporary int.
shop::job<int> promoted_short_to_ref_then_awaited(short n) {
  auto t = twice(n);
  co_return co_await t;
}

// CASE: int-local-to-const-ref-then-awaited EXPECT: none
// Bound to the parameter itself.
shop::job<int> int_local_to_const_ref_then_awaited(int n) {
  auto t = twice(n);
  co_return co_await t;
}

// CASE: vector-temporary-to-span-then-awaited EXPECT: coro-dangling-parameter|coro-detached-borrow
// Span of a dead vector.
shop::job<int> vector_temporary_to_span_then_awaited() {
  auto t = sum(std::vector<int>{1, 2, 3});
  co_return co_await t;
}

// CASE: local-array-to-span-then-awaited EXPECT: none
shop::job<int> local_array_to_span_then_awaited() {
  int a[] = {1, 2, 3};
  auto t = sum(a);
  co_return co_await t;
}

// CASE: vector-temporary-to-span-in-place EXPECT: none
shop::job<int> vector_temporary_to_span_in_place() {
  co_return co_await sum(std::vector<int>{1, 2, 3});
}

// CASE: pointer-to-inner-scope-local EXPECT: coro-dangling-parameter|coro-detached-borrow
// n dies at the brace.
shop::job<int> pointer_to_inner_scope_local(bool b) {
  std::optional<shop::job<int>> t;
  if (b) {
    int n = 3;
    t.emplace(at(&n));
  }
  if (t)
    co_return co_await *t;
  co_return 0;
}

// CASE: pointer-to-same-scope-local EXPECT: none
shop::job<int> pointer_to_same_scope_local() {
  int n = 3;
  auto t = at(&n);
  co_return co_await t;
}

// CASE: reference-wrapper-of-local-same-scope EXPECT: none
shop::job<int> reference_wrapper_of_local_same_scope(std::string s) {
  auto t = through(std::cref(s));
  co_return co_await t;
}

// CASE: reference-wrapper-of-inner-local EXPECT: coro-dangling-parameter|coro-detached-borrow
// s died at the brace.
shop::job<int> reference_wrapper_of_inner_local(int id) {
  std::vector<shop::job<int>> ts;
  {
    std::string s = name_of(id);
    ts.push_back(through(std::cref(s)));
  }
  int n = 0;
  for (auto &t : ts)
    n += co_await t;
  co_return n;
}

// CASE: iterator-of-temporary-vector EXPECT: coro-dangling-parameter|coro-detached-borrow
// Iterator into a dead vector.
inline std::vector<int> numbers() {
  return {1, 2};
}
shop::job<int> iterator_of_temporary_vector() {
  auto t = first(numbers().cbegin());
  co_return co_await t;
}

// CASE: iterator-of-temporary-vector-in-place EXPECT: none
shop::job<int> iterator_of_temporary_vector_in_place() {
  co_return co_await first(numbers().cbegin());
}

// CASE: initializer-list-then-awaited EXPECT: coro-dangling-parameter|coro-detached-borrow
// The backing array dies at the semicolon.
shop::job<int> initializer_list_then_awaited(int a, int b) {
  auto t = all({a, b});
  co_return co_await t;
}

// CASE: initializer-list-in-place EXPECT: none
shop::job<int> initializer_list_in_place(int a, int b) {
  co_return co_await all({a, b});
}

// CASE: rvalue-reference-to-moved-local EXPECT: none
// std::move makes no temporary: s lives on.
shop::job<int> rvalue_reference_to_moved_local(std::string s) {
  auto t = consume(std::move(s));
  use(1);
  co_return co_await t;
}

// CASE: rvalue-reference-to-temporary EXPECT: coro-dangling-parameter|coro-detached-borrow
shop::job<int> rvalue_reference_to_temporary(int id) {
  auto t = consume(name_of(id));
  use(1);
  co_return co_await t;
}

// CASE: default-argument-then-awaited EXPECT: coro-dangling-parameter|coro-detached-borrow
// The default argument is a temporary of the call.
shop::job<int> default_argument_then_awaited() {
  auto t = with_default(3);
  co_return co_await t;
}

// CASE: default-argument-in-place EXPECT: none
shop::job<int> default_argument_in_place() {
  co_return co_await with_default(3);
}

// CASE: struct-with-reference-to-temporary EXPECT: coro-dangling-parameter|coro-detached-borrow
// Q is copied to the frame, the text is not.
shop::job<int> struct_with_reference_to_temporary(int id) {
  auto t = run(query{name_of(id), 3});
  use(1);
  co_return co_await t;
}

// CASE: struct-with-reference-member-of-local EXPECT: none
shop::job<int> struct_with_reference_member_of_local(int id) {
  auto n = name_of(id);
  auto t = run(query{n, 3});
  use(1);
  co_return co_await t;
}

// CASE: struct-by-value-owning-text EXPECT: none
shop::job<int> struct_by_value_owning_text(int id) {
  auto t = run_owned({name_of(id), 3});
  use(1);
  co_return co_await t;
}

// CASE: user-conversion-makes-temporary EXPECT: coro-dangling-parameter|coro-detached-borrow
// Url is made by an implicit constructor.
shop::job<int> user_conversion_makes_temporary() {
  auto t = fetch("http://x");
  use(1);
  co_return co_await t;
}

// CASE: lifetime-extended-local-reference EXPECT: none
// n extends the temporary.
shop::job<int> lifetime_extended_local_reference(int id) {
  const auto &n = name_of(id);
  auto t = length(n);
  use(1);
  co_return co_await t;
}

// CASE: ternary-of-two-lvalues EXPECT: none
// An lvalue, no temporary.
shop::job<int> ternary_of_two_lvalues(std::string a, std::string b, bool c) {
  auto t = length(c ? a : b);
  use(1);
  co_return co_await t;
}

// CASE: ternary-that-makes-a-copy EXPECT: coro-dangling-parameter|coro-detached-borrow
// a prvalue: a temporary either way.
shop::job<int> ternary_that_makes_a_copy(std::string a, bool c) {
  auto t = length(c ? a : std::string("none"));
  use(1);
  co_return co_await t;
}

// CASE: substr-to-view-then-awaited EXPECT: coro-dangling-parameter|coro-detached-borrow
// std::string::substr returns a new string.
shop::job<int> substr_to_view_then_awaited(std::string a) {
  auto t = length_view(a.substr(1));
  use(1);
  co_return co_await t;
}

// CASE: view-substr-then-awaited EXPECT: none
// a view into a.
shop::job<int> view_substr_then_awaited(std::string a) {
  std::string_view v = a;
  auto t = length_view(v.substr(1));
  use(1);
  co_return co_await t;
}

// CASE: reference-kept-by-auto-ref-ref EXPECT: coro-dangling-parameter|coro-detached-borrow
// Extends the task, not the string.
shop::job<int> reference_kept_by_auto_ref_ref() {
  auto &&t = length("abc");
  use(1);
  co_return co_await t;
}

// CASE: task-in-a-vector-of-temporaries EXPECT: coro-dangling-parameter|coro-detached-borrow
shop::job<int> task_in_a_vector_of_temporaries(int n) {
  std::vector<shop::job<int>> ts;
  for (int i = 0; i < n; ++i)
    ts.push_back(length(std::to_string(i)));
  int s = 0;
  for (auto &t : ts)
    s += co_await t;
  co_return s;
}

// CASE: task-in-a-vector-by-value EXPECT: none
shop::job<int> task_in_a_vector_by_value(int n) {
  std::vector<shop::job<int>> ts;
  for (int i = 0; i < n; ++i)
    ts.push_back(length_value(std::to_string(i)));
  int s = 0;
  for (auto &t : ts)
    s += co_await t;
  co_return s;
}

// CASE: pointer-to-element-of-outer-vector EXPECT: none
shop::job<int> pointer_to_element_of_outer_vector() {
  std::vector<int> v{1, 2};
  std::vector<shop::job<int>> ts;
  for (int &n : v)
    ts.push_back(at(&n));
  int s = 0;
  for (auto &t : ts)
    s += co_await t;
  co_return s;
}

// CASE: pointer-to-loop-copy EXPECT: coro-dangling-parameter|coro-detached-borrow
// n is a copy that dies each turn.
shop::job<int> pointer_to_loop_copy() {
  std::vector<int> v{1, 2};
  std::vector<shop::job<int>> ts;
  for (int n : v)
    ts.push_back(at(&n));
  int s = 0;
  for (auto &t : ts)
    s += co_await t;
  co_return s;
}

// CASE: reference-to-loop-element-of-outer-vector EXPECT: none
shop::job<int> reference_to_loop_element_of_outer_vector(std::vector<std::string> v) {
  std::vector<shop::job<int>> ts;
  for (const auto &s : v)
    ts.push_back(length(s));
  int n = 0;
  for (auto &t : ts)
    n += co_await t;
  co_return n;
}

// CASE: c_str-of-temporary EXPECT: coro-dangling-parameter|coro-detached-borrow
inline shop::job<int> c_length(const char *s) {
  co_await shop::pause(1ms);
  co_return int(std::string_view(s).size());
}
shop::job<int> c_str_of_temporary(int id) {
  auto t = c_length(name_of(id).c_str());
  use(1);
  co_return co_await t;
}

// CASE: c_str-of-temporary-in-place EXPECT: none
shop::job<int> c_str_of_temporary_in_place(int id) {
  co_return co_await c_length(name_of(id).c_str());
}

// CASE: literal-to-char-pointer EXPECT: none
shop::job<int> literal_to_char_pointer() {
  auto t = c_length("abc");
  use(1);
  co_return co_await t;
}

// CASE: reassigned-task-of-temporary EXPECT: coro-dangling-parameter|coro-detached-borrow
// The second one borrows a temporary.
shop::job<int> reassigned_task_of_temporary(std::string s) {
  auto t = length(s);
  int n = co_await t;
  t = length(s + "x");
  n += co_await t;
  co_return n;
}

// CASE: optional-emplaced-with-temporary EXPECT: coro-dangling-parameter|coro-detached-borrow
shop::job<int> optional_emplaced_with_temporary(int id) {
  std::optional<shop::job<int>> t;
  t.emplace(length(name_of(id)));
  use(1);
  co_return co_await *t;
}
