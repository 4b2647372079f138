#!/usr/bin/env python3
# ===- repository.py - What the repository promises about itself ------------===//
#
# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# ===------------------------------------------------------------------------===//
"""repository.py QUESTION SOURCE [TOOLS]: exits with 1 and says why when the answer is no.

  rules     Checks.def, the check's sources, pages, tests, `corolint rules` and the plugin's list are
            the same set, sorted (what stands on the pages is the matter of pages.py), nothing of them
            is still as `./dev new-check` wrote it, and `corolint why` is tested with each default rule
  paths     no file names a path of somebody's machine
  headers   each source file begins with the licence
  macros    docs/annotations.md has a section for each macro of annotations.h, and no other
  versions  the version is said in Version.cmake alone, and what a document tells to fetch exists: a version
            of ours is that one or has a tag, and a revision is the branch, a tag or a commit
"""

import argparse
import json
import os
import re
import subprocess
import sys

SKIPPED_FOLDERS = re.compile(r"^(\.git|\.cache|build|build-.*|__pycache__)$")
CODE = (".cpp", ".h", ".hpp", ".c", ".py")


def files(root, *below):
    """Files of the tree that may be committed, relative to its root."""
    for top in [os.path.join(root, folder) for folder in below] or [root]:
        for folder, folders, names in os.walk(top):
            folders[:] = sorted(f for f in folders if not SKIPPED_FOLDERS.match(f))
            for name in sorted(names):
                yield os.path.relpath(os.path.join(folder, name), root)


def read(root, path):
    with open(os.path.join(root, path), encoding="utf-8") as file:
        return file.read()


def run(*command, codes=(0,)):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if done.returncode not in codes:
        sys.exit(f"{' '.join(command)} exits with {done.returncode}\n{done.stdout}{done.stderr}")
    return done


def kebab(name):
    return "coro-" + re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", name).lower()


def rules(root, options):
    names = re.findall(r"^CHECK\((\w+)\)$", read(root, "checks/Checks.def"), re.M)
    faults = []
    if names != sorted(names):
        faults.append("Checks.def is not sorted")
    if not names:
        faults.append("Checks.def is empty")
    ids = sorted(kebab(name) for name in names)

    def same(what, found):
        for rule in sorted(set(ids) - set(found)):
            faults.append(f"{what}: {rule} is missing")
        for rule in sorted(set(found) - set(ids)):
            faults.append(f"{what}: {rule} is not in Checks.def")

    facts = json.loads(run(options.corolint, "rules", "--format=json").stdout)
    known = [rule["id"] for rule in facts]
    same("corolint rules", known)
    if known != sorted(known):
        faults.append("corolint rules: not sorted")
    listed = run(options.clang_tidy, f"--load={options.plugin}", "--checks=-*,coro-*",
                 "--list-checks").stdout
    same("the plugin", re.findall(r"^ +(coro-\S+)$", listed, re.M))
    same("docs/checks", [name[:-3] for name in os.listdir(os.path.join(root, "docs/checks"))])
    same("checks/*.cpp", [kebab(name) for name in names
                          if os.path.exists(os.path.join(root, "checks", name + ".cpp"))])
    tests = [name for name in os.listdir(os.path.join(root, "test/checks"))
             if name.endswith((".cpp", ".test"))]
    # A rule may have several: coro-blocking-call.cpp, coro-blocking-call-asio.cpp.
    of = {t: max((i for i in ids if re.match(rf"{i}[.-]", t)), key=len, default=t) for t in tests}
    same("test/checks", of.values())
    return faults + unfilled(root, names) + unexplained(root, facts)


def unexplained(root, facts):
    """A rule that is on by default says what it reports and what it leaves alone to who asks."""
    asked = os.path.join("test", "driver", "why-place.cpp")
    if not os.path.exists(os.path.join(root, asked)):
        return []
    text = read(root, asked)
    return [f"{asked}: {rule['id']} {says} is not asked for"
            for rule in facts if rule["tier"] == "default"
            for says in ("reports it", "leaves it alone") if f"{rule['id']} {says}" not in text]


