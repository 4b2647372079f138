# ===- coro_lock_across_suspension_cases.py ---------------------------------===//
#
# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# ===------------------------------------------------------------------------===//
"""What makes a guard, where it ends, and where the coroutine suspends."""

from suspensions import ENDED, NEVER, SUSPENDS, coroutine
from suspensions import PRELUDE as COMMON

PRELUDE = COMMON + """
extern std::mutex m;
extern std::mutex n;
extern std::shared_mutex s;
std::unique_lock<std::mutex> take();
void keep(std::unique_lock<std::mutex>);
bool log(bool);
struct holder { std::unique_lock<std::mutex> lock; int more = 0; };
struct base_holder : holder {};
class own_guard {
public:
  explicit own_guard(std::mutex &m) : m(m) { m.lock(); }
  ~own_guard() { m.unlock(); }
private:
  std::mutex &m;
};
"""

# name -> (declaration of `g`, how it is unlocked before its scope ends, or None)
GUARDS = {
    "lock_guard(m)": ("std::lock_guard g(m);", None),
    "lock_guard{m}": ("std::lock_guard<std::mutex> g{m};", None),
    "scoped_lock": ("std::scoped_lock g(m);", None),
    "scoped_lock of two": ("std::scoped_lock g(m, n);", None),
    "shared_lock": ("std::shared_lock g(s);", "g.unlock();"),
    "unique_lock": ("std::unique_lock g(m);", "g.unlock();"),
    "auto = unique_lock(m)": ("auto g = std::unique_lock(m);", "g.unlock();"),
    "auto = unique_lock{m}": ("auto g = std::unique_lock<std::mutex>{m};", "g.unlock();"),
    "auto = lock_guard(m)": ("auto g = std::lock_guard<std::mutex>(m);", None),
    "const auto =": ("const auto g = std::unique_lock(m);", None),
    "auto &&": ("auto &&g = std::unique_lock(m);", None),
    "const auto &": ("const auto &g = std::unique_lock(m);", None),
    "auto{}": ("auto g{std::unique_lock(m)};", "g.unlock();"),
    "from a function": ("std::unique_lock<std::mutex> g = take();", "g.unlock();"),
    "auto from a function": ("auto g = take();", "g.unlock();"),
    "auto && from a function": ("auto &&g = take();", None),
    "locked later": ("std::unique_lock g(m, std::defer_lock); g.lock();", "g.unlock();"),
    "adopted": ("m.lock(); std::unique_lock g(m, std::adopt_lock);", "g.unlock();"),
    "assigned": ("std::unique_lock<std::mutex> g; g = std::unique_lock(m);", "g.unlock();"),
    "moved here": ("std::unique_lock from(m); auto g = std::move(from);", "g.unlock();"),
    "?: of two": ("auto g = on() ? std::unique_lock(m) : std::unique_lock(n);", "g.unlock();"),
    "right of a comma": ("auto g = (use(1), std::unique_lock(m));", "g.unlock();"),
    "aggregate": ("holder g{std::unique_lock(m)};", "g.lock.unlock();"),
    "designated": ("holder g{.lock = std::unique_lock(m), .more = 1};", "g.lock.unlock();"),
    "auto = aggregate": ("auto g = holder{std::unique_lock(m)};", "g.lock.unlock();"),
    "aggregate with a base": ("base_holder g{{std::unique_lock(m)}};", "g.lock.unlock();"),
    "optional": ("std::optional<std::unique_lock<std::mutex>> g(std::unique_lock<std::mutex>{m});", "g.reset();"),
    "emplaced": ("std::optional<std::lock_guard<std::mutex>> g; g.emplace(m);", "g.reset();"),
    "unique_ptr": ("auto g = std::make_unique<std::lock_guard<std::mutex>>(m);", "g.reset();"),
    "tuple": ("std::tuple g(std::unique_lock<std::mutex>(m), 1);", "std::get<0>(g).unlock();"),
    "structured binding": ("auto [g, more] = std::pair(std::unique_lock(m), 1);", "g.unlock();"),
    "structured binding of an aggregate": ("auto [g, more] = holder{std::unique_lock(m)};", "g.unlock();"),
    "member of a temporary": ("auto &&g = holder{std::unique_lock(m)}.lock;", None),
    "lambda's capture": ("auto g = [l = std::unique_lock(m)] { return 1; };", None),
    "own guard": ("own_guard g(m);", None),
    "auto = own guard": ("auto g = own_guard(m);", None),
    "by hand": ("m.lock();", "m.unlock();"),
}

# A guard in a condition or an init-statement lives as long as the statement.
IN_STATEMENT = {
    "init of if": ("if (auto g = std::unique_lock(m); g.owns_lock()) {{ {inside} }} {after}", 1),
    "init of if, else": ("if (auto g = std::unique_lock(m); on()) use(1); else {{ {inside} }} {after}", 1),
    "condition of if": ("if (std::unique_lock g{{m}}) {{ {inside} }} {after}", 1),
    "init of switch": ("switch (std::unique_lock g(m); table[0]) {{ case 1: {{ {inside} }} }} {after}", 1),
    "init of for": ("for (auto g = std::unique_lock(m); on();) {{ {inside} }} {after}", 1),
    "condition of while": ("while (auto g = std::unique_lock(m)) {{ {inside} }} {after}", 1),
    "init of range-for": ("for (std::lock_guard g(m); int each : table) {{ use(each); {inside} }} {after}", 1),
    # The temporaries of a condition die before what hangs on it.
    "temporary in if": ("if (std::unique_lock(m).owns_lock()) {{ {inside} }} {after}", 0),
    "temporary in while": ("while (std::unique_lock(m).owns_lock()) {{ {inside} }} {after}", 0),
    "temporary in switch": ("switch (int(std::unique_lock(m).owns_lock())) {{ case 1: {{ {inside} }} }} {after}", 0),
    "temporary in for": ("for (; std::unique_lock(m).owns_lock();) {{ {inside} }} {after}", 0),
}

