#!/usr/bin/env python3
# ===- editor.py - What clangd takes with our rules, and without ------------===//
#
# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# ===------------------------------------------------------------------------===//
"""Measures what a person waits for in an editor, with corolint-clangd and with the same release's clangd
alone: from opening a file to the first diagnostics, and from a change to those of the changed text; and the
memory of the server then. The edits are made in both servers by turns, so that whatever else the machine
does falls on both alike. Nothing is asserted: read it."""

import argparse
import os
import shutil
import statistics
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "support"))
from lsp import Editor  # noqa: E402

UNITS = {
    "heavy": ["-std=c++20", "-DASIO_HAS_CO_AWAIT", "-DASIO_HAS_STD_COROUTINE"],
    "coroutines": ["-std=c++20", "-I" + os.path.join(HERE, "../../runtime/include")],
}


def seconds(act, editor, name):
    before = time.monotonic()
    act()
    editor.diagnostics(name)
    return time.monotonic() - before


def memory(editor):
    with open(f"/proc/{editor.server.pid}/status", encoding="utf-8") as status:
        return int(next(line for line in status if line.startswith("VmRSS")).split()[1]) // 1024


def measure(unit, commands, edits):
    name = unit + ".cpp"
    with tempfile.TemporaryDirectory() as folder:
        editors = {}
        for title, command in commands.items():
            project = os.path.join(folder, str(len(editors)))
            os.mkdir(project)
            shutil.copy(os.path.join(HERE, name), project)
            with open(os.path.join(project, "compile_flags.txt"), "w", encoding="utf-8") as flags:
                flags.write("\n".join(UNITS[unit]))
            editors[title] = Editor(command, project)
        opened = {title: seconds(lambda e=editor: e.open(name), editor, name)
                  for title, editor in editors.items()}
        changed = {title: [] for title in editors}
        for edit in range(edits):
            for title, editor in editors.items():
                text = editor.texts[name].split("// edit")[0] + f"// edit {edit}\n"
                changed[title].append(seconds(lambda e=editor, t=text: e.replace(name, t), editor, name))
        for title, editor in editors.items():
            found = sum(each["code"].startswith("coro-") for each in editor.diagnostics(name))
            times = sorted(changed[title])
            print(f"  {title:15} opened {opened[title]:5.2f} s   changed {statistics.median(times):5.2f} s "
                  f"({times[0]:.2f} to {times[-1]:.2f})   {memory(editor):4} MB   {found} findings")
            with editor:
                pass


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", required=True, help="the build directory")
    parser.add_argument("--edits", type=int, default=11, help="edits of each file (default: 11)")
    parser.add_argument("--llvm", default="22", help="version suffix of the plain clangd")
    options = parser.parse_args()
    commands = {"corolint-clangd": [os.path.abspath(os.path.join(options.build, "bin/corolint-clangd"))]}
    plain = shutil.which(f"clangd-{options.llvm}")
    if plain:
        commands["clangd"] = [plain]
    for unit in UNITS:
        print(f"{unit}.cpp")
        measure(unit, commands, options.edits)


if __name__ == "__main__":
    main()
