# ===- coro_stale_reference_cases.py -----------------------------------------===//
#
# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# ===------------------------------------------------------------------------===//
"""What is taken out of a member's container, how the coroutine suspends, and what the awaited method does to
the container meanwhile."""

from suspensions import PRELUDE as COMMON
from suspensions import SUSPENDS

PRELUDE = COMMON + """
#include <algorithm>
#include <deque>
#include <list>
#include <map>
#include <unordered_map>
bool odd(int);
"""

# container -> (declaration, its parts: name -> (how it is taken, how it is used))
TAKEN = {
    "vector": ("std::vector<int> items;", {
        "iterator": ("auto it = items.begin();", "use(*it);"),
        "const iterator": ("auto it = items.cbegin();", "use(*it);"),
        "std::begin": ("auto it = std::begin(items);", "use(*it);"),
        "found": ("auto it = std::find(items.begin(), items.end(), 3);", "if (it != items.end()) use(*it);"),
        "found by ranges": ("auto it = std::ranges::find(items, 3);", "use(*it);"),
        "found by a predicate": ("auto it = std::find_if(items.begin(), items.end(), odd);", "use(*it);"),
        "element": ("auto &r = items[0];", "use(r);"),
        "const element": ("const auto &r = items[0];", "use(r);"),
        "auto && element": ("auto &&r = items[0];", "use(r);"),
        "front": ("int &r = items.front();", "r = 2;"),
        "back": ("auto &r = items.back();", "++r;"),
        "at": ("auto &r = items.at(0);", "use(r + 1);"),
        "what begin leads to": ("auto &r = *items.begin();", "use(r);"),
        "pointer": ("int *p = &items[0];", "use(*p);"),
        "auto pointer": ("auto *p = &items.front();", "*p = 1;"),
        "data": ("auto p = items.data();", "use(p[0]);"),
        "copied iterator": ("auto first = items.begin(); auto it = first;", "use(*it);"),
        "reverse iterator": ("auto it = items.rbegin();", "use(*it);"),
        "taken later": ("std::vector<int>::iterator it; it = items.begin();", "use(*it);"),
        "init-statement": None,
    }),
    "vector of structs": ("std::vector<point> items;", {
        "member of an element": ("auto &r = items[0].x;", "use(r);"),
        "pointer to a member": ("auto *p = &items.front().y;", "use(*p);"),
        "structured binding": ("auto &[a, b] = items[0];", "use(a + b);"),
        "arrow": ("auto it = items.begin();", "use(it->x);"),
        "member by arrow": ("auto &r = items.begin()->x;", "use(r);"),
    }),
    "deque": ("std::deque<int> items;", {
        "iterator": ("auto it = items.begin();", "use(*it);"),
    }),
}

# What the awaited method does: it ends everything that was taken out of a vector.
CHANGES = {
    "push_back": "items.push_back({});",
    "emplace_back": "items.emplace_back();",
    "clear": "items.clear();",
    "assigned": "items = {};",
    "assign": "items.assign(3, {});",
    "resize": "items.resize(9);",
    "insert": "items.insert(items.begin(), items[0]);",
    "erase": "items.erase(items.begin());",
    "swap": "decltype(items) other; items.swap(other);",
    "by this": "this->items.clear();",
    "through a method": "forget();",
    "through an accessor": "all().clear();",
    "through a reference": "auto &c = items; c.clear();",
}
# … or it does nothing to it.
HARMLESS = {
    "nothing": "use(1);",
    "reads": "use(items.size());",
    "another member": "others.clear();",
    "another object": "owner other; other.items.clear();",
    "unevaluated": "use(sizeof((items.clear(), 1)));",
    "an element": "items[0] = {};",
}

FINE = {
    "used before only": ("auto &r = items[0]; use(r);", "use(1);"),
    "copied": ("auto v = items[0];", "use(v);"),
    "index": ("std::size_t i = 0;", "use(items[i]);"),
    "taken after": ("use(1);", "auto &r = items[0]; use(r);"),
    "taken again": ("auto it = items.begin(); use(*it);", "it = items.begin(); use(*it);"),
    "in a block": ("{ auto &r = items[0]; use(r); }", "use(1);"),
}

