"""A scratch project, and what the cache has to know of it: every way in which a result changes."""
import os
import pathlib
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "support"))
from scratch import TASK  # noqa: E402

COROLINT, WORK, WHAT = sys.argv[1], pathlib.Path(sys.argv[2]), sys.argv[3]

UNIT = """#include "task.h"
#if __has_include("extra.h")
#include "extra.h"
#endif
#ifndef WORK
#define WORK co_await
#endif
task root{0}() {{
  WORK leaf();
  waits();
  co_return;
}}
"""


class Project:
    def __init__(self, folder, units=2):
        self.folder = folder
        shutil.rmtree(folder, ignore_errors=True)
        (folder / ".git").mkdir(parents=True)  # a repository's root, as far as anybody looks
        for name in ("first", "include", "src"):
            (folder / name).mkdir()
        self.write("include/task.h", TASK)
        entries = []
        for n in range(units):
            self.write(f"src/unit{n}.cpp", UNIT.format(n))
            entries.append(f'{{"directory": "{folder}", "file": "src/unit{n}.cpp", "arguments": '
                           f'["c++", "-std=c++20", "-I{folder}/first", "-Iinclude", "-c", '
                           f'"src/unit{n}.cpp"]}}')
        self.write("compile_commands.json", "[" + ",\n".join(entries) + "]")

    def write(self, name, text):
        (self.folder / name).write_text(text)

    def remove(self, name):
        (self.folder / name).unlink()

    def run(self, *options, cache=None, **more):
        cache = cache or WORK / "cache"
        done = subprocess.run([COROLINT, f"--cache-dir={cache}", *options], cwd=self.folder,
                              capture_output=True, text=True, **more)
        return done.returncode, done.stdout, done.stderr


def unchanged(stderr):
    for word in stderr.replace("(", ";").split(";"):
        if "unchanged" in word:
            return int(word.split()[0])
    return 0


def expect(label, got, wanted):
    assert got == wanted, f"{label}: {got!r} instead of {wanted!r}"


def plain(project, *options):
    """What a run without a cache gives."""
    done = subprocess.run([COROLINT, "--no-cache", *options], cwd=project.folder,
                          capture_output=True, text=True)
    return done.returncode, done.stdout


def check(label, project, known, *options, cache=None):
    """Runs, and compares with a run that knows nothing; `known` units are not analysed again."""
    code, out, err = project.run(*options, cache=cache)
    expect(label + ": result", (code, out), plain(project, *options))
    expect(label + ": unchanged units", unchanged(err), known)
    print(f"{label}: exit {code}, {known} unchanged, {out.count('warning:')} findings")


def changes():
    p = Project(WORK / "project")
    check("first", p, 0)
    check("again", p, 2)
    check("other rules", p, 0, "--profile=strict")
    check("other rules again", p, 2, "--profile=strict")

    p.write("src/unit0.cpp", UNIT.format(0).replace("WORK leaf", "leaf"))
    check("a source", p, 1)
    p.write("src/unit0.cpp", UNIT.format(0))
    check("the source as it was", p, 2)
    os.utime(p.folder / "src/unit0.cpp")
    check("touched", p, 2)

    p.write("include/task.h", TASK + "#define WORK\n")
    check("a header", p, 0)
    p.write("include/task.h", TASK)
    check("the header as it was", p, 2)

    p.write("include/extra.h", "#define WORK\n")
    check("a header that was not there", p, 0)
    p.remove("include/extra.h")
    check("and is gone", p, 2)
    p.write("first/task.h", TASK + "#define WORK\n")
    check("a header in a folder that is searched before", p, 0)
    p.remove("first/task.h")
    check("and is gone there", p, 2)

    p.write(".corolint.yaml", "blocking:\n  - names: [waits]\n    family: sleep\n    why: it waits\n    instead: a timer\n")
    check("knowledge", p, 0)
    p.write(".corolint.yaml", "profile: pedantic\n")
    check("a profile", p, 0)
    p.remove(".corolint.yaml")
    check("no knowledge", p, 2)
    p.write("include/lib.corolint.yaml",
            "blocking:\n  - names: [waits]\n    family: sleep\n    why: it waits\n    instead: a timer\n")
    check("knowledge beside a header", p, 0)
    p.write("include/lib.corolint.yaml", "calls: []\n")
    check("that changes", p, 0)
    p.remove("include/lib.corolint.yaml")
    check("that is gone", p, 2)
    p.write(".clang-tidy", "Checks: '-coro-unawaited-task'\n")
    check("a .clang-tidy", p, 0)
    p.remove(".clang-tidy")
    check("no .clang-tidy", p, 2)
    p.write("src/notes.txt", "")
    check("a file that nobody reads", p, 2)

    p.write("include/task.h", TASK + "nonsense\n")
    check("broken", p, 0)
    code, out, err = p.run()
    assert code == 3 and "does not compile" in err and "nonsense" in err, err
    print("broken again: known, and said again")
    p.write("include/task.h", TASK)
    check("mended", p, 2)

    p.write("include/extra.h", "#define WORK\n")
    p.run()
    code, out, err = p.run("--fix")
    expect("--fix: exit", code, 0)
    assert "co_await leaf()" in (p.folder / "src/unit0.cpp").read_text()
    print("a fix of a known finding is applied")
    expect("--no-cache", unchanged(p.run("--no-cache")[2]), 0)


