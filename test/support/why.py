#!/usr/bin/env python3
# ===- why.py - Compares what `corolint why FILE:LINE` says ------------------===//
#
# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# ===------------------------------------------------------------------------===//
"""why.py COROLINT SOURCE [OPTIONS] -- FLAGS

Above a line of SOURCE, comments say what `corolint why` answers about it:

    // WHY: coro-x reports it: 'f' …      one of the lines of the answer ends with this, or, with …
    // WHY: coro-y leaves it alone: …     at the end, contains it
    // WHY-NOT: coro-z …                  none of them contains this

[[+2]] is the number of the line two below the one that is asked about.
"""

import re
import subprocess
import sys

DIRECTIVE = re.compile(r"^\s*// (WHY|WHY-NOT): (.*)$")


def ask(corolint, source, count, options):
    """What is said of each line."""
    done = subprocess.run([corolint, "why", f"{source}:1-{count}", *options], text=True,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if done.returncode not in (0, 1) or done.stderr:
        sys.exit(f"exit {done.returncode}: {done.stderr}")
    answers, current = {}, []
    for line in done.stdout.splitlines():
        place = re.fullmatch(r"\S.*:(\d+):", line)
        if place:
            current = answers.setdefault(int(place[1]), [])
        current.append(line)
    return answers


def is_said(wanted, answer):
    if wanted.endswith("…"):
        return any(wanted[:-1].rstrip() in line for line in answer)
    return any(line.endswith(wanted) for line in answer)


def main(corolint, source, *options):
    with open(source, encoding="utf-8") as file:
        lines = file.read().splitlines()
    faults, asked, pending = [], 0, []
    answers = ask(corolint, source, len(lines), options)
    for number, line in enumerate(lines, 1):
        directive = DIRECTIVE.match(line)
        if directive:
            pending.append(directive.groups())
            continue
        if not pending:
            continue
        asked += 1
        answer = answers.get(number, [])
        for kind, text in pending:
            text = re.sub(r"\[\[([+-]\d+)\]\]", lambda m: str(number + int(m[1])), text)
            if is_said(text, answer) != (kind == "WHY"):
                faults.append(f"{source}:{number}: {kind}: {text}\n  answered:\n    " +
                              "\n    ".join(answer))
        pending = []
    print("\n".join([*faults, f"{asked} lines asked about, {len(faults)} faults"]))
    return bool(faults) or not asked


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
