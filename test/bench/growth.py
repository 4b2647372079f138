#!/usr/bin/env python3
# ===- growth.py - How a rule's cost grows with the size of a function ------===//
#
# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# ===------------------------------------------------------------------------===//
"""Lints one coroutine of N statements, for N up to 20 000, with one rule at a time, and shows what a
statement costs as N grows. A rule is linear if that does not grow: the last figure of a row is the cost of
a statement at the largest N, as a multiple of that at a quarter of it. The statements are those that give
the rule most to do. Times are processor time (user), the least of the runs."""

import argparse
import os
import resource
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
LIMIT = 1.5  # of the multiple; a quadratic rule has 4

PRELUDE = """
#include "task.hpp"
#include <corolint/annotations.h>
#include <cassert>
#include <cstdio>
#include <fcntl.h>
#include <fstream>
#include <future>
#include <mutex>
#include <stop_token>
#include <thread>
#include <unistd.h>
#include <vector>
using namespace std::chrono_literals;
mini::task<int> c(int);
mini::task<> step();
mini::task<> nap(std::chrono::seconds);
namespace mini {
class CORO_CANCELLATION stopped {};
CORO_GATHERS task<int> all(task<int> a, task<int> b);
}
int compute();
void work();
void expect(bool);
#define EXPECT_THROW(x) try { x; expect(false); } catch (...) { }
extern std::mutex m;
extern std::vector<int> items;
extern std::vector<std::future<int>> many;
extern thread_local int tls;
int slow(int);
inline int slower(int i) { std::this_thread::sleep_for(1s); return i; }
struct rests { ~rests() { std::this_thread::sleep_for(1s); } };
struct hop {
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  void await_resume();
};
CORO_RESUMES_ON_WORKER hop to_worker();
CORO_RESUMES_ON_LOOP hop to_loop();
struct scoped_lock { ~scoped_lock(); scoped_lock(scoped_lock &&); };
mini::task<scoped_lock> scoped();
mini::task<> lent(int &n) { co_await step(); ++n; }
mini::task<int> heard(int, std::stop_token = {});
struct crew {
  ~crew();
  void start(CORO_CONSUMES_TASK mini::task<> t);
  mini::task<> join();
};
mini::task<> shrink() { co_await step(); items.clear(); }
"""

