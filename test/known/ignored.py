"""`exclude` and `per-file-ignores` in .corolint.yaml, for the command and for clang-tidy."""

import subprocess
import sys

import scratch
from scratch import DROPS, TASK, expect

COROLINT, WORK, *TIDY = sys.argv[1:]
BOTH = '#include "task.h"\ntask go() {\n  leaf();\n  waits();\n  co_return;\n}\n'
BLOCKS = "blocking:\n  - names: [waits]\n    family: sleep\n    why: it waits\n    instead: a timer\n"
FILES = ["main.cpp", "gen/a.cpp", "src/gen/b.cpp", "src/deep/c.pb.cpp", "src/d_test.cpp", "third party/e.cpp"]

p = scratch.Project(COROLINT, WORK, {
    "task.h": TASK, **{name: BOTH for name in FILES},
    "src/gen/inline.h": "#pragma once\n#include \"task.h\"\ninline task in_header() {\n  leaf();\n  co_return;\n}\n",
    "main.cpp": '#include "src/gen/inline.h"\n' + BOTH}, ["-std=c++20", f"-I{WORK}"])

p.keep_results(WORK + ".cache")


def found(*words):
    return sorted({(f["file"], f["rule"]) for f in p.json(*words)["findings"]})


def by_clang_tidy(*names):
    done = subprocess.run([*TIDY, "--quiet", "--checks=-*,coro-*", "--header-filter=.*", "-p", ".", *names], cwd=p.folder,
                          capture_output=True, check=False)
    lines = done.stdout.decode().splitlines()
    return sorted({(l.split(":")[0].removeprefix(WORK + "/").removeprefix("./"), l.rsplit("[", 1)[1].rstrip("]").split(",")[0])
                   for l in lines if ": warning: " in l and "[coro-" in l})


def check(label, yaml, wanted):
    p.write(".corolint.yaml", BLOCKS + yaml)
    got = found()
    expect(label, sorted({name for name, _ in got}), wanted)
    if label in ("nothing", "a name, anywhere", "a pattern of paths"):  # the same code reads all of them
        expect(label + ", by clang-tidy", by_clang_tidy(*FILES), got)
    print(f"{label}: {len(wanted)} files have findings")


ALL = sorted([*FILES, "src/gen/inline.h"])
check("nothing", "", ALL)
for label, glob, left_out in [
        ("a name, anywhere", "gen", ["gen/a.cpp", "src/gen/b.cpp", "src/gen/inline.h"]),
        ("a folder here", "/gen", ["gen/a.cpp"]),
        ("a folder with a slash", "gen/", ["gen/a.cpp", "src/gen/b.cpp", "src/gen/inline.h"]),
        ("a folder by its path", "./src/gen", ["src/gen/b.cpp", "src/gen/inline.h"]),
        ("a pattern of names", "'*.pb.cpp'", ["src/deep/c.pb.cpp"]),
        ("a pattern of paths", "'src/*'", ["src/deep/c.pb.cpp", "src/d_test.cpp", "src/gen/b.cpp", "src/gen/inline.h"]),
        ("stars in the middle", "src/**/*.cpp", ["src/deep/c.pb.cpp", "src/gen/b.cpp"]),
        ("braces", "'{gen/a,src/d_test}.cpp'", ["gen/a.cpp", "src/d_test.cpp"]),
        ("a set", "'[a-d].*'", ["gen/a.cpp", "src/deep/c.pb.cpp", "src/gen/b.cpp"]),
        ("a blank", "third party", ["third party/e.cpp"]),
        ("a file", "src/d_test.cpp", ["src/d_test.cpp"]),
        ("another project's", "/elsewhere/*", [])]:
    check(label, f"exclude:\n  - {glob}\n", [name for name in ALL if name not in left_out])

# Rules of files.
p.write(".corolint.yaml", BLOCKS + "per-file-ignores:\n  '*_test.cpp': [coro-blocking-call]\n  gen: ['coro-*']\n")
got = found()
expect("per file", [rule for name, rule in got if name == "src/d_test.cpp"], ["coro-unawaited-task"])
expect("all of a folder", [name for name, _ in got if "gen" in name], [])
expect("by clang-tidy", by_clang_tidy(*FILES), got)
expect("others", [rule for name, rule in got if name == "main.cpp"], ["coro-blocking-call", "coro-unawaited-task"])
print("per-file-ignores: both doors")

# Who names a file is told why nothing is said of it.
p.write(".corolint.yaml", BLOCKS + "exclude: [gen]\n")
for words in (["gen/a.cpp"], ["gen"], ["gen/a.cpp", "--", "-std=c++20", f"-I{WORK}"], ["src/gen/inline.h"]):
    code, out, err = p.run(*words)
    expect(f"named: {words}", (code, out), (0, ""))
    assert "1 file not analysed: excluded by .corolint.yaml:6\n" in err, err
report = p.json()
expect("in JSON", sorted(report["excluded"]), ["gen/a.cpp", "src/gen/b.cpp"])
p.write(".corolint.yaml", BLOCKS + "exclude: ['*']\n")
code, out, err = p.run()
expect("all of it", code, 0)
assert "6 files not analysed: excluded by .corolint.yaml:6" in err, err
print("excluded and named: said")

# A file nearer counts as well.
p.write(".corolint.yaml", BLOCKS + "exclude: [main.cpp]\n")
p.write("src/.corolint.yaml", "exclude: [deep, /d_test.cpp]\n")
expect("two files", sorted({name for name, _ in found()}), ["gen/a.cpp", "src/gen/b.cpp", "third party/e.cpp"])
(p.folder / "src/.corolint.yaml").unlink()

# It is part of the configuration that is shown.
p.write(".corolint.yaml", "exclude: [gen, '*.pb.cpp']\nper-file-ignores:\n  '*_test.cpp': [coro-blocking-call]\n")
code, out, err = p.run("config")
print(out[out.index("ignored"):out.index("knowledge:")], end="")

# Faults.
for label, yaml in [("no list", "exclude: gen\n"), ("no text", "exclude: [[a]]\n"), ("no glob", "exclude: ['[a']\n"),
                    ("too many", "exclude: ['" + "{a,b,c,d,e,f,g,h,i,j}" * 4 + "']\n"),
                    ("a list", "per-file-ignores: [a]\n"), ("no rules", "per-file-ignores:\n  a: []\n"),
                    ("a rule alone", "per-file-ignores:\n  a: coro-x\n"),
                    ("twice", "exclude: [a]\nexclude: [b]\n")]:
    p.write(".corolint.yaml", yaml)
    code, out, err = p.run()
    expect(label + ": exit", (code, out), (2, ""))
    fault = next(line for line in err.splitlines() if ".corolint.yaml:" in line)
    print(f"{label}:", fault.split("/")[-1])
p.write(".corolint.yaml", "per-file-ignores:\n  a: [coro-blocking-cal]\n")
code, out, err = p.run()
print("an unknown rule:", next(line for line in err.splitlines() if "cal'" in line))
