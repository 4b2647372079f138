#!/usr/bin/env python3
# ===- pages.py - Runs the examples of the documentation --------------------===//
#
# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# ===------------------------------------------------------------------------===//
"""Runs what Markdown pages show, and compares it with what they say.

Without a page named, all pages of the repository. A fenced block takes part by the word after its
language:

    ```cpp wrong             a program with findings; what the command prints is the next block
    ```text output           … to the letter, but for lines of shipped files and headers
    ```cpp right             a program without findings, that compiles without a warning
    ```cpp fixed             … and that is what --fix makes of the wrong program above it
    ```cpp compile           compiles, that is all
    ```cpp runs              compiles against aio, has no findings, and is run, in debug mode; what
    ```text prints           it prints is here: `...` stands for any lines, and times may differ
    ```cpp wrong runs        both: what the command says first, and then the harm that it does
    ```cpp wrong runs sanitized   likewise, under AddressSanitizer: what it prints ends with its report,
                             of which the first line is shown, without addresses
    ```cpp from=PATH         is to the letter a part of this file of the repository
    ```yaml file=NAME        is put beside the next program under this name
    ```text output project   what the command prints for the CMake project in the page's folder

A program may include "task.hpp" of docs/example. The command and the plugin see every wrong program
and must say the same; the right ones, of which check.py has many more, only the command. Blocks
without such a word are fragments, and are not run.

The page of a rule (docs/checks) has the sections that all of them have, and names the rule's
options as `corolint rules` does. Relative links lead somewhere, on every page.

    pages.py --update [PAGE...]    writes the outputs anew; read the difference before you commit it
"""

import argparse
import dataclasses
import difflib
import itertools
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

from check import parse_report, show

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
EXAMPLE = os.path.join(ROOT, "docs", "example")
INCLUDE = os.path.join(ROOT, "runtime", "include")
FENCE = re.compile(r"^( *)```([\w+]*)((?: \S+)*)\s*$")
LINK = re.compile(r"(?<!!)\[[^\]\n]*\]\(([^)\s]+)\)")
SHIPPED = re.compile(r"(\w[\w-]*\.yaml):\d+ \(shipped\)")
HEADER = re.compile(r"(\baio/[\w/]+\.hpp):\d+(:\d+)?|(?<= )(\w+\.hpp):\d+(?=\))")
TIME = re.compile(r"\b\d+ (ms|s)\b")
SANITIZER = ["-fsanitize=address", "-fsanitize-address-use-after-return=always"]
REPORTED = re.compile(r"^==\d+==ERROR: (AddressSanitizer: [\w-]+)", re.M)
PROGRAMS = ("wrong", "right", "fixed", "compile", "runs")
SECTIONS = ["Why it hurts", "What is reported", "What is not reported", "Options",
            "How to silence it", "Known limits", "Related"]


@dataclasses.dataclass
class Block:
    line: int  # of the opening fence, from 1
    indent: str  # in a list
    language: str
    words: list
    text: str

    def name(self):
        return next((w for w in self.words if re.fullmatch(r"[\w-]+\.\w+", w)), "example.cpp")

    def kind(self):
        return next((w for w in self.words if w in PROGRAMS), None)


class Wrong(Exception):
    """A page says what is not so."""


def blocks_of(text):
    blocks, opened, inside = [], None, []
    for number, line in enumerate(text.split("\n"), 1):
        if opened is None:
            if line.lstrip().startswith("```"):
                m = FENCE.match(line)
                if not m:
                    raise Wrong(f"line {number}: a fence that is not understood: {line}")
                opened, inside = Block(number, m[1], m[2], m[3].split(), ""), []
        elif line.lstrip().startswith("```"):
            opened.text = "".join(f"{each}\n" for each in inside)
            blocks.append(opened)
            opened = None
        else:
            inside.append(line.removeprefix(opened.indent))
    if opened:
        raise Wrong(f"line {opened.line}: a block that is not closed")
    return blocks


