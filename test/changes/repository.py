"""A scratch repository of git, with nothing of the user's configuration."""

import os
import pathlib
import shutil
import subprocess

import scratch
from scratch import TASK

COMMAND = {"GIT_CONFIG_NOSYSTEM": "1", "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@b", "GIT_COMMITTER_NAME": "a",
           "GIT_COMMITTER_EMAIL": "a@b"}
for name in list(os.environ):
    if name.startswith("GIT_"):
        del os.environ[name]
OLD = '#include "task.h"\n#include "util.h"\ntask old() {\n  leaf();\n  co_return;\n}\ntask calls() {\n  util();\n  co_return;\n}\n'
UTIL = "#pragma once\ninline void util() {}\n"
BLOCKS = "blocking:\n  - names: [waits]\n    family: sleep\n    why: it waits\n    instead: a timer\n"


class Repository(scratch.Project):
    def __init__(self, corolint, folder, files=None, **more):
        home = pathlib.Path(folder).parent / "home"
        home.mkdir(parents=True, exist_ok=True)
        os.environ.update(COMMAND, HOME=str(home))
        super().__init__(corolint, folder, {
            "task.h": TASK, "util.h": UTIL, "old.cpp": OLD, "other.cpp": '#include "task.h"\n',
            ".corolint.yaml": BLOCKS, ".gitignore": "compile_commands.json\n/build/\n", **(files or {})}, **more)
        self.git("init", "-q", "-b", "main")
        self.commit("first")

    def git(self, *words, cwd=None):
        done = subprocess.run(["git", *words], cwd=cwd or self.folder, capture_output=True, text=True, check=False)
        assert done.returncode == 0, (words, done.stderr)
        return done.stdout

    def commit(self, text="more"):
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", text)

    def back(self):
        self.git("reset", "-q", "--hard")
        self.git("clean", "-qfd")
        self.database()

    def change(self, name, old, new):
        data = self.read(name).decode()
        assert old in data, (name, old)
        self.write(name, data.replace(old, new, 1))

    def found(self, *words, **more):
        """What --diff shows, and the report."""
        words = words or ("--diff",)
        report = self.json(*words, **more)
        self.report = report
        return sorted((f["file"], f["line"], f["rule"]) for f in report["findings"])
