// What a call does to locks is read from the body of what it calls: a mutex that is left locked, or
// given back; a guard of one's own, whose destructor unlocks. Each function is on one line: what is
// held, is so since that line and across it.
//
// RUN: %corolint dump --held %s -- -std=c++20 | %FileCheck %s --match-full-lines --implicit-check-not={{.}}

#include "../checks/Inputs/task.h"
#include <atomic>
#include <exception>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>

std::mutex m, n;
std::shared_mutex rw;
task<> step();
bool on();
void note(bool);
void unknown(std::mutex &);

//===- functions

void lock_it(std::mutex &x) { x.lock(); }
void unlock_it(std::mutex &x) { x.unlock(); }
void lock_where(std::mutex *x) { lock_it(*x); }
void unlock_where(std::mutex *x) { unlock_it(*x); }
void lock_both() { m.lock(); lock_it(n); }
void unlock_both() { n.unlock(); unlock_it(m); }
void use_it() { m.lock(); note(true); m.unlock(); }
void use_guarded() { std::lock_guard l(m); note(true); }
void let_in() { m.unlock(); note(true); m.lock(); }
bool try_it() { return m.try_lock(); }
bool try_long() { if (!m.try_lock()) return false; note(true); return true; }
void lock_if(bool wanted) { if (wanted) m.lock(); }
void again(int times) { m.lock(); if (times) { m.unlock(); again(times - 1); m.lock(); } m.unlock(); }
void lock_shared_one(std::shared_ptr<std::mutex> x) { x->lock(); }
[[noreturn]] void fail();
void lock_or_fail() { m.lock(); if (on()) { m.unlock(); fail(); } }
void end(std::unique_lock<std::mutex> &l) { l.unlock(); }
void ask(std::unique_lock<std::mutex> &l) { note(l.owns_lock()); }
void ask_and_end(std::unique_lock<std::mutex> &l) { ask(l); end(l); }
void consume(std::unique_lock<std::mutex> l) {}
template <class Mutex> void lock_any(Mutex &x) { x.lock(); }

