#!/usr/bin/env python3
# ===- check.py - Runs a check's test file through both doors ---------------===//
#
# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# ===------------------------------------------------------------------------===//
"""Lints a file with the command and with the plugin in clang-tidy, and compares what they say with
what the file expects:

    // RUN: %check %s [options] [-- compiler flags]

    // EXPECT: coro-blocking-call: 'load' blocks the event loop
    // NOTE: it calls 'sleep_for'
    // FIXED: co_await async_load();
    load();

An expectation stands above the line of code that it speaks of; blank lines and other comments may
be between them. EXPECT names the rule and a part of the message, with {{regular expressions}} as in
FileCheck. NOTEs are the notes of the finding above, all of them, in order. FIXED is what becomes of
the line under --fix: several FIXED lines for several lines that take its place.

Where the line above is not the place, a label is: `// EXPECT@#name: …` and `// NOTE@#name: …` speak
of the line that contains `// #name`. In another file: `NOTE@header.h:12: …`, `NOTE@header.h: …`. A
plain NOTE says nothing of where the note points.

What must hold, and fails otherwise:
  - every finding and every note is expected, and every expectation is met
  - both doors say the same, to the column
  - the command exits with 1 where there are findings and with 0 where there are none
  - --fix changes the lines that have FIXED, into that, and nothing else
  - the fixed file parses (else --fix takes the fix back, and ends with 3), and gives the findings that
    had no FIXED, no others: --fix lints it before it is written, and shows that beside what it fixed

Options:
  --profile=NAME          the profile: default, strict, pedantic
  --option RULE.NAME=TEXT an option of a check; may be repeated
  --without-plugin        the command alone: of a plugin with a sanitizer clang-tidy knows nothing
  --knowledge FILE        is put beside the file as .corolint.yaml
The compiler flags are -std=c++20 and the folders of annotations.h and of test/support, then yours.
"""

import argparse
import dataclasses
import difflib
import json
import os
import re
import shutil
import subprocess
import sys

DIRECTIVE = re.compile(r"^\s*//\s*(EXPECT|NOTE|FIXED)(?:@(#[\w-]+|[\w./-]+(?::\d+)?))?:\s?(.*?)\s*$")
# A directive that was mistyped would otherwise be a comment like any other, and check nothing.
NEARLY = re.compile(r"//\s*(EXPECT|NOTE|FIXED|FIX|EXPECTED|NOTES|CHECK)\b\s*(@\S*)?\s*:")
LABEL = re.compile(r"//\s*(#[\w-]+)\s*$")
REPORT = re.compile(
    r"^(?P<file>[^\s:][^:]*):(?P<line>\d+):(?P<column>\d+): "
    r"(?P<level>warning|error|fatal error|note): (?P<text>.*?)(?: \[(?P<rule>[\w.,+-]+)\])?$"
)


class Wrong(Exception):
    """The test fails, and this is why."""


@dataclasses.dataclass(frozen=True)
class Message:
    file: str
    line: int
    column: int
    level: str
    text: str
    rule: str = ""

    def __str__(self):
        rule = f" [{self.rule}]" if self.rule else ""
        return f"{self.file}:{self.line}:{self.column}: {self.level}: {self.text}{rule}"


@dataclasses.dataclass
class Finding:
    head: Message
    notes: list


@dataclasses.dataclass
class Expected:
    written: int  # the line of the directive
    text: str
    line: int = 0  # 0: anywhere
    file: str = ""  # "": the test file
    rule: str = ""
    notes: list = dataclasses.field(default_factory=list)
    fixed: bool = False


@dataclasses.dataclass
class Expectations:
    findings: list
    fixes: dict  # line of code -> the lines that take its place


def matches(pattern, text):
    """Whether text contains pattern, in which {{…}} is a regular expression."""
    parts = re.split(r"\{\{(.*?)\}\}", pattern)
    regex = "".join(part if i % 2 else re.escape(part) for i, part in enumerate(parts))
    return re.search(regex, text) is not None