# rule -> (name -> a statement of number {i})
STATEMENTS = {
    "coro-unawaited-task": {
        "branches": "if (a > {i}) {{ auto t = c({i}); x += co_await std::move(t); }}",
        "dropped": "c({i});",
        "kept": "auto t{i} = c({i});",
        "expected to throw": "EXPECT_THROW(c({i}))",
        "containers": "std::vector<mini::task<int>> v{i}; v{i}.push_back(c({i}));",
        "one container": "all.push_back(c({i}));",
        "arms": "a > {i} ? (void)c({i}) : (void)c(a);",
    },
    "coro-blocking-call": {
        "branches": "if (a > {i}) {{ auto t = c({i}); x += co_await std::move(t); }}",
        "blocking": "std::this_thread::sleep_for(1s);",
        "through a helper": "x += slower({i});",
        "guards": "{{ auto f = std::async(compute); if (f.wait_for(0s) == std::future_status::ready) x += f.get(); }}",
        "elements": "for (auto &f : many) if (f.wait_for(0s) == std::future_status::ready) x += f.get();",
        "one future": "if (once.wait_for(0s) == std::future_status::ready) x += once.get();",
        "descriptors": '{{ int fd = open("a", 0); if (fd < 0) co_return; write(fd, "", 1); }}',
        "one descriptor": 'write(one, "", 1);',
        "streams": '{{ std::ofstream s("a"); s << {i}; }}',
        "lambdas": "x += [&] {{ return slow({i}); }}();",
        "suspensions": "if (a > {i}) co_await step(); else std::this_thread::sleep_for(1s);",
        "tasks in one": "all.push_back(c({i}));",
        "hops in a row": "co_await to_worker(); std::this_thread::sleep_for(1s); co_await to_loop();",
        "hops": "if (a > {i}) co_await to_worker(); else co_await to_loop(); std::this_thread::sleep_for(1s);",
    },
    "coro-nested-loop": {
        "branches": "if (a > {i}) {{ auto t = c({i}); x += co_await std::move(t); }}",
        "loops": "x += mini::run(c({i}));",
    },
    "coro-blocking-destructor": {
        "branches": "if (a > {i}) {{ auto t = c({i}); x += co_await std::move(t); }}",
        "threads": "{{ std::jthread t(work); }}",
        "all at the end": "std::jthread t{i}(work);",
        "own": "{{ rests r; x += {i}; }}",
    },
    "coro-lock-across-suspension": {
        "branches": "if (a > {i}) {{ auto t = c({i}); x += co_await std::move(t); }}",
        "blocks": "{{ std::lock_guard g(m); x += {i}; }} co_await step();",
        "held": "{{ std::lock_guard g(m); co_await step(); }}",
        "all at the end": "std::lock_guard g{i}(m);",
        "temporaries": "x += std::unique_lock(m).owns_lock();",
        "by hand": "m.lock(); m.unlock();",
    },
    "coro-hostile-object-across-suspension": {
        "branches": "if (a > {i}) {{ auto t = c({i}); x += co_await std::move(t); }}",
    },
    "coro-thread-state-across-suspension": {
        "pointers": "{{ int *p = &tls; co_await step(); x += *p; }}",
        "errno": "{{ int e = errno; co_await step(); x += e; }}",
        "errno asked": "{{ auto n = read(a, &x, 1); co_await step(); if (n < 0 && errno == {i}) work(); }}",
    },
    "coro-stale-reference": {
        "branches": "if (a > {i}) {{ auto t = c({i}); x += co_await std::move(t); }}",
        "iterators": "{{ auto it = items.begin(); co_await step(); x += *it; }}",
        "references": "{{ auto &r = items[{i}]; co_await step(); x += r; }}",
        "loops": "for (int each : items) {{ co_await step(); x += each; }}",
        "awaited locks": "{{ auto g = co_await scoped(); auto it = items.begin(); co_await step(); x += *it; }}",
        "handlers": "try {{ auto it = items.begin(); co_await step(); x += *it; }} catch (int) {{ work(); }}",
    },
    "coro-stale-read": {
        "branches": "if (a > {i}) {{ auto t = c({i}); x += co_await std::move(t); }}",
        "sums": "global = global + co_await c({i});",
    },
    "coro-dangling-parameter": {
        "in place": "co_await lent(x);",
        "kept": "auto t{i} = lent(x); co_await std::move(t{i});",
        "temporaries": "auto t{i} = [](const int &n) -> mini::task<int> {{ co_return n; }}({i}); x += co_await std::move(t{i});",
        "contained": "more.push_back(lent(x));",
    },
    "coro-detached-borrow": {
        "started": "works.start(lent(x));",
        "of each": "int x{i} = 0; works.start(lent(x{i}));",
        "in loops": "for (int j = 0; j != 2; ++j) works.start(lent(x));",
        "left": "{{ int y = 0; works.start(lent(y)); }}",
    },
    "coro-task-awaited-twice": {
        "kept": "auto t{i} = c({i}); x += co_await std::move(t{i});",
        "again": "if (a > {i}) {{ auto t = c({i}); x += co_await std::move(t); x += co_await std::move(t); }}",
    },
    "coro-unjoined-scope": {
        "started": "works.start(lent(x));",
    },
    "coro-context-not-forwarded": {
        "passed": "x += co_await heard({i}, stop);",
        "left out": "x += co_await heard({i});",
        "asked": "if (!stop.stop_requested()) x += co_await heard({i});",
        "nested": "{{ std::stop_token s{i} = stop; x += co_await heard(co_await heard({i})); }}",
    },
    "coro-frame-size": {
        "locals": "char a{i}[10]; x += a{i}[0]; co_await step();",
        "scopes": "{{ char a{i}[10]; x += a{i}[0]; co_await step(); }}",
    },
    "coro-loop-without-suspension": {
        "loops": "for (int i = 0; i < 5000000; ++i) x += i;",
        "nested": "for (int i = 0; i < a; ++i) for (int j = 0; j < a; ++j) x += i * j;",
        "helpers": "x += slower({i});",
        "blocking": "while (a) {{ std::this_thread::sleep_for(1s); }}",
        "flags": "while (!items.empty()) {{ }}",
    },
    "coro-busy-wait": {
        "awaits": "while (items.empty()) co_await step();",
        "sleeps": "while (items.empty()) co_await nap(1s);",
        "exits": "for (;;) {{ if (!items.empty()) break; co_await nap(1s); }}",
    },
    "coro-swallowed-cancellation": {
        "handlers": "try {{ co_await step(); }} catch (...) {{ x += {i}; }}",
        "nested": "try {{ try {{ co_await step(); }} catch (int) {{ }} }} catch (...) {{ x += {i}; }}",
        "named": "for (;;) {{ try {{ co_await step(); }} catch (const mini::stopped &) {{ }} if (a) break; }}",
    },
    "coro-sequential-await": {
        "in a row": "const int r{i} = co_await c({i});",
        "loops": "for (int each : items) x += co_await c(each);",
    },
    "coro-suspending-initializer": {
        "statics": "{{ static int s = co_await c({i}); x += s; }}",
        "assertions": "assert(co_await c({i}));",
    },
}