def printed_as_shown(shown, printed):
    """Whether a program printed what a page shows: but for times, and for lines left out as `...`. A
    thread of debug mode's own writes its reports, so that they may come before or after the rest."""
    def streams(text):
        lines = TIME.sub(r"N \1", text).splitlines(True)
        return ("".join(l for l in lines if l.startswith("aio: ") == mine or l.strip() == "...")
                for mine in (True, False))

    def matches(text, pattern):
        parts = re.split(r"^ *\.\.\.\n", pattern, flags=re.M)
        return re.fullmatch(r"(?:.*\n)*?".join(map(re.escape, parts)), text) is not None

    return all(map(matches, streams(printed), streams(shown)))


def without_lines(text):
    """What is shipped is edited often, and its line numbers say nothing to a reader."""
    return HEADER.sub(r"\1\3:N", SHIPPED.sub(r"\1:N (shipped)", text))


class Runner:
    def __init__(self, build, scratch):
        with open(os.path.join(build, "test", "lit.site.cfg.py")) as site:
            llvm = re.search(r'^config.llvm_tools_dir = "(.*)"$', site.read(), re.M)[1]
        self.corolint = os.path.join(build, "bin", "corolint")
        self.tidy = [os.path.join(llvm, "clang-tidy"), "--quiet",
                     f"--load={os.path.join(build, 'lib', 'corolint.so')}"]
        self.compiler = os.path.join(llvm, "clang++")
        self.flags = ["-std=c++20", f"-I{INCLUDE}"]
        with open(os.path.join(build, "runtime", "aio-link.txt")) as link:
            self.aio = link.read().split()
        self.parsed = os.path.join(build, "test", "support")
        self.scratch = scratch
        self.numbers = itertools.count(1)

    def with_headers(self, block, files, sanitized=False):
        """The flags of a program, for the compiler and clang-tidy: what most programs include is parsed
        once for them. The command sees every program as it stands, so an include that it lacks is found."""
        name = ("pages" if "#include <aio/" in block.text else
                "task" if '#include "task.hpp"' in block.text and "task.hpp" not in files else None)
        headers = os.path.join(self.parsed, f"{name}{'-sanitized' if sanitized else ''}.pch")
        return [*self.flags, "-pthread", *(["-include-pch", headers] if os.path.exists(headers) else [])]

    def folder(self, block, files):
        folder = os.path.join(self.scratch, str(next(self.numbers)))
        os.makedirs(folder)
        shutil.copy(os.path.join(EXAMPLE, "task.hpp"), folder)
        # What lies above the scratch folder must not count.
        files = {".clang-tidy": "Checks: '-*,coro-*'\n", **files, block.name(): block.text}
        for name, text in files.items():
            with open(os.path.join(folder, name), "w") as out:
                out.write(text)
        return folder

    def run(self, line, folder, allowed=(0,)):
        done = subprocess.run(line, cwd=folder, stdin=subprocess.DEVNULL, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        if done.returncode not in allowed:
            raise Wrong(f"exit {done.returncode}: {' '.join(line)}\n{done.stdout}{done.stderr}")
        return done

    def lint(self, folder, arguments):
        """What the command prints; the plugin must find the same."""
        done = self.run([self.corolint, "--quiet", *arguments], folder, (0, 1))
        if done.stderr:
            raise Wrong(f"the command complains\n{done.stderr}")
        if done.returncode != bool(done.stdout):
            raise Wrong(f"the command exits with {done.returncode} and prints\n{done.stdout}")
        return done.stdout

    def lint_with_plugin(self, folder, arguments):
        return self.run([*self.tidy, *arguments], folder).stdout

    def compare_doors(self, folder, command, plugin):
        def shorten(path):
            return os.path.relpath(os.path.join(folder, path), folder)

        command, plugin = ([f.replace(folder + "/", "") for f in show(parse_report(text, shorten))]
                           for text in (command, plugin))
        if command != plugin:
            raise Wrong("the command and the plugin differ\n" + "\n".join(
                difflib.unified_diff(command, plugin, "the command", "the plugin", "", "", 1, "")))

    def program(self, block, files, linted=False):
        """What the command prints for a program, after all else that is promised was tried."""
        folder, name, kind = self.folder(block, files), block.name(), block.kind()
        strict = ["-Wall", "-Wextra", "-Werror"] if kind in ("right", "fixed") else []
        # What runs is compiled for that, and what does not compile is a failure of the command.
        if "runs" not in block.words and kind != "wrong":
            self.run([self.compiler, *self.with_headers(block, files), "-fsyntax-only", *strict, name], folder)
        if kind == "compile":
            return ""
        if linted:
            return ""
        printed = self.lint(folder, [name, "--", *self.flags])
        if kind == "wrong":
            plugin = self.lint_with_plugin(folder, [name, "--", *self.with_headers(block, files)])
            # Its task.hpp is that of the parsed headers.
            self.compare_doors(folder, printed, plugin.replace(EXAMPLE + "/", folder + "/"))
        printed = printed.replace(folder + "/", "").replace(INCLUDE + "/", "")
        if kind in ("right", "fixed", "runs") and printed:
            raise Wrong(f"there are findings\n{printed}")
        if kind == "wrong" and not printed:
            raise Wrong("there is no finding")
        return printed

    def execute(self, block, files):
        """Builds a program with aio; what is returned runs it in debug mode, and says what it prints."""
        folder = self.folder(block, files)
        strict = ["-Wno-unused"] if block.kind() == "wrong" else ["-Wall", "-Wextra", "-Werror"]
        sanitized = "sanitized" in block.words
        self.run([self.compiler, *self.with_headers(block, files, sanitized), "-g1", *strict,
                  *(SANITIZER if sanitized else []), block.name(), *self.aio, "-o", "program"], folder)
        return lambda: self.start(folder, sanitized)

    def start(self, folder, sanitized):
        # Both streams in one, in the order in which they were written.
        try:
            done = subprocess.run(["stdbuf", "-oL", "./program"], cwd=folder, text=True,
                                  stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                  stderr=subprocess.STDOUT, timeout=60,
                                  env={**os.environ, **({"ASAN_OPTIONS": "symbolize=0"} if sanitized
                                                        else {"AIO_DEBUG": "1"})})
        except subprocess.TimeoutExpired:
            raise Wrong("the program does not end") from None
        if sanitized:
            report = REPORTED.search(done.stdout)
            if not report:
                raise Wrong(f"AddressSanitizer reports nothing, and the program prints\n{done.stdout}")
            before = done.stdout[:report.start()].rstrip("=\n")
            return (before + "\n" if before else "") + report[1] + "\n"
        if done.returncode:
            raise Wrong(f"the program ends with {done.returncode} and prints\n{done.stdout}")
        return done.stdout.replace(folder + "/", "").replace(INCLUDE + "/", "")

    def fix(self, block, files):
        """What --fix makes of a program, and whether that was clean when it was linted again."""
        folder = self.folder(block, files)
        done = self.run([self.corolint, "--quiet", "--fix", block.name(), "--", *self.flags], folder,
                        (0, 1))
        with open(os.path.join(folder, block.name())) as fixed:
            return fixed.read(), done.returncode == 0

    def project(self, home):
        """What the command prints for a CMake project."""
        build = os.path.join(self.scratch, str(next(self.numbers)))
        self.run(["cmake", "-S", home, "-B", build, f"-DCMAKE_CXX_COMPILER={self.compiler}"], home)
        printed = self.lint(home, ["-p", build])
        with open(os.path.join(build, "compile_commands.json")) as database:
            units = sorted({entry["file"] for entry in json.load(database)})
        plugin = self.lint_with_plugin(home, ["-p", build, "--checks=-*,coro-*", *units])
        self.compare_doors(home, printed, plugin)
        return printed.replace(home + "/", "")


class Page:
    def __init__(self, path):
        self.path = path
        with open(path) as page:
            self.text = page.read()
        self.blocks = blocks_of(self.text)

    def files_before(self, block):
        """The files that the blocks right before a program put beside it."""
        files = {}
        for other in self.blocks:
            if other is block:
                return files
            name = next((w[5:] for w in other.words if w.startswith("file=")), None)
            if name:
                files[name] = other.text
            elif other.kind():
                files = {}

    def output_of(self, block):
        at = self.blocks.index(block) + 1
        if at < len(self.blocks) and self.blocks[at].words == ["output"]:
            return self.blocks[at]
        raise Wrong("no block 'text output' follows")

    def prints_of(self, block):
        """The block that shows what a program prints: after what the command says of it."""
        at = self.blocks.index(block) + (2 if block.kind() == "wrong" else 1)
        if at < len(self.blocks) and self.blocks[at].words == ["prints"]:
            return self.blocks[at]
        raise Wrong("no block 'text prints' follows")

    def wrong_before(self, block):
        before = self.blocks[: self.blocks.index(block)]
        try:
            return next(b for b in reversed(before) if b.kind() == "wrong")
        except StopIteration:
            raise Wrong("no block 'cpp wrong' is above it") from None

    def check_words(self):
        unclaimed = [b for b in self.blocks if b.words in (["output"], ["prints"])]
        for block in self.blocks:
            if block.kind() == "wrong" and self.output_of(block) in unclaimed:
                unclaimed.remove(self.output_of(block))
            if "runs" in block.words and self.prints_of(block) in unclaimed:
                unclaimed.remove(self.prints_of(block))
            known = {*PROGRAMS, "output", "prints", "project", "sanitized", block.name()}
            for word in block.words:
                if word not in known and not word.startswith(("file=", "from=")):
                    raise Wrong(f"line {block.line}: '{word}' means nothing here")
        for block in unclaimed:
            raise Wrong(f"line {block.line}: an output without a program")

    def check_links(self):
        faults = []
        for target in LINK.findall(re.sub(r"^ *```.*?^ *```", "", self.text, flags=re.M | re.S)):
            path = target.partition("#")[0]
            if path and "://" not in path and not path.startswith("mailto:"):
                if not os.path.exists(os.path.join(os.path.dirname(self.path), path)):
                    faults.append(f"a link leads nowhere: {target}")
        if faults:
            raise Wrong("\n".join(faults))

    def check_rule(self, rules):
        """The page of a rule says of it what the rule itself says."""
        id = os.path.basename(self.path).removesuffix(".md")
        rule = next((r for r in rules if r["id"] == id), None)
        if rule is None:
            raise Wrong(f"there is no rule '{id}'")
        if not self.text.startswith(f"# {id}\n"):
            raise Wrong(f"it does not begin with '# {id}'")
        found = re.findall(r"^## (.*)$", self.text, re.M)
        if found != SECTIONS:
            raise Wrong(f"its sections are {found}, not {SECTIONS}")
        section = self.text.partition("\n## Options\n")[2].partition("\n## ")[0]
        named = re.findall(r"^- `(\w+)` \(([^()]+)\):\s(.*(?:\n  .*)*)$", section, re.M)
        wanted = [(o["name"], o["default"], o["meaning"]) for o in rule["options"]]
        named = [(n, d, " ".join(meaning.split())) for n, d, meaning in named]
        if named != wanted:
            raise Wrong("its options are not those of the rule\n" + "\n".join(
                difflib.unified_diff([str(o) for o in wanted], [str(o) for o in named],
                                     "the rule", "the page", "", "", 1, "")))
        for kind in ("wrong", "right"):
            if not any(b.kind() in (kind, "fixed" if kind == "right" else kind)
                       for b in self.blocks):
                raise Wrong(f"it has no example that is {kind}")


def is_quoted(block):
    """A part of a file says what the file says."""
    path = next((w[5:] for w in block.words if w.startswith("from=")), None)
    if path is None:
        return
    try:
        with open(os.path.join(ROOT, path)) as source:
            text = source.read()
    except OSError as fault:
        raise Wrong(f"{path}: {fault.strerror}") from None
    # A part may be shown with less indentation than it has.
    dedented = [text, *(re.sub(rf"^ {{1,{n}}}", "", text, flags=re.M) for n in (2, 4))]
    if not any(block.text.strip("\n") in each for each in dedented):
        raise Wrong(f"it is no part of {path}")


def run_program(page, block, runner):
    """The same for what a program prints when it is run."""
    shown = page.prints_of(block)
    run = runner.execute(block, page.files_before(block))
    # Debug mode tells the truth on a busy machine too: that the system held the loop.
    for _ in range(3):
        printed = run()
        if printed_as_shown(shown.text, printed):
            return shown, shown.text
    return shown, printed


def run_block(page, block, runner):
    """(what the block stands for, what it should be): equal unless the page is out of date."""
    if block.words == ["output", "project"]:
        return block, runner.project(os.path.dirname(page.path))
    files, linted = page.files_before(block), False
    if block.kind() == "fixed":
        wrong = page.wrong_before(block)
        before = page.files_before(wrong)
        fixed, clean = runner.fix(wrong, before)
        if fixed != block.text:
            return block, fixed
        linted = clean and files == before
    printed = runner.program(block, files, linted)
    return (page.output_of(block), printed) if block.kind() == "wrong" else (block, block.text)


def check_page(page, runner, rules, update):
    """The faults of a page, as texts."""
    faults, changes = [], []

    def guarded(line, run, *arguments):
        try:
            return run(*arguments)
        except Wrong as fault:
            faults.append(f"{os.path.relpath(page.path)}{f':{line}' if line else ''}: {fault}")
        return None

    guarded(0, page.check_words)
    guarded(0, page.check_links)
    if os.path.dirname(page.path) == os.path.join(ROOT, "docs", "checks"):
        guarded(0, page.check_rule, rules)

    runs = [b for b in page.blocks if b.kind() or b.words == ["output", "project"]]
    for block in page.blocks:
        guarded(block.line, is_quoted, block)
    results = [guarded(b.line, run_block, page, b, runner) for b in runs]
    results += [guarded(b.line, run_program, page, b, runner) for b in runs if "runs" in b.words]
    for result in results:
        if result is None:
            continue
        block, is_so = result
        if update and block.text != is_so:
            changes.append((block, is_so))
        elif without_lines(block.text) != without_lines(is_so):
            faults.append(f"{os.path.relpath(page.path)}:{block.line}: it is not so\n" + "".join(
                difflib.unified_diff(block.text.splitlines(True), is_so.splitlines(True),
                                     "the page", "what is so")))
    if changes:
        lines = page.text.split("\n")
        for block, is_so in sorted(changes, key=lambda c: -c[0].line):
            lines[block.line : block.line + block.text.count("\n")] = [
                (block.indent + line).rstrip() for line in is_so.splitlines()]
        with open(page.path, "w") as out:
            out.write("\n".join(lines))
        print(f"{os.path.relpath(page.path)}: {len(changes)} blocks written anew")
    return faults, len(runs)


def all_pages():
    """Every page of the repository. Each is a test of lit's (formats.Pages)."""
    pages = [os.path.join(ROOT, "README.md"), os.path.join(ROOT, "checks", "model", "README.md")]
    for folder, _, files in os.walk(os.path.join(ROOT, "docs")):
        pages += [os.path.join(folder, name) for name in files if name.endswith(".md")]
    return sorted(pages)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", nargs="*", metavar="PAGE")
    parser.add_argument("--build", default=os.path.join(ROOT, "build"))
    parser.add_argument("--update", action="store_true")
    options = parser.parse_args()

    faults, runs = [], 0
    with tempfile.TemporaryDirectory() as scratch:
        runner = Runner(options.build, os.path.realpath(scratch))
        rules = json.loads(runner.run([runner.corolint, "rules", "--format=json"], scratch).stdout)
        for path in map(os.path.abspath, options.pages or all_pages()):
            try:
                found, count = check_page(Page(path), runner, rules, options.update)
            except Wrong as fault:
                found, count = [f"{os.path.relpath(path)}: {fault}"], 0
            faults += found
            runs += count
    for fault in faults:
        print(fault, file=sys.stderr)
    print(f"{runs} examples run, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