def parse_expectations(text):
    lines = text.split("\n")
    labels = {m[1]: i for i, line in enumerate(lines, 1) if (m := LABEL.search(line))}
    found = Expectations([], {})
    block = []  # findings above the next line of code

    def place(expected, where):
        if not where:
            return
        if where.startswith("#"):
            if where not in labels:
                raise Wrong(f"line {expected.written}: no line ends with '// {where}'")
            expected.line = labels[where]
            return
        name, _, line = where.partition(":")
        expected.file, expected.line = name, int(line) if line else 0

    replacement, replaced_at = [], 0
    for number, line in enumerate(lines, 1):
        directive = DIRECTIVE.match(line)
        if directive is None:
            if NEARLY.search(line) and "RUN:" not in line:
                raise Wrong(f"line {number}: a directive that is not understood: {line.strip()}")
            if not line.strip() or line.lstrip().startswith("//"):
                continue
            for expected in block:
                expected.line = expected.line or number
            if replacement:
                found.fixes[number] = replacement
            block, replacement = [], []
            continue
        kind, where, text = directive.groups()
        if kind == "FIXED":
            if where:
                raise Wrong(f"line {number}: FIXED speaks of the next line, and takes no place")
            replacement.append(text)
            replaced_at = number
            if block:
                block[-1].fixed = True
            continue
        if not text:
            raise Wrong(f"line {number}: {kind} expects nothing")
        expected = Expected(number, text)
        place(expected, where)
        if kind == "EXPECT":
            rule, colon, text = expected.text.partition(": ")
            if not colon or not re.fullmatch(r"[\w.-]+", rule):
                raise Wrong(f"line {number}: EXPECT wants 'rule: message'")
            expected.rule, expected.text = rule, text
            found.findings.append(expected)
            if not where:
                block.append(expected)
        else:
            if not found.findings:
                raise Wrong(f"line {number}: a NOTE without a finding above")
            found.findings[-1].notes.append(expected)
    if block or replacement:
        at = block[0].written if block else replaced_at
        raise Wrong(f"line {at}: no line of code follows this expectation")
    return found


def parse_report(output, shorten):
    findings = []
    for line in output.splitlines():
        m = REPORT.match(line)
        if not m:
            continue
        message = Message(
            shorten(m["file"]), int(m["line"]), int(m["column"]), m["level"],
            m["text"], (m["rule"] or "").removesuffix(",-warnings-as-errors"),
        )
        if message.level != "note":
            findings.append(Finding(message, []))
        elif findings:
            findings[-1].notes.append(message)
        else:
            raise Wrong(f"a note without a finding: {message}")
    return in_order(findings)


def in_order(findings):
    """A door may visit files in another order; a finding's own notes keep theirs."""
    return sorted(findings, key=lambda f: (f.head.file, f.head.line, f.head.column, f.head.rule, f.head.text))


def show(findings):
    return [f"{'    ' if n else ''}{m}" for f in findings for n, m in enumerate([f.head, *f.notes])]


def compare(expectations, findings, main):
    """What is wrong, as lines: empty if each finding is expected and each expectation is met."""
    faults = []
    left = list(findings)

    def at(expected, message):
        name = expected.file or main
        same_file = message.file == name or message.file.endswith("/" + name)
        return same_file and expected.line in (0, message.line)

    for expected in expectations:
        hit = next(
            (f for f in left
             if at(expected, f.head) and f.head.rule == expected.rule
             and matches(expected.text, f.head.text)),
            None,
        )
        if hit is None:
            where = f"{expected.file or main}:{expected.line}"
            faults.append(
                f"line {expected.written}: expected at {where}, not reported: "
                f"{expected.rule}: {expected.text}"
            )
            faults += [f"    there is: {f.head}" for f in left if at(expected, f.head)]
            continue
        # By identity: two findings may be equal.
        left = [f for f in left if f is not hit]
        for number in range(max(len(expected.notes), len(hit.notes))):
            note = hit.notes[number] if number < len(hit.notes) else None
            wanted = expected.notes[number] if number < len(expected.notes) else None
            if wanted is None:
                faults.append(f"line {expected.written}: note not expected: {note}")
            elif note is None:
                faults.append(f"line {wanted.written}: note not given: {wanted.text}")
            elif not matches(wanted.text, note.text):
                faults.append(f"line {wanted.written}: note differs: {wanted.text}")
                faults.append(f"    there is: {note}")
            elif (wanted.line or wanted.file) and not at(wanted, note):
                faults.append(
                    f"line {wanted.written}: note expected at "
                    f"{wanted.file or main}:{wanted.line}: {wanted.text}"
                )
                faults.append(f"    there is: {note}")
    for f in left:
        faults.append("not expected:")
        faults += ["    " + line for line in show([f])]
    return faults


