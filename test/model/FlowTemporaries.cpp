// A prvalue that initialises something is that thing, and no second object; a temporary is one from
// where it is made to the end of its full-expression, if it is made at all. Each function is on one
// line: what is held, is so since that line and across it.
//
// RUN: %corolint dump --held %s -- -std=c++20 -I%include | %FileCheck %s --match-full-lines --implicit-check-not={{.}}

#include "../checks/Inputs/task.h"
#include <array>
#include <corolint/annotations.h>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

using lock = std::unique_lock<std::mutex>;
std::mutex m, n;
std::shared_mutex rw;
task<> step();
task<int> number(int from = 0);
bool on();
void note(bool);
lock take();
lock try_take();
void look(const lock &l = lock(m));

struct has_lock { lock l; int x; };
struct lock_last { int x; lock l; };
struct nested { has_lock inner; int y; };
struct by_default { lock l{m}; int x = 0; };
struct deferred_by_default { lock l{m, std::defer_lock}; int x = 0; };
struct takes_a_lock { takes_a_lock(const lock &l = lock(m)) {} };
struct CORO_NO_SUSPEND("belongs to its thread") span { span(const char *); ~span(); };
struct has_span { span s; int x; };
span begin();

//===- a variable

// CHECK: FlowTemporaries.cpp:[[@LINE+1]]: copied: l holds a lock since FlowTemporaries.cpp:[[@LINE+1]] across [[@LINE+1]]
task<> copied() { auto l = lock(m); co_await step(); }
task<> copied_scope() { { auto l = lock(m); } co_await step(); }
task<> copied_unlocked() { auto l = lock(m); l.unlock(); co_await step(); }
// CHECK: FlowTemporaries.cpp:[[@LINE+1]]: braces: l holds a lock since FlowTemporaries.cpp:[[@LINE+1]] across [[@LINE+1]]
task<> braces() { auto l = lock{m}; co_await step(); }
task<> braces_scope() { { auto l = lock{m}; } { lock k = lock{m}; } { lock j = {m, std::adopt_lock}; } { lock i{lock{m}}; } co_await step(); }
task<> parens_scope() { { lock l((lock(m))); } { auto j(take()); } co_await step(); }
task<> deduced_scope() { { auto l = std::unique_lock(m); } { auto k = std::scoped_lock(m, n); } { auto j = std::shared_lock{rw}; } { auto i = std::lock_guard{m}; } co_await step(); }
// CHECK: FlowTemporaries.cpp:[[@LINE+1]]: deduced: k holds a lock since FlowTemporaries.cpp:[[@LINE+1]] across [[@LINE+1]]
task<> deduced() { auto k = std::scoped_lock(m, n); co_await step(); }
// CHECK: FlowTemporaries.cpp:[[@LINE+1]]: shared: k holds a lock since FlowTemporaries.cpp:[[@LINE+1]] across [[@LINE+1]]
task<> shared() { auto k = std::shared_lock{rw}; co_await step(); }
// CHECK: FlowTemporaries.cpp:[[@LINE+1]]: given: l holds a lock since FlowTemporaries.cpp:[[@LINE+1]] across [[@LINE+1]]
task<> given() { lock l = take(); co_await step(); }
task<> given_scope() { { lock l = take(); } co_await step(); }
task<> deferred() { auto l = lock(m, std::defer_lock); co_await step(); }
// CHECK: FlowTemporaries.cpp:[[@LINE+1]]: either: l holds a lock since FlowTemporaries.cpp:[[@LINE+1]] across [[@LINE+1]]
task<> either() { auto l = on() ? lock(m) : lock(n); co_await step(); }
task<> either_unlocked() { auto l = on() ? lock(m) : lock(n); l.unlock(); co_await step(); }
task<> either_scope() { { auto l = on() ? lock(m) : take(); } co_await step(); }
// CHECK: FlowTemporaries.cpp:[[@LINE+1]]: one_of_them: l holds a lock? since FlowTemporaries.cpp:[[@LINE+1]] across [[@LINE+1]]
task<> one_of_them() { auto l = on() ? lock(m) : lock(); co_await step(); }
// CHECK: FlowTemporaries.cpp:[[@LINE+1]]: after_a_comma: l holds a lock since FlowTemporaries.cpp:[[@LINE+1]] across [[@LINE+1]]
task<> after_a_comma() { auto l = (note(true), lock(m)); co_await step(); }
task<> after_a_comma_scope() { { auto l = (note(true), lock(m)); } co_await step(); }
task<> called_lambda_scope() { { auto l = [] { return lock(m); }(); } co_await step(); }
// CHECK: FlowTemporaries.cpp:[[@LINE+1]]: assigned: l holds a lock since FlowTemporaries.cpp:[[@LINE+1]] across [[@LINE+1]]
task<> assigned() { lock l; l = lock(m); co_await step(); }
task<> assigned_away() { auto l = lock(m); l = lock(); co_await step(); }
task<> assigned_temporary_ends() { lock l; l = take(); l = {}; co_await step(); }