// CHECK: FlowEffects.cpp:[[@LINE+1]]: locked: m is locked since FlowEffects.cpp:[[@LINE+1]] across [[@LINE+1]]
task<> locked() { lock_it(m); co_await step(); }
task<> unlocked() { lock_it(m); unlock_it(m); co_await step(); }
task<> locked_then_unlocked_by_hand() { lock_it(m); m.unlock(); co_await step(); m.lock(); unlock_it(m); co_await step(); }
// CHECK: FlowEffects.cpp:[[@LINE+1]]: through_a_pointer: m is locked since FlowEffects.cpp:[[@LINE+1]] across [[@LINE+1]]
task<> through_a_pointer() { lock_where(&m); co_await step(); }
task<> through_a_pointer_unlocked() { lock_where(&m); unlock_where(&m); co_await step(); }
// CHECK: FlowEffects.cpp:[[@LINE+1]]: both: m is locked since FlowEffects.cpp:[[@LINE+1]] across [[@LINE+1]]
task<> both() { lock_both(); co_await step(); unlock_both(); co_await step(); }
task<> balanced() { use_it(); use_guarded(); again(3); co_await step(); }
// CHECK: FlowEffects.cpp:[[@LINE+1]]: balanced_under_a_lock: n is locked since FlowEffects.cpp:[[@LINE+1]] across [[@LINE+1]]
task<> balanced_under_a_lock() { n.lock(); use_it(); co_await step(); }
// CHECK: FlowEffects.cpp:[[@LINE+1]]: let_in_meanwhile: m is locked since FlowEffects.cpp:[[@LINE+1]] across [[@LINE+1]]
task<> let_in_meanwhile() { m.lock(); let_in(); co_await step(); }
// CHECK: FlowEffects.cpp:[[@LINE+1]]: tried: m is locked since FlowEffects.cpp:[[@LINE+1]] across [[@LINE+1]]
task<> tried() { if (try_it()) { co_await step(); m.unlock(); } }
task<> tried_in_vain() { if (!try_it()) { co_await step(); co_return; } m.unlock(); co_await step(); }
task<> tried_in_vain_in_more_lines() { while (!try_long()) co_await step(); m.unlock(); }
task<> answered() { bool got = try_it(); if (!got) { co_await step(); co_return; } m.unlock(); }
// CHECK: FlowEffects.cpp:[[@LINE+1]]: perhaps: m is locked? since FlowEffects.cpp:[[@LINE+1]] across [[@LINE+1]]
task<> perhaps() { lock_if(on()); co_await step(); }
// CHECK: FlowEffects.cpp:[[@LINE+1]]: of_a_smart_pointer: p is locked since FlowEffects.cpp:[[@LINE+1]] across [[@LINE+1]]
task<> of_a_smart_pointer(std::shared_ptr<std::mutex> p) { lock_shared_one(p); co_await step(); }
// CHECK: FlowEffects.cpp:[[@LINE+1]]: not_after_an_abort: m is locked since FlowEffects.cpp:[[@LINE+1]] across [[@LINE+1]]
task<> not_after_an_abort() { lock_or_fail(); co_await step(); }
// CHECK: FlowEffects.cpp:[[@LINE+1]]: of_a_template: rw is locked since FlowEffects.cpp:[[@LINE+1]] across [[@LINE+1]]
task<> of_a_template() { lock_any(rw); co_await step(); }
task<> guard_ended() { std::unique_lock l(m); end(l); co_await step(); }
// CHECK: FlowEffects.cpp:[[@LINE+1]]: guard_asked: l holds a lock since FlowEffects.cpp:[[@LINE+1]] across [[@LINE+1]]
task<> guard_asked() { std::unique_lock l(m); ask(l); co_await step(); }
task<> guard_ended_below() { std::unique_lock l(m); ask_and_end(l); co_await step(); }
task<> guard_consumed() { std::unique_lock l(m); consume(std::move(l)); co_await step(); }
// CHECK: FlowEffects.cpp:[[@LINE+1]]: on_the_spot: m is locked since FlowEffects.cpp:[[@LINE+1]] across [[@LINE+1]]
task<> on_the_spot() { [&] { m.lock(); }(); co_await step(); }
task<> on_the_spot_unlocked() { m.lock(); [&] { m.unlock(); }(); co_await step(); }
task<> by_a_closure() { auto leave = [&] { m.unlock(); }; m.lock(); leave(); co_await step(); }
task<> guard_in_a_closure() { std::unique_lock l(m); auto leave = [&] { l.unlock(); }; leave(); co_await step(); }
// CHECK: FlowEffects.cpp:[[@LINE+1]]: guard_asked_in_a_closure: l holds a lock since FlowEffects.cpp:[[@LINE+1]] across [[@LINE+1]]
task<> guard_asked_in_a_closure() { std::unique_lock l(m); auto f = [&] { note(l.owns_lock()); }; f(); co_await step(); }
task<> same_mutex_by_another_name() { auto &same = m; same.lock(); m.unlock(); co_await step(); }

//===- guards of one's own

struct guard { explicit guard(std::mutex &x) : x(x) { x.lock(); } ~guard() { x.unlock(); } guard(guard &&); std::mutex &x; };
// CHECK: FlowEffects.cpp:[[@LINE+1]]: of_a_reference: g holds a lock since FlowEffects.cpp:[[@LINE+1]] across [[@LINE+1]]
task<> of_a_reference() { guard g(m); co_await step(); }
task<> of_a_reference_scope() { { guard g(m); } { auto h = guard(m); } { auto &&i = guard{m}; } co_await step(); }
task<> temporary() { (void)guard(m); note(true); co_await step(); }
guard make() { return guard(m); }
// CHECK: FlowEffects.cpp:[[@LINE+1]]: made: g holds a lock since FlowEffects.cpp:[[@LINE+1]] across [[@LINE+1]]
task<> made() { auto g = make(); co_await step(); }
task<> made_scope() { { auto g = make(); } co_await step(); }
// CHECK: FlowEffects.cpp:[[@LINE+1]]: a_parameter: g holds a lock since FlowEffects.cpp:[[@LINE+1]] across [[@LINE+1]]
task<> a_parameter(guard g) { co_await step(); }
task<> in_an_optional() { std::optional<guard> g; co_await step(); g.emplace(m); g.reset(); co_await step(); }
// CHECK: FlowEffects.cpp:[[@LINE+1]]: in_an_optional_held: g holds a lock since FlowEffects.cpp:[[@LINE+1]] across [[@LINE+1]]
task<> in_an_optional_held() { std::optional<guard> g; g.emplace(m); co_await step(); }
// CHECK: FlowEffects.cpp:[[@LINE+1]]: owned: g holds a lock since FlowEffects.cpp:[[@LINE+1]] across [[@LINE+1]]
task<> owned() { auto g = std::make_unique<guard>(m); co_await step(); }
struct around { guard g; int x; };
// CHECK: FlowEffects.cpp:[[@LINE+1]]: in_a_member: a holds a lock since FlowEffects.cpp:[[@LINE+1]] across [[@LINE+1]]
task<> in_a_member() { around a{guard(m), 1}; co_await step(); }

