"""--add-nolint, and comments that suppress nothing."""

import json
import sys

import scratch
from scratch import TASK, expect

COROLINT, WORK = sys.argv[1:3]
REASON = "until the port is done: 50% (see #7)"


def project(files, **more):
    return scratch.Project(COROLINT, WORK + "/project", {"task.h": TASK, **files}, **more)


BLOCKS = "blocking:\n  - names: [waits]\n    family: sleep\n    why: it waits\n    instead: a timer\n"


def suppress(label, *words, fixed, code=0):
    got, out, err = p.run(f"--add-nolint={REASON}", *words)
    expect(label + ": exit", got, code)
    assert f"{fixed} finding" in err and " suppressed in " in err and "note: suppressed" in out, (label, out, err)
    got, out, err = p.run(*words)
    expect(label + ": afterwards", got, code)
    print(f"{label}: {fixed} suppressed")


p = project({
    ".corolint.yaml": BLOCKS,
    ".clang-tidy": "FormatStyle: llvm\n",  # formatted, the comment would be two
    "two.cpp": '#include "task.h"\ntask two() {\n    leaf(), waits();\n  co_return;\n}\n',
    "has.cpp": '#include "task.h"\ntask has() {\n  // NOLINTNEXTLINE(bugprone-x): why not\n  leaf();\n  co_return;\n}\n',
    "crlf.cpp": '\ufeff#include "task.h"\r\ntask crlf() {\r\n\tleaf();\r\n  co_return;\r\n}\r\n',
    "first.cpp": '\ufeff#include "task.h"\ntask first() { leaf(); co_return; }\n',
})
suppress("plain files", fixed=5)
expect("two rules", p.read("two.cpp").decode().splitlines()[2:4],
       [f"    // NOLINTNEXTLINE(coro-unawaited-task, coro-blocking-call): {REASON}", "    leaf(), waits();"])
expect("one that is there", p.read("has.cpp").decode().splitlines()[2],
       "  // NOLINTNEXTLINE(bugprone-x, coro-unawaited-task): why not")
expect("CRLF", p.read("crlf.cpp").decode().split("\r\n")[2:4],
       [f"\t// NOLINTNEXTLINE(coro-unawaited-task): {REASON}", "\tleaf();"])
expect("no bare line end", p.read("crlf.cpp").count(b"\n"), p.read("crlf.cpp").count(b"\r\n"))
before = p.read("two.cpp")
p.run(f"--add-nolint={REASON}")
expect("again", p.read("two.cpp"), before)

# A header, however many units see it.
p = project({"h.h": '#include "task.h"\ninline task h() {\n  leaf();\n  co_return;\n}\n',
             "a.cpp": '#include "h.h"\n', "b.cpp": '#include "h.h"\n'})
suppress("a header of two units", fixed=1)
expect("once", p.read("h.h").count(b"NOLINT"), 1)

# No comment may go into a macro or a string: what the program is would change.
MACRO = '#include "task.h"\n#define GO \\\n  leaf(); \\\n  leaf();\ntask in_macro() {\n  GO\n  co_return;\n}\n'
STRING = ('#include "task.h"\n#include "text.h"\ntask in_string() {\n  take(R"(one\n  two)"), leaf();\n  /* a\n */ leaf();\n'
          "  co_return;\n}\n")
p = project({"text.h": "inline void take(const char *) {}\n", "string.cpp": STRING})
code, out, err = p.run(f"--add-nolint={REASON}")
expect("strings", (code, p.read("string.cpp").decode()),
       (1, STRING.replace(" */ leaf", f" // NOLINTNEXTLINE(coro-unawaited-task): {REASON}\n */ leaf")))
assert "not suppressed: the line goes on from the one above" in out, out
p = project({"macro.cpp": MACRO})
suppress("where a macro is used", fixed=1)
assert p.read("macro.cpp").decode().startswith(MACRO.split("task in_macro")[0])
print("a string stays what it is")

