"""A function that became a coroutine, and its callers: what was safe in a plain function need not be in one."""

import sys

import repository
from scratch import expect

COROLINT, WORK = sys.argv[1:3]
HEADER = """#pragma once
#include "task.h"
#include <mutex>
#include <string>
#include <utility>
#include <vector>
task sleep();
void use(int);
extern std::vector<int> shared;
"""
# What each is before, and after.
BODIES = {
    "by_reference(const std::string &name)": ("use(name[0]); return leaf();", "co_await sleep(); use(name[0]);"),
    "with_lock(std::mutex &m)": ("std::lock_guard g(m); return leaf();", "std::lock_guard g(m); co_await sleep();"),
    "over_all()": ("for (int i : shared) use(i); return leaf();", "for (int i : shared) { co_await sleep(); use(i); }"),
    "stays(std::vector<int> v)": ("for (int i : v) use(i); return leaf();",) * 2,
    "was_one()": ("for (int i : shared) { co_await sleep(); use(i); }",) * 2,
}
# Nobody touches these.
CALLERS = """#include "funcs.h"
task keeps() {
  task t = by_reference(std::string("temporary"));
  co_await std::move(t);
}
task awaits_at_once() { co_await by_reference(std::string("temporary")); }
task does_not_call() {
  for (int i : shared) {
    co_await sleep();
    use(i);
  }
}
"""
LAMBDA = ("[n] { use(n); return leaf(); }", "[n]() -> task { co_await sleep(); use(n); }")


def header(when):
    text = HEADER
    for head, bodies in BODIES.items():
        text += f"inline task {head} {{ {bodies[when]} }}\n"
    return text + f"inline task captures() {{ int n = 1; auto f = {LAMBDA[when]}; return f(); }}\n"


p = repository.Repository(COROLINT, WORK + "/project", {
    "funcs.h": header(0), "callers.cpp": CALLERS, "more.cpp": '#include "funcs.h"\n'})
p.keep_results(WORK + "/cache")
expect("as it was", p.found(), [])
p.write("funcs.h", header(1))
p.found()
for f in p.report["findings"]:
    why = {n["message"].split(" since ")[0] for n in f["notes"] if "became a coroutine since HEAD (" in n["message"]}
    print(f["file"], f["tier"], f["rule"], f["function"], "|", *why)
expect("each once", len({(f["file"], f["line"], f["rule"]) for f in p.report["findings"]}), len(p.report["findings"]))
# More than a plain run shows: what may be right is looked at, where it was not before.
plain = {f["fingerprint"] for f in p.json()["findings"]}
closer = {f["fingerprint"]: f["tier"] for f in p.report["findings"] if f["fingerprint"] not in plain}
expect("what is added", set(closer.values()), {"strict"})

# A new function is nothing that became one, and its callers are as new.
p.back()
p.write("new.cpp", '#include "funcs.h"\ntask anew() {\n  for (int i : shared) {\n    co_await sleep();\n    use(i);\n  }\n}\n')
p.database()
expect("a new function", p.found(), [])
p.back()
p.change("funcs.h", "use(i); }", "use(i + 1); }")
expect("one that was a coroutine", p.found(), [])
print("a new one, and one that was one: nothing")