def processor_time(command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
    if done.returncode not in (0, 1):
        sys.exit(f"failed: {' '.join(command)}\n{done.stdout[-1000:]}{done.stderr[-3000:]}")
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before


def write(path, statement, count):
    with open(path, "w", encoding="utf-8") as file:
        file.write(PRELUDE + "extern int global;\nmini::task<> whole(int a, std::stop_token stop) {\n  int x = 0; int one = open(\"b\", 0);\n"
                   "  auto once = std::async(compute);\n  std::vector<mini::task<int>> all;\n"
                   "  crew works; std::vector<mini::task<>> more;\n")
        for i in range(count):
            file.write("  " + statement.format(i=i) + "\n")
        file.write("  expect(x + one);\n  co_await works.join();\n  for (auto &each : more) co_await std::move(each);\n  co_await step();\n}\nvoid start() { mini::run(shrink()); }\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", required=True, help="the build directory")
    parser.add_argument("--most", type=int, default=20000, help="the largest N (default: 20000)")
    parser.add_argument("--runs", type=int, default=1, help="runs of each (default: 1)")
    parser.add_argument("--rule", action="append", choices=STATEMENTS, help="only this rule")
    parser.add_argument("--statement", action="append", help="only the statements of this name")
    parser.add_argument("--check", action="store_true", help="exit with 1 when a rule is not linear")
    parser.add_argument("--llvm", default="22", help="version suffix of the LLVM tools")
    options = parser.parse_args()
    corolint = os.path.join(options.build, "bin", "corolint")
    flags = ["-std=c++20", "-w", "-fbracket-depth=100000", "-I" + os.path.join(HERE, "../../docs/example"),
             "-I" + os.path.join(HERE, "../../runtime/include")]
    counts = [options.most // 16, options.most // 4, options.most]
    print(f"microseconds a statement, at {', '.join(map(str, counts))} statements; how it grew, from a quarter on; "
          "-fsyntax-only of all", flush=True)
    missed = []
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "unit.cpp")
        write(path, ";", 0)
        for rule in options.rule or STATEMENTS:
            for name, statement in STATEMENTS[rule].items():
                if options.statement and name not in options.statement:
                    continue
                lint = [corolint, "--no-cache", "--quiet", f"--checks=-*,{rule}", "--timeout=600", path, "--", *flags]
                write(path, ";", 0)
                empty = min(processor_time(lint) for _ in range(options.runs))
                costs = [float("inf")] * len(counts)
                # A busy machine slows a run down, it makes none quicker: what seems to miss is run again.
                for _ in range(3):
                    for i, count in enumerate(counts):
                        write(path, statement, count)
                        time = min(processor_time(lint) for _ in range(options.runs)) - empty
                        costs[i] = min(costs[i], max(time, 0.001) / count * 1e6)
                    if costs[-1] <= LIMIT * costs[-2]:
                        break
                # What costs a small part of the parse is mostly noise of the clock; a quadratic rule exceeds it.
                parse = processor_time([f"clang++-{options.llvm}", "-fsyntax-only", *flags, path]) / counts[-1] * 1e6
                growth = costs[-1] / max(costs[-2], parse / 4)
                print(f"{rule:40} {name:20} {costs[0]:9.1f} {costs[1]:9.1f} {costs[2]:9.1f}   x{growth:.2f}"
                      f"   {parse:9.1f}{'   not linear' if growth > LIMIT else ''}", flush=True)
                if growth > LIMIT:
                    missed.append(f"{rule}: {name}")
    if missed:
        print("not linear: " + "; ".join(missed))
    sys.exit(1 if options.check and missed else 0)


if __name__ == "__main__":
    main()
