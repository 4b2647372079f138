# ===- coro_thread_state_across_suspension_cases.py --------------------------===//
#
# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# ===------------------------------------------------------------------------===//
"""What belongs to the thread and is kept over a suspension that may end on another one."""

from suspensions import PRELUDE as COMMON
from suspensions import SUSPENDS, coroutine

PRELUDE = COMMON + """
#include <cerrno>
#include <corolint/annotations.h>
extern thread_local int tls;
struct context { int depth = 0; static context *current(); static context &here(); };
inline context *context::current() { static thread_local context own; return &own; }
inline context &context::here() { return *current(); }
inline int *address() { return &tls; }
inline int &counter() { return tls; }
int call();
struct CORO_RESUMES_ON_WORKER hop { bool await_ready(); void await_suspend(std::coroutine_handle<>); void await_resume(); };
"""

# How the state is taken, and how it is used.
STATE = {
    "address": ("int *at = &tls;", "use(*at);"),
    "auto address": ("auto p = &tls;", "*p = 1;"),
    "reference": ("int &r = tls;", "use(r);"),
    "auto &": ("auto &r = tls;", "++r;"),
    "a function's pointer": ("int *p = address();", "use(*p);"),
    "a function's reference": ("int &r = counter();", "use(r);"),
    "current()": ("auto *c = context::current();", "++c->depth;"),
    "here()": ("auto &c = context::here();", "use(c.depth);"),
    "member of current()": ("int &d = context::current()->depth;", "use(d);"),
    "errno": ("int e = (call(), errno);", None),
}
FINE = {
    "used before": ("int *p = &tls; use(*p);", "use(1);"),
    "taken again": ("int *p = &tls; use(*p);", "p = &tls; use(*p);"),
    "its value": ("int v = tls;", "use(v);"),
    "value of current()": ("int v = context::current()->depth;", "use(v);"),
    "asked again": ("++context::current()->depth;", "++context::current()->depth;"),
    "in a block": ("{ int *p = &tls; use(*p); }", "use(1);"),
    "static": ("static int s; int *p = &s;", "use(*p);"),
}


def cases(Case):
    result = []
    for name, (take, used) in STATE.items():
        if used is None:
            continue
        result.append(Case((name, "over a hop"), coroutine(f"{take} co_await hop{{}}; {used}"), 1))
        result.append(Case((name, "over a hop in a branch"), coroutine(f"{take} if (on()) co_await hop{{}}; {used}"), 1))
        result.append(Case((name, "in a loop"), coroutine(f"{take} while (on()) {{ {used} co_await hop{{}}; }}"), 1))
        result.append(Case((name, "before the hop"), coroutine(f"{take} {used} co_await hop{{}};"), 0))
        result.append(Case((name, "over nothing"), coroutine(f"{take} use(1); {used} co_await step();"), 0))
    for name, (take, used) in FINE.items():
        result.append(Case((name, "over a hop"), coroutine(f"{take} co_await hop{{}}; {used}"), 0))
    take, used = STATE["address"]
    for where, suspends in SUSPENDS.items():
        if where not in ("a label", "a throw", "a co_return"):
            result.append(Case(("address", "over", where), coroutine(f"{take} {suspends} {used}"), 1))
    return result
