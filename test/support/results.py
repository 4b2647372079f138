#!/usr/bin/env python3
# ===- results.py - What a run of the tests says at its end ------------------===//
#
# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# ===------------------------------------------------------------------------===//
"""results.py slowest SECONDS        the 15 tests that took most processor time
   results.py counts RESULTS...      the last line of a run: how many passed and failed
   results.py keep RESULTS FAILED [--all-tests]
                                     notes in FAILED what failed, for a run of these alone: those that
                                     did not run this time stay in it, unless all tests ran
   results.py failed FAILED          what lit is to be called with for them, one argument a line

RESULTS is what lit writes with --output, SECONDS what formats.py writes."""

import collections
import json
import os
import re
import sys

GOOD = {"PASS", "XFAIL", "FLAKYPASS"}
SKIPPED = {"UNSUPPORTED", "SKIPPED", "EXCLUDED"}


def tests_of(path):
    with open(path, encoding="utf-8") as results:
        return json.load(results)["tests"]


def slowest(path):
    seconds = collections.Counter()
    with open(path, encoding="utf-8") as file:
        for line in file:
            used, _, name = line.strip().partition(" ")
            seconds[name] += float(used)
    for name, used in seconds.most_common(15):
        print(f"  {used:6.1f} s  {name}")


def counts(*paths):
    codes = collections.Counter(test["code"] for path in paths for test in tests_of(path))

    def count(names):
        return sum(codes[name] for name in names)

    line = f"{count(GOOD)} passed, {count(codes.keys() - GOOD - SKIPPED)} failed"
    print(line + (f", {count(SKIPPED)} skipped" if count(SKIPPED) else ""))


def names_in(failed):
    if not os.path.exists(failed):
        return []
    with open(failed, encoding="utf-8") as file:
        return file.read().splitlines()


def keep(path, failed, all_ran=""):
    tests = tests_of(path)
    ran = {test["name"] for test in tests}
    names = [] if all_ran else [name for name in names_in(failed) if name not in ran]
    names += sorted({test["name"] for test in tests if test["code"] not in GOOD | SKIPPED})
    with open(failed, "w", encoding="utf-8") as file:
        file.writelines(f"{name}\n" for name in names)


def failed(path):
    """Of aio's programs, whose cases lit does not know before they ran, the filter of GoogleTest."""
    filters, cases = set(), []
    for name in names_in(path):
        suite, _, rest = name.partition(" :: ")
        program = re.match(r"(.*-aio-tests)/(.*)$", rest)
        if suite != "aio" or not program:
            filters.add(re.escape(name) + "$")
            continue
        filters.add(re.escape(f"aio :: {program[1]}/"))
        # A program that ended before it could say what failed has the number of a shard for a name.
        cases.append("*" if re.fullmatch(r"\d+/\d+", program[2]) else program[2].replace("/", "."))
    if filters:
        print(f"--filter=^({'|'.join(sorted(filters))})")
    if cases:
        print(f"--param=gtest_filter={':'.join(cases)}")


if __name__ == "__main__":
    if len(sys.argv) < 3 or sys.argv[1] not in ("slowest", "counts", "keep", "failed"):
        sys.exit(__doc__)
    globals()[sys.argv[1]](*sys.argv[2:])
