#!/usr/bin/env python3
# ===- spellings.py - Every spelling with every rule, and the right answer --===//
#
# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# ===------------------------------------------------------------------------===//
"""Writes one C++ file per rule, lints it, and compares.

A case is made of parts from the tables in the *_cases.py files beside this one: what makes an object,
where it ends, how a suspension is written. Each part knows what it means, so the right answer of their
combination follows, and nobody writes it down. A rule that is right for `std::unique_lock l(m);` and
wrong for `auto l = std::unique_lock(m);` fails here in every place at once.

    spellings.py RULE --corolint=PATH --scratch=DIR [--include=DIR]... [--show=NUMBER]

Every case must be right: a finding too many, one too few, one twice, or one of another rule is named
with its code. A file that does not parse fails as a whole.
"""

import argparse
import collections
import dataclasses
import importlib
import itertools
import json
import os
import subprocess
import sys


@dataclasses.dataclass(frozen=True)
class Case:
    parts: tuple  # the names of what it is made of
    code: str  # goes into a namespace of its own
    reports: int  # how many findings of the rule: 0 or more


def parse_arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("rule")
    parser.add_argument("--corolint", required=True)
    parser.add_argument("--scratch", required=True)
    parser.add_argument("--include", action="append", default=[])
    parser.add_argument("--all", action="store_true", help="every combination, not only every pair")
    parser.add_argument("--std", default="c++20")
    parser.add_argument("--profile", default="default")
    parser.add_argument("--show", type=int, default=12, help="how many wrong cases are printed")
    return parser.parse_args()


def spread(cases):
    """Those that have a pair of parts which no case before them has. The whole product has many times as
    many, and what goes wrong is as good as always a matter of two parts."""
    seen, result = set(), []
    for case in cases:
        pairs = set(itertools.combinations(case.parts, 2)) if len(case.parts) > 2 else {case.parts}
        if not pairs <= seen:
            seen |= pairs
            result.append(case)
    return result


def write(path, prelude, cases):
    """Returns the first line of each case."""
    lines = prelude.rstrip().split("\n")
    first = []
    for number, case in enumerate(cases):
        lines.append(f"// {', '.join(case.parts)}: {case.reports}")
        first.append(len(lines))
        lines.append(f"namespace c{number} {{")
        lines += case.code.rstrip().split("\n")
        lines.append("}")
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    return first


def main():
    options = parse_arguments()
    sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
    table = importlib.import_module(options.rule.replace("-", "_") + "_cases")
    cases = table.cases(Case)
    if not options.all:
        cases = spread(cases)
    os.makedirs(options.scratch, exist_ok=True)
    path = os.path.join(options.scratch, options.rule + ".cpp")
    first = write(path, table.PRELUDE, cases)
    run = subprocess.run(
        [options.corolint, "check", "--quiet", "--format=json", f"--profile={options.profile}", path, "--",
         f"-std={options.std}", "-w", *(f"-I{folder}" for folder in options.include)],
        capture_output=True, text=True, check=False)
    if run.returncode not in (0, 1):
        sys.exit(f"{path} could not be analysed (exit {run.returncode}):\n{run.stdout[-3000:]}{run.stderr[-3000:]}")
    found = collections.defaultdict(list)
    wrong = []
    for finding in json.loads(run.stdout)["findings"]:
        number = sum(1 for line in first if line <= finding["line"]) - 1
        if number < 0 or os.path.realpath(finding["file"]) != os.path.realpath(path):
            wrong.append(f"outside of all cases: {finding['file']}:{finding['line']}: {finding['message']}")
        else:
            found[number].append(finding)
    for number, case in enumerate(cases):
        rules = [finding["rule"] for finding in found[number]]
        if rules != [options.rule] * case.reports:
            said = "".join(f"\n    says: {f['line']}:{f['column']}: {f['message']} [{f['rule']}]" for f in found[number])
            wrong.append(f"{path}:{first[number]}: {', '.join(case.parts)}: {case.reports} expected{said}\n{case.code.rstrip()}")
    reporting = sum(1 for case in cases if case.reports)
    for text in wrong[: options.show]:
        print(text, end="\n\n")
    print(f"{options.rule}: {len(cases)} spellings, {reporting} of them wrong code; {len(wrong)} answers are not right")
    # A table that lost one of its halves would prove nothing.
    if not 0 < reporting < len(cases):
        sys.exit("the table has only good or only bad cases")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
