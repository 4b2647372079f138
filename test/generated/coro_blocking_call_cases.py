# ===- coro_blocking_call_cases.py -------------------------------------------===//
#
# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# ===------------------------------------------------------------------------===//
"""Calls that block, in every place of a coroutine, with every way in which its protocol may say that a
function does not return; and what is known to be complete, in every way to ask."""

from suspensions import PRELUDE as COMMON
from suspensions import SUSPENDS, coroutine

PROTOCOLS = {
    # name -> (initial_suspend's result, final awaiter's await_resume, unhandled_exception, awaiter's await_resume)
    "plain": ("std::suspend_always", "void await_resume() noexcept {}", "void unhandled_exception() {}"),
    "eager": ("std::suspend_never", "void await_resume() noexcept {}", "void unhandled_exception() {}"),
    "final awaiter does not return": (
        "std::suspend_always", "[[noreturn]] void await_resume() noexcept { std::terminate(); }", "void unhandled_exception() {}"),
    "exceptions end the program": (
        "std::suspend_always", "void await_resume() noexcept {}", "[[noreturn]] void unhandled_exception() { std::terminate(); }"),
    "neither": (
        "std::suspend_always", "[[noreturn]] void await_resume() noexcept { std::terminate(); }",
        "[[noreturn]] void unhandled_exception() noexcept { std::terminate(); }"),
}


def protocol(name, parts):
    initial, final, unhandled = parts
    return f"""
struct {name} {{
  struct final_awaiter {{
    bool await_ready() noexcept {{ return false; }}
    void await_suspend(std::coroutine_handle<>) noexcept {{}}
    {final}
  }};
  struct promise_type {{
    {name} get_return_object();
    {initial} initial_suspend() noexcept {{ return {{}}; }}
    final_awaiter final_suspend() noexcept {{ return {{}}; }}
    {unhandled}
    void return_value(int);
  }};
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  int await_resume();
}};
"""


PRELUDE = COMMON + """
#include <future>
#include <thread>
using namespace std::chrono_literals;
inline int slow() { std::this_thread::sleep_for(1s); return 1; }
inline bool slow_truth() { return slow() == 1; }
inline std::pair<int, int> slow_both() { return {slow(), 2}; }
inline std::vector<int> slow_numbers() { return {slow()}; }
inline std::string slow_text() { return std::string(slow(), 'x'); }
[[noreturn]] void fail(const char *);
std::future<int> compute();
inline bool is_ready(std::future<int> &f) { return f.wait_for(0s) == std::future_status::ready; }
inline bool is_done(const std::future<int> &f) { return f.valid() && f.wait_for(std::chrono::seconds(0)) == std::future_status::ready; }
inline bool is_pending(std::future<int> &f) { return f.wait_for(0s) != std::future_status::ready; }
inline constexpr std::chrono::seconds no_time{0};
""" + "".join(protocol(f"protocol{i}", parts) for i, parts in enumerate(PROTOCOLS.values()))

# The awaited functions of the table of suspensions, and the plain ones that block as they do.
PLAIN = {"co_await step()": "slow()", "co_await num()": "slow()", "co_await truth()": "slow_truth()",
         "co_await both()": "slow_both()", "co_await numbers()": "slow_numbers()", "co_await text()": "slow_text()"}


def blocking(code):
    for awaited, plain in PLAIN.items():
        code = code.replace(awaited, plain)
    return code


AROUND = {
    "before": "{call} co_await step();",
    "after": "co_await step(); {call}",
    "in a loop": "while (on()) {{ co_await step(); {call} }}",
    "in an endless loop": "for (;;) {{ co_await step(); {call} }}",
    "in a lambda called on the spot": "[&] {{ {call} }}(); co_await step();",
    "in a handler": "try {{ co_await step(); }} catch (int) {{ {call} }}",
    "before a throw": "if (on()) {{ {call} throw 1; }} co_await step();",
}

ABORTS = {
    "before a function that does not return": "co_await step(); if (on()) {{ {call} fail(\"\"); }}",
    "before std::terminate": "co_await step(); if (on()) {{ {call} std::terminate(); }}",
    "in a discarded branch": "co_await step(); if constexpr (sizeof(int) == 1) {{ {call} }}",
    "unevaluated": "co_await step(); use(sizeof(slow()));",
    "in a lambda for a thread": "co_await step(); std::thread([] {{ {call} }}).detach();",
}