//===- a reference

// CHECK: FlowTemporaries.cpp:[[@LINE+1]]: reference: l holds a lock since FlowTemporaries.cpp:[[@LINE+1]] across [[@LINE+1]]
task<> reference() { const auto &l = lock(m); co_await step(); }
task<> reference_scope() { { auto &&l = lock(m); } { const lock &k = take(); } { lock &&j{lock(m)}; } co_await step(); }
task<> reference_unlocked() { auto &&l = take(); l.unlock(); co_await step(); }
// CHECK: FlowTemporaries.cpp:[[@LINE+1]]: reference_to_a_member: l holds a lock since FlowTemporaries.cpp:[[@LINE+1]] across [[@LINE+1]]
task<> reference_to_a_member() { auto &&l = has_lock{lock(m), 1}.l; co_await step(); }
task<> reference_to_a_member_scope() { { auto &&l = has_lock{take(), 1}.l; } co_await step(); }
task<> another_name() { lock l(m); auto &same = l; same.unlock(); co_await step(); }
// CHECK: FlowTemporaries.cpp:[[@LINE+1]]: another_name_held: l holds a lock since FlowTemporaries.cpp:[[@LINE+1]] across [[@LINE+1]]
task<> another_name_held() { lock l(m); auto &same = l; co_await step(); }

//===- a part of an object

// CHECK: FlowTemporaries.cpp:[[@LINE+1]]: aggregate: a holds a lock since FlowTemporaries.cpp:[[@LINE+1]] across [[@LINE+1]]
task<> aggregate() { has_lock a{lock(m), 1}; co_await step(); }
task<> aggregate_scope() { { has_lock a{lock(m), 1}; } { has_lock b = {take(), 1}; } { has_lock c(lock(m), 1); } co_await step(); }
task<> aggregate_deferred() { has_lock a{lock(m, std::defer_lock), 1}; co_await step(); }
task<> aggregate_unlocked() { has_lock a{lock(m), 1}; a.l.unlock(); co_await step(); }
// CHECK: FlowTemporaries.cpp:[[@LINE+1]]: designated: a holds a lock since FlowTemporaries.cpp:[[@LINE+1]] across [[@LINE+1]]
task<> designated() { lock_last a{.x = 1, .l = lock(m)}; co_await step(); }
task<> designated_scope() { { lock_last a{.x = 1, .l = take()}; } co_await step(); }
// CHECK: FlowTemporaries.cpp:[[@LINE+1]]: nested_aggregate: a holds a lock since FlowTemporaries.cpp:[[@LINE+1]] across [[@LINE+1]]
task<> nested_aggregate() { nested a{{lock(m), 1}, 2}; co_await step(); }
task<> nested_scope() { { nested a{.inner = {.l = lock(m), .x = 1}, .y = 2}; } co_await step(); }
// CHECK: FlowTemporaries.cpp:[[@LINE+1]]: member_initialiser: a holds a lock since FlowTemporaries.cpp:[[@LINE+1]] across [[@LINE+1]]
task<> member_initialiser() { by_default a; co_await step(); }
task<> member_initialiser_scope() { { by_default a; } { by_default b{}; } co_await step(); }
task<> member_initialiser_deferred() { deferred_by_default a; co_await step(); }
// CHECK: FlowTemporaries.cpp:[[@LINE+1]]: captured: f holds a lock since FlowTemporaries.cpp:[[@LINE+1]] across [[@LINE+1]]
task<> captured() { auto f = [l = lock(m)] {}; co_await step(); }
task<> captured_scope() { { auto f = [l = take()] {}; } co_await step(); }
// CHECK: FlowTemporaries.cpp:[[@LINE+1]]: bound: l holds a lock since FlowTemporaries.cpp:[[@LINE+1]] across [[@LINE+1]]
task<> bound() { auto [l, x] = has_lock{lock(m), 1}; co_await step(); }
task<> bound_unlocked() { auto [l, x] = has_lock{lock(m), 1}; l.unlock(); co_await step(); }
task<> bound_scope() { { auto [l, x] = has_lock{lock(m), 1}; } { auto &&[k, y] = has_lock{take(), 1}; } co_await step(); }
// CHECK: FlowTemporaries.cpp:[[@LINE+1]]: array: both holds a lock since FlowTemporaries.cpp:[[@LINE+1]] across [[@LINE+1]]
task<> array() { std::lock_guard<std::mutex> both[] = {std::lock_guard(m), std::lock_guard(n)}; co_await step(); }
task<> array_scope() { { lock both[] = {lock(m), take()}; } lock none[2]; co_await step(); }

