"""`corolint baseline` and --baseline in a scratch project: what is known, and what is forgotten."""

import json
import os
import sys

import scratch
from scratch import TASK, expect

COROLINT, WORK = sys.argv[1:3]
NAME = ".corolint-baseline.json"
UNIT = '#include "task.h"\ntask {0}() {{\n  leaf();\n  leaf();\n  co_return;\n}}\n'
SHARED = "inline task shared() {\n  leaf();\n  co_return;\n}\n"


def fresh(**more):
    project = scratch.Project(COROLINT, WORK + "/project", {
        "task.h": TASK + SHARED, "a.cpp": UNIT.format("a"), "b.cpp": UNIT.format("b"), **more})
    project.keep_results(WORK + "/cache")
    return project


def baseline(*words, **more):
    """The last words: "5 findings in '…' (5 added, 0 gone)"."""
    code, out, err = p.run("baseline", *words, **more)
    expect("baseline: exit and stdout", (code, out), (0, ""))
    return err.splitlines()[-1].split("'")[0].split("corolint: ")[1] + err.splitlines()[-1].split("' ")[1]


def entries():
    return sorted((e["file"], e["line"], e["count"]) for e in json.loads(p.read(NAME))["findings"])


def check(label, *words, shown=0, hidden=0, **more):
    report = p.json("--baseline", *words, **more)
    expect(label, (report["counts"]["findings"], report["counts"]["hidden"]), (shown, hidden))
    code, out, err = p.run("--baseline", *words, **more)
    expect(label + ": exit", code, 1 if shown else 0)
    assert bool(hidden) == (f"not shown: {hidden} finding" in err), err
    print(f"{label}: {shown} shown, {hidden} hidden")


p = fresh()
expect("the first", baseline(), "5 findings in (5 added, 0 gone)")
expect("entries", entries(), [("a.cpp", "leaf();", 2), ("b.cpp", "leaf();", 2), ("task.h", "leaf();", 1)])
first = p.read(NAME)
expect("again", baseline(), "5 findings in (0 added, 0 gone)")
expect("the same file", p.read(NAME), first)
check("as it is", hidden=5)

p.write("a.cpp", "// new\n\n" + UNIT.format("a").replace("  leaf", "\tleaf"))
check("moved down, other blanks", hidden=5)
p.write("a.cpp", UNIT.format("a").replace("  co_return", "  leaf();\n  co_return"))
check("one more like them", shown=1, hidden=5)
p.write("a.cpp", UNIT.format("a").replace("task a", "task other"))
check("in another function", shown=2, hidden=3)
p.write("a.cpp", UNIT.format("a"))

# The file has another name, or the code is in another file.
os.rename(p.folder / "a.cpp", p.folder / "renamed.cpp")
p.database()
check("renamed", hidden=5)
expect("pruned", baseline("--prune"), "5 findings in (0 added, 0 gone)")
expect("entries", [e[0] for e in entries()], ["b.cpp", "renamed.cpp", "task.h"])
os.mkdir(p.folder / "sub")
os.rename(p.folder / "renamed.cpp", p.folder / "sub/c.cpp")
p.write("sub/c.cpp", p.read("sub/c.cpp").replace(b"task.h", b"../task.h"))
p.database()
check("in another folder", hidden=5)
p.write("sub/c.cpp", '#include "../task.h"\n')
p.write("b.cpp", UNIT.format("b") + UNIT.format("a").replace('#include "task.h"\n', ""))
check("moved to a file that is there", hidden=5)

# A run over a part says nothing of the rest.
p = fresh()
baseline()
p.write("a.cpp", UNIT.format("a").replace("  leaf();\n", "", 1))
expect("of one file", baseline("a.cpp"), "4 findings in (0 added, 1 gone)")
expect("entries", entries(), [("a.cpp", "leaf();", 1), ("b.cpp", "leaf();", 2), ("task.h", "leaf();", 1)])
p.write("task.h", TASK)
p.write("b.cpp", UNIT.format("b").replace("  leaf", "  co_await leaf"))
expect("of one file again", baseline("a.cpp"), "4 findings in (0 added, 0 gone)")
expect("another rule", baseline("--checks=-*,coro-nested-loop"), "4 findings in (0 added, 0 gone)")
expect("pruned", baseline("--prune"), "1 finding in (0 added, 3 gone)")
p.write("a.cpp", UNIT.format("a"))
expect("pruning adds nothing", baseline("--prune"), "1 finding in (0 added, 0 gone)")
check("what is new is shown", shown=1, hidden=1)
code, out, err = p.run("--prune")
expect("--prune alone", (code, "is for 'corolint baseline'" in err), (2, True))

