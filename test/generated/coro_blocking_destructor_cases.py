# ===- coro_blocking_destructor_cases.py -------------------------------------===//
#
# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# ===------------------------------------------------------------------------===//
"""A local whose destructor waits: what makes it, where it stands, and what was done to it before."""

from suspensions import PRELUDE as COMMON
from suspensions import SUSPENDS, coroutine

PRELUDE = COMMON + """
#include <future>
#include <thread>
using namespace std::chrono_literals;
void work();
int compute();
void keep(std::jthread);
void keep(std::future<int>);
std::jthread begin();
struct own { std::thread t{work}; ~own() { t.join(); } };
struct pauses { ~pauses() { std::this_thread::sleep_for(1s); } };
inline void rest() { std::this_thread::sleep_for(1s); }
struct pauses_by_helper { ~pauses_by_helper() { rest(); } };
struct has_member { pauses p; int more = 0; };
struct has_base : pauses {};
template <class F> struct guard { F f; explicit guard(F f) : f(f) {} ~guard() { f(); } };
"""

# name -> (code, also where a coroutine awaits something with it)
WAITS = {
    "jthread": "std::jthread t(work);",
    "jthread in braces": "std::jthread t{work};",
    "auto = jthread": "auto t = std::jthread(work);",
    "const auto": "const auto t = std::jthread(work);",
    "auto &&": "auto &&t = std::jthread(work);",
    "jthread from a function": "auto t = begin();",
    "jthread with a lambda": "std::jthread t([] { work(); });",
    "jthread with a stop token": "std::jthread t([](std::stop_token) { work(); });",
    "named in what is awaited": "std::jthread t(work); co_await twice(t.get_id() == std::thread::id());",
    "async": "auto t = std::async(compute);",
    "async with a policy": "auto t = std::async(std::launch::async, compute);",
    "future = async": "std::future<int> t = std::async(std::launch::async, compute);",
    "future(async)": "std::future<int> t(std::async(std::launch::async, compute));",
    "assigned later": "std::future<int> t; t = std::async(std::launch::async, compute);",
    "shared_future": "std::shared_future<int> t = std::async(std::launch::async, compute);",
    "share()": "auto t = std::async(std::launch::async, compute).share();",
    "own class": "own t;",
    "sleeps": "pauses t;",
    "sleeps in a helper": "pauses_by_helper t;",
    "member": "has_member t;",
    "member of an aggregate": "has_member t{pauses{}, 2};",
    "base": "has_base t;",
    "scope guard": "guard t([] { std::this_thread::sleep_for(1s); });",
    "scope guard, auto": "auto t = guard([] { rest(); });",
    "optional": "std::optional<std::jthread> t(std::in_place, work);",
    "vector": "std::vector<std::jthread> t; t.emplace_back(work);",
    "unique_ptr": "auto t = std::make_unique<pauses>();",
}

DOES_NOT = {
    "no thread": "std::jthread t;",
    "detached": "std::jthread t(work); t.detach();",
    "moved away": "std::jthread t(work); keep(std::move(t));",
    "deferred": "auto t = std::async(std::launch::deferred, compute);",
    "future of a promise": "std::promise<int> p; auto t = p.get_future();",
    "async, moved away": "auto t = std::async(std::launch::async, compute); keep(std::move(t));",
    "async, ready": "auto t = std::async(std::launch::async, compute); while (t.wait_for(0s) != std::future_status::ready) co_await step();",
    "guard that does nothing": "guard t([] { use(1); });",
    "guard of a plain thread": "std::thread t(work); t.detach();",
    "a reference": "extern std::jthread &global; auto &t = global;",
    "a static": "static std::jthread t(work);",
    "an empty optional": "std::optional<std::jthread> t;",
}

PLACES = {
    "in the body": "{code} co_await step();",
    "in a block": "{{ {code} co_await step(); }}",
    "without a suspension after it": "co_await step(); {code}",
    "in a branch": "if (on()) {{ {code} co_await step(); }}",
    "in a loop": "for (int i = 0; i < 3; ++i) {{ {code} co_await step(); }}",
    "in a try": "try {{ {code} co_await step(); }} catch (int) {{ use(1); }}",
    "in a handler": "try {{ co_await step(); }} catch (int) {{ {code} use(1); }}",
    "before a return": "co_await step(); if (on()) {{ {code} co_return 1; }}",
}


def cases(Case):
    result = []
    for table, count in ((WAITS, 1), (DOES_NOT, 0)):
        for name, code in table.items():
            for where, shape in PLACES.items():
                if where == "in a handler" and "co_await" in code:
                    continue
                result.append(Case((name, where), coroutine(shape.format(code=code)), count))
    for where, suspends in SUSPENDS.items():
        if where != "a label":
            result.append(Case(("jthread", "over", where), coroutine(f"std::jthread t(work); {suspends}"), 1))
    return result
