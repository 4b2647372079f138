# ===- coro_hostile_object_across_suspension_cases.py ------------------------===//
#
# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# ===------------------------------------------------------------------------===//
"""An object of a type that must not live across a suspension: what makes it, and where it ends."""

from suspensions import ENDED, NEVER, SUSPENDS, coroutine
from suspensions import PRELUDE as COMMON

PRELUDE = COMMON + """
#include <corolint/annotations.h>
class CORO_NO_SUSPEND("it belongs to its thread") span {
public:
  explicit span(const char *name);
  span(span &&) noexcept;
  ~span();
  bool sampled() const;
};
span begin();
void keep(span);
struct holder { span s; int more = 0; };
"""

OBJECTS = {
    "span(x)": 'span g("x");',
    "span{x}": 'span g{"x"};',
    "auto = span(x)": 'auto g = span("x");',
    "auto = span{x}": 'auto g = span{"x"};',
    "span = span(x)": 'span g = span("x");',
    "auto{}": 'auto g{span("x")};',
    "const auto =": 'const auto g = span("x");',
    "auto &&": 'auto &&g = span("x");',
    "const auto &": 'const auto &g = span("x");',
    "from a function": "span g = begin();",
    "auto from a function": "auto g = begin();",
    "auto && from a function": "auto &&g = begin();",
    "aggregate": 'holder g{span("x")};',
    "designated": "holder g{.s = begin(), .more = 2};",
    "auto = aggregate": 'auto g = holder{span("x"), 1};',
    "optional": "std::optional<span> g(begin());",
    "?: of two": 'auto g = on() ? begin() : span("x");',
    "structured binding": "auto [g, more] = holder{begin()};",
    "member of a temporary": "auto &&g = holder{begin()}.s;",
    "moved here": "span from = begin(); auto g = std::move(from);",
}

TEMPORARY = {
    "argument": "use(begin().sampled());",
    "arm of ?:": "on() ? use(begin().sampled()) : use(1);",
    "right of &&": "use(on() && begin().sampled());",
    "left of ||": "use(begin().sampled() || on());",
    "initialiser": 'bool b = span("x").sampled(); use(b);',
    "discarded": "begin();",
    "given away": "keep(begin());",
    "aggregate": "use(holder{begin()}.more);",
    "condition": "if (begin().sampled()) use(1);",
    "condition of while": "while (begin().sampled()) use(1);",
}

TEMPORARY_ACROSS = {
    "comma": "(begin(), use(co_await num()));",
    "left of &&": "use(begin().sampled() && co_await truth());",
    "condition of ?:": "use(begin().sampled() ? co_await num() : 1);",
    "braces": "point p{begin().sampled(), co_await num()}; use(p.x);",
}


def cases(Case):
    result = []
    statement = SUSPENDS["a statement"]
    for name, make in OBJECTS.items():
        for where, suspends in SUSPENDS.items():
            if where != "a label":
                result.append(Case((name, "alive", where), coroutine(f"{make} {suspends}"), 1))
        for where, never in NEVER.items():
            result.append(Case((name, "alive", where), coroutine(f"{make} {never}"), 0))
        for where, shape in ENDED.items():
            result.append(Case((name, where), coroutine(shape.format(make=make, then=statement)), 0))
    for name, code in TEMPORARY.items():
        for where, suspends in SUSPENDS.items():
            result.append(Case(("temporary", name, "before", where), coroutine(f"{code} {suspends}"), 0))
        result.append(Case(("temporary", name, "in a loop"), coroutine(f"while (on()) {{ {code} {statement} }}"), 0))
    for name, code in TEMPORARY_ACROSS.items():
        result.append(Case(("temporary", name, "across"), coroutine(code), 1))
    return result