//===- in what the library holds

// CHECK: FlowTemporaries.cpp:[[@LINE+1]]: pair: p holds a lock since FlowTemporaries.cpp:[[@LINE+1]] across [[@LINE+1]]
task<> pair() { std::pair<lock, int> p{lock(m), 1}; co_await step(); }
// CHECK: FlowTemporaries.cpp:[[@LINE+1]]: pair_made: p holds a lock since FlowTemporaries.cpp:[[@LINE+1]] across [[@LINE+1]]
task<> pair_made() { auto p = std::make_pair(take(), 1); co_await step(); }
task<> pair_unlocked() { auto p = std::make_pair(take(), 1); p.first.unlock(); co_await step(); }
task<> pair_deferred() { auto p = std::make_pair(lock(m, std::defer_lock), 1); co_await step(); }
task<> pair_bound_unlocked() { auto [l, x] = std::make_pair(take(), 1); l.unlock(); co_await step(); }
// CHECK: FlowTemporaries.cpp:[[@LINE+1]]: tuple: t holds a lock since FlowTemporaries.cpp:[[@LINE+1]] across [[@LINE+1]]
task<> tuple() { std::tuple t{lock(m), 1}; co_await step(); }
task<> tuple_unlocked() { std::tuple t{lock(m), 1}; std::get<0>(t).unlock(); co_await step(); }
// CHECK: FlowTemporaries.cpp:[[@LINE+1]]: std_array: a holds a lock since FlowTemporaries.cpp:[[@LINE+1]] across [[@LINE+1]]
task<> std_array() { std::array<lock, 2> a{lock(m), lock(n)}; co_await step(); }
task<> std_array_empty() { std::array<lock, 2> a; co_await step(); }
// CHECK: FlowTemporaries.cpp:[[@LINE+1]]: variant: v holds a lock since FlowTemporaries.cpp:[[@LINE+1]] across [[@LINE+1]]
task<> variant() { std::variant<std::monostate, lock> v; v = lock(m); co_await step(); }
task<> variant_empty() { std::variant<std::monostate, lock> v; co_await step(); v = lock(m); v = std::monostate{}; co_await step(); v.emplace<lock>(m); v.emplace<std::monostate>(); co_await step(); }
// CHECK: FlowTemporaries.cpp:[[@LINE+1]]: vector: v holds a lock since FlowTemporaries.cpp:[[@LINE+1]] across [[@LINE+1]]
task<> vector() { std::vector<lock> v; v.emplace_back(m); co_await step(); }
// CHECK: FlowTemporaries.cpp:[[@LINE+1]]: vector_pushed: v holds a lock since FlowTemporaries.cpp:[[@LINE+1]] across [[@LINE+1]]
task<> vector_pushed() { std::vector<lock> v; v.push_back(lock(m)); co_await step(); }
task<> vector_cleared() { std::vector<lock> v; co_await step(); v.push_back(take()); v.clear(); co_await step(); }
// CHECK: FlowTemporaries.cpp:[[@LINE+1]]: optional: o holds a lock since FlowTemporaries.cpp:[[@LINE+1]] across [[@LINE+1]]
task<> optional() { std::optional<lock> o = lock(m); co_await step(); }
task<> optional_scope() { { std::optional<lock> o = lock(m); } { std::optional o{take()}; } std::optional<lock> k; k = lock(m); k = std::nullopt; co_await step(); }
// CHECK: FlowTemporaries.cpp:[[@LINE+1]]: owned: p holds a lock since FlowTemporaries.cpp:[[@LINE+1]] across [[@LINE+1]]
task<> owned() { auto p = std::make_unique<has_lock>(lock(m), 1); co_await step(); }
task<> owned_reset() { auto p = std::make_unique<lock>(m); p.reset(); co_await step(); }
task<> in_a_new_one() { auto p = new lock(lock(m)); delete p; co_await step(); }

//===- statements that declare