p = project({"a.cpp": '#include "task.h"\ntask a() {\n  leaf();\n  co_return;\n}\n'})
before = p.read("a.cpp")
for reason in ("", "  ", "two\nlines", "a\rb", "ends with \\", "ends with ??/"):
    code, out, err = p.run("--add-nolint", reason)
    expect(f"reason {reason!r}", (code, "--add-nolint: a reason of one line is needed" in err, p.read("a.cpp")),
           (2, True, before))
code, out, err = p.run("--add-nolint=x", "--fix")
expect("with --fix", (code, "cannot be used together" in err), (2, True))
print("no reason: refused")

# Comments that suppress nothing.
UNUSED = """#include "task.h"
task used() {
  leaf(); // NOLINT(coro-unawaited-task)
  leaf(); // NOLINT(coro-*)
  // NOLINTNEXTLINE(bugprone-x, coro-unawaited-task)
  leaf();
  // NOLINTBEGIN(coro-unawaited-task)
  leaf();
  leaf();
  // NOLINTEND(coro-unawaited-task)
  co_return;
}
task unused() {
  co_await leaf(); // NOLINT(coro-unawaited-task): line 14
  // NOLINTNEXTLINE(coro-blocking-call, bugprone-x): line 15
  co_await leaf();
  leaf(); // NOLINT(coro-unawaited-task, coro-blocking-call): line 17, of two
  // NOLINTBEGIN(coro-unawaited-task): line 18
  co_await leaf();
  // NOLINTEND(coro-unawaited-task)
  co_await leaf(); // NOLINT
  co_await leaf(); // NOLINT(bugprone-x)
  co_await leaf(); // NOLINT(*)
  co_await leaf(); // NOLINT(coro-no-such-rule): line 24
  co_await leaf(); // NOLINT(coro-unawaited-*): line 25
  co_await leaf(); // NOLINT(coro-*): some of these are off
  co_await leaf(); // MYNOLINT(coro-unawaited-task)
  // NOLINTBEGIN(coro-unawaited-task): without an end, which clang-tidy says
}
"""


def unused(*words, **more):
    report = p.json(*words, **more)
    return [(m["file"], m["line"]) for m in report["unusedNolints"]], report


p = project({"u.cpp": UNUSED.split("  // NOLINTBEGIN(coro-unawaited-task): without")[0] + "}\n"})
lines, report = unused()
expect("unused", lines, [("u.cpp", n) for n in (14, 15, 17, 18, 24, 25)])
expect("they are no findings", (report["counts"]["findings"], p.run()[0]), (0, 0))
code, out, err = p.run()
assert "u.cpp:14:23: warning: NOLINT(coro-unawaited-task) suppresses nothing" in err, err
assert "u.cpp:24:23: warning: NOLINT(coro-no-such-rule): there is no such rule" in err, err
expect("--quiet", p.run("--quiet")[2], "")
expect("of a rule that is off", unused("--checks=-coro-unawaited-task")[0], [("u.cpp", n) for n in (15, 17, 24)])
print("unused: each, and no other")

# Of a header it takes all that include it: one of them may need the comment.
HEADER = '#include "task.h"\n#ifdef NEEDS\n#define DO leaf()\n#else\n#define DO co_await leaf()\n#endif\n' \
         "inline task h() {\n  DO; // NOLINT(coro-unawaited-task)\n  co_return;\n}\n"
p = project({"h.h": HEADER, "a.cpp": '#include "h.h"\n', "b.cpp": '#define NEEDS\n#include "h.h"\n'})
expect("needed by one", unused()[0], [])
expect("one of them", unused("a.cpp", "h.h")[0], [])
p.write("b.cpp", '#include "h.h"\n')
expect("needed by none", unused()[0], [("h.h", 8)])
expect("the other was not asked", unused("a.cpp", "h.h")[0], [])
p.write("b.cpp", '#include "h.h"\nnonsense\n')
expect("one of them failed", unused()[0], [])
print("in a header: if all who include it were analysed")
