"""A repository whose configuration names programs: none of them is run, and nothing is written."""

import os
import sys

import repository
from repository import OLD
from scratch import expect

COROLINT, WORK = sys.argv[1:3]
p = repository.Repository(COROLINT, WORK + "/project")
ran = p.folder.parent / "ran"
program = p.folder / "program.sh"
program.write_text(f"#!/bin/sh\necho \"$0 $*\" >> '{ran}'\ncat 2>/dev/null\nexit 0\n")
program.chmod(0o755)
p.write(".gitattributes", "*.cpp filter=evil diff=evil\n*.h filter=proc diff=evil merge=evil\n")
p.write("util.h", p.read("util.h") + b"// more\n")
p.write("gone.h", "")
p.commit()  # with no filter yet

run = str(program)
for key in ["core.fsmonitor", "diff.external", "diff.evil.command", "diff.evil.textconv", "filter.evil.clean",
            "filter.evil.smudge", "filter.evil=x.clean", "filter.proc.process", "merge.evil.driver", "core.pager",
            "pager.diff", "core.editor", "core.sshCommand", "core.askPass", "credential.helper", "core.gitProxy",
            "core.alternateRefsCommand", "gpg.program", "alias.diff", "alias.rev-parse", "interactive.diffFilter",
            "sequence.editor", "trace2.normalTarget"]:
    p.git("config", key, ("!" if key.startswith("alias") else "") + run)
p.git("config", "filter.evil.required", "true")
p.git("config", "core.hooksPath", str(p.folder / "hooks"))
p.git("config", "remote.origin.vcs", "ext")
p.git("config", "remote.origin.url", "ext::" + run)
p.git("config", "protocol.ext.allow", "always")
p.git("config", "remote.origin.promisor", "true")
p.git("config", "extensions.partialClone", "origin")
p.git("config", "core.repositoryFormatVersion", "1")
for folder in (p.folder / "hooks", p.folder / ".git/hooks"):
    folder.mkdir(exist_ok=True)
    for hook in ("post-index-change", "fsmonitor-watchman", "query-watchman", "post-checkout", "reference-transaction",
                 "pre-auto-gc"):
        (folder / hook).write_text(program.read_text())
        (folder / hook).chmod(0o755)

p.write("old.cpp", OLD.replace("  util();", "  waits();"))
p.write("util.h", p.read("util.h") + b"// even more\n")
os.utime(p.folder / "task.h", (1, 1))  # git has to look into it
os.remove(p.folder / "gone.h")


def state():
    return {str(f.relative_to(p.folder)): (f.stat().st_mtime_ns, f.read_bytes())
            for f in p.folder.rglob("*") if f.is_file() and not f.is_symlink()}


ran.unlink(missing_ok=True)
before = state()
expect("findings", p.found("--diff"), [("old.cpp", 8, "coro-blocking-call")])
expect("findings", p.found("--new-from", "HEAD"), [("old.cpp", 8, "coro-blocking-call")])
code, out, err = p.run("--diff", "no-such")
expect("unknown", code, 2)
assert not ran.exists(), ran.read_text()
after = state()
expect("files", sorted(after), sorted(before))
expect("changed files", [name for name in after if after[name] != before[name]], [])
print("none ran, nothing was written")

# The control: git itself, asked plainly, runs some of them.
import subprocess
subprocess.run(["git", "diff", "HEAD"], cwd=p.folder, capture_output=True, check=False)
assert ran.exists(), "the programs are no danger"
print("git alone runs them")
