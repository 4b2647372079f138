#!/usr/bin/env python3
# ===- machine.py - A machine that has nothing of where it was built --------===//
#
# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# ===------------------------------------------------------------------------===//
"""machine.py KIND FOLDER [--hide=FOLDER]... -- COMMAND...

Runs COMMAND in FOLDER, which is /mnt there, and ends with its exit code. The folders of --hide are empty.
KIND is what the rest is:

  hidden     this machine
  copy       a copy of this machine, in which packages can be installed; it is gone at the end
  bare       a machine with the C library, the headers of C and C++, and a shell, and nothing else

Exits with 77 where the system lets nobody make one. Needs root, or user namespaces."""

import argparse
import os
import shutil
import subprocess
import sys

REFUSED = 77
# All that `bare` has besides headers. The tools need no other library than these.
FILES = ["/bin/sh", "/bin/cat", "/bin/env", "/lib64/ld-linux-x86-64.so.2",
         "/lib/x86_64-linux-gnu/libc.so.6", "/lib/x86_64-linux-gnu/libm.so.6"]
# Whole, as they are on this machine: what is compiled against, and what tells which compiler there is.
HEADERS = ["/usr/include", "/usr/lib/gcc"]


def run(*words):
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL)


def mount(*words):
    run("mount", *words)


def own_namespace(words):
    """Once more, where mounts are nobody else's."""
    if os.environ.get("IN_OWN_NAMESPACE"):
        return
    unshare = ["unshare", "--mount", *([] if os.geteuid() == 0 else ["--map-root-user"])]
    if subprocess.run([*unshare, "true"], capture_output=True).returncode:
        sys.exit(REFUSED)
    os.environ["IN_OWN_NAMESPACE"] = "1"
    os.execvp("unshare", [*unshare, sys.executable, os.path.abspath(__file__), *words])


def bare(root):
    for path in FILES:
        os.makedirs(os.path.dirname(root + path), exist_ok=True)
        shutil.copy(os.path.realpath(path), root + path)
    for path in (*HEADERS, "/proc", "/dev"):
        os.makedirs(root + path)
        mount("--rbind", path, root + path)
    os.mkdir(root + "/tmp")


def copy(scratch, root):
    for name in ("upper", "work"):
        os.mkdir(f"{scratch}/{name}")
    mount("-t", "overlay", "overlay",
          "-o", f"lowerdir=/,upperdir={scratch}/upper,workdir={scratch}/work", root)
    for path in ("/proc", "/dev", "/sys"):
        mount("--rbind", path, root + path)
    for path in ("/tmp", "/run"):
        mount("-t", "tmpfs", "tmpfs", root + path)


def main():
    words = sys.argv[1:]
    at = words.index("--") if "--" in words else len(words)
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kind", choices=["hidden", "copy", "bare"])
    parser.add_argument("folder")
    parser.add_argument("--hide", action="append", default=[])
    options, command = parser.parse_args(words[:at]), words[at + 1:]
    own_namespace(words)

    folder, root = os.path.realpath(options.folder), "/"
    if options.kind != "hidden":
        # In memory: not every file system can be below an overlay. FOLDER may be in what that hides.
        mount("--bind", folder, "/mnt")
        folder = "/mnt"
        mount("-t", "tmpfs", "tmpfs", "/tmp")
        root = "/tmp/root"
        os.mkdir(root)
        if options.kind == "copy":
            copy("/tmp", root)
        else:
            bare(root)
        os.makedirs(root + "/mnt", exist_ok=True)
    mount("--bind", folder, f"{root}/mnt")
    for hidden in options.hide:
        if os.path.isdir(root + os.path.realpath(hidden)):
            mount("-t", "tmpfs", "tmpfs", root + os.path.realpath(hidden))
    # What was found where it was built is not to be found again through the environment.
    environment = {"HOME": "/mnt", "LC_ALL": "C.UTF-8",
                   "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"}
    os.chroot(root)
    os.chdir("/mnt")
    os.execvpe(command[0], command, environment)


if __name__ == "__main__":
    main()