class Test:
    def __init__(self, options, flags):
        self.options = options
        self.main = os.path.basename(options.file)
        self.folder = os.path.abspath(options.scratch)
        self.copy = os.path.join(self.folder, self.main)
        home = os.path.dirname(os.path.abspath(options.file))
        self.flags = ["-std=c++20", f"-iquote{home}"]
        self.flags += [f"-I{folder}" for folder in options.include] + flags
        # Of the flags of the tests in test/checks that have no others.
        self.headers = None if flags else options.headers

    def prepare(self):
        """The file in a folder of its own, with the configuration that both doors find there."""
        shutil.rmtree(self.folder, ignore_errors=True)
        os.makedirs(self.folder)
        shutil.copyfile(self.options.file, self.copy)
        settings = {}
        if self.options.profile:
            settings["CoroProfile"] = self.options.profile
        for option in self.options.option:
            name, equals, value = option.partition("=")
            if not equals:
                raise Wrong(f"--option wants RULE.NAME=TEXT, not '{option}'")
            settings[name] = value
        if self.options.knowledge:
            shutil.copyfile(self.options.knowledge, os.path.join(self.folder, ".corolint.yaml"))
        with open(os.path.join(self.folder, ".clang-tidy"), "w") as out:
            # JSON is YAML.
            json.dump({"Checks": "-*,coro-*", "CheckOptions": settings}, out)

    def shorten(self, path):
        # The doors differ in when they print an absolute path.
        return os.path.relpath(os.path.join(self.folder, path), self.folder)

    def run(self, command, allowed):
        done = subprocess.run(
            command, cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            stdin=subprocess.DEVNULL, text=True, errors="replace",
        )
        if done.returncode not in allowed:
            raise Wrong(
                f"exit {done.returncode}, expected {' or '.join(map(str, allowed))}: "
                f"{' '.join(command)}\n{done.stdout}{done.stderr}"
            )
        return done

    def command(self, *more):
        line = [self.options.corolint, self.copy]
        if self.options.profile:
            line.append(f"--profile={self.options.profile}")
        return [*line, *more, "--", *self.flags]

    def lint_with_command(self, *more):
        """What is there, and with --fix what was fixed and what is left."""
        done = self.run(self.command(*more), (0, 1))
        fixed, left = [], []
        for finding in parse_report(done.stdout, self.shorten):
            if finding.notes and finding.notes[-1].text == "fixed":
                fixed.append(Finding(finding.head, finding.notes[:-1]))
            else:
                left.append(finding)
        if done.returncode != bool(left):
            raise Wrong(
                f"the command exits with {done.returncode}, and has {len(left)} findings\n"
                f"{done.stdout}{done.stderr}"
            )
        return fixed, left

    def as_before(self, findings, text):
        """The findings of the fixed file, where they stood before: the code that they are in is parsed once
        less. Where a line was changed that has another one, its column is not that of before."""
        with open(self.copy) as source:
            fixed = source.read().split("\n")
        lines = {}
        pairs = difflib.SequenceMatcher(None, text.split("\n"), fixed, autojunk=False).get_opcodes()
        for _, old, old_end, new, new_end in pairs:
            lines.update((line + 1, min(old + line - new, old_end - 1) + 1) for line in range(new, new_end))

        def moved(message):
            if message.file != self.main:
                return message
            return dataclasses.replace(message, line=lines.get(message.line, 0))

        return [Finding(moved(f.head), [moved(n) for n in f.notes]) for f in findings]

    def lint_with_plugin(self, text):
        # What most tests include, parsed once for the plugin: a project may have such headers too. The
        # command never reads any, so it parses what the test includes.
        parsed = []
        if '#include "Inputs/task.h"' in text and self.headers and os.path.exists(self.headers):
            parsed = ["-include-pch", self.headers]
        # clang-tidy exits with 1 when there is an error among its findings.
        done = self.run(
            [self.options.clang_tidy, f"--load={self.options.plugin}", "--quiet", self.copy,
             "--", *self.flags, *parsed],
            (0, 1),
        )
        findings = parse_report(done.stdout, self.shorten)
        if done.returncode and not findings:
            raise Wrong(f"clang-tidy fails without a finding\n{done.stdout}{done.stderr}")
        return findings

    def check(self):
        with open(self.options.file) as source:
            text = source.read()
        expected = parse_expectations(text)
        self.prepare()

        # --fix shows what it fixed and what is left: one run for both, after the plugin's.
        plugin = None if self.options.without_plugin else self.lint_with_plugin(text)
        fixed, left = self.lint_with_command("--fix")
        faults = self.compare_doors(expected, in_order(fixed + self.as_before(left, text)), plugin)
        if faults and expected.fixes:
            with open(self.copy) as source:
                after = source.read()
            shutil.copyfile(self.options.file, self.copy)
            faults = self.compare_doors(expected, self.lint_with_command()[1], plugin)
            with open(self.copy, "w") as out:
                out.write(after)
        if faults:
            raise Wrong("\n".join(faults))
        self.check_fixes(text, expected, left)

    def compare_doors(self, expected, command, plugin):
        faults = compare(expected.findings, command, self.main)
        if faults:
            return ["the command's findings are not those expected", *faults]
        if plugin is not None and show(command) != show(plugin):
            return ["the command and the plugin differ",
                    *difflib.unified_diff(show(command), show(plugin), "the command", "the plugin",
                                          lineterm="", n=1)]
        return []

    def check_fixes(self, text, expected, findings):
        with open(self.copy) as source:
            fixed = source.read()
        wanted = []
        for number, line in enumerate(text.split("\n"), 1):
            wanted += expected.fixes.get(number, [line])
        got = fixed.split("\n")
        # The indentation is the formatter's business.
        if [line.strip() for line in got] != [line.strip() for line in wanted]:
            raise Wrong(
                "--fix does not give what is expected\n"
                + "\n".join(difflib.unified_diff(wanted, got, "expected", "fixed",
                                                 lineterm="", n=2))
            )
        if not expected.fixes:
            return
        # The directives are still in the fixed file, so its expectations are its own, less what
        # is said to be fixed.
        left = [e for e in parse_expectations(fixed).findings if not e.fixed]
        faults = compare(left, findings, self.main)
        if faults:
            raise Wrong("the fixed file has other findings\n" + "\n".join(faults))


def add_options(parser):
    parser.add_argument("file")
    parser.add_argument("--corolint", required=True)
    parser.add_argument("--plugin", required=True)
    parser.add_argument("--clang-tidy", required=True)
    parser.add_argument("--scratch", required=True)
    parser.add_argument("--include", action="append", default=[])
    parser.add_argument("--headers")
    parser.add_argument("--profile")
    parser.add_argument("--option", action="append", default=[])
    parser.add_argument("--knowledge")
    parser.add_argument("--without-plugin", action="store_true")


def main():
    arguments, flags = sys.argv[1:], []
    if "--" in arguments:
        at = arguments.index("--")
        arguments, flags = arguments[:at], arguments[at + 1:]
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add_options(parser)
    options = parser.parse_args(arguments)
    try:
        Test(options, flags).check()
    except Wrong as fault:
        print(f"{options.file}: {fault}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
