# ===- options.py - Whether each option is in the documents ------------------===//
#
# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# ===------------------------------------------------------------------------===//
"""What `corolint COMMAND --help` lists has to be in docs/command.md and in the manual page."""

import re
import subprocess
import sys

corolint, page, manual = sys.argv[1:]


def say(*words):
    return subprocess.run([corolint, *words], capture_output=True, text=True, check=True).stdout


def read(name):
    with open(name, encoding="utf-8") as file:
        return file.read()


text = read(page)
man = read(manual).replace("\\-", "-")
# A command is a word behind `corolint`, in the list that the help begins with.
commands = sorted(set(re.findall(r"^  corolint \[?([a-z]+)\]?", say("check", "--help"), re.M)))
assert {"check", "baseline", "cache"} <= set(commands), commands
missing = []
for command in commands:
    if not re.search(rf"\bcorolint \[?{command}\b", text):
        missing.append(f"{page}: corolint {command}")
    if not re.search(rf'^\.B[RI]* "?{command}\b', man, re.M):
        missing.append(f"{manual}: {command}")
    options = set(re.findall(r"^  (--?[a-z][-a-z]*)", say(command, "--help"), re.M)) - {"--help", "--help-list"}
    for option in sorted(options):
        if not re.search(rf"(?<![-\w]){option}(?![-\w])", text):
            missing.append(f"{page}: {option} of {command}")
        if not re.search(rf"(?<![-\w]){option}(?![-\w])", man):
            missing.append(f"{manual}: {option} of {command}")
    print(f"{command}: {len(options)} options")
assert not missing, "\n".join(missing)
