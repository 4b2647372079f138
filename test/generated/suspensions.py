# ===- suspensions.py - How a suspension is written -------------------------===//
#
# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# ===------------------------------------------------------------------------===//
"""The places of a `co_await`, for the body of a coroutine that returns task<int>; and what all tables
need of C++."""

PRELUDE = """
#include "task.h"
#include <array>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <tuple>
#include <utility>
#include <vector>
task<> step();
task<int> num();
task<bool> truth();
task<int> twice(int);
task<std::pair<int, int>> both();
task<std::vector<int>> numbers();
task<std::string> text();
struct point { int x = 0, y = 0; };
struct error { int code; };
bool on();
void use(int);
extern int table[8];
"""

# name -> code; each suspends once on some path that goes on.
SUSPENDS = {
    "a statement": "co_await step();",
    "an initialiser": "int x = co_await num(); use(x);",
    "an initialiser in parentheses": "int x(co_await num()); use(x);",
    "an initialiser in braces": "int x{co_await num()}; use(x);",
    "a reference": "auto &&x = co_await num(); use(x);",
    "a structured binding": "auto [p, q] = co_await both(); use(p + q);",
    "an aggregate": "point p{co_await num(), 1}; use(p.x);",
    "a designated initialiser": "point p{.x = co_await num(), .y = 2}; use(p.y);",
    "an array": "int a[] = {1, co_await num()}; use(a[1]);",
    "an argument": "use(co_await num());",
    "an operand": "use(1 + co_await num());",
    "an argument of what is awaited": "use(co_await twice(co_await num()));",
    "a constructor's argument": "std::string s(co_await num(), 'x'); use(s.size());",
    "an object of a member": "use((co_await text()).size());",
    "an index": "use(table[co_await num()]);",
    "an assignment": "int x = 0; x = co_await num(); use(x);",
    "a compound assignment": "int x = 0; x += co_await num(); use(x);",
    "a new expression": "std::unique_ptr<int> p(new int(co_await num())); use(*p);",
    "a condition": "if (co_await truth()) use(1);",
    "a negated condition": "if (!co_await truth()) use(1);",
    "a comparison": "if (co_await num() == 3) use(1);",
    "a condition with a declaration": "if (int x = co_await num()) use(x);",
    "an init-statement": "if (int x = co_await num(); x > 1) use(x);",
    "an init-statement of switch": "switch (int x = co_await num(); x) { case 1: use(x); }",
    "a switch": "switch (co_await num()) { case 1: use(1); break; default: use(2); }",
    "a case": "switch (table[0]) { case 1: co_await step(); break; default: use(2); }",
    "a branch": "if (on()) co_await step();",
    "an else": "if (on()) use(1); else co_await step();",
    "if constexpr": "if constexpr (sizeof(int) == 4) co_await step(); else use(1);",
    "right of &&": "if (on() && co_await truth()) use(1);",
    "right of ||": "if (on() || co_await truth()) use(1);",
    "left of &&": "if (co_await truth() && on()) use(1);",
    "both sides of &&": "if (on() && (table[0] || co_await truth())) use(1);",
    "an arm of ?:": "use(on() ? co_await num() : 2);",
    "the other arm of ?:": "use(on() ? 2 : co_await num());",
    "the condition of ?:": "use(co_await truth() ? 1 : 2);",
    "right of a comma": "use(0), co_await step();",
    "left of a comma": "co_await step(), use(0);",
    "a while": "while (co_await truth()) use(1);",
    "a body of while": "while (on()) co_await step();",
    "a do": "do { use(1); } while (co_await truth());",
    "a body of do": "do { co_await step(); } while (on());",
    "a for": "for (int i = 0; i < 3; ++i) co_await step();",
    "a condition of for": "for (int i = 0; i < co_await num(); ++i) use(i);",
    "an increment of for": "for (int i = 0; i < 3; i += co_await num()) use(i);",
    "an initialiser of for": "for (int i = co_await num(); i < 3; ++i) use(i);",
    "a range": "for (int x : co_await numbers()) use(x);",
    "a body of range-for": "for (int x : std::array{1, 2}) { use(x); co_await step(); }",
    "an init-statement of range-for": "for (int y = co_await num(); int x : std::array{1, 2}) use(x + y);",
    "a block": "{ { co_await step(); } }",
    "a label": "again: co_await step(); if (on()) goto again;",
    "a try": "try { co_await step(); } catch (int) { use(1); }",
    "a throw": "if (on()) throw error{co_await num()};",
    "a co_return": "if (on()) co_return co_await num();",
    "a cast": "use(static_cast<long>(co_await num()));",
    "void": "(void)co_await num();",
    "a lambda's initialiser": "auto f = [x = co_await num()] { return x; }; use(f());",
    "an argument of a lambda": "use([](int x) { return x + 1; }(co_await num()));",
    "an optional": "std::optional<int> o = co_await num(); use(*o);",
    "a pair": "std::pair p(co_await num(), 2); use(p.first);",
    "an initialiser list": "std::vector<int> v{1, co_await num()}; use(v[1]);",
    "parentheses": "use(((co_await num())));",
}

# What looks like one, and never suspends this coroutine.
NEVER = {
    "nothing": "use(1);",
    "a ready awaiter": "co_await std::suspend_never{};",
    "an operand of sizeof": "use(sizeof(num()));",
    "a lambda that nobody calls": "auto f = []() -> task<> { co_await step(); }; use(sizeof(f));",
    "a discarded branch": "if constexpr (sizeof(int) == 1) use(1); else use(2);",
}

# Where the scope of what {make} declares has ended before {then}.
ENDED = {
    "in a block": "{{ {make} use(1); }} {then}",
    "in two blocks": "{{ {{ {make} }} use(1); }} {then}",
    "in a branch": "if (on()) {{ {make} use(1); }} {then}",
    "in a loop": "for (int i = 0; i < 2; ++i) {{ {make} use(i); }} {then}",
    "in a try": "try {{ {make} use(1); }} catch (int) {{ use(2); }} {then}",
    "in a case": "switch (table[0]) {{ case 1: {{ {make} use(1); break; }} default: use(2); }} {then}",
    "after it": "{then} {make} use(1);",
    "in another branch": "if (on()) {{ {make} use(1); }} else {{ {then} }}",
    "left before": "if (on()) {{ {make} co_return 1; }} {then}",
    "in a lambda": "[&] {{ {make} use(1); }}(); {then}",
}


def coroutine(body):
    return f"task<int> f() {{\n  {body}\n  co_return 0;\n}}"
