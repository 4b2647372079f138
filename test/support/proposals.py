#!/usr/bin/env python3
# ===- proposals.py - Applies what notes propose, and compiles that ----------===//
#
# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# ===------------------------------------------------------------------------===//
"""proposals.py COROLINT CLANG SOURCE -- FLAGS

Lints SOURCE in the strict profile. The edits of each note are applied alone, and the result is
compiled. Prints of each note that is an advice about the file, in the order of the source,

    LINE: no edit
    LINE: new text         for each line that is another then
    LINE: it does not compile: …

where the first LINE is that of the finding, and the others are of the line that changes.
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


def main(corolint, clang, source, *flags):
    found = subprocess.run([corolint, "check", "--profile=strict", "--format=json", source, *flags],
                           stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    result = json.loads(found.stdout)
    if result["failures"]:
        sys.exit(f"{source} is not analysed: {result['failures']}")
    with open(source, "rb") as file:
        old = file.read()
    for finding in result["findings"]:
        for note in finding["notes"]:
            if note["kind"] != "advice":
                continue
            if not note.get("fixes"):
                print(f"{finding['line']}: no edit")
                continue
            new = applied(old, note["fixes"])
            for number, (before, after) in enumerate(zip(old.split(b"\n"), new.split(b"\n")), 1):
                if before != after:
                    print(f"{number}: {after.decode().strip()}")
            with tempfile.NamedTemporaryFile(suffix=".cpp") as file:
                file.write(new)
                file.flush()
                done = subprocess.run([clang, "-fsyntax-only", "-w", *flags[1:],
                                       f"-I{os.path.dirname(source)}", file.name], text=True,
                                      stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
            if done.returncode != 0:
                print(f"{finding['line']}: it does not compile: {done.stdout}")


if __name__ == "__main__":
    main(*sys.argv[1:])
