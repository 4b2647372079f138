"""Runs a command, sends it a signal once its two workers run, and says what is left of it."""

import os
import signal
import subprocess
import sys
import time

name, command = sys.argv[1], sys.argv[2:]


def workers():
    """Processes whose temporary files are those of this test."""
    found = []
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{pid}/cmdline") as file:
                line = file.read()
            with open(f"/proc/{pid}/stat") as file:
                state = file.read().rsplit(")", 1)[1].split()[0]
        except OSError:
            continue
        if "--corolint-worker" in line and os.environ["TMPDIR"] in line and state != "Z":
            found.append(pid)
    return found


def wait_for(number):
    end = time.time() + 20
    while len(workers()) != number and time.time() < end:
        time.sleep(0.05)
    return len(workers())


process = subprocess.Popen(command, start_new_session=True)
print(f"running: {wait_for(2)} workers", flush=True)
time.sleep(0.3)
process.send_signal(getattr(signal, "SIG" + name))
print(f"exit {process.wait(timeout=20)}", flush=True)
left = sum(len(files) for _, _, files in os.walk(os.environ["TMPDIR"]))
print(f"left: {wait_for(0)} workers, {left} temporary files")
