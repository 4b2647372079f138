#!/usr/bin/env python3
# ===- knowledge_page.py - Is every word of the format explained? ------------===//
#
# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# ===------------------------------------------------------------------------===//
"""Checks docs/knowledge-format.md: prints its YAML and C++ blocks to files, and the words of the
format that it does not explain.

  knowledge_page.py blocks PAGE FOLDER    writes FOLDER/yaml-0.yaml, …, FOLDER/cpp-0.cpp, …
  knowledge_page.py words PAGE TOOL       asks TOOL for the words by making its mistakes
"""

import pathlib
import re
import subprocess
import sys
import tempfile


def blocks(page, folder):
    folder.mkdir(parents=True, exist_ok=True)
    counts = {}
    for language, text in re.findall(r"^```(\w+)[^\n]*\n(.*?)^```$", page, re.M | re.S):
        number = counts.setdefault(language, 0)
        counts[language] += 1
        (folder / f"{language}-{number}.{language}").write_text(text)
    print(", ".join(f"{count} of {language}" for language, count in counts.items()))


# Each makes the reader say which words it takes at that place.
MISTAKES = {
    "sections": "x: 1",
    "blocking": "blocking: [{x: 1}]",
    "args": "calls: [{x: 1}]",
    "sinks": "sinks: [{x: 1}]",
    "locking": "locking: [{x: 1}]",
    "hops": "hops: [{x: 1}]",
    "counterparts": "counterparts: [{x: 1}]",
    "types": "types: [{x: 1}]",
    "conditions": "calls: [{name: f, when: [{x: 1}]}]",
    "families": "blocking: [{name: f, why: w, family: x}]",
    "profiles": "profile: x",
    "does": "sinks: [{name: f, does: x}]",
    "does to a mutex": "locking: [{name: f, args: [0], does: x}]",
    "to": "hops: [{name: f, to: x}]",
    "is": "calls: [{name: f, when: [{arg: 0, is: x}]}]",
    "type": "types: [{name: f, is: x}]",
}


def words(page, tool):
    code = " ".join(re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```$", "", page, flags=re.M | re.S)))
    known = set(re.findall(r"[a-z][a-z-]*", code))
    missing = []
    for place, text in MISTAKES.items():
        with tempfile.NamedTemporaryFile("w", suffix=".yaml") as file:
            file.write(text + "\n")
            file.flush()
            said = subprocess.run([tool, f"--file={file.name}"], capture_output=True, text=True)
        listed = re.search(r" are ([a-z, -]+)$", said.stderr, re.M)
        if said.returncode != 1 or not listed:
            sys.exit(f"{place}: no list of words in: {said.stderr}")
        missing += [f"{place}: {word}" for word in listed[1].split(", ") if word not in known]
    for line in missing:
        print("not explained:", line)
    print("every word is explained" if not missing else f"{len(missing)} words are not")
    return bool(missing)


if __name__ == "__main__":
    text = pathlib.Path(sys.argv[2]).read_text()
    if sys.argv[1] == "blocks":
        blocks(text, pathlib.Path(sys.argv[3]))
    else:
        sys.exit(words(text, sys.argv[3]))
