#!/usr/bin/env python3
# ===- corpus.py - The same findings as before, on code that nobody here wrote ===//
#
# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# ===------------------------------------------------------------------------===//
"""Lints the projects of projects.yaml that stand in a folder, and compares what is found with what is
recorded in findings/PROJECT.yaml. Each finding recorded there was read by somebody, who says what it is:

  true       the code does what the rule says, and nobody meant it
  meant      it does, on purpose: a test of blocking, a demonstration
  arguable   it does, and whether it matters cannot be told from the code
  false      the rule is wrong

A project is DIR/PROJECT, checked out at the commit of projects.yaml. Its compile database is looked for in
it, in its build folders, and in DIR/db/PROJECT. exit: 0 as recorded, 1 something differs, 2 wrong use,
3 a project could not be compared."""

import argparse
import collections
import json
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "support"))
from checkouts import Misuse, commit_of, load  # noqa: E402

VERDICTS = ("true", "meant", "arguable", "false")
UNREAD = "unread"
NOT_THE_SAME, WRONG_USE, NOT_COMPARED = 1, 2, 3


def projects(path):
    listed = (load(path) or {}).get("projects")
    if not isinstance(listed, list) or not listed:
        raise Misuse(f"{path}: 'projects' is a list of projects, with at least one")
    for project in listed:
        for key in ("name", "source", "commit", "library"):
            if not isinstance(project.get(key), str):
                raise Misuse(f"{path}: project {project.get('name', '?')}: '{key}' is a text")
    return listed


class Recorded:
    """findings/PROJECT.yaml: units, coroutines, and each finding with what somebody thinks of it."""

    def __init__(self, path):
        self.path = path
        self.exists = os.path.exists(path)
        content = (load(path) if self.exists else None) or {}
        self.profile = content.get("profile", "default")
        self.units = content.get("units", 0)
        self.coroutines = content.get("coroutines", 0)
        self.findings = content.get("findings") or []
        for each in self.findings:
            if str(each.get("verdict")) not in (*VERDICTS, UNREAD) or "at" not in each or "rule" not in each:
                raise Misuse(f"{path}: {each}: a finding has 'rule', 'at' and 'verdict', one of {', '.join(VERDICTS)}")

    def verdicts(self):
        return collections.Counter(str(each["verdict"]) for each in self.findings)

    def write(self):
        lines = [f"units: {self.units}", f"coroutines: {self.coroutines}", "findings:" + ("" if self.findings else " []")]
        for each in self.findings:
            lines.append(f"  - rule: {each['rule']}")
            lines.append(f"    at: {json.dumps(each['at'], ensure_ascii=False)}")
            lines.append(f"    verdict: \"{each['verdict']}\"")
            if each.get("why"):
                lines.append(f"    why: {json.dumps(each['why'], ensure_ascii=False)}")
        with open(self.path, "w", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")


def database_of(name, folder, top):
    places = [folder, *(os.path.join(folder, sub) for sub in ("build", "_build", "out/build")),
              os.path.join(top, "db", name)]
    return next((place for place in places if os.path.isfile(os.path.join(place, "compile_commands.json"))), None)


def lint(corolint, database, folder, jobs, progress):
    command = [corolint, "check", "-p", database, "-j", str(jobs), "--profile=default", "--format=json"]
    done = subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, stderr=None if progress else subprocess.DEVNULL,
                          text=True, check=False)
    if done.returncode not in (0, 1, 3):
        raise Misuse(f"{' '.join(command)} exits with {done.returncode}")
    return json.loads(done.stdout)


def places(result, folder):
    """Each finding once, however many units see it; not those in headers of another project."""
    found = {}
    for each in result["findings"]:
        path = os.path.relpath(os.path.join(folder, each["file"]), folder)
        if path.startswith(os.pardir + os.sep):
            continue
        found.setdefault((each["rule"], f"{path}:{each['line']}"), each["message"])
    return found


