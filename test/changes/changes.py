"""What --diff and --new-from show: see changes.test."""

import os
import sys

import repository
from repository import OLD
from scratch import DROPS, expect

COROLINT, WORK = sys.argv[1:3]
T, B = "coro-unawaited-task", "coro-blocking-call"
p = repository.Repository(COROLINT, WORK + "/project")
p.keep_results(WORK + "/cache")


def check(label, wanted, *words, units=None, failures=0, **more):
    expect(label, p.found(*words, **more), wanted)
    expect(label + ": failures", len(p.report["failures"]), failures)
    if units is not None:
        expect(label + ": units", p.report["counts"]["units"], units)
    expect(label + ": exit", p.code, 3 if failures else 1 if wanted else 0)
    print(label)


check("nothing changed", [], units=0)
code, out, err = p.run("--diff")
assert "no unit of the compile database reads what changed since HEAD (" in err, err
os.utime(p.folder / "task.h")
os.utime(p.folder / "old.cpp")
before = (p.folder / ".git/index").read_bytes()
check("touched", [], units=0)
expect("nothing is written", (p.folder / ".git/index").read_bytes(), before)

# An old finding is shown on a line that changed, and by --new-from not even there.
p.change("old.cpp", "task calls", "task added() {\n  leaf();\n  co_return;\n}\ntask calls")
check("a new one beside an old one", [("old.cpp", 8, T)], units=1)
expect("in JSON", (p.report["older"], p.report["since"].split(" (")[0]), (1, "HEAD"))
p.back()
p.change("old.cpp", "  leaf();", "   leaf();")
check("on a line that changed", [("old.cpp", 4, T)])
check("that was there", [], "--new-from=HEAD")
p.back()
p.change("old.cpp", "task old", "// a comment\ntask old")
check("on a line that moved", [])
p.back()
p.change("old.cpp", "  leaf();\n", "  leaf();\n  leaf();\n")
check("one more of its kind", [("old.cpp", 5, T)], "--new-from", "HEAD")
p.back()

# A header breaks its callers, in files that nobody touched.
p.change("util.h", "util() {}", "util() { waits(); }")
p.change("util.h", "#pragma once", '#pragma once\n#include "task.h"')
check("a header that blocks", [("old.cpp", 8, B)], units=1)
p.commit()
check("committed", [], units=0)
check("since the commit before", [("old.cpp", 8, B)], "--diff", "HEAD~1")
check("of a tag", [("old.cpp", 8, B)], "--diff=main~1")
p.git("reset", "-q", "--hard", "HEAD~1")

# Tables have any name.
p.write("list.def", "X(int)\n")
p.write("table.cpp", '#include "task.h"\ntask table() {\n#define X(T) T t = T();\n#include "list.def"\n  co_return;\n}\n')
p.database()
p.commit()
p.write("list.def", "X(int)\nleaf();\n")
check("a file of any name that is included", [("list.def", 2, T)], units=1)
p.write("list.def", "X(int)\n")
p.write("README.md", "changed")
check("one that nobody includes", [], units=0)
p.back()

# A header that is new to a unit has the old findings that it had for others.
p.write("bad.h", '#pragma once\n#include "task.h"\ninline task bad() {\n  leaf();\n  co_return;\n}\n')
p.write("reads.cpp", '#include "bad.h"\n')
p.database()
p.commit()
p.write("new.cpp", '#include "bad.h"\n')
p.change("other.cpp", '#include "task.h"', '#include "bad.h"')
p.database()
check("an old header in new hands", [], units=2)
p.back()
p.git("reset", "-q", "--hard", "HEAD~1")

# New and renamed files.
p.write("new.cpp", DROPS)
p.write("new.h", "#pragma once\ntask in_header();\n")
p.database()
check("a unit that is not tracked", [("new.cpp", 3, T)], units=1)
expect("a header that nobody includes", p.report["unreached"], [str("new.h")])
p.git("add", "-N", "new.cpp")
check("added, without its content", [("new.cpp", 3, T)])
p.git("add", "new.cpp")
check("added", [("new.cpp", 3, T)])
p.git("rm", "-q", "--cached", "new.cpp")
p.back()
os.symlink("old.cpp", p.folder / "link.cpp")
check("a link that is not tracked", [])
p.back()
p.git("mv", "old.cpp", "renamed.cpp")
p.database()
check("renamed", [], units=1)
p.change("renamed.cpp", "  util();", "  waits();")
check("renamed and changed", [("renamed.cpp", 8, B)])
p.back()
p.git("mv", "util.h", "tool.h")
p.change("old.cpp", "util.h", "tool.h")
p.change("tool.h", "util() {}", 'util() { extern void waits(); waits(); }')
check("a header, renamed", [("old.cpp", 8, B)])
p.back()

