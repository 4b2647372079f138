# ===- checkouts.py - Code of others that stands beside us, at a commit ----------===//
#
# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# ===------------------------------------------------------------------------===//
"""What tools share that look at checkouts which a list of ours names."""

import subprocess

import yaml


class Misuse(Exception):
    """Something is wrong in what we were given; the text says where."""


def load(path):
    try:
        with open(path, encoding="utf-8") as file:
            return yaml.safe_load(file)
    except OSError as error:
        raise Misuse(f"{path}: {error.strerror}") from error
    except yaml.YAMLError as error:
        raise Misuse(str(error)) from error


def commit_of(folder):
    def ask(*what):
        return subprocess.run(["git", "-C", folder, "rev-parse", *what], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                              text=True, check=False)

    head = ask("HEAD")
    # A folder without a history of its own is not at the commit of what is around it.
    return head.stdout.strip() if head.returncode == 0 and not ask("--show-prefix").stdout.strip() else None
