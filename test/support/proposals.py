#!/usr/bin/env python3
# ===- proposals.py - Applies what notes propose, and compiles that ----------===//
#
# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# ===------------------------------------------------------------------------===//
"""proposals.py COROLINT CLANG SOURCE -- FLAGS

Lints SOURCE in the strict profile, and prints of each advice, in the order of the findings,

    LINE: no edit          where LINE is that of the finding
    LINE: new text         for each line that is another with its edits

Then compiles the file with all of them; those that change the same text get a file each.
"""

import json
import os
import subprocess
import sys
import tempfile


def applied(text, fixes):
    for fix in sorted(fixes, key=lambda fix: -fix["offset"]):
        text = text[: fix["offset"]] + fix["text"].encode() + text[fix["offset"] + fix["length"] :]
    return text


def overlaps(one, other):
    return one != other and (one["offset"] <= other["offset"] + other["length"]
                             and other["offset"] <= one["offset"] + one["length"])


def put(fixes, batches):
    """Into the first batch where they are in nobody's way."""
    for batch in batches:
        if not any(overlaps(fix, other) for fix in fixes for other in batch):
            batch.extend(fix for fix in fixes if fix not in batch)
            return
    batches.append(list(fixes))


def compiles(text, clang, source, flags):
    with tempfile.NamedTemporaryFile(suffix=".cpp") as file:
        file.write(text)
        file.flush()
        return subprocess.run([clang, "-fsyntax-only", "-w", *flags, f"-I{os.path.dirname(source)}",
                               file.name]).returncode == 0


def main(corolint, clang, source, *flags):
    found = subprocess.run([corolint, "check", "--profile=strict", "--format=json", source, *flags],
                           stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    result = json.loads(found.stdout)
    if result["failures"]:
        sys.exit(f"{source} is not analysed: {result['failures']}")
    with open(source, "rb") as file:
        old = file.read()
    batches = []
    for finding in result["findings"]:
        for note in finding["notes"]:
            if note["kind"] != "advice":
                continue
            if not note.get("fixes"):
                print(f"{finding['line']}: no edit")
                continue
            put(note["fixes"], batches)
            new = applied(old, note["fixes"])
            for number, (before, after) in enumerate(zip(old.split(b"\n"), new.split(b"\n")), 1):
                if before != after:
                    print(f"{number}: {after.decode().strip()}")
    if not all(compiles(applied(old, batch), clang, source, flags[1:]) for batch in batches):
        sys.exit("what is proposed does not compile")


if __name__ == "__main__":
    main(*sys.argv[1:])
