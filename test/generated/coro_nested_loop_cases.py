# ===- coro_nested_loop_cases.py ---------------------------------------------===//
#
# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# ===------------------------------------------------------------------------===//
"""A loop that is run in every place of a coroutine: by itself, through helpers, in what a scope ends."""

from coro_blocking_call_cases import ABORTS, AROUND, blocking
from suspensions import PRELUDE as COMMON
from suspensions import SUSPENDS, coroutine

PRELUDE = COMMON + """
#include <corolint/annotations.h>
#include <functional>
#include <thread>
CORO_STARTS_LOOP void run(task<> &&);
[[noreturn]] void fail(const char *);
inline int slow() { run(step()); return 1; }
inline bool slow_truth() { return slow() == 1; }
inline std::pair<int, int> slow_both() { return {slow(), 2}; }
inline std::vector<int> slow_numbers() { return {slow()}; }
inline std::string slow_text() { return std::string(slow(), 'x'); }
struct service {
  service() { run(step()); }
  int answer = slow();
};
struct lazy_service { int get() { if (!value) value = slow(); return value; } int value = 0; };
template <class F> int call(F f) { return f(); }
"""

INDIRECT = {
    "by itself": "run(step());",
    "a helper": "use(slow());",
    "a constructor": "service s; use(s.answer);",
    "a method": "lazy_service s; use(s.get());",
    "a template": "use(call([] { return slow(); }));",
    "a lambda": "auto f = [] { return slow(); }; use(f());",
    "new": "auto s = std::make_unique<service>(); use(s->answer);",
}


def cases(Case):
    result = []
    for where, suspends in SUSPENDS.items():
        if where != "a label":
            result.append(Case(("the call", where), coroutine(f"{blocking(suspends)} co_await step();"), 1))
    for call, code in INDIRECT.items():
        if call == "new":
            continue  # through a function of the standard library, whose body is not looked into
        for where, shape in AROUND.items():
            result.append(Case((call, where), coroutine(shape.format(call=code)), 1))
        for where, shape in ABORTS.items():
            if where != "unevaluated":
                result.append(Case((call, where), coroutine(shape.format(call=code)), 0))
    return result
