# ===- scratch.py - Scratch projects for tests -------------------------------===//
#
# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# ===------------------------------------------------------------------------===//
"""A scratch project that tests lint, files with what a format can stumble over, and small helpers."""

import json
import os
import pathlib
import shutil
import subprocess

TASK = """#pragma once
#include <coroutine>
struct task {
  struct promise_type {
    task get_return_object() { return {}; }
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() { throw; }
  };
  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<>) const noexcept {}
  void await_resume() const noexcept {}
};
task leaf();
void waits();
"""
DROPS = '#include "task.h"\ntask go() {\n  leaf();\n  co_return;\n}\n'

# What a name must not do: end a line, a property, a CDATA section, an attribute; move the cursor.
NAMES = ["a b%3A,x.cpp", "new\nline:x.cpp", "]]>&<\"'.cpp", "esc\x1b\x01.cpp", "tab\t.cpp", "ü𝄞\ufffe.cpp"]
FILES = {
    "task.h": TASK,
    "chain.cpp": '#include "task.h"\n'
    "namespace app {\n"
    "void deep() { waits(); }\n"
    "void middle() { deep(); }\n"
    "task run() {\n"
    "  middle();\n"
    "  waits();\n"
    "  co_return;\n"
    "}\n"
    "}\n",
    # A mark of the encoding, CRLF, a tab, two bytes, four bytes; and equal lines.
    "fix.cpp": '\ufeff#include "task.h"\r\ntask fix() {\r\n\t/* äöü 𝄞 */ leaf();\r\n  leaf();\r\n  leaf();\r\n'
    "  co_return;\r\n}\r\n",
    "latin.cpp": '#include "task.h"\ntask latin() {\n  /* äöü */ leaf();\n  co_return;\n}\n'.encode("latin-1"),
    # Clang shows what an assertion says.
    "bad.cpp": 'static_assert(false, "]]> & % \\n::error::x <b>");\nvoid f() { nonsense(); }\n',
    "clean.cpp": '#include "task.h"\ntask ok() { co_await leaf(); }\n',
    ".corolint.yaml": "blocking:\n  - names: [waits]\n    family: sleep\n"
    '    why: "50% of it: ]]> & <b>, \\"quoted\\""\n    instead: "a timer ]]> & %0A::error::"\n',
}


class Project:
    def __init__(self, corolint, folder, files, flags=("-std=c++20",)):
        self.corolint, self.folder = corolint, pathlib.Path(folder)
        shutil.rmtree(folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        for name, text in files.items():
            self.write(name, text)
        self.flags = list(flags)
        self.database()

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8") if isinstance(text, str) else text)

    def read(self, name):
        return (self.folder / name).read_bytes()

    def database(self):
        """Lists the sources that are there."""
        sources = sorted(str(p.relative_to(self.folder)) for p in self.folder.rglob("*.cpp"))
        self.write("compile_commands.json", json.dumps([
            {"directory": str(self.folder), "file": name,
             "arguments": ["c++", *self.flags, "-c", "./" + name]} for name in sources], ensure_ascii=False))

    cache = None

    def keep_results(self, folder):
        """Most runs of a test look at what the run before looked at: with a cache they cost a third."""
        self.cache = folder

    def run(self, *words, cwd=None, env=None):
        env = {**os.environ, **(env or {})}
        if self.cache:
            del env["COROLINT_NO_CACHE"]
            env["COROLINT_CACHE_DIR"] = self.cache
        done = subprocess.run([self.corolint, *words], cwd=cwd or self.folder, capture_output=True, check=False,
                              env=env)
        return done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")

    def json(self, *words, **more):
        code, out, err = self.run("--format=json", *words, **more)
        assert code in (0, 1, 3), (code, err)
        self.code = code
        return json.loads(out)


def expect(label, got, wanted):
    assert got == wanted, f"{label}:\n{got!r}\ninstead of\n{wanted!r}"
