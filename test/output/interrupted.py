"""A run that is ended by a signal: no report of it looks clean."""

import json
import os
import signal
import subprocess
import sys
import time
import xml.etree.ElementTree

import scratch
from scratch import DROPS, TASK, expect

COROLINT, WORK = sys.argv[1:3]
HANGS = "constexpr int f() { int n = 0; for (;;) ++n; return n; }\nconstexpr int n = f();\n"
p = scratch.Project(COROLINT, WORK, {"task.h": TASK, "a.cpp": DROPS, "hang.cpp": HANGS},
                    ["-std=c++20", "-fconstexpr-steps=4000000000"])
formats = ["json", "jsonl", "sarif", "github", "gitlab", "junit", "checkstyle"]
run = subprocess.Popen([COROLINT, "-j2", *(f"--output={f}:{f}" for f in formats), "--progress=1"], cwd=WORK,
                       stdout=subprocess.PIPE, stderr=subprocess.PIPE)
for line in run.stderr:  # "corolint: 1 of 2 units"
    if b"1 of 2" in line or b"1/2" in line:
        break
run.send_signal(signal.SIGINT)
out, err = run.communicate()
expect("exit", run.returncode, 130)
read = {f: p.read(f).decode() for f in formats}
document = json.loads(read["json"])
expect("json", (document["interrupted"], document["unfinished"], len(document["findings"])), (True, ["hang.cpp"], 1))
expect("jsonl", json.loads(read["jsonl"].splitlines()[-1])["unfinished"], ["hang.cpp"])
(invocation,) = json.loads(read["sarif"])["runs"][0]["invocations"]
expect("sarif", (invocation["executionSuccessful"],
                 [n["descriptor"]["id"] for n in invocation["toolExecutionNotifications"]]), (False, ["interrupted"]))
assert "::error file=hang.cpp,title=corolint::" in read["github"], read["github"]
expect("gitlab", [i["location"]["path"] for i in json.loads(read["gitlab"]) if i["severity"] == "blocker"],
       ["hang.cpp"])
suite = xml.etree.ElementTree.fromstring(read["junit"]).find("testsuite")
expect("junit", [c.get("name") for c in suite if c.find("error") is not None], ["hang.cpp"])
assert 'source="corolint-not-analysed"' in read["checkstyle"], read["checkstyle"]
print("interrupted: said in every format")