# Full-expressions with a temporary guard; it dies at their end.
TEMPORARY = {
    "argument": "log(std::unique_lock(m).owns_lock());",
    "arm of ?:": "on() ? (void)log(std::unique_lock(m).owns_lock()) : void();",
    "value of ?:": "use(on() ? std::unique_lock(m).owns_lock() : 2);",
    "both arms": "use(on() ? std::unique_lock(m).owns_lock() : take().owns_lock());",
    "right of &&": "log(on() && std::unique_lock(m).owns_lock());",
    "right of ||": "log(on() || std::unique_lock(m).owns_lock());",
    "left of &&": "log(std::unique_lock(m).owns_lock() && on());",
    "twice": "log(std::unique_lock(m).owns_lock() && std::unique_lock(n).owns_lock());",
    "initialiser": "bool b = std::unique_lock(m).owns_lock(); use(b);",
    "reference to a value": "const bool &b = std::unique_lock(m).owns_lock(); use(b);",
    "comma": "(std::unique_lock<std::mutex>(m), use(1));",
    "discarded": "std::unique_lock<std::mutex>{m};",
    "void": "(void)std::unique_lock<std::mutex>(m);",
    "given away": "keep(std::unique_lock(m));",
    "given away by a function": "keep(take());",
    "aggregate": "use(holder{std::unique_lock(m)}.more);",
    "return of a lambda": "[] { return take(); }();",
    "condition": "if (log(std::unique_lock(m).owns_lock())) use(1);",
    "deep in an argument": "use(log(log(take().owns_lock())) + 1);",
    "of a constructor": "std::string t(take().owns_lock() ? 1 : 2, 'x'); use(t.size());",
    "own guard": "own_guard{m}, use(1);",
}

# … and the coroutine suspends in the same full-expression, after it was made.
TEMPORARY_ACROSS = {
    "comma": "(void)std::unique_lock<std::mutex>(m), use(co_await num());",
    "left of &&": "log(std::unique_lock(m).owns_lock() && co_await truth());",
    "left of ||": "log(std::unique_lock(m).owns_lock() || co_await truth());",
    "condition of ?:": "use(std::unique_lock(m).owns_lock() ? co_await num() : 1);",
    "condition": "if (take().owns_lock() && co_await truth()) use(1);",
    "braces": "point p{take().owns_lock(), co_await num()}; use(p.x);",
    "what is awaited": "use(co_await twice(take().owns_lock()));",
}


def cases(Case):
    result = []
    statement = SUSPENDS["a statement"]
    for guard, (make, unlock) in GUARDS.items():
        for name, suspends in SUSPENDS.items():
            if "label" in name and "auto" in make or name == "a lambda's initialiser" and guard == "lambda's capture":
                continue
            if name == "a label":  # a jump would go past the initialiser of nothing, but hold on to it
                continue
            result.append(Case((guard, "alive", name), coroutine(f"{make} {suspends}"), 1))
        for name, never in NEVER.items():
            result.append(Case((guard, "alive", name), coroutine(f"{make} {never}"), 0))
        for name, shape in ENDED.items():
            if guard == "by hand":
                make_and_end = make + " " + unlock
            else:
                make_and_end = make
            result.append(Case((guard, name), coroutine(shape.format(make=make_and_end, then=statement)), 0))
        if unlock:
            result.append(Case((guard, "unlocked"), coroutine(f"{make} {unlock} {statement}"), 0))
            result.append(Case((guard, "unlocked on both ways"),
                               coroutine(f"{make} if (on()) {{ {unlock} }} else {{ use(1); {unlock} }} {statement}"), 0))
            result.append(Case((guard, "unlocked after"), coroutine(f"{make} {statement} {unlock}"), 1))
    for name, (shape, inside) in IN_STATEMENT.items():
        for where, suspends in SUSPENDS.items():
            if where == "a label":
                continue
            result.append(Case((name, "inside", where),
                               coroutine(shape.format(inside=suspends, after="")), inside))
        result.append(Case((name, "after"), coroutine(shape.format(inside="use(1);", after=statement)), 0))
    for name, code in TEMPORARY.items():
        for where, suspends in SUSPENDS.items():
            result.append(Case(("temporary", name, "before", where), coroutine(f"{code} {suspends}"), 0))
        result.append(Case(("temporary", name, "in a branch"),
                           coroutine(f"if (on()) {{ {code} }} {statement}"), 0))
        result.append(Case(("temporary", name, "in a loop"),
                           coroutine(f"while (on()) {{ {code} {statement} }}"), 0))
    for name, code in TEMPORARY_ACROSS.items():
        result.append(Case(("temporary", name, "across"), coroutine(code), 1))
        result.append(Case(("temporary", name, "across, then another"), coroutine(f"{code} {statement}"), 1))
    return result