struct of_pointer { explicit of_pointer(std::mutex *x) : x(x) { x->lock(); } ~of_pointer() { if (x) x->unlock(); } void unlock() { x->unlock(); x = nullptr; } std::mutex *x; };
// CHECK: FlowEffects.cpp:[[@LINE+1]]: pointer: g holds a lock since FlowEffects.cpp:[[@LINE+1]] across [[@LINE+1]]
task<> pointer() { of_pointer g(&m); co_await step(); }
task<> pointer_unlocked() { of_pointer g(&m); g.unlock(); co_await step(); }

struct of_shared { explicit of_shared(std::shared_ptr<std::mutex> x) : x(std::move(x)) { this->x->lock(); } ~of_shared() { x->unlock(); } std::shared_ptr<std::mutex> x; };
// CHECK: FlowEffects.cpp:[[@LINE+1]]: shared_pointer: g holds a lock since FlowEffects.cpp:[[@LINE+1]] across [[@LINE+1]]
task<> shared_pointer(std::shared_ptr<std::mutex> p) { of_shared g(p); co_await step(); }

template <class Mutex> struct of_any { explicit of_any(Mutex &x) : x(x) { x.lock(); } ~of_any() { x.unlock(); } Mutex &x; };
// CHECK: FlowEffects.cpp:[[@LINE+1]]: any: g holds a lock since FlowEffects.cpp:[[@LINE+1]] across [[@LINE+1]]
task<> any() { of_any g(rw); co_await step(); }

struct reading { explicit reading(std::shared_mutex &x) : x(x) { x.lock_shared(); } ~reading() { x.unlock_shared(); } std::shared_mutex &x; };
// CHECK: FlowEffects.cpp:[[@LINE+1]]: read: g holds a lock since FlowEffects.cpp:[[@LINE+1]] across [[@LINE+1]]
task<> read() { reading g(rw); co_await step(); }

struct by_helpers { explicit by_helpers(std::mutex &x) : x(x) { enter(); } ~by_helpers() { leave(); } void enter() { x.lock(); } void leave() { x.unlock(); } std::mutex &x; };
// CHECK: FlowEffects.cpp:[[@LINE+1]]: helpers: g holds a lock since FlowEffects.cpp:[[@LINE+1]] across [[@LINE+1]]
task<> helpers() { by_helpers g(m); co_await step(); }
task<> helpers_left() { by_helpers g(m); g.leave(); co_await step(); g.enter(); }

struct of_a_global { of_a_global() { lock_both(); } ~of_a_global() { unlock_both(); } };
// CHECK: FlowEffects.cpp:[[@LINE+1]]: global: g holds a lock since FlowEffects.cpp:[[@LINE+1]] across [[@LINE+1]]
task<> global() { of_a_global g; co_await step(); }

struct begun_later { explicit begun_later(std::mutex &x) : x(x) {} void begin() { x.lock(); held = true; } void end() { x.unlock(); held = false; } ~begun_later() { if (held) x.unlock(); } std::mutex &x; bool held = false; };
task<> not_begun() { begun_later g(m); co_await step(); }
// CHECK: FlowEffects.cpp:[[@LINE+1]]: begun: g is locked since FlowEffects.cpp:[[@LINE+1]] across [[@LINE+1]]
task<> begun() { begun_later g(m); g.begin(); co_await step(); }
task<> begun_and_ended() { begun_later g(m); g.begin(); g.end(); co_await step(); }