# Of a unit that failed, what was known stays known.
p = fresh()
baseline()
p.write("b.cpp", UNIT.format("b") + "nonsense\n")
code, out, err = p.run("baseline")
expect("a unit that fails: exit", code, 3)
assert "nonsense" in err and "5 findings" in err, err
expect("entries", [e[0] for e in entries()], ["a.cpp", "b.cpp", "task.h"])
p.write("b.cpp", UNIT.format("b"))
check("mended", hidden=5)
print("a unit that fails: kept")

# What is hidden is not fixed, and is said in what programs read.
p.write("a.cpp", UNIT.format("a").replace("  co_return", "  leaf(); // new\n  co_return"))
code, out, err = p.run("--baseline", "--fix")
expect("--fix", (code, p.read("a.cpp").decode()),
       (0, UNIT.format("a").replace("  co_return", "  co_await leaf(); // new\n  co_return")))
code, out, err = p.run("--baseline", "--format=sarif")
results = json.loads(out)["runs"][0]["results"]
expect("sarif", [[s["kind"] for s in r["suppressions"]] for r in results], [["external"]] * 5)
assert len({r["partialFingerprints"]["corolint/v1"] for r in results}) == 5
code, out, err = p.run("--baseline", "--format=gitlab")
expect("gitlab", json.loads(out), [])
print("--fix, sarif, gitlab: what is hidden is left alone")

# From another folder; in another file; with words apart.
os.mkdir(p.folder / "deep")
report = p.json(f"--baseline=../{NAME}", "-p", "..", cwd=p.folder / "deep")
expect("from a folder below", (report["counts"]["findings"], report["counts"]["hidden"]), (0, 5))
report = p.json(f"--baseline={p.folder}/{NAME}", "-p", str(p.folder), cwd="/")
expect("from the root", (report["counts"]["findings"], report["counts"]["hidden"]), (0, 5))
expect("another file", baseline("--baseline=deep/known.json"), "5 findings in (5 added, 0 gone)")
os.mkdir(p.folder / ".git")
expect("in a repository", baseline("--baseline", "deep/known.json"), "5 findings in (0 added, 0 gone)")
names = {e["file"] for e in json.loads(p.read("deep/known.json"))["findings"]}
expect("names from there", names, {"../a.cpp", "../b.cpp", "../task.h"})
report = p.json("--baseline", "deep/known.json")
expect("of two words", report["counts"]["hidden"], 5)
print("from other folders: the same")

# What is no baseline is no reason to show everything, or nothing.
for label, text in [
        ("empty", ""), ("no JSON", "{"), ("a list", "[]"), ("no version", "{}"),
        ("another version", '{"version": 2, "findings": []}'), ("no findings", '{"version": 1}'),
        ("a wrong entry", '{"version": 1, "findings": [{"rule": 1}]}'),
        ("a negative count", '{"version": 1, "findings": [{"file": "a", "rule": "r", "function": "f", "line": "l", "count": -1}]}'),
        ("deep", "[" * 100000), ("binary", b"\xff\xfe\x00")]:
    p.write(NAME, text)
    for words in (["--baseline"], ["baseline"], ["baseline", "--prune"]):
        code, out, err = p.run(*words)
        expect(label + ": exit", (code, out), (2, ""))
        assert f"the baseline '{NAME}' cannot be used: " in err and "with it removed, 'corolint baseline'" in err, err
    print(f"{label}:", err.split("cannot be used: ")[1].split(";")[0])
os.remove(p.folder / NAME)
code, out, err = p.run("--baseline")
expect("none", (code, "'corolint baseline' writes one" in err), (2, True))
code, out, err = p.run("baseline", "--prune")
expect("none to prune", (code, "'corolint baseline' writes one" in err), (2, True))
code, out, err = p.run("baseline", "--baseline=none/x.json")
expect("no such folder", code, 3)
assert "could not be written" in err, err
for words in (["--fix"], ["--diff"], ["--stream"], ["--add-nolint=x"]):
    code, out, err = p.run("baseline", *words)
    expect(f"baseline {words}", (code, "cannot be used with it" in err), (2, True))