def unfilled(root, names):
    """What `./dev new-check` left to do."""
    written = [path for name in names for path in
               (f"checks/{name}.cpp", f"docs/checks/{kebab(name)}.md", f"test/checks/{kebab(name)}.cpp")]
    return [f"{path}:{number}: is still to be filled in"
            for path in written if os.path.exists(os.path.join(root, path))
            for number, line in enumerate(read(root, path).split("\n"), 1) if "FILL IN" in line]


def paths(root, _):
    # Written so that this line does not match itself.
    machine = re.compile(r"/(?:root|work|farm)/|/home/[a-z]|/tmp/(?:corpus|research)")
    faults = []
    for path in files(root):
        try:
            text = read(root, path)
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(text.split("\n"), 1):
            if machine.search(line):
                faults.append(f"{path}:{number}: a path of one machine: {line.strip()}")
    return faults


def headers(root, _):
    licence = "SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception"
    places = ("checks", "driver", "runtime", "test/support", "test/fuzz", "test/bench")
    # Measured and linted as they are, like any user's unit.
    inputs = re.compile(r"^test/bench/\w+\.cpp$|^test/fuzz/seeds/")
    return [f"{path}: has no licence in its first lines"
            for path in files(root, *places)
            if path.endswith(CODE) and not inputs.search(path)
            and licence not in "".join(read(root, path).splitlines(True)[:10])]


def macros(root, _):
    defined = set(re.findall(r"^#define (CORO_\w+)", read(root, "runtime/include/corolint/annotations.h"),
                             re.M))
    explained = set(re.findall(r"^### (CORO_\w+)", read(root, "docs/annotations.md"), re.M))
    return ([f"docs/annotations.md: {name} has no section" for name in defined - explained]
            + [f"docs/annotations.md: {name} does not exist" for name in explained - defined])


# What a document lets somebody fetch, and where one names a version of ours.
REVISION = re.compile(r"(?:\brev:|\bGIT_TAG|\bCOROLINT_VERSION:)\s+([^\s,)]+)")
OURS = re.compile(r"(?:\b(?:corolint|aio)(?:-dev|-aio-dev)?[ _-]\(?=? ?v?|release, v?|^## \[v?)(\d+(?:\.\d+)+)",
                  re.M)
SAID = "runtime/cmake/Version.cmake"
BRANCH = "main"


def versions(root, _):
    found = re.findall(r"^set\(COROLINT_VERSION (\d+\.\d+\.\d+)\)$", read(root, SAID), re.M)
    if len(found) != 1:
        return [f"{SAID} does not say the version"]
    faults, own = [], found[0]
    for path in files(root, ""):
        if path.endswith("CMakeLists.txt") and not path.startswith(("test/", "docs/")):
            for said in re.findall(r"^ *project\([^)]* VERSION (\d\S*)", read(root, path), re.M):
                faults.append(f"{path}: says the version {said}, which is said in {SAID}")
        if not path.endswith((".md", ".yml")) or path.startswith("test/"):
            continue
        text = read(root, path)
        for revision in REVISION.findall(text):
            if revision != BRANCH and not exists(root, revision):
                faults.append(f"{path}: there is no '{revision}' in this repository")
        for version in OURS.findall(text):
            if not f"{own}.".startswith(f"{version}.") and not exists(root, f"v{version}"):
                faults.append(f"{path}: there is no version {version}: it is {own}, and no tag is v{version}")
    return faults


def exists(root, revision):
    """Whether git knows a tag or a commit."""
    name = revision if re.fullmatch("[0-9a-f]{7,40}", revision) else f"refs/tags/{revision}"
    return not subprocess.run(["git", "-C", root, "rev-parse", "--quiet", "--verify", f"{name}^{{commit}}"],
                              capture_output=True).returncode


def main():
    questions = {f.__name__: f for f in (rules, paths, headers, macros, versions)}
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("question", choices=questions)
    parser.add_argument("source")
    parser.add_argument("--corolint")
    parser.add_argument("--plugin")
    parser.add_argument("--clang-tidy")
    options = parser.parse_args()
    faults = questions[options.question](os.path.abspath(options.source), options)
    for fault in faults:
        print(fault, file=sys.stderr)
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
