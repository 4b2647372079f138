# ===- coro_unawaited_task_cases.py ------------------------------------------===//
#
# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# ===------------------------------------------------------------------------===//
"""What makes a task that does not run by itself, and what becomes of it."""

from suspensions import PRELUDE as COMMON
from suspensions import coroutine

PRELUDE = COMMON + """
#include <functional>
struct client {
  task<> send();
  static task<> ping();
  task<> operator()() const;
  task<> operator<<(int);
  task<> operator[](int);
  task<> member_ = send();
};
extern client c;
extern client *p;
extern task<> (*pointer)();
template <class T> task<> make(T);
struct timer {
  explicit timer(int);
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  void await_resume();
};
timer after(int);
task<task<>> deferred();
void keep(task<> &&);
void keep(timer &&);
template <class... T> task<> all(T...);
template <class T> task<> join(std::vector<T>);
template <class T> struct box { T value; };
"""

TASKS = {
    "a call": "step()",
    "a call in parentheses": "(step())",
    "a method": "c.send()",
    "a method of a pointer": "p->send()",
    "a static method": "client::ping()",
    "a call operator": "c()",
    "an operator": "(c << 1)",
    "a subscript": "c[1]",
    "a template": "make(1)",
    "a pointer to a function": "pointer()",
    "a lambda": "[]() -> task<> { co_await step(); }()",
    "a lambda that returns one": "[] { return step(); }()",
    "an awaiter": "timer(5)",
    "an awaiter in braces": "timer{5}",
    "an awaiter from a function": "after(5)",
}
AWAITED_TASK = {"what was awaited": "co_await deferred()"}

# Nobody awaits it.
LOST = {
    "statement": "{e};",
    "void": "(void){e};",
    "static_cast": "static_cast<void>({e});",
    "std::ignore": "std::ignore = {e};",
    "left of a comma": "({e}, use(1));",
    "right of a comma": "(use(1), {e});",
    "branch": "if (on()) {e};",
    "else": "if (on()) use(1); else {e};",
    "loop": "for (int i = 0; i < 2; ++i) {e};",
    "increment": "for (; on(); {e}) use(1);",
    "init of for": "for ({e}; on();) use(1);",
    "init of if": "if ({e}; on()) use(1);",
    "case": "switch (table[0]) {{ case 1: {e}; }}",
    "try": "try {{ {e}; }} catch (int) {{ use(1); }}",
    "handler": "try {{ use(1); }} catch (int) {{ {e}; }}",
    "right of &&": "on() && ({e}, true);",
    "kept": "auto t = {e};",
    "kept in braces": "auto t{{{e}}};",
    "kept as auto &&": "auto &&t = {e};",
    "kept as const auto &": "const auto &t = {e};",
    "kept in an if": "if (auto t = {e}; on()) use(1);",
    "kept in a block": "{{ auto t = {e}; use(1); }} use(2);",
    "kept, and void": "auto t = {e}; (void)t;",
    "kept, and ended before": "auto t = {e}; if (on()) co_return 1; use(2);",
}

# Somebody does, or may.
CARED = {
    "awaited": "co_await {e};",
    "awaited in parentheses": "co_await ({e});",
    "given away": "keep({e});",
    "kept and awaited": "auto t = {e}; co_await std::move(t);",
    "kept and awaited by a cast": "auto t = {e}; co_await static_cast<decltype(t) &&>(t);",
    "reference awaited": "auto &&t = {e}; co_await std::move(t);",
    "awaited on one path": "auto t = {e}; if (on()) co_await std::move(t);",
    "awaited in a loop": "auto t = {e}; while (on()) {{ co_await std::move(t); break; }}",
    "awaited right of &&": "auto t = {e}; bool b = on() && (co_await std::move(t), true); use(b);",
    "awaited in an arm": "auto t = {e}; on() ? (co_await std::move(t), use(1)) : use(2);",
    "awaited in a try": "auto t = {e}; try {{ co_await std::move(t); }} catch (int) {{ use(1); }}",
    "kept and given away": "auto t = {e}; keep(std::move(t));",
    "moved on": "auto t = {e}; auto u = std::move(t); co_await std::move(u);",
    "awaited with others": "co_await all({e}, {e});",
    "kept and awaited with others": "auto t = {e}; auto u = {e}; co_await all(std::move(t), std::move(u));",
    "in a vector": "std::vector<decltype({e})> v; v.push_back({e}); co_await join(std::move(v));",
    "emplaced": "std::vector<decltype({e})> v; v.emplace_back({e}); for (auto &t : v) co_await std::move(t);",
    "in an aggregate": "box<decltype({e})> b{{{e}}}; co_await std::move(b.value);",
    "in a designated initialiser": "box<decltype({e})> b{{.value = {e}}}; co_await std::move(b.value);",
    "in an optional": "std::optional<decltype({e})> o({e}); co_await *std::move(o);",
    "in a pair": "std::pair q({e}, {e}); co_await std::move(q.first); co_await std::move(q.second);",
    "bound by structure": "auto [t, u] = std::pair({e}, {e}); co_await std::move(t); co_await std::move(u);",
    "an arm of ?:": "co_await (on() ? {e} : {e});",
    "right of a comma": "co_await (use(1), {e});",
    "returned by a lambda": "auto f = [&] {{ return {e}; }}; co_await f();",
    "captured": "auto t = {e}; auto f = [t = std::move(t)]() mutable {{ keep(std::move(t)); }}; f();",
    "by reference": "auto t = {e}; auto &u = t; co_await std::move(u);",
    "swapped": "auto t = {e}; auto u = {e}; std::swap(t, u); co_await std::move(t); co_await std::move(u);",
    "exchanged": "auto t = {e}; co_await std::exchange(t, {e}); keep(std::move(t));",
    "sizeof": "use(sizeof({e}));",
    "decltype": "decltype({e}) *q = nullptr; use(q != nullptr);",
    "init of if": "if (auto t = {e}; on()) co_await std::move(t);",
    "unused by its name": "auto unused = {e};",
    "maybe_unused": "[[maybe_unused]] auto t = {e};",
}

NO_LAMBDA = ("sizeof", "decltype", "in a vector", "emplaced", "in an aggregate", "in a designated initialiser", "in an optional")


def cases(Case):
    result = []
    for task, e in TASKS.items():
        for sink, code in LOST.items():
            # What has a name of its own from the start is an object: an event, a timer.
            if sink.startswith("kept") and task in ("an awaiter", "an awaiter in braces"):
                continue
            result.append(Case((task, "lost", sink), coroutine(code.format(e=e)), 1))
            if "co_return" not in code:
                result.append(Case((task, "lost in a plain function", sink), f"void f() {{\n  {code.format(e=e)}\n}}", 1))
        for sink, code in CARED.items():
            if task.startswith("a lambda") and (sink in NO_LAMBDA or sink == "an arm of ?:" or sink == "exchanged" or sink == "swapped"):
                continue  # each lambda has a type of its own, and none stands in an unevaluated operand
            result.append(Case((task, "cared for", sink), coroutine(code.format(e=e)), 0))
    for task, e in AWAITED_TASK.items():
        for sink in ("statement", "void", "std::ignore", "branch", "loop", "kept", "kept as auto &&", "kept in a block"):
            result.append(Case((task, "lost", sink), coroutine(LOST[sink].format(e=e)), 1))
        for sink in ("awaited", "given away", "kept and awaited", "moved on", "awaited on one path"):
            result.append(Case((task, "cared for", sink), coroutine(CARED[sink].format(e=e)), 0))
    return result