# The suspensions of the table, on methods of this object that may change it.
AWAITED = {"step()": "this->change()", "num()": "change_num()", "truth()": "change_truth()", "both()": "change_both()",
           "numbers()": "change_numbers()", "text()": "change_text()"}


def changing(code):
    for plain, method in AWAITED.items():
        code = code.replace("co_await " + plain, "co_await " + method)
    return code


def owner(declaration, change, body):
    return f"""struct owner {{
  {declaration}
  std::vector<int> others;
  auto &all() {{ return items; }}
  void forget() {{ items.clear(); }}
  task<> change() {{ co_await step(); {change} }}
  task<int> change_num() {{ co_await change(); co_return 1; }}
  task<bool> change_truth() {{ co_await change(); co_return true; }}
  task<std::pair<int, int>> change_both() {{ co_await change(); co_return std::pair(1, 2); }}
  task<std::vector<int>> change_numbers() {{ co_await change(); co_return std::vector<int>(); }}
  task<std::string> change_text() {{ co_await change(); co_return std::string(); }}
  task<int> f() {{
    {body}
    co_return 0;
  }}
}};"""


def cases(Case):
    result = []
    statement = changing(SUSPENDS["a statement"])
    for container, (declaration, ways) in TAKEN.items():
        for name, way in ways.items():
            if way is None:
                continue
            take, used = way
            for change, code in CHANGES.items():
                if container == "deque" and change in ("push_back", "emplace_back"):
                    pass
                result.append(Case((container, name, change), owner(declaration, code, f"{take} {statement} {used}"), 1))
            for change, code in HARMLESS.items():
                result.append(Case((container, name, change), owner(declaration, code, f"{take} {statement} {used}"), 0))
    take, used = TAKEN["vector"][1]["iterator"]
    for where, suspends in SUSPENDS.items():
        # Not where the way on is another one, and nothing is used there.
        if where in ("a label", "a throw", "a co_return"):
            continue
        body = f"{take} {changing(suspends)} {used}"
        result.append(Case(("over", where), owner("std::vector<int> items;", "items.clear();", body), 1))
        result.append(Case(("over", where, "harmless"), owner("std::vector<int> items;", "use(1);", body), 0))
    for name, (take, used) in FINE.items():
        result.append(Case(("fine", name), owner("std::vector<int> items;", "items.clear();", f"{take} {statement} {used}"), 0))
    for name, loop in {
        "range-for": f"for (int x : items) {{ use(x); {statement} }}",
        "range-for by reference": f"for (auto &x : items) {{ {statement} use(x); }}",
        "range-for of this": f"for (int x : this->items) {{ use(x); {statement} }}",
        "range-for over an accessor": f"for (int x : all()) {{ use(x); {statement} }}",
        "for": f"for (auto it = items.begin(); it != items.end(); ++it) {{ {statement} }}",
        "while": f"auto it = items.begin(); while (it != items.end()) {{ {statement} ++it; }}",
        "branch in a range-for": f"for (int x : items) if (odd(x)) {statement}",
    }.items():
        for change, code in CHANGES.items():
            result.append(Case((name, change), owner("std::vector<int> items;", code, loop), 1))
        for change, code in HARMLESS.items():
            result.append(Case((name, change), owner("std::vector<int> items;", code, loop), 0))
    # Elements in nodes stay where they are, unless they are taken out.
    for container in ("std::map<int, int>", "std::unordered_map<int, int>", "std::list<int>"):
        key = "0" if "map" in container else ""
        element = "auto &r = items[0];" if key else "auto &r = items.front();"
        for change, code, count in (
            ("clear", "items.clear();", 1),
            ("erase", "items.erase(items.begin());", 1),
            ("insert", "items.emplace(1, 2);" if key else "items.push_back(2);", 0),
        ):
            result.append(Case((container, "element", change), owner(f"{container} items;", code, f"{element} {statement} use(r);"), count))
    return result