task<> if_init() { if (auto l = lock(m); on()) note(true); co_await step(); }
// CHECK: FlowTemporaries.cpp:[[@LINE+1]]: if_init_held: l holds a lock since FlowTemporaries.cpp:[[@LINE+1]] across [[@LINE+1]]
task<> if_init_held() { if (auto l = lock(m); on()) co_await step(); }
task<> if_variable() { if (auto l = take()) note(true); co_await step(); }
task<> switch_init() { switch (auto l = lock(m); int(on())) { default: break; } co_await step(); }
// CHECK: FlowTemporaries.cpp:[[@LINE+1]]: switch_init_held: l holds a lock since FlowTemporaries.cpp:[[@LINE+1]] across [[@LINE+1]]
task<> switch_init_held() { switch (auto l = lock(m); int(on())) { case 1: co_await step(); } }
task<> while_variable() { while (auto l = try_take()) note(true); co_await step(); }
task<> for_init() { for (auto l = lock(m); on();) note(true); co_await step(); }
// CHECK: FlowTemporaries.cpp:[[@LINE+1]]: for_init_held: l holds a lock since FlowTemporaries.cpp:[[@LINE+1]] across [[@LINE+1]]
task<> for_init_held() { for (auto l = lock(m); on();) co_await step(); }
task<> range_init() { for (auto l = lock(m); int x : {1, 2}) note(x); co_await step(); }
// CHECK: FlowTemporaries.cpp:[[@LINE+1]]: range_init_held: l holds a lock since FlowTemporaries.cpp:[[@LINE+1]] across [[@LINE+1]]
task<> range_init_held() { for (auto l = lock(m); int x : {1, 2}) co_await step(); }

//===- a temporary

task<> dropped() { lock{m}; (void)take(); take(); co_await step(); }
task<> asked() { note(lock(m).owns_lock()); bool b = take().owns_lock(); co_await step(); }
task<> in_one_arm() { on() ? note(lock(m).owns_lock()) : void(); co_await step(); }
task<> in_both_arms() { note(on() ? lock(m).owns_lock() : take().owns_lock()); co_await step(); }
task<> after_and() { bool b = on() && lock(m).owns_lock(); co_await step(); }
task<> after_or() { if (on() || lock(m).owns_lock() || take()) note(true); co_await step(); }
task<> nested_conditions() { bool b = on() && (on() ? lock(m).owns_lock() : on() || take().owns_lock()); co_await step(); }
task<> loop_condition() { while (on() && take()) note(true); do note(true); while (on() && lock(m)); for (; take() && on();) note(true); co_await step(); }
task<> default_argument() { look(); takes_a_lock t; takes_a_lock u{}; co_await step(); }
// CHECK: FlowTemporaries.cpp:[[@LINE+1]]: left_of_a_comma: a temporary holds a lock since FlowTemporaries.cpp:[[@LINE+1]] across [[@LINE+1]]
task<> left_of_a_comma() { int x = (take(), co_await number()); }
// CHECK: FlowTemporaries.cpp:[[@LINE+1]]: beside_an_await: a temporary holds a lock since FlowTemporaries.cpp:[[@LINE+1]] across [[@LINE+1]]
task<> beside_an_await() { note(take().owns_lock() && co_await number()); }
task<> after_an_await() { note(co_await number() && take().owns_lock()); co_await step(); }
// CHECK: FlowTemporaries.cpp:[[@LINE+1]]: inside_an_awaited_call: a temporary holds a lock since FlowTemporaries.cpp:[[@LINE+1]] across [[@LINE+1]]
task<> inside_an_awaited_call() { co_await number((look(lock(m)), 1)); }
task<> returned_later() { if (on()) { look(take()); co_return; } co_await step(); }

//===- what belongs to its thread

// CHECK: FlowTemporaries.cpp:[[@LINE+1]]: hostile: s is alive since FlowTemporaries.cpp:[[@LINE+1]] across [[@LINE+1]]
task<> hostile() { auto s = span("x"); co_await step(); }
task<> hostile_scope() { { auto s = span("x"); } { auto &&s = begin(); } { span s = begin(); } { has_span s{span("x"), 1}; } co_await step(); }
// CHECK: FlowTemporaries.cpp:[[@LINE+1]]: hostile_aggregate: s is alive since FlowTemporaries.cpp:[[@LINE+1]] across [[@LINE+1]]
task<> hostile_aggregate() { has_span s{.s = span("x"), .x = 1}; co_await step(); }
// CHECK: FlowTemporaries.cpp:[[@LINE+1]]: hostile_reference: s is alive since FlowTemporaries.cpp:[[@LINE+1]] across [[@LINE+1]]
task<> hostile_reference() { const span &s = span("x"); co_await step(); }
task<> hostile_in_a_condition() { if (auto s = span("x"); on()) note(true); bool b = on() && (span("x"), true); co_await step(); }
task<> hostile_capture() { { auto f = [s = span("x")] {}; } co_await step(); }