struct adopts { explicit adopts(std::mutex &x) : x(x) {} ~adopts() { x.unlock(); } std::mutex &x; };
// CHECK: FlowEffects.cpp:[[@LINE+1]]: adopted: m is locked since FlowEffects.cpp:[[@LINE+1]] across [[@LINE+1]]
task<> adopted() { m.lock(); adopts g(m); co_await step(); }
task<> adopted_scope() { m.lock(); { adopts g(m); } co_await step(); }

struct no_guard { explicit no_guard(std::mutex &x) : x(x) { x.lock(); } void commit() { x.unlock(); } std::mutex &x; };
// CHECK: FlowEffects.cpp:[[@LINE+1]]: by_members: m is locked since FlowEffects.cpp:[[@LINE+1]] across [[@LINE+1]]
task<> by_members() { no_guard g(m); co_await step(); g.commit(); co_await step(); }
task<> by_members_committed() { no_guard g(m); g.commit(); co_await step(); }

struct ends_threads { std::mutex x; bool done; ~ends_threads() { x.lock(); done = true; x.unlock(); } };
task<> no_guard_at_all() { ends_threads e; co_await step(); }

//===- classes around a lock

class session { std::unique_lock<std::mutex> l; public: session() : l(m) {} void close() { l.unlock(); } };
// CHECK: FlowEffects.cpp:[[@LINE+1]]: member: s holds a lock since FlowEffects.cpp:[[@LINE+1]] across [[@LINE+1]]
task<> member() { session s; co_await step(); }
task<> member_closed() { session s; s.close(); co_await step(); }
// CHECK: FlowEffects.cpp:[[@LINE+1]]: later::held: l is locked since FlowEffects.cpp:[[@LINE+1]] across [[@LINE+1]]
class later { std::unique_lock<std::mutex> l; public: void open() { l = std::unique_lock(m); } void close() { l = {}; } task<> work() { open(); close(); co_await step(); } task<> held() { open(); co_await step(); } };
class opened_later { std::unique_lock<std::mutex> l{m, std::defer_lock}; public: opened_later() {} void open() { l.lock(); } void close() { l.unlock(); } int size() { return 0; } };
task<> not_opened() { opened_later s; s.size(); co_await step(); }
// CHECK: FlowEffects.cpp:[[@LINE+1]]: opened: s holds a lock since FlowEffects.cpp:[[@LINE+1]] across [[@LINE+1]]
task<> opened() { opened_later s; s.open(); co_await step(); s.close(); co_await step(); }
struct derived : session { int x; };
// CHECK: FlowEffects.cpp:[[@LINE+1]]: inherited: d holds a lock since FlowEffects.cpp:[[@LINE+1]] across [[@LINE+1]]
task<> inherited() { derived d; co_await step(); }
task<> inherited_closed() { derived d; d.close(); co_await step(); }
// CHECK: FlowEffects.cpp:[[@LINE+1]]: in_a_pointer: s holds a lock since FlowEffects.cpp:[[@LINE+1]] across [[@LINE+1]]
task<> in_a_pointer() { auto s = std::make_unique<session>(); co_await step(); }

