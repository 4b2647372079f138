"""--output: where a report goes, and when none is written."""

import json
import os
import stat
import sys
import threading

import scratch
from scratch import DROPS, FILES, TASK, expect

COROLINT, WORK = sys.argv[1:3]
p = scratch.Project(COROLINT, WORK, {"task.h": TASK, "a.cpp": DROPS})


def refused(label, *words, says):
    code, out, err = p.run(*words)
    expect(label + ": exit", code, 2)
    assert says in err and "units" not in err and not out, (label, out, err)
    print(label + ": refused before anything is analysed")


refused("no such folder", "--output=json:none/out.json", says="--output: 'none/out.json' is in no folder that exists")
refused("a folder", "--output", "json:.", says="--output: '.' is a folder")
refused("no file", "--output=json", says="is not of the form FORMAT:FILE")
refused("no name", "--output=json:", says="is not of the form FORMAT:FILE")
refused("stdout", "--output=json:-", says="--format says how stdout is written")
refused("a misspelt format", "--output=sarfi:x", says="did you mean 'sarif'?")
refused("a format of stdout", "--format=jsonn", says="did you mean 'json'?")

# The report before stays as it is where the run says nothing.
p.write("out.sarif", "before")
code, _, err = p.run("--output=sarif:out.sarif", "no-such-file.cpp")
expect("wrong use", (code, p.read("out.sarif")), (2, b"before"))
p.write(".corolint.yaml", "profil: strict\n")
code, _, err = p.run("--output=sarif:out.sarif")
expect("a wrong file", (code, p.read("out.sarif")), (2, b"before"))
os.remove(p.folder / ".corolint.yaml")
print("exit 2: nothing is written")

code, out, err = p.run("--output=sarif:out.sarif", "--output=text:out.txt")
expect("two", (code, json.loads(p.read("out.sarif"))["version"], p.read("out.txt").decode()), (1, "2.1.0", out))
expect("left beside them", sorted(os.listdir(WORK)),
       ["a.cpp", "compile_commands.json", "out.sarif", "out.txt", "task.h"])

# What cannot be written is no clean end, whatever was found; the others are written.
os.mkdir(p.folder / "closed")
if os.geteuid() != 0:
    os.chmod(p.folder / "closed", 0o555)
    target = "closed/out.json"
else:
    target = "/proc/self/out.json"  # not even root
p.write("a.cpp", DROPS.replace("  leaf", "  co_await leaf"))
code, out, err = p.run(f"--output=json:{target}", "--output=gitlab:out.json")
expect("not writable", (code, json.loads(p.read("out.json"))), (3, []))
assert "could not be written" in err, err
code, out, err = p.run("--output=json:/dev/full")
expect("a full device", code, 3)
assert "could not be written: No space left on device" in err and stat.S_ISCHR(os.stat("/dev/full").st_mode), err
print("not writable: exit 3, and said")

# A pipe gets the report, and stays one.
os.mkfifo(p.folder / "pipe")
got = []
reader = threading.Thread(target=lambda: got.append((p.folder / "pipe").read_bytes()))
reader.start()
code, out, err = p.run("--output=json:pipe", "--format=json")
reader.join(timeout=60)
expect("through a pipe", (code, got, stat.S_ISFIFO(os.stat(p.folder / "pipe").st_mode)), (0, [out.encode()], True))
code, out, err = p.run("--quiet", "--output=json:/dev/stderr")
expect("through a link to one", json.loads(err)["counts"]["units"], 1)
print("a pipe: written, and left a pipe")

# Nothing but the report is on stdout, and progress is on stderr.
code, out, err = p.run("--format=github")
expect("nothing found", (code, out), (0, ""))
p.write("bad.cpp", FILES["bad.cpp"])
p.database()
code, out, err = p.run("--format=junit")
expect("a failure", code, 3)
assert out.startswith("<?xml") and out.endswith("</testsuites>\n"), out