def compare(project, recorded, result, folder, record):
    """Prints what differs; True if nothing does."""
    name = project["name"]
    found = places(result, folder)
    known = {(each["rule"], each["at"]): each for each in recorded.findings}
    units, coroutines = result["counts"]["units"], result["counts"]["coroutines"]
    new = [key for key in found if key not in known]
    gone = [key for key in known if key not in found]
    for key in new:
        print(f"{name}: new: {key[1]}: {key[0]}: {found[key]}")
    for key in gone:
        print(f"{name}: gone: {key[1]}: {key[0]}, which was {known[key]['verdict']}")
    less = recorded.exists and (units < recorded.units or coroutines < recorded.coroutines)
    if less:
        print(f"{name}: looked at {units} units and {coroutines} coroutines, before {recorded.units} and {recorded.coroutines}")
    if record:
        recorded.units, recorded.coroutines = units, coroutines
        recorded.findings = [known.get(key, {"rule": key[0], "at": key[1], "verdict": UNREAD, "why": found[key]})
                             for key in sorted(found, key=lambda key: (key[1].rsplit(":", 1)[0], int(key[1].rsplit(":", 1)[1]), key[0]))]
        recorded.write()
    unread = recorded.verdicts()[UNREAD]
    if unread:
        print(f"{name}: {unread} findings that nobody has read: say in {os.path.relpath(recorded.path)} what each is")
    say = ", ".join(f"{count} {verdict}" for verdict in VERDICTS if (count := recorded.verdicts()[verdict]))
    print(f"{name}: {units} units, {coroutines} coroutines, {len(found)} findings{f' ({say})' if say else ''}: "
          + ("as recorded" if not (new or gone or less or unread) else "recorded" if record else "not as recorded"), flush=True)
    return not (new or gone or less or unread)


def table(listed, folder):
    """The README's: what the findings of each project are."""
    rows = ["| project | units | coroutines | findings | true | meant | arguable | false |", "|---|---|---|---|---|---|---|---|"]
    total = collections.Counter()
    for project in listed:
        recorded = Recorded(os.path.join(folder, project["name"] + ".yaml"))
        if not recorded.exists or recorded.verdicts()[UNREAD]:
            raise Misuse(f"{recorded.path}: " + ("a finding was not read yet" if recorded.exists else "it was never recorded"))
        counts = [recorded.units, recorded.coroutines, len(recorded.findings), *(recorded.verdicts()[v] for v in VERDICTS)]
        total.update(dict(enumerate(counts)))
        rows.append(f"| {project.get('title', project['name'])} | " + " | ".join(map(str, counts)) + " |")
    rows.append("| all | " + " | ".join(str(total[i]) for i in range(7)) + " |")
    return "\n".join(rows)


def main():
    parser = argparse.ArgumentParser(prog="./dev corpus", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("project", nargs="*", help="only these")
    parser.add_argument("--from", dest="top", metavar="DIR", help="the folder with the projects")
    parser.add_argument("--record", action="store_true", help="take what is found now as recorded; somebody has to read what is new")
    parser.add_argument("--table", action="store_true", help="print the README's table of what is recorded, and lint nothing")
    parser.add_argument("-j", type=int, default=os.cpu_count() or 1, metavar="N", help="units at once")
    parser.add_argument("--progress", action="store_true", help="let corolint say on stderr how far it is")
    parser.add_argument("--corolint", default="corolint", help=argparse.SUPPRESS)
    parser.add_argument("--projects", default=os.path.join(HERE, "projects.yaml"), help="another list of projects")
    options = parser.parse_args()
    findings = os.path.join(os.path.dirname(os.path.abspath(options.projects)), "findings")
    try:
        listed = projects(options.projects)
        unknown = set(options.project) - {project["name"] for project in listed}
        if unknown:
            raise Misuse(f"{options.projects} has no {', '.join(sorted(unknown))}")
        if options.table:
            print(table(listed, findings))
            return 0
        if not options.top:
            raise Misuse("which folder? --from DIR")
        if not os.path.isdir(options.top):
            raise Misuse(f"there is no folder {options.top}")
        code, compared = 0, 0
        for project in listed:
            name = project["name"]
            if options.project and name not in options.project:
                continue
            folder = os.path.join(os.path.abspath(options.top), project.get("folder", name))
            if not os.path.isdir(folder):
                print(f"{name}: not there: {folder} ({project['source']}, {project['commit']})")
                code = max(code, NOT_COMPARED if options.project else 0)
                continue
            commit = commit_of(folder)
            if commit != project["commit"]:
                print(f"{name}: not compared: {folder} is at {commit or 'no commit of its own'}; what is recorded is of "
                      f"{project['commit']}")
                code = NOT_COMPARED
                continue
            database = database_of(name, folder, os.path.abspath(options.top))
            if not database:
                print(f"{name}: not compared: no compile_commands.json in it, its build folders or {options.top}/db/{name}")
                code = NOT_COMPARED
                continue
            recorded = Recorded(os.path.join(findings, name + ".yaml"))
            result = lint(options.corolint, database, folder, options.j, options.progress)
            same = compare(project, recorded, result, folder, options.record)
            code = max(code, 0 if same or options.record else NOT_THE_SAME)
            compared += 1
        if not compared:
            print("nothing was compared: none of the projects is there")
            return NOT_COMPARED
        return code
    except Misuse as misuse:
        print(f"corpus: {misuse}", file=sys.stderr)
        return WRONG_USE


if __name__ == "__main__":
    sys.exit(main())
