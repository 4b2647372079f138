"""Kinds of repositories, and none: what --diff says where it cannot compare."""

import os
import pathlib
import shutil
import sys

import repository
from repository import OLD, UTIL
from scratch import DROPS, Project, TASK, expect

COROLINT, WORK = sys.argv[1:3]
T, B = "coro-unawaited-task", "coro-blocking-call"
p = repository.Repository(COROLINT, WORK + "/project")


def refused(label, *words, of=p, says, **more):
    code, out, err = of.run(*words, **more)
    expect(label + ": exit", (code, out), (2, ""))
    line = next(l for l in err.splitlines() if l.startswith("corolint: error: "))
    assert says in line, (label, err)
    print(f"{label}: {line.split('error: ')[1]}".replace(WORK, "WORK"))


refused("unknown", "--diff", "no-such-branch", says="git knows no revision 'no-such-branch'; 'git fetch' gets")
refused("an option", "--new-from=--output=x", says="git knows no revision '--output=x'")
refused("hostile", "--diff=a\n::error::b", says="git knows no revision 'a\\n::error::b'")
refused("a file", "--diff=HEAD:old.cpp", says="git knows no revision 'HEAD:old.cpp'")
refused("nothing", "--new-from=", says="--new-from: a revision is needed")
refused("both", "--diff", "--new-from=HEAD", says="cannot be used together")
refused("--stream", "--diff", "--stream", says="--stream cannot be used with --diff")
tools = pathlib.Path(WORK) / "tools"
tools.mkdir()
refused("no git", "--diff", says="there is none in PATH; install it, or name the files that changed",
        env={"PATH": str(tools)})
none = Project(COROLINT, WORK + "/none", {"task.h": TASK, "a.cpp": DROPS})
refused("no repository", "--diff", of=none, says="is in no repository of git that can be read",
        env={"GIT_CEILING_DIRECTORIES": WORK})
os.mkdir(none.folder / ".git")
(none.folder / ".git/HEAD").write_text("nonsense")
refused("a broken one", "--diff", of=none, says="is in no repository", env={"GIT_CEILING_DIRECTORIES": WORK})
empty = Project(COROLINT, WORK + "/empty", {"task.h": TASK, "a.cpp": DROPS})
repository.Repository.git(empty, "init", "-q")
expect("before the first commit all is new", (empty.json("--diff")["counts"]["findings"], empty.code), (1, 1))
refused("no commit", "--diff", "main", of=empty, says="git knows no revision 'main'")

# A clone that has the last commit alone.
p.change("old.cpp", "  co_return;", "  leaf();\n  co_return;")
p.commit()
p.git("clone", "-q", "--depth=1", "file://" + str(p.folder), WORK + "/shallow")
shallow = object.__new__(repository.Repository)
shallow.corolint, shallow.folder, shallow.flags = COROLINT, pathlib.Path(WORK) / "shallow", p.flags
shallow.database()
refused("shallow", "--diff", "HEAD~1", of=shallow, says="the clone is shallow: 'git fetch --unshallow' gets its history")
expect("of what is there", shallow.found(), [])
p.git("branch", "side", "HEAD~1")
shallow.git("fetch", "-q", "--depth=1", "origin", "side")
refused("parts in what is not there", "--diff", "FETCH_HEAD", of=shallow,
        says="git does not know where 'FETCH_HEAD' and HEAD part; the clone is shallow")

# No old file is fetched: that would run what the repository's configuration names.
p.git("config", "uploadpack.allowFilter", "true")
p.git("clone", "-q", "--filter=blob:none", "--no-checkout", "file://" + str(p.folder), WORK + "/partial")
partial = object.__new__(repository.Repository)
partial.corolint, partial.folder, partial.flags = COROLINT, pathlib.Path(WORK) / "partial", p.flags
for name in ("task.h", "util.h", "old.cpp", "other.cpp"):
    partial.write(name, p.read(name) + b"\n")
partial.git("read-tree", "HEAD")
partial.database()
refused("partial", "--diff", of=partial, says="corolint fetches nothing: 'git diff HEAD' gets them")
p.git("reset", "-q", "--hard", "HEAD~1")

# A submodule: what is new in it is a matter of its own repository.
lib = repository.Repository(COROLINT, WORK + "/lib")
p.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", "file://" + str(lib.folder), "lib")
p.change("old.cpp", '#include "util.h"', '#include "lib/util.h"')
p.commit()
inner = p.folder / "lib"
(inner / "util.h").write_text(UTIL.replace("{}", "{ extern void waits(); waits(); }"))
expect("changed in it", p.found("--diff", "HEAD", "old.cpp"), [])
(p.folder / "lib/compile_commands.json").write_text((lib.folder / "compile_commands.json").read_text().replace(
    str(lib.folder), str(inner)))
expect("run in it", p.found("--diff", cwd=inner), [("old.cpp", 8, B)])
print("submodule: from inside")

# A worktree, and a folder with a blank and a line end at its end.
p.back()
p.git("worktree", "add", "-q", "--detach", WORK + "/odd name\n", "HEAD~1")
tree = object.__new__(repository.Repository)
tree.corolint, tree.folder, tree.flags = COROLINT, pathlib.Path(WORK + "/odd name\n"), p.flags
shutil.copy(p.folder / "util.h", tree.folder / "util2.h")
tree.write("old.cpp", OLD.replace("  util();", "  waits();"))
tree.database()
expect("worktree", tree.found(), [("old.cpp", 8, B)])
print("worktree: as any other")
