#!/usr/bin/env python3
# ===- block.py - A block of a page, to be used as a reader would -----------===//
#
# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# ===------------------------------------------------------------------------===//
"""block.py PAGE NAME [BEFORE=AFTER...]

Prints the fenced block that has NAME after its language, with each BEFORE in it replaced: a place where
something is installed. What is to be replaced must be there."""

import sys

from pages import blocks_of


def main(page, name, *replacements):
    with open(page, encoding="utf-8") as text:
        [found] = [block.text for block in blocks_of(text.read()) if block.words[:1] == [name]]
    for each in replacements:
        before, _, after = each.partition("=")
        if before not in found:
            sys.exit(f"{page}: the block {name} does not say {before}")
        found = found.replace(before, after)
    print(found, end="")


if __name__ == "__main__":
    main(*sys.argv[1:])
