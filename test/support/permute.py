#!/usr/bin/env python3
# ===- permute.py - The same findings, in whatever order the functions stand --===//
#
# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# ===------------------------------------------------------------------------===//
"""Lints a file, and the same with its functions in other orders: exits with 1 where the findings differ.

permute.py --corolint=PATH FILE FOLDER [OPTION...] -- [FLAG...]

A line `//---` begins each piece whose place does not matter; what stands before the first stays there.
The orders are the one written, the reverse of it, some rotations, and some that are drawn by lot. They
are written to FOLDER. A finding is compared by its rule, its function and its texts, not by its lines."""

import argparse
import json
import os
import random
import re
import subprocess
import sys

# Each order is a run of its own.
ROTATIONS, DRAWN = 3, 3


def orders(count):
    written = list(range(count))
    result = [written, written[::-1]]
    result += [written[i:] + written[:i] for i in range(1, count, max(1, count // ROTATIONS))]
    lot = random.Random(20)  # the same each time: a failure can be repeated
    result += [lot.sample(written, count) for _ in range(DRAWN)]
    return result


def findings(corolint, path, options, flags):
    done = subprocess.run(
        [corolint, "check", "--format=json", *options, path, "--", *flags], capture_output=True, text=True
    )
    if done.returncode not in (0, 1):
        sys.exit(f"permute.py: {path}: exit code {done.returncode}\n{done.stdout}{done.stderr}")

    def text(message):
        return re.sub(r"\d+", "N", message)

    return sorted(
        (each["rule"], each["function"], text(each["message"]), *(text(note["message"]) for note in each["notes"]))
        for each in json.loads(done.stdout)["findings"]
    )


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--corolint", required=True)
    arguments.add_argument("file")
    arguments.add_argument("folder")
    given = sys.argv[1:]
    flags = given[given.index("--") + 1 :] if "--" in given else []
    known, options = arguments.parse_known_args(given[: given.index("--")] if "--" in given else given)
    with open(known.file, encoding="utf-8") as f:
        before, *pieces = re.split(r"^//---.*\n", f.read(), flags=re.MULTILINE)
    if len(pieces) < 2:
        sys.exit(f"permute.py: {known.file}: there are no pieces to change places: begin each with '//---'")
    os.makedirs(known.folder, exist_ok=True)
    expected, differing = None, 0
    for number, order in enumerate(orders(len(pieces))):
        path = os.path.join(known.folder, f"{number}.cpp")
        with open(path, "w", encoding="utf-8") as f:
            f.write(before + "".join(pieces[i] for i in order))
        found = findings(known.corolint, path, options, flags)
        if expected is None:
            expected = found
            if not found:
                sys.exit(f"permute.py: {known.file}: no finding, so none can differ")
            for each in found:
                print(": ".join(each[:3]))
        elif found != expected:
            differing += 1
            print(f"permute.py: {path} differs, with the pieces in the order {order}:", file=sys.stderr)
            for each in sorted(set(expected) ^ set(found)):
                print(("- " if each in expected else "+ ") + " | ".join(each), file=sys.stderr)
    sys.exit(1 if differing else 0)


main()