# What is gone.
p.git("rm", "-q", "util.h")
check("a header that is gone, and included", [], failures=1)
p.change("old.cpp", '#include "util.h"\n', "inline void util() { waits(); }\n")
check("and no more", [("old.cpp", 8, B)])
p.back()
p.write("gone.h", "#pragma once\ninline void gone() {}\n")
p.change("old.cpp", '#include "util.h"', '#if __has_include("gone.h")\n#include "gone.h"\n#endif\n#include "util.h"')
p.commit()
p.git("rm", "-q", "gone.h")
check("a header that was looked for", [])
p.git("reset", "-q", "--hard", "HEAD~1")

# Of another branch, what both had in common counts.
p.git("checkout", "-q", "-b", "feature")
p.change("old.cpp", "task calls", "task added() {\n  leaf();\n  co_return;\n}\ntask calls")
p.commit()
p.git("checkout", "-q", "main")
p.write("other.cpp", DROPS)
p.commit()
p.git("checkout", "-q", "feature")
p.database()
check("since another branch", [("old.cpp", 8, T)], "--diff", "main", units=1)
p.git("checkout", "-q", "main")
p.git("reset", "-q", "--hard", "HEAD~1")

# What did not compile has no old findings.
p.change("old.cpp", "  co_return;", "  nonsense();\n  co_return;")
p.commit()
p.change("old.cpp", "  nonsense();\n", "")
check("an old state that does not compile", [("old.cpp", 4, T)])
code, out, err = p.run("--diff")
assert "these could not be analysed, so all of their findings count as new: old.cpp" in err, err
p.git("reset", "-q", "--hard", "HEAD~1")

# Names, and what a user's configuration changes of the output.
NAMES = ["with blank.cpp", "qu\"o'te.cpp", "new\nline.cpp", "tab\t.cpp", "ü.cpp", "back\\slash.cpp", "-dash.cpp", "a b/c d.cpp"]
for name in NAMES:
    p.write(name, DROPS.replace("task.h", "../task.h" if "/" in name else "task.h"))
p.database()
p.commit()
for name in NAMES:
    p.write(name, p.read(name) + b"task more() {\n  leaf();\n  co_return;\n}\n")
wanted = sorted((name, 7, T) for name in NAMES)
check("unusual names", wanted)
for key, value in [("diff.noprefix", "true"), ("diff.mnemonicPrefix", "true"), ("diff.relative", "true"),
                   ("diff.interHunkContext", "9"), ("diff.context", "9"), ("diff.renames", "false"),
                   ("core.quotePath", "false"), ("color.ui", "always"), ("diff.orderFile", "none"),
                   ("diff.submodule", "log"), ("diff.wordRegex", "."), ("diff.algorithm", "patience"),
                   ("diff.wsErrorHighlight", "all"), ("core.pager", "false"), ("diff.statNameWidth", "1")]:
    p.git("config", key, value)
(p.folder / ".git/info").mkdir(exist_ok=True)
(p.folder / ".git/info/attributes").write_text("*.cpp -diff binary\n")
check("whatever git is configured to show", wanted)
expect("from a folder below", p.found("--diff", "-p", "..", cwd=p.folder / "a b"), sorted(
    (os.path.relpath(p.folder / name, p.folder / "a b") if name.startswith("a b/") else str(p.folder / name), 7, T)
    for name in NAMES))
p.back()

# With PATHs, with fixes, with a baseline.
p.change("old.cpp", "task calls", "task added() {\n  leaf();\n  co_return;\n}\ntask calls")
p.change("with blank.cpp", "  leaf", "   leaf")
check("of a path", [("old.cpp", 8, T)], "--diff", "HEAD", "old.cpp")
p.back()
p.change("old.cpp", "task old() {\n", "task old() {\n  leaf(); // new\n")
code, out, err = p.run("--diff", "--fix")
expect("--fix", (code, p.read("old.cpp").decode()),
       (0, OLD.replace("task old() {\n", "task old() {\n  co_await leaf(); // new\n")))
p.back()
p.change("old.cpp", "task calls", "task added() {\n  waits();\n  leaf(); // mine\n  co_return;\n}\ntask calls")
code, out, err = p.run("--diff", "--add-nolint=later")
expect("--add-nolint", (code, p.read("old.cpp").count(b"NOLINT"), p.read("old.cpp").count(b"NOLINTNEXTLINE(coro-unaw")),
       (0, 2, 1))
check("and it is clean", [])
p.back()
print("with fixes: of what is shown")
