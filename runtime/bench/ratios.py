#!/usr/bin/env python3
# ===- ratios.py - What aio costs beside Asio and raw libuv ------------------===//
#
# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# ===------------------------------------------------------------------------===//
"""Runs the benchmarks of aio, interleaved with the same ones for Asio's awaitable and for raw libuv
callbacks, and prints times and ratios, which are below 1 where aio takes less. Of processor time it is
the least of all runs, because whatever else the machine does only adds to it; where threads wait for
each other it is the median, for the least is a wait that was none. The goals are: less than Asio
everywhere, and at most 1.1 of libuv where the outside world is in it."""

import argparse
import collections
import json
import os
import statistics
import subprocess
import sys

IO = ("TCP echo", "to a thread and back")  # what libuv's goal is for


def measure(program, runs, repetitions, wanted):
    """{benchmark: {library: nanoseconds}}; each run is a process, so none inherits a warm heap."""
    times = collections.defaultdict(lambda: collections.defaultdict(list))
    waiting = set()
    for number in range(runs + 1):
        done = subprocess.run(
            [program, "--benchmark_format=json", "--benchmark_min_time=0.02",
             f"--benchmark_repetitions={repetitions}", "--benchmark_enable_random_interleaving=true",
             f"--benchmark_filter={wanted}"],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        if done.returncode:
            sys.exit(f"failed: {program}\n{done.stdout}{done.stderr}")
        if not done.stdout.strip():
            continue  # the filter leaves nothing here
        if number == 0:
            continue  # the first round warms the machine up, and does not count
        for each in json.loads(done.stdout)["benchmarks"]:
            if each["run_type"] == "aggregate":
                continue
            name, _, rest = each["name"].partition("/")
            library, _, arguments = rest.partition("/")
            arguments = [a for a in arguments.split("/") if a.isdigit()]
            if arguments:
                name += f", {arguments[0]} connection{'s' * (arguments[0] != '1')}"
            if "items_per_second" in each:
                times[name][library].append(1e9 / each["items_per_second"])
                continue
            # What waits for other threads is measured by the clock, all else by the processor.
            waits = "real_time" in each["name"]
            if waits:
                waiting.add(name)
            unit = {"ns": 1, "us": 1e3, "ms": 1e6}[each["time_unit"]]
            times[name][library].append(each["real_time" if waits else "cpu_time"] * unit)
    return {name: {library: (statistics.median if name in waiting else min)(t)
                   for library, t in libraries.items()}
            for name, libraries in times.items()}


def show(nanoseconds):
    for unit, size in (("ms", 1e6), ("µs", 1e3)):
        if nanoseconds >= size:
            return f"{nanoseconds / size:.1f} {unit}"
    return f"{nanoseconds:.1f} ns"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", required=True, help="the build directory")
    parser.add_argument("--runs", type=int, default=7, help="runs of each program (default: 7)")
    parser.add_argument("--filter", default=".", help="a regular expression: only these benchmarks")
    parser.add_argument("--check", action="store_true", help="exit with 1 when a goal is missed")
    options = parser.parse_args()

    print(f"{'':42}{'aio':>10}{'Asio':>10}{'libuv':>10}   aio/Asio  aio/libuv")
    missed = []
    for program, repetitions in (("core", 5), ("io", 1)):  # an echo takes long enough by itself
        path = os.path.join(options.build, "runtime", "bench", f"aio-bench-{program}")
        for name, libraries in measure(path, options.runs, repetitions, options.filter).items():
            if "aio" not in libraries:
                continue
            ratio = {library: libraries["aio"] / t for library, t in libraries.items()}
            times = "".join(f"{show(libraries[x]) if x in libraries else '':>10}"
                            for x in ("aio", "asio", "libuv"))
            ratios = "".join(f"{ratio[x]:>11.2f}" if x in ratio else " " * 11
                             for x in ("asio", "libuv"))
            print(f"{name:42}{times}{ratios}")
            if ratio.get("asio", 0) >= 1:
                missed.append(f"{name}: {ratio['asio']:.2f} of Asio's time")
            if name.startswith(IO) and ratio.get("libuv", 0) > 1.1:
                missed.append(f"{name}: {ratio['libuv']:.2f} of libuv's time")
    for each in missed:
        print(f"goal missed: {each}")
    return 1 if missed and options.check else 0


if __name__ == "__main__":
    sys.exit(main())
