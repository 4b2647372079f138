#!/usr/bin/env python3
# ===- layers.py - What may include what ------------------------------------===//
#
# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# ===------------------------------------------------------------------------===//
"""Reads the includes of our sources: exits with 1 and says so where a folder includes one of a higher
layer, or where rooms of one folder (a room is X.h and X.cpp) include each other in a cycle.

layers.py [FOLDER...]    looks at these folders and what is below them, else at LOOKED_AT; and whether
                         the graph in docs/architecture.md is the one that there is
layers.py --graph        prints that graph
layers.py --write-graph  writes it there
"""

import argparse
import collections
import difflib
import os
import re
import sys
import textwrap

from repository import files, read

# From the lowest to the highest. A folder includes those before it, and never one after it; folders
# that stand in one line are side by side, and do not include each other.
LAYERS = [
    ["checks/base"],
    ["checks/ast"],
    ["checks/knowledge"],
    ["checks/model"],
    ["checks/model/code"],
    ["checks/model/types"],
    ["checks/model/calls"],
    ["checks/model/tasks"],
    ["checks/model/lifetime"],
    ["checks/model/run"],
    ["checks/model/state"],
    ["checks/model/fix"],
    ["checks", "checks/program"],
    ["checks/plugin"],
    ["driver/output"],
    ["driver/html"],
    ["driver/project"],
    ["driver/worker", "driver/clangd"],
    ["driver/run"],
    ["driver/command"],
]
LOOKED_AT = ["checks", "driver"]
# What an include may begin from, besides the folder of the file.
FROM = ["checks", "driver"]

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PAGE = "docs/architecture.md"
BEGIN = "<!-- Written by `python3 test/support/layers.py --write-graph`. -->\n"
END = "<!-- Until here. -->\n"
INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"')
SOURCES = (".h", ".cpp")
WIDTH = 100

# What `file` includes in `line`: `name` as it is written there, and the `target` that it leads to.
Include = collections.namedtuple("Include", "file line name target")


def sources(root, folders):
    return [path for path in files(root, *folders) if path.endswith(SOURCES)]


def includes_of(root, paths):
    """What is in no folder of ours (LLVM's headers, generated ones) is left out."""
    for path in paths:
        for number, line in enumerate(read(root, path).split("\n"), 1):
            if found := INCLUDE.match(line):
                candidates = (os.path.join(top, found[1]) for top in (os.path.dirname(path), *FROM))
                target = next((os.path.normpath(each) for each in candidates
                               if os.path.isfile(os.path.join(root, each))), None)
                if target:
                    yield Include(path, number, found[1], target)


def floor_of(folder):
    return next((floor for floor, layer in enumerate(LAYERS) if folder in layer), None)


def climbing(paths, includes):
    """Includes of what is higher, or beside; and folders that are in no layer."""
    for folder in sorted({os.path.dirname(path) for path in paths}):
        if floor_of(folder) is None:
            yield f"{folder} is in no layer: LAYERS in test/support/layers.py lists them"
    for each in includes:
        here, there = os.path.dirname(each.file), os.path.dirname(each.target)
        if here == there or floor_of(here) is None:
            continue
        place = f'{each.file}:{each.line} includes "{each.name}"'
        if floor_of(there) is None:
            yield f"{place}, which is in no layer"
        elif floor_of(there) > floor_of(here):
            yield f"{place}, which is a higher layer"
        elif floor_of(there) == floor_of(here):
            yield f"{place}, which is beside it"


def room_of(path):
    return os.path.splitext(path)[0]


def cycles(includes):
    """Of each cycle of rooms one that is as short as any, with the include that makes each step."""
    steps = collections.defaultdict(dict)
    for each in includes:
        here, there = room_of(each.file), room_of(each.target)
        if here != there and os.path.dirname(here) == os.path.dirname(there):
            steps[here].setdefault(there, each)
    told = set()
    for room in sorted(steps):
        way = shortest_way_back(room, steps)
        if not way or told & set(way):
            continue
        told |= set(way)
        folder, names = os.path.dirname(room), [os.path.basename(each) for each in (*way, room)]
        where = ", ".join(f"{os.path.basename(step.file)}:{step.line}"
                          for step in (steps[a][b] for a, b in zip(way, (*way[1:], room))))
        yield f"{folder}: {' -> '.join(names)} is a cycle ({where})"


def shortest_way_back(room, steps):
    ways, reached = collections.deque([(room,)]), {room}
    while ways:
        way = ways.popleft()
        for then in steps.get(way[-1], ()):
            if then == room:
                return way
            if then not in reached:
                reached.add(then)
                ways.append((*way, then))
    return None


def graph(paths, includes):
    """The folders, the highest first, each with the number of its files and what it includes."""
    below = {os.path.dirname(path): set() for path in paths}
    for each in includes:
        below[os.path.dirname(each.file)].add(os.path.dirname(each.target))
    count = collections.Counter(os.path.dirname(path) for path in paths)

    def downwards(folders):
        return sorted(folders, key=lambda folder: (-(floor_of(folder) or 0), folder))

    width = max(map(len, below), default=0)
    lines = []
    for folder in downwards(below):
        begin = f"{folder:{width}}  {count[folder]:3} files"
        included = ", ".join(downwards(below[folder] - {folder}))
        lines += textwrap.wrap(f"{begin}  ->  {included}" if included else begin, WIDTH,
                               subsequent_indent=" " * len(f"{begin}  ->  "))
    return "\n".join(["```", *lines, "```", ""])


def split_page(root):
    """The page before the graph, the graph, and the page after it."""
    before, begin, rest = read(root, PAGE).partition(BEGIN)
    found, end, after = rest.partition(END)
    if not begin or not end:
        sys.exit(f"{PAGE} has no lines {BEGIN.strip()} and {END.strip()}")
    return before + begin, found, end + after


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--root", default=ROOT)
    parser.add_argument("--graph", action="store_true")
    parser.add_argument("--write-graph", action="store_true")
    parser.add_argument("folders", nargs="*", metavar="FOLDER")
    options = parser.parse_args()
    paths = sources(options.root, options.folders or LOOKED_AT)
    includes = list(includes_of(options.root, paths))
    if options.graph:
        print(graph(paths, includes), end="")
        return 0
    if options.write_graph:
        before, _, after = split_page(options.root)
        with open(os.path.join(options.root, PAGE), "w", encoding="utf-8") as page:
            page.write(before + graph(paths, includes) + after)
        return 0
    faults = [*climbing(paths, includes), *cycles(includes)]
    if not options.folders:
        found, wanted = split_page(options.root)[1], graph(paths, includes)
        if found != wanted:
            faults += [f"{PAGE}: the graph is another by now; "
                       "python3 test/support/layers.py --write-graph writes it",
                       *difflib.unified_diff(found.split("\n"), wanted.split("\n"), PAGE, "what there is",
                                             lineterm="", n=0)]
    for fault in faults:
        print(fault, file=sys.stderr)
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
