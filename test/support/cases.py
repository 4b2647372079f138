#!/usr/bin/env python3
# ===- cases.py - Many small cases in a file, each with its right answer ----===//
#
# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# ===------------------------------------------------------------------------===//
"""Lints a file of cases, and compares what each of them gives with what it expects:

    // CASE: literal-then-awaited EXPECT: coro-dangling-parameter|coro-detached-borrow
    // The string of the conversion dies at the semicolon.
    shop::job<int> literal_then_awaited() { … }

A case is what stands between its line and the next one. What it expects are ids separated by commas:
`a|b` where either or both are right, `?a` for what is accepted and not required: the comment says why
it is missed. `none` expects nothing. What a case is right about is its rule; messages, notes and fixes
are the matter of test/checks.

What must hold, and fails otherwise:
  - each case gives what it expects, and nothing else of the rules that are looked at
  - nothing is reported outside of the cases, and the file can be analysed
  - with --both-doors, the plugin in clang-tidy says the same as the command, to the column

The compiler flags are -std=c++20, in *.cxx23.cpp -std=c++23, then yours.
"""

import argparse
import dataclasses
import os
import re
import subprocess
import sys

import check

CASE = re.compile(r"// CASE: (?P<name>\S+) EXPECT: (?P<expected>\S.*)")
# A case that was mistyped would otherwise be a comment like any other, and belong to the one above.
NEARLY = re.compile(r"//\s*CASE\b|\bEXPECT\s*:", re.I)
ID = re.compile(r"coro-[a-z-]+")


@dataclasses.dataclass
class Case:
    name: str
    line: int
    required: list = dataclasses.field(default_factory=list)  # sets: one of each is to be there
    accepted: set = dataclasses.field(default_factory=set)
    found: list = dataclasses.field(default_factory=list)

    def expect(self, text):
        """Whether text is understood."""
        if text == "none":
            return True
        for part in text.replace(" ", "").split(","):
            ids = part.removeprefix("?").split("|")
            if not all(ID.fullmatch(one) for one in ids):
                return False
            self.accepted.update(ids)
            if not part.startswith("?"):
                self.required.append(set(ids))
        return True

    def faults(self):
        ids = {message.rule for message in self.found}
        missing = [" or ".join(sorted(one)) for one in self.required if not one & ids]
        return ([f"not reported: {one}" for one in missing]
                + [f"not expected: {m}" for m in self.found if m.rule not in self.accepted])


def parse(text):
    cases = []
    for number, line in enumerate(text.split("\n"), 1):
        m = CASE.fullmatch(line.strip())
        if m is None:
            if NEARLY.search(line):
                raise check.Wrong(f"line {number}: a case that is not understood: {line.strip()}")
            continue
        case = Case(m["name"], number)
        if not case.expect(m["expected"]):
            raise check.Wrong(f"line {number}: '{m['expected']}' are no ids of rules")
        if any(case.name == other.name for other in cases):
            raise check.Wrong(f"line {number}: there is a case '{case.name}' already")
        cases.append(case)
    if not cases:
        raise check.Wrong("there is no case in it")
    return cases


def lint(command, file, looked_at):
    """What a door says in file and in what it includes, notes left out."""
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                          errors="replace", check=False)
    # clang-tidy's only error here is one of the compiler.
    if done.returncode not in (0, 1) or re.search(r"\berror: ", done.stdout):
        raise check.Wrong(f"exit {done.returncode}: {' '.join(command)}\n{done.stdout}{done.stderr}")
    home = os.path.dirname(os.path.abspath(file))
    found = check.parse_report(done.stdout, lambda path: os.path.relpath(path, home))
    return [f.head for f in found if re.match(looked_at, f.head.rule)]


def assign(cases, messages, main):
    """Gives each message to its case. Returns those that are in none."""
    outside = []
    for message in messages:
        above = [case for case in cases if case.line <= message.line]
        if message.file != main or not above:
            outside.append(f"not expected: {message}")
        else:
            above[-1].found.append(message)
    return outside


def compare(options, flags):
    """What is wrong, as lines, and the cases."""
    with open(options.file, encoding="utf-8") as source:
        cases = parse(source.read())
    flags = [f"-std={'c++23' if '.cxx23.' in options.file else 'c++20'}", *flags]
    command = [options.corolint, "check", "--quiet", options.file, "--", *flags]
    said = lint(command, options.file, options.rules)
    faults = assign(cases, said, os.path.basename(options.file))
    for case in cases:
        faults += [f"line {case.line}, {case.name}: {fault}" for fault in case.faults()]
    if options.both_doors and options.plugin:
        command = [options.clang_tidy, f"--load={options.plugin}", "--quiet", "--checks=-*,coro-*",
                   options.file, "--", *flags]
        other = lint(command, options.file, options.rules)
        faults += [f"the command alone says: {m}" for m in said if m not in other]
        faults += [f"the plugin alone says: {m}" for m in other if m not in said]
    return faults, cases


def main():
    arguments, flags = sys.argv[1:], []
    if "--" in arguments:
        at = arguments.index("--")
        arguments, flags = arguments[:at], arguments[at + 1:]
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file")
    parser.add_argument("--corolint", required=True)
    parser.add_argument("--plugin", help="no plugin: the command is tried alone")
    parser.add_argument("--clang-tidy")
    parser.add_argument("--both-doors", action="store_true")
    parser.add_argument("--rules", default="coro-dangling-|coro-detached-borrow",
                        help="a regular expression: how the ids begin that are looked at")
    options = parser.parse_args(arguments)
    try:
        faults, cases = compare(options, flags)
    except check.Wrong as fault:
        print(f"{options.file}: {fault}", file=sys.stderr)
        return 1
    for fault in faults:
        print(f"{options.file}: {fault}", file=sys.stderr)
    wrong = sum(bool(case.faults()) for case in cases)
    missed = sum(bool(case.accepted) and not case.found for case in cases if not case.faults())
    known = f", {missed} of them known to be missed" if missed else ""
    print(f"{os.path.basename(options.file)}: {len(cases)} cases, {len(cases) - wrong} right{known}")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