F = "auto f = compute(); "
GUARDED = {
    "if": "if (f.wait_for(0s) == std::future_status::ready) use(f.get());",
    "if, turned": "if (std::future_status::ready == f.wait_for(0s)) use(f.get());",
    "seconds(0)": "if (f.wait_for(std::chrono::seconds(0)) == std::future_status::ready) use(f.get());",
    "zero()": "if (f.wait_for(std::chrono::seconds::zero()) == std::future_status::ready) use(f.get());",
    "named constant": "if (f.wait_for(no_time) == std::future_status::ready) use(f.get());",
    "braces": "if (f.wait_for(std::chrono::milliseconds{}) == std::future_status::ready) use(f.get());",
    "after &&": "if (f.valid() && f.wait_for(0s) == std::future_status::ready) use(f.get());",
    "before &&": "if (f.wait_for(0s) == std::future_status::ready && on()) use(f.get());",
    "three": "if (on() && f.valid() && f.wait_for(0s) == std::future_status::ready) use(f.get());",
    "left unless": "if (f.wait_for(0s) != std::future_status::ready) co_return 0; use(f.get());",
    "left unless, ||": "if (!f.valid() || f.wait_for(0s) != std::future_status::ready) co_return 0; use(f.get());",
    "negated": "if (!(f.wait_for(0s) == std::future_status::ready)) co_return 0; use(f.get());",
    "else": "if (f.wait_for(0s) != std::future_status::ready) use(1); else use(f.get());",
    "thrown unless": "if (f.wait_for(0s) != std::future_status::ready) throw 1; use(f.get());",
    "failed unless": "if (f.wait_for(0s) != std::future_status::ready) fail(\"\"); use(f.get());",
    "?:": "use(f.wait_for(0s) == std::future_status::ready ? f.get() : 0);",
    "?: negated": "use(f.wait_for(0s) != std::future_status::ready ? 0 : f.get());",
    "right of &&": "use(f.wait_for(0s) == std::future_status::ready && f.get() == 1);",
    "right of ||": "use(f.wait_for(0s) != std::future_status::ready || f.get() == 1);",
    "kept answer": "bool r = f.wait_for(0s) == std::future_status::ready; if (r) use(f.get());",
    "kept answer, const auto": "const auto r = f.wait_for(0s) == std::future_status::ready; if (!r) co_return 0; use(f.get());",
    "kept status": "auto s = f.wait_for(0s); if (s == std::future_status::ready) use(f.get());",
    "init-statement": "if (auto s = f.wait_for(0s); s == std::future_status::ready) use(f.get());",
    "switch": "switch (f.wait_for(0s)) { case std::future_status::ready: use(f.get()); break; default: break; }",
    "while": "while (f.wait_for(0s) != std::future_status::ready) co_await step(); use(f.get());",
    "while not": "while (!(f.wait_for(0s) == std::future_status::ready)) { co_await step(); } use(f.get());",
    "do": "do { co_await step(); } while (f.wait_for(0s) != std::future_status::ready); use(f.get());",
    "for": "for (; f.wait_for(0s) != std::future_status::ready;) co_await step(); use(f.get());",
    "break": "for (;;) { if (f.wait_for(0s) == std::future_status::ready) break; co_await step(); } use(f.get());",
    "continue": "for (;;) { if (f.wait_for(0s) != std::future_status::ready) { co_await step(); continue; } use(f.get()); break; }",
    "helper": "if (is_ready(f)) use(f.get());",
    "helper, const": "if (is_done(f)) use(f.get());",
    "helper, negated": "if (!is_ready(f)) co_return 0; use(f.get());",
    "helper that denies": "if (is_pending(f)) co_return 0; use(f.get());",
    "helper in a loop": "while (!is_ready(f)) co_await step(); use(f.get());",
    "helper after &&": "if (on() && is_ready(f)) use(f.get());",
    "lambda": "auto ready = [&] { return f.wait_for(0s) == std::future_status::ready; }; if (ready()) use(f.get());",
    "lambda with a parameter": "auto ready = [](auto &g) { return g.wait_for(0s) == std::future_status::ready; }; if (ready(f)) use(f.get());",
    "each": "std::vector<std::future<int>> v; v.push_back(compute()); for (auto &g : v) { while (g.wait_for(0s) != std::future_status::ready) co_await step(); use(g.get()); }",
    "set before": "std::promise<int> p; p.set_value(1); use(p.get_future().get());",
    "set before, kept": "std::promise<int> p; auto g = p.get_future(); p.set_value(1); use(g.get());",
    "deferred": "use(std::async(std::launch::deferred, [] { return 1; }).get());",
    "deferred, kept": "auto g = std::async(std::launch::deferred, [] { return 1; }); use(g.get());",
}

UNGUARDED = {
    "not asked": "use(f.get());",
    "another was asked": "auto g = compute(); if (g.wait_for(0s) == std::future_status::ready) use(f.get());",
    "asked after": "use(f.get()); if (f.wait_for(0s) == std::future_status::ready) use(1);",
    "asked whether it is not": "if (f.wait_for(0s) != std::future_status::ready) use(f.get());",
    "asked whether it timed out": "if (f.wait_for(0s) == std::future_status::timeout) use(f.get());",
    "or something else": "if (on() || f.wait_for(0s) == std::future_status::ready) use(f.get());",
    "in the other arm": "use(f.wait_for(0s) == std::future_status::ready ? 0 : f.get());",
    "helper says not": "if (!is_ready(f)) use(f.get());",
    "assigned since": "if (is_ready(f)) { f = compute(); use(f.get()); }",
    "only valid": "if (f.valid()) use(f.get());",
    "a fresh one": "use(compute().get());",
    "not set yet": "std::promise<int> p; auto g = p.get_future(); use(g.get()); p.set_value(1);",
    "async": "auto g = std::async(std::launch::deferred, [] { return 1; }); g = compute(); use(g.get());",
}


def cases(Case):
    result = []
    for where, suspends in SUSPENDS.items():
        code = blocking(suspends)
        if where == "a label":
            continue
        # One helper that is called twice is one cause.
        result.append(Case(("the call", where), coroutine(f"{code} co_await step();"), 1))
    for number, name in enumerate(PROTOCOLS):
        for where, shape in AROUND.items():
            for call in ("slow();", "std::this_thread::sleep_for(1s);"):
                body = coroutine(shape.format(call=call)).replace("task<int>", f"protocol{number}", 1)
                result.append(Case((name, where, call), body, 1))
        for where, shape in ABORTS.items():
            body = coroutine(shape.format(call="slow();")).replace("task<int>", f"protocol{number}", 1)
            result.append(Case((name, where), body, 0))
        for ask, code in GUARDED.items():
            body = coroutine(F + code).replace("task<int>", f"protocol{number}", 1)
            result.append(Case((name, "guarded", ask), body, 0))
        for ask, code in UNGUARDED.items():
            body = coroutine(F + code).replace("task<int>", f"protocol{number}", 1)
            result.append(Case((name, "unguarded", ask), body, 1))
    return result
