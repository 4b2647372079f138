# ===- coro_suspending_initializer_cases.py ----------------------------------===//
#
# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# ===------------------------------------------------------------------------===//
"""Suspensions in a static's initialiser, in macros that a release leaves out, and in others that it does not."""

from suspensions import PRELUDE as COMMON
from suspensions import SUSPENDS, coroutine

PRELUDE = "#undef NDEBUG\n#include <cassert>\n" + COMMON + """
[[noreturn]] void fail(const char *);
#define CHECK(x) do { if (!(x)) fail(#x); } while (0)
#define ASSERT(x) do { if (!(x)) fail(#x); } while (0)
#define VERIFY(x) ((x) ? void() : fail(#x))
#ifndef NDEBUG
#define DCHECK(x) do { if (!(x)) fail(#x); } while (0)
#else
#define DCHECK(x) do { } while (0)
#endif
#ifdef SOMETHING_ELSE
#define DEBUG_ASSERT(x)
#else
#define DEBUG_ASSERT(x) CHECK(x)
#endif
#define OUTER_ASSERT(x) assert(x)
#define TRACE(x) (void)(x)
"""

# name -> (an expression of int or bool that is awaited, whether it is one of bool)
AWAITED = {
    "a call": "co_await num()",
    "parentheses": "(co_await num())",
    "an operand": "1 + co_await num()",
    "an argument": "co_await twice(co_await num())",
    "an arm of ?:": "on() ? co_await num() : 2",
    "a condition of ?:": "co_await truth() ? 1 : 2",
    "right of a comma": "(use(1), co_await num())",
    "a comparison": "co_await num() == 2",
    "a conjunction": "on() && co_await truth()",
    "a negation": "!co_await truth()",
}

DECLARATIONS = {
    "static": "static int v = {e}; use(v);",
    "static in parentheses": "static int v({e}); use(v);",
    "static in braces": "static int v{{int({e})}}; use(v);",
    "static const auto": "static const auto v = {e}; use(v);",
    "static reference": "static auto &&v = {e}; use(v);",
    "thread_local": "thread_local int v = {e}; use(v);",
    "static thread_local": "static thread_local int v = {e}; use(v);",
    "static aggregate": "static point v{{int({e}), 2}}; use(v.x);",
    "static in a block": "if (on()) {{ static int v = {e}; use(v); }}",
    "static in an init-statement": "if (static int v = {e}; v > 1) use(v);",
}
FINE = {
    "local": "int v = {e}; use(v);",
    "static of a local": "int w = {e}; static int v = w; use(v);",
    "assigned later": "static int v; v = {e}; use(v);",
    "constexpr beside it": "static constexpr int v = 2; use(v + ({e}));",
}
LEFT_OUT = ("assert", "DCHECK", "DEBUG_ASSERT", "OUTER_ASSERT")
KEPT = ("CHECK", "ASSERT", "VERIFY", "TRACE")


def cases(Case):
    result = []
    for name, e in AWAITED.items():
        count = e.count("co_await")
        for where, code in DECLARATIONS.items():
            result.append(Case((name, where), coroutine(code.format(e=e)), count))
        for where, code in FINE.items():
            result.append(Case((name, where), coroutine(code.format(e=e)), 0))
        for macro in LEFT_OUT:
            result.append(Case((name, macro), coroutine(f"{macro}({e});"), count))
            result.append(Case((name, macro, "in a branch"), coroutine(f"if (on()) {macro}({e});"), count))
        for macro in KEPT:
            result.append(Case((name, macro), coroutine(f"{macro}({e});"), 0))
        result.append(Case((name, "before assert"), coroutine(f"[[maybe_unused]] bool b = {e}; assert(b);"), 0))
    for where, suspends in SUSPENDS.items():
        result.append(Case(("no static", where), coroutine(suspends), 0))
    return result
