#!/usr/bin/env python3
# ===- repository.py - What the repository promises about itself ------------===//
#
# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# ===------------------------------------------------------------------------===//
"""repository.py QUESTION SOURCE [TOOLS]: exits with 1 and says why when the answer is no.

  rules     Checks.def, the check's sources, pages, tests, `corolint rules` and the plugin's list are
            the same set, sorted; each page names its rule and each of its options
  paths     no file names a path of somebody's machine
  headers   each source file begins with the licence
  examples  what the pages show is what they say (see below)
  macros    docs/annotations.md has a section for each macro of annotations.h, and no other

On a page a fence says what becomes of its code, after the language:

  ```cpp compile   compiles without a warning, with Clang and with GCC
  ```cpp bad       on the page of a rule: compiles, and the rule reports it
  ```cpp good      on the page of a rule: compiles, and no rule reports anything

`-std=c++23` and other flags may follow. The code may include annotations.h and task.h, the task
type of the tests (test/checks/Inputs)."""

import argparse
import concurrent.futures
import json
import os
import re
import subprocess
import sys
import tempfile

SKIPPED_FOLDERS = re.compile(r"^(\.git|\.cache|build|build-.*|__pycache__)$")
CODE = (".cpp", ".h", ".hpp", ".c", ".py")
FENCE = re.compile(r"^```(\w+)[ \t]+(compile|bad|good)\b[ \t]*([^\n]*)\n(.*?)^```", re.M | re.S)


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
    same("corolint rules", [rule["id"] for rule in facts])
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

    for rule in facts:
        path = f"docs/checks/{rule['id']}.md"
        if not os.path.exists(os.path.join(root, path)):
            continue
        page = read(root, path)
        if not page.startswith(f"# {rule['id']}\n"):
            faults.append(f"{path}: the title is not the rule's id")
        for option in rule["options"]:
            if f"`{option['name']}`" not in page:
                faults.append(f"{path}: the option `{option['name']}` is not explained")
        for kind in ("bad", "good"):
            if not any(fence[1] == kind for fence in FENCE.findall(page)):
                faults.append(f"{path}: has no example that is '{kind}'")
    return faults


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


def examples(root, options):
    cases = []
    pages = ["README.md", *files(root, "docs")]
    for path in pages:
        if not path.endswith(".md") or not os.path.exists(os.path.join(root, path)):
            continue
        page = read(root, path)
        for match in FENCE.finditer(page):
            language, kind, flags, code = match.groups()
            line = page.count("\n", 0, match.start()) + 1
            cases.append((path, line, language, kind, flags.split(), code))
    if not cases:
        return ["no page has an example"]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        found = pool.map(lambda case: example(root, options, *case), cases)
        faults = [fault for faults in found for fault in faults]
    print(f"{len(cases)} examples")
    return faults


def example(root, options, path, line, language, kind, flags, code):
    here = f"{path}:{line}"
    if language not in ("c", "cpp"):
        return [f"{here}: '{kind}' is for c and cpp"]
    rule = re.fullmatch(r"docs/checks/(.*)\.md", path)
    if kind != "compile" and not rule:
        return [f"{here}: '{kind}' is for the pages of rules"]
    if not any(flag.startswith("-std=") for flag in flags):
        flags = ["-std=c++20" if language == "cpp" else "-std=c11", *flags]
    flags += [f"-I{root}/runtime/include", f"-I{root}/test/checks/Inputs"]
    with tempfile.TemporaryDirectory() as folder:
        file = os.path.join(folder, "example." + language)
        with open(file, "w") as out:
            out.write(code)
        # What is bad is bad for a compiler's warnings as well, some of the time.
        warnings = ["-Wall", "-Wextra", "-Werror"] if kind != "bad" else []
        compilers = [options.clangxx] + [options.gxx] * bool(options.gxx)
        for compiler in compilers:
            done = subprocess.run(
                [compiler, "-x", "c++" if language == "cpp" else "c", "-fsyntax-only", *warnings,
                 *flags, file], stderr=subprocess.PIPE, text=True)
            if done.returncode:
                return [f"{here}: does not compile with {os.path.basename(compiler)}:\n{done.stderr}"]
        if kind == "compile":
            return []
        with open(os.path.join(folder, ".clang-tidy"), "w") as out:
            out.write("Checks: '-*,coro-*'\n")
        done = subprocess.run([options.corolint, "--format=json", file, "--", *flags],
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        text = subprocess.run([options.corolint, "--quiet", file, "--", *flags],
                              stdout=subprocess.PIPE, text=True).stdout
        if done.returncode not in (0, 1):
            return [f"{here}: corolint exits with {done.returncode}\n{done.stderr}"]
        if kind == "good" and done.returncode:
            return [f"{here}: 'good', and reported:\n{text}"]
        if kind == "bad" and f"[{rule[1]}]" not in text:
            return [f"{here}: 'bad', and {rule[1]} does not report it\n{text}"]
    return []


def main():
    questions = {f.__name__: f for f in (rules, paths, headers, macros, examples)}
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("question", choices=questions)
    parser.add_argument("source")
    parser.add_argument("--corolint")
    parser.add_argument("--plugin")
    parser.add_argument("--clang-tidy")
    parser.add_argument("--clangxx")
    parser.add_argument("--gxx", default="")
    options = parser.parse_args()
    faults = questions[options.question](os.path.abspath(options.source), options)
    for fault in faults:
        print(fault, file=sys.stderr)
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
