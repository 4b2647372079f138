# ===- formats.py - lit's formats, with the processor time of each test ------===//
#
# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# ===------------------------------------------------------------------------===//
"""The formats of test/lit.cfg.py and test/aio. lit writes how long a test took by the clock, which says
as much about the machine's other work; these write into test/processor.txt of the build what its
processes used, a line for each test."""

import os
import resource

import lit.formats
import lit.Test
import lit.util

import pages


def used():
    """Seconds of this process and of the children that it has waited for."""
    mine, theirs = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return mine.ru_utime + mine.ru_stime + theirs.ru_utime + theirs.ru_stime


def note(test, name, seconds):
    # Of several workers: a line is written at once.
    with open(os.path.join(test.config.build_dir, "test", "processor.txt"), "a", encoding="utf-8") as file:
        file.write(f"{seconds:.2f} {name}\n")


class Shell(lit.formats.ShTest):
    """lit's own, measured: a worker of lit runs one test at a time."""

    def execute(self, test, lit_config):
        before = used()
        result = self.run(test, lit_config)
        note(test, "/".join(test.path_in_suite), used() - before)
        return result

    def run(self, test, lit_config):
        return super().execute(test, lit_config)


class Pages(Shell):
    """The same, and each page of the repository as a test of its own, so that none of them is waited for
    by the others: docs/checks/coro-nested-loop.md in test/docs is docs/pages/docs/checks/coro-nested-loop.md
    for lit. A page that is added is tested without a line anywhere."""

    def getTestsInDirectory(self, suite, path_in_suite, lit_config, local_config):
        yield from super().getTestsInDirectory(suite, path_in_suite, lit_config, local_config)
        for page in pages.all_pages():
            name = os.path.relpath(page, pages.ROOT).split(os.sep)
            yield lit.Test.Test(suite, (*path_in_suite, "pages", *name), local_config, file_path=page)

    def run(self, test, lit_config):
        if not test.getFilePath().endswith(".md"):
            return super().run(test, lit_config)
        command = [test.config.python, pages.__file__, f"--build={test.config.build_dir}", test.getFilePath()]
        try:
            out, err, code = lit.util.executeCommand(
                command, env=test.config.environment, timeout=lit_config.maxIndividualTestTime)
        except lit.util.ExecuteCommandTimeoutException as late:
            return lit.Test.Result(lit.Test.TIMEOUT, late.out + late.err)
        return lit.Test.Result(lit.Test.FAIL if code else lit.Test.PASS,
                               f"{' '.join(command)}\n{out}{err}")


class Program(lit.formats.GoogleTest):
    """GoogleTest, measured: lit gives some cases of a program to a worker at once, so the time is that of
    the program."""

    def execute(self, test, lit_config):
        before = used()
        result = super().execute(test, lit_config)
        note(test, f"aio/{os.path.basename(test.file_path)}", used() - before)
        return result
