#!/usr/bin/env python3
# ===- knowledge_list.py - What is known of each library, as a page ---------===//
#
# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# ===------------------------------------------------------------------------===//
"""Writes docs/knowledge.md from the shipped YAML files.

knowledge_list.py           write it
knowledge_list.py --check   say, with exit code 1, that it is not what it would write
"""

import argparse
import difflib
import glob
import itertools
import os
import sys

import yaml

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PAGE = os.path.join(ROOT, "docs", "knowledge.md")
FILES = os.path.join(ROOT, "checks", "libraries", "*.yaml")
HEAD = """# What corolint knows

Generated from `checks/libraries/*.yaml` by `test/support/knowledge_list.py`: edit those files. Every
name is proved by the library's own headers: where Debian packages them, a test compiles a use of it;
else `./dev names` has looked it up in the checkout named here, and the test has declarations of the
same shape. [The format](knowledge-format.md) says what the sections mean, and how to describe a
library of your own. Names marked ¹ have conditions: `corolint why NAME` shows them.
"""
# Section of a file: what its entries do, in the words of a table.
SECTIONS = {
    "blocking": "blocks",
    "opens": "opens a blocking descriptor",
    "unblocks": "makes a descriptor non-blocking",
    "loops": "runs a loop, or waits for a task",
    "offloads": "runs callables on a worker",
    "calls": "calls callables at once",
    "callbacks": "calls callables on the loop",
    "wraps": "makes a callable from callables",
    "hops": "resumes elsewhere",
    "loop-thread": "runs on the loop",
    "sinks": "keeps its arguments",
    "locking": "mutex",
    "pauses": "waits for time only",
    "gathers": "awaits all at the same time",
    "thread-state": "returns something of the thread",
    "discardable": "may be dropped",
    "nonblocking": "does not block",
    "allow-inside": "blocks, and is accepted",
    "counterparts": "has an awaitable counterpart",
    "types": "types",
}


def names_of(entry, key="name"):
    names = entry.get("of" if "of" in entry else key) or entry.get("names")
    return names if isinstance(names, list) else [names]


def kind_of(section, entry):
    """What tells entries of one section apart."""
    return {"blocking": entry.get("family"), "opens": entry.get("family"),
            "hops": {"worker": "on a worker", "loop": "on the loop",
                     "unknown": "where its arguments say"}.get(entry.get("to")),
            "offloads": entry.get("to") and "or elsewhere, as its arguments say",
            "sinks": entry.get("does"), "locking": entry.get("does"),
            "counterparts": entry.get("in") and f"in {entry['in']}",
            "types": entry.get("is")}.get(section)


def shortened(names):
    """`a::b::{c, d}` for names of one class or namespace, which stand together."""
    for scope, group in itertools.groupby(names, lambda name: name.rpartition("::")[0]):
        group = [name.rpartition("::")[2] for name in group]
        prefix = scope + "::" if scope else ""
        yield f"`{prefix}{group[0]}`" if len(group) == 1 else \
            f"`{prefix}{{{', '.join(group)}}}`" if prefix else \
            ", ".join(f"`{name}`" for name in group)


def rows_of(library):
    for section, does in SECTIONS.items():
        kinds = {}
        for entry in library.get(section, []):
            mark = "¹" if entry.get("when") or entry.get("unless") else ""
            kinds.setdefault(kind_of(section, entry), []).extend(
                name + mark for name in names_of(entry))
        for kind, names in kinds.items():
            names = list(dict.fromkeys(names))
            # A pipe would end the cell.
            text = ", ".join(shortened(names)).replace("|", "\\|")
            yield f"| {does}{f': {kind}' if kind else ''} | {text} |"


def proof_of(library):
    """The checkouts that proved its names, a commit as people write it."""
    found = [name.rpartition(" ") for name in library.get("proved", [])]
    if found:
        yield "Proved by: " + ", ".join(
            f"{folder} {version[:12] if len(version) == 40 else version}" for folder, _, version in found) + "."


def page():
    libraries = []
    for path in glob.glob(FILES):
        with open(path) as file:
            libraries.append((os.path.basename(path), yaml.safe_load(file)))
    libraries.sort(key=lambda each: each[1]["library"].removeprefix("the ").lower())
    lines = [HEAD]
    for path, library in libraries:
        title = library["library"]
        lines += [f"## {title[0].upper()}{title[1:]}", "",
                  f"`{path}`, checked against: {library['version']}.", *proof_of(library), "",
                  "| | |", "|---|---|", *rows_of(library), ""]
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--output", default=PAGE)
    options = parser.parse_args()
    wanted = page()
    if not options.check:
        with open(options.output, "w") as out:
            out.write(wanted)
        return 0
    with open(options.output) as file:
        found = file.read()
    sys.stdout.writelines(difflib.unified_diff(
        found.splitlines(True), wanted.splitlines(True), "docs/knowledge.md", "what is known"))
    return int(found != wanted)


if __name__ == "__main__":
    sys.exit(main())