def elsewhere():
    """Another clone, and what names the folder of the first."""
    p = Project(WORK / "one")
    p.write("include/extra.h", "#define WORK\n")
    check("one", p, 0)
    q = Project(WORK / "other/two")
    q.write("include/extra.h", "#define WORK\n")
    check("another clone", q, 2)
    code, out, err = q.run("--format=json")
    assert '"src/unit0.cpp"' in out and f"{WORK}/one" not in out, out
    outside = subprocess.run([COROLINT, f"--cache-dir={WORK}/cache", "-q", "-p", str(q.folder)], cwd="/",
                             capture_output=True, text=True)
    assert f"{q.folder}/src/unit0.cpp:9:"[1:] in outside.stdout, outside.stdout + outside.stderr
    print("its own names")
    # A folder whose name only begins like the root's is another one.
    shutil.rmtree(WORK / "one-more", ignore_errors=True)
    r = Project(WORK / "one-more")
    check("a name that begins alike", r, 0)


def damage():
    p = Project(WORK / "project")
    check("first", p, 0)
    (file,) = (WORK / "cache").glob("*.sqlite")
    whole = file.read_bytes()
    file.write_bytes(b"this is no database" * 400)
    code, out, err = p.run()
    expect("garbage", (code, out), plain(p))
    assert "damaged" in err, err
    print("garbage: said, and begun anew")
    check("after it", p, 2)
    for cut in (0, 100, len(whole) // 2):
        file.write_bytes(whole[:cut])
        code, out, err = p.run()
        expect(f"cut at {cut}", (code, out), plain(p))
    print("cut off: right")
    for column in ("inputs", "result"):
        file.write_bytes(whole)
        with sqlite3.connect(file) as database:
            database.execute(f"UPDATE results SET {column} = zeroblob(length({column}))")
        check(f"zeroes in {column}", p, 0)
    with sqlite3.connect(file) as database:
        database.execute("UPDATE results SET inputs_size = -1, result_size = 1 << 60")
    check("impossible sizes", p, 0)
    randomly = random.Random(1)
    for _ in range(4):
        broken = bytearray(whole)
        for _ in range(20):
            broken[randomly.randrange(len(broken))] ^= 1 << randomly.randrange(8)
        file.write_bytes(broken)
        code, out, err = p.run()
        expect("flipped bits", (code, out), plain(p))
    print("flipped bits: right")


def together():
    p = Project(WORK / "project", units=4)
    wanted = plain(p)
    runs = [subprocess.Popen([COROLINT, f"--cache-dir={WORK}/cache"], cwd=p.folder, text=True,
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(4)]
    for run in runs:
        out, err = run.communicate()
        expect("at once", (run.returncode, out), wanted)
        assert "damaged" not in err, err
    check("after four at once", p, 4)


def nowhere():
    p = Project(WORK / "project")
    (WORK / "file").write_text("")
    code, out, err = p.run(cache=WORK / "file")
    expect("a file in its place", (code, out), plain(p))
    assert "no cache in" in err, err
    print("no folder: said, and done without")


def killed(rounds):
    """Ended at any moment, the next run is right."""
    p = Project(WORK / "project", units=3)
    wanted = plain(p)
    seconds = random.Random(2)
    begin = time.monotonic()
    p.run(cache=WORK / "probe")
    whole = time.monotonic() - begin
    for n in range(rounds):
        if n % 5 == 0:
            shutil.rmtree(WORK / "cache", ignore_errors=True)
        run = subprocess.Popen([COROLINT, f"--cache-dir={WORK}/cache"], cwd=p.folder,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                               start_new_session=True)
        time.sleep(seconds.uniform(0, whole * 1.1))
        os.killpg(run.pid, signal.SIGKILL)
        run.wait()
        code, out, err = p.run()
        expect("after a kill", (code, out), wanted)
        assert "damaged" not in err, err
    check("in the end", p, 3)


shutil.rmtree(WORK, ignore_errors=True)
WORK.mkdir(parents=True)
if WHAT == "killed":
    killed(int(sys.argv[4]))
else:
    {"changes": changes, "elsewhere": elsewhere, "damage": damage, "together": together,
     "nowhere": nowhere}[WHAT]()