class two { std::shared_mutex a, b; public: void lock_low() { a.lock(); b.lock(); } void unlock_low() { a.unlock(); b.unlock(); } void enter() { lock_low(); } void leave() { unlock_low(); } };
two q;
// CHECK: FlowEffects.cpp:[[@LINE+1]]: by_other_names: q is locked since FlowEffects.cpp:[[@LINE+1]] across [[@LINE+1]]
task<> by_other_names() { q.lock_low(); co_await step(); q.unlock_low(); }
task<> by_other_names_unlocked() { q.lock_low(); q.unlock_low(); co_await step(); }
// CHECK: FlowEffects.cpp:[[@LINE+1]]: by_still_others: q is locked since FlowEffects.cpp:[[@LINE+1]] across [[@LINE+1]]
task<> by_still_others() { q.enter(); co_await step(); q.leave(); }
// CHECK: FlowEffects.cpp:[[@LINE+1]]: of_a_parameter: p is locked since FlowEffects.cpp:[[@LINE+1]] across [[@LINE+1]]
task<> of_a_parameter(two &p) { p.lock_low(); co_await step(); p.unlock_low(); }
task<> of_a_pointer(two *p) { p->enter(); p->leave(); co_await step(); }
// CHECK: FlowEffects.cpp:[[@LINE+1]]: owner::work: inner is locked since FlowEffects.cpp:[[@LINE+1]] across [[@LINE+1]]
struct owner { two inner; task<> work() { inner.lock_low(); co_await step(); inner.unlock_low(); } task<> rest() { inner.enter(); inner.leave(); co_await step(); } };
struct low_guard { two &t; low_guard(two &t) : t(t) { t.lock_low(); } ~low_guard() { t.unlock_low(); } };
// CHECK: FlowEffects.cpp:[[@LINE+1]]: guard_of_other_names: g holds a lock since FlowEffects.cpp:[[@LINE+1]] across [[@LINE+1]]
task<> guard_of_other_names() { low_guard g(q); co_await step(); }

struct spins { std::atomic_flag taken; void lock() { while (taken.test_and_set()) ; } void unlock() { taken.clear(); } bool try_lock() { return !taken.test_and_set(); } };
spins sp;
// CHECK: FlowEffects.cpp:[[@LINE+1]]: spun: sp is locked since FlowEffects.cpp:[[@LINE+1]] across [[@LINE+1]]
task<> spun() { sp.lock(); co_await step(); sp.unlock(); }
task<> spun_and_unlocked() { sp.lock(); sp.unlock(); co_await step(); }
task<> spun_in_vain() { if (!sp.try_lock()) { co_await step(); co_return; } sp.unlock(); }
struct door { bool closed; void lock() { closed = true; } void unlock() { closed = false; } };
task<> no_lock_at_all(door &d) { d.lock(); co_await step(); d.unlock(); }
struct elsewhere { std::mutex x; void lock_all(); void unlock_all(); };
// CHECK: FlowEffects.cpp:[[@LINE+1]]: body_elsewhere: e is locked? since FlowEffects.cpp:[[@LINE+1]] across [[@LINE+1]]
task<> body_elsewhere(elsewhere &e) { e.lock_all(); co_await step(); e.unlock_all(); }
task<> body_elsewhere_unlocked(elsewhere &e) { e.lock_all(); e.unlock_all(); co_await step(); }

//===- moved, exchanged, swapped

// CHECK: FlowEffects.cpp:[[@LINE+1]]: exchanged: k holds a lock since FlowEffects.cpp:[[@LINE+1]] across [[@LINE+1]]
task<> exchanged() { std::unique_lock l(m); auto k = std::exchange(l, {}); co_await step(); }
task<> exchanged_unlocked() { std::unique_lock l(m); auto k = std::exchange(l, {}); k.unlock(); co_await step(); }
task<> swapped() { std::unique_lock l(m); std::unique_lock<std::mutex> k; std::swap(l, k); k.unlock(); co_await step(); }
task<> swapped_members() { std::unique_lock l(m); std::unique_lock<std::mutex> k; l.swap(k); k = {}; co_await step(); }

//===- what counts exceptions

struct on_failure { int before = std::uncaught_exceptions(); ~on_failure() { note(std::uncaught_exceptions() > before); } };
// CHECK: FlowEffects.cpp:[[@LINE+1]]: failure: f is alive since FlowEffects.cpp:[[@LINE+1]] across [[@LINE+1]]
task<> failure() { on_failure f; co_await step(); }
task<> failure_scope() { { on_failure f; } { auto g = on_failure{}; } co_await step(); }
struct counts { int before; counts() : before(std::uncaught_exceptions()) {} bool failed() const { return std::uncaught_exceptions() > before; } };
template <class F> struct calls_on_failure { F f; counts c; explicit calls_on_failure(F f) : f(std::move(f)) {} ~calls_on_failure() { if (c.failed()) f(); } };
// CHECK: FlowEffects.cpp:[[@LINE+1]]: failure_of_a_member: f is alive since FlowEffects.cpp:[[@LINE+1]] across [[@LINE+1]]
task<> failure_of_a_member() { calls_on_failure f([] {}); co_await step(); }
struct by_argument { int before; explicit by_argument(int b = std::uncaught_exceptions()) : before(b) {} ~by_argument() { note(std::uncaught_exceptions() > before); } };
// CHECK: FlowEffects.cpp:[[@LINE+1]]: failure_of_an_argument: f is alive since FlowEffects.cpp:[[@LINE+1]] across [[@LINE+1]]
task<> failure_of_an_argument() { by_argument f; co_await step(); }
struct only_asks { ~only_asks() { note(std::uncaught_exceptions() > 0); } };
task<> counts_nothing() { only_asks a; co_await step(); }

