#!/usr/bin/env python3
# ===- other_llvm.py - The tests of the rules with another release of LLVM --===//
#
# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# ===------------------------------------------------------------------------===//
"""Lints the files of test/checks with another clang-tidy and the plugin that was built for it, and compares
with what each file expects of the release that corolint is written for. A file that is in EXCEPTIONS must
differ: an exception that is none any more is a fault as well."""

import argparse
import concurrent.futures
import glob
import os
import re
import shlex
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
import check  # noqa: E402

# With the clang-tidy of LLVM 19.
STATEMENTS = "Clang 19 takes no annotation on a statement, so CORO_ALLOW_BLOCKING is empty there"
EXCEPTIONS = {
    "coro-blocking-call.cpp": STATEMENTS,
    "coro-nested-loop.cpp": STATEMENTS,
    "coro-dangling-capture-23.cpp":
        "Clang 19 does not say that it has explicit object parameters, so the fix is not proposed",
}


def tests_in(path):
    """The arguments of each RUN line that is a %check."""
    with open(path, encoding="utf-8") as file:
        for line in file:
            if run := re.match(r"// RUN: (?:%if [\w+-]+ %\{ )?%check %s(.*?)(?: %\})?$", line.rstrip()):
                yield run[1].replace("%S", os.path.dirname(path))


def fault_of(path, number, words, options):
    words = shlex.split(words)
    flags = words[words.index("--") + 1:] if "--" in words else []
    words = words[:words.index("--")] if "--" in words else words
    parser = argparse.ArgumentParser()
    check.add_options(parser)
    wanted = parser.parse_args([
        os.path.abspath(path), "--corolint=none", f"--plugin={os.path.abspath(options.plugin)}", f"--clang-tidy={options.clang_tidy}",
        f"--scratch={os.path.abspath(options.scratch)}/{os.path.basename(path)}.{number}",
        *(f"--include={os.path.abspath(each)}" for each in options.include), *words])
    with open(path, encoding="utf-8") as file:
        text = file.read()
    try:
        test = check.Test(wanted, flags)
        test.prepare()
        found = check.in_order(test.lint_with_plugin(text))
        return "\n".join(check.compare(check.parse_expectations(text).findings, found, test.main))
    except check.Wrong as wrong:
        return str(wrong)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--plugin", required=True)
    parser.add_argument("--clang-tidy", required=True)
    parser.add_argument("--scratch", required=True)
    parser.add_argument("--include", action="append", default=[])
    parser.add_argument("folder")
    options = parser.parse_args()
    jobs, bad = [], 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for path in sorted(glob.glob(os.path.join(options.folder, "*.cpp"))):
            for number, words in enumerate(tests_in(path)):
                jobs.append((os.path.basename(path), pool.submit(fault_of, path, number, words, options)))
        for name, job in jobs:
            fault = job.result()
            if bool(fault) == (name in EXCEPTIONS):
                continue
            bad += 1
            print(f"{name}: {fault or 'it is an exception, and is as it should be: ' + EXCEPTIONS[name]}")
    print(f"{len(jobs)} runs, {bad} faults, {len(EXCEPTIONS)} exceptions")
    return 1 if bad or not jobs else 0


if __name__ == "__main__":
    sys.exit(main())
