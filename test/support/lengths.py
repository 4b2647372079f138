#!/usr/bin/env python3
# ===- lengths.py - How long a function and a file may be -------------------===//
#
# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# ===------------------------------------------------------------------------===//
"""Exits with 1 and names the functions and files of our sources that have more lines than they may.

lengths.py [FOLDER...]    looks at these folders and what is below them, else at those that layers.py
                          looks at

A function is counted from the first line of its declaration to its closing brace, with the lambdas and
classes in it. This reads braces, not C++: it relies on clang-format, which puts a space before the brace
of a body, and none before that of an initialiser.
"""

import argparse
import re
import sys

from layers import LOOKED_AT, ROOT, sources
from repository import read

MOST_OF_FUNCTION = 80
MOST_OF_FILE = 450

# What braces and parentheses in it are none of the code's.
NO_CODE = re.compile(
    r"""//[^\n]*
      | /\*.*?\*/
      | R"(?P<mark>[^()\s\\"]*)\(.*?\)(?P=mark)"
      | "(?:\\.|[^"\\\n])*"
      | (?<!\w)'(?:\\.|[^'\\\n])+'      # not the 1'000 of a number
      | ^[ \t]*\#(?:[^\n]*\\\n)*[^\n]*  # a directive, with the lines that it continues in
    """, re.X | re.S | re.M)
ACCESS = re.compile(r"(public|protected|private):")
TEMPLATE = re.compile(r"\s*template\s*<")
SCOPE = re.compile(r"""(\[\[.*?\]\]|inline|extern|typedef|static|constexpr|\s)*
                       (namespace|class|struct|union|"")\b""", re.X | re.S)
NAME = re.compile(r"((?:[\w~]+(?:<[^()]*>)?::)*(?:operator\W+|operator \w[\w ]*|~?\w+))\s*\(")
LAMBDA = re.compile(r"\]\s*(\([^{}]*\))?[^(){}=]*$", re.S)


def blanked(text):
    """The code alone, on the lines where it stands."""
    return NO_CODE.sub(lambda found: '""' if found[0].startswith(('"', "R")) and "\n" not in found[0]
                       else re.sub(r"[^\n]", " ", found[0]), text)


def without_template(head):
    """`template <class T = int> f(T x)` is `f(T x)`."""
    while found := TEMPLATE.match(head):
        at, depth = found.end(), 1
        while depth and at < len(head):
            depth += {"<": 1, ">": -1}.get(head[at], 0)
            at += 1
        head = head[at:]
    return head


def at_top(head):
    """What is in no parentheses."""
    while (inner := re.sub(r"\([^()]*\)", "", head)) != head:
        head = inner
    return head


def kind_of(head):
    """What a brace behind this opens: a "scope" whose parts are looked at, a "body", or a "list"."""
    head = without_template(head)
    if SCOPE.match(head) and not at_top(head).rstrip().endswith("="):
        return "scope"
    if "(" not in head and not LAMBDA.search(head):
        return "list"
    if "=" in re.sub(r"operator\W+", "", at_top(head)) and not LAMBDA.search(head):
        return "list"
    return "body"


def name_of(head):
    head = without_template(head)
    found = NAME.search(head)
    return found[1].strip() if found else head.split("=")[0].strip().split(" ")[-1]


def functions(text):
    """Name, first and last line of each; None when the braces are not in pairs."""
    code = blanked(text)
    found, open_now, start, inside = [], [], 0, 0
    # Of open_now: the kind, and of a body where its function begins. `inside`: bodies and lists.
    for at, char in enumerate(code):
        if char == "{":
            head = ACCESS.sub("", code[start:at])
            kind = ("list" if inside or head.count("(") > head.count(")")
                    or not code[at - 1 : at].isspace() and code[at - 1] not in "()" else kind_of(head))
            open_now.append((kind, start))
            inside += kind != "scope"
            if kind == "scope":
                start = at + 1
        elif char == "}":
            if not open_now:
                return None
            kind, begin = open_now.pop()
            inside -= kind != "scope"
            if kind == "body":
                head = ACCESS.sub(lambda word: " " * len(word[0]), code[begin:at])
                first = begin + len(head) - len(head.lstrip())
                found.append((name_of(head[: head.index("{")] if "{" in head else head),
                              code.count("\n", 0, first) + 1, code.count("\n", 0, at) + 1))
            # A list is a part of what goes on: of a member's initialiser the body still follows.
            if kind != "list":
                start = at + 1
        elif char == ";" and not inside:
            start = at + 1
    return None if open_now else found


def faults_of(path, text, options):
    lines = text.count("\n")
    if lines > options.max_file:
        yield f"{path} has {lines} lines, and a file at most {options.max_file}"
    all_functions = functions(text)
    if all_functions is None:
        yield f"{path}: its braces are not in pairs as {sys.argv[0]} reads them"
    for name, first, last in all_functions or ():
        if last - first + 1 > options.max_function:
            yield (f"{path}:{first}: '{name}' has {last - first + 1} lines, "
                   f"and a function at most {options.max_function}")


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--root", default=ROOT)
    parser.add_argument("--max-function", type=int, default=MOST_OF_FUNCTION)
    parser.add_argument("--max-file", type=int, default=MOST_OF_FILE)
    parser.add_argument("--list", action="store_true", help="every function, with its lines")
    parser.add_argument("folders", nargs="*", metavar="FOLDER")
    options = parser.parse_args()
    faults = []
    for path in sources(options.root, options.folders or LOOKED_AT):
        text = read(options.root, path)
        faults += faults_of(path, text, options)
        for name, first, last in (functions(text) or ()) if options.list else ():
            print(f"{path}:{first}: {last - first + 1} {name}")
    for fault in faults:
        print(fault, file=sys.stderr)
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