//===- what is done at the end of a scope

template <class F> struct at_the_end { F f; ~at_the_end() { f(); } };
// CHECK: FlowEffects.cpp:[[@LINE+1]]: given_back_at_the_end: m is locked since FlowEffects.cpp:[[@LINE+1]] across [[@LINE+1]]
task<> given_back_at_the_end() { m.lock(); at_the_end e{[] { m.unlock(); }}; co_await step(); }
task<> given_back_at_the_end_of_a_scope() { m.lock(); { at_the_end e{[] { m.unlock(); }}; note(true); } co_await step(); }
task<> given_back_by_a_named_one() { m.lock(); auto leave = [] { m.unlock(); }; { at_the_end e{leave}; } co_await step(); }
task<> something_else_at_the_end() { at_the_end e{[] { note(true); }}; co_await step(); }

//===- which move

struct movable { std::mutex *x; explicit movable(std::mutex &x) : x(&x) { x.lock(); } movable(movable &&o) : x(std::exchange(o.x, nullptr)) {} ~movable() { if (x) x->unlock(); } };
void sink(movable);
task<> moved_away() { movable a(m); sink(std::move(a)); co_await step(); }
// CHECK: FlowEffects.cpp:[[@LINE+1]]: moved_on: b holds a lock since FlowEffects.cpp:[[@LINE+1]] across [[@LINE+1]]
task<> moved_on() { movable a(m); movable b = std::move(a); co_await step(); }
task<> moved_on_scope() { movable a(m); { movable b = std::move(a); } co_await step(); }
struct base { std::mutex &x; explicit base(std::mutex &x) : x(x) { x.lock(); } virtual ~base() { x.unlock(); } };
struct same_constructors : base { using base::base; };
// CHECK: FlowEffects.cpp:[[@LINE+1]]: inherited_constructor: g holds a lock since FlowEffects.cpp:[[@LINE+1]] across [[@LINE+1]]
task<> inherited_constructor() { same_constructors g(m); co_await step(); }
// CHECK: FlowEffects.cpp:[[@LINE+1]]: through_the_base: g holds a lock since FlowEffects.cpp:[[@LINE+1]] across [[@LINE+1]]
task<> through_the_base() { std::unique_ptr<base> g = std::make_unique<same_constructors>(m); co_await step(); }
task<> through_the_base_reset() { std::unique_ptr<base> g = std::make_unique<same_constructors>(m); g = nullptr; co_await step(); }

//===- what hands out an object with a lock in it

template <class T> struct synchronized { T value; std::mutex x; struct access { T *p; std::unique_lock<std::mutex> l; T *operator->() { return p; } }; access lock() { return {&value, std::unique_lock(x)}; } };
struct counter { int n; void add(int); };
synchronized<counter> shared;
task<int> number();
task<> used_in_a_statement() { shared.lock()->add(1); co_await step(); }
// CHECK: FlowEffects.cpp:[[@LINE+1]]: used_with_an_await: a temporary holds a lock since FlowEffects.cpp:[[@LINE+1]] across [[@LINE+1]]
task<> used_with_an_await() { shared.lock()->add(co_await number()); }
// CHECK: FlowEffects.cpp:[[@LINE+1]]: kept: a holds a lock since FlowEffects.cpp:[[@LINE+1]] across [[@LINE+1]]
task<> kept() { auto a = shared.lock(); a->add(1); co_await step(); }
task<> kept_scope() { { auto a = shared.lock(); a->add(1); } co_await step(); }
