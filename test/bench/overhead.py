#!/usr/bin/env python3
# ===- overhead.py - What linting a unit costs beside compiling it ----------===//
#
# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# ===------------------------------------------------------------------------===//
"""Measures the processor time (user and system) of linting a heavy unit, a small one, and one of many
coroutines: with corolint, with its plugin in clang-tidy, and with clang-tidy's own coroutine checks,
against what the compiler takes to look at the same unit (-fsyntax-only); and what the rules about
suspensions add to corolint's other ones. The runs are interleaved, so that whatever
else the machine does falls on all alike. The figure is the least time of a tool's runs: what else
the machine does only adds to it."""

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
LIMIT = 1.1  # the goal: corolint on the heavy unit, as a multiple of the compiler
MORE = 1.03  # the goal: … and as a multiple of itself without the rules about suspensions
WITHOUT = "corolint without the rules on suspensions"
FIRST_RULES = "-*,coro-blocking-call,coro-nested-loop,coro-unawaited-task"

OWN_CHECKS = ",".join([
    "-*",
    "cppcoreguidelines-avoid-capturing-lambda-coroutines",
    "cppcoreguidelines-avoid-reference-coroutine-parameters",
    "cppcoreguidelines-no-suspend-with-lock",
    "misc-coroutine-hostile-raii",
])
UNITS = {
    # Debian's Asio does not know that Clang 22 has coroutines.
    "heavy": ["-std=c++20", "-DASIO_HAS_CO_AWAIT", "-DASIO_HAS_STD_COROUTINE"],
    "small": ["-std=c++20"],
    "coroutines": ["-std=c++20", "-I" + os.path.join(HERE, "../../runtime/include")],
}


def processor_time(command):
    """Seconds of one run, its children included."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    # A run that fails does less work, so its time says nothing. 1: there are findings.
    if done.returncode not in (0, 1) or " error: " in done.stdout:
        sys.exit(f"failed: {' '.join(command)}\n{done.stdout}")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def cache(corolint, unit, copies=20):
    """A project of some units, linted twice: what the second run saves when nothing changed."""
    with tempfile.TemporaryDirectory() as folder:
        entries = []
        for number in range(copies):
            name = f"{unit}{number}.cpp"
            shutil.copy(os.path.join(HERE, unit + ".cpp"), os.path.join(folder, name))
            entries.append({"directory": folder, "file": name,
                            "arguments": ["c++", *UNITS[unit], "-c", name]})
        with open(os.path.join(folder, "compile_commands.json"), "w") as file:
            json.dump(entries, file)
        command = [corolint, "--quiet", f"--cache-dir={folder}/cache", "-p", folder]
        first = processor_time(command)
        again = min(processor_time(command) for _ in range(5))
        print(f"a project of {copies} {unit} units, processor time")
        print(f"  {'the first run':45} {first * 1000:8.0f} ms")
        print(f"  {'nothing changed, least of 5':45} {again * 1000:8.0f} ms   1/{first / again:.0f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", required=True, help="the build directory")
    parser.add_argument("--runs", type=int, default=11, help="runs of each (default: 11)")
    parser.add_argument("--llvm", default="22", help="version suffix of the LLVM tools")
    parser.add_argument("--unit", action="append", choices=UNITS, help="only this unit")
    parser.add_argument("--check", action="store_true",
                        help="exit with 1 when a goal is missed on the heavy unit")
    options = parser.parse_args()

    corolint = os.path.join(options.build, "bin", "corolint")
    plugin = os.path.join(options.build, "lib", "corolint.so")
    tidy = f"clang-tidy-{options.llvm}"
    compiler = f"clang++-{options.llvm} -fsyntax-only"
    tools = {
        compiler: lambda file, flags: [f"clang++-{options.llvm}", "-fsyntax-only", *flags, file],
        "corolint": lambda file, flags: [corolint, "--no-cache", "--quiet", file, "--", *flags],
        WITHOUT: lambda file, flags: [
            corolint, "--no-cache", "--quiet", f"--checks={FIRST_RULES}", file, "--", *flags],
        f"{tidy} with the plugin": lambda file, flags: [
            tidy, f"--load={plugin}", "--checks=-*,coro-*", "--quiet", file, "--", *flags],
        f"{tidy} with its four coroutine checks": lambda file, flags: [
            tidy, f"--checks={OWN_CHECKS}", "--quiet", file, "--", *flags],
    }

    missed = False
    for unit in options.unit or UNITS:
        file = os.path.join(HERE, unit + ".cpp")
        times = {tool: [] for tool in tools}
        # The first round fills the page cache, and does not count.
        for number in range(options.runs + 1):
            for tool, command in tools.items():
                time = processor_time(command(file, UNITS[unit]))
                if number:
                    times[tool].append(time)
        least = {tool: min(values) for tool, values in times.items()}
        print(f"{unit} unit, processor time, least of {options.runs} interleaved runs")
        for tool, time in least.items():
            ratio = time / least[compiler]
            median = statistics.median(times[tool])
            print(f"  {tool:45} {time * 1000:8.0f} ms   {ratio:5.2f} x   (median {median * 1000:.0f} ms)")
        added = least["corolint"] / least[WITHOUT]
        if unit == "heavy":
            missed = least["corolint"] > LIMIT * least[compiler] or added > MORE
            print(f"  goal: corolint at most {LIMIT} x: "
                  f"{'missed' if least['corolint'] > LIMIT * least[compiler] else 'met'}")
        print(f"  goal: the rules on suspensions at most {MORE} x of the others: "
              f"{added:.3f}, {'missed' if added > MORE else 'met'}")
    for unit in options.unit or ["heavy"]:
        cache(corolint, unit)
    return int(options.check and missed)


if __name__ == "__main__":
    sys.exit(main())
