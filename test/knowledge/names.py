#!/usr/bin/env python3
# ===- names.py - Every shipped name, looked up in the library's own headers ----===//
#
# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# ===------------------------------------------------------------------------===//
"""Proves the entries of checks/libraries/*.yaml by the headers of the libraries themselves: DIR has
checkouts, in folders named as in test/knowledge/names/checkouts.yaml and at the commits that it names.
Each name is looked up in the headers as a compiler would; an entry is proved if what it leads to is
known by it, has the arguments that the entry speaks of, and what its conditions and its counterpart name is
there. What is not proved is told with its place.

exit: 0 all entries of what was there are proved, 1 some are not, 2 wrong use, 3 a library that was
asked for could not be looked at (without names: one that is there is at another commit, or none is)."""

import argparse
import fnmatch
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, os.path.join(ROOT, "test", "support"))
from checkouts import Misuse, commit_of, load  # noqa: E402

NOT_PROVED, WRONG_USE, NOT_LOOKED_AT = 1, 2, 3
OF_NO_LIBRARY = {"generic", "llvm"}  # of any library; of the one that corolint itself is built with
CHECKOUTS = os.path.join(HERE, "names", "checkouts.yaml")
KEYS = {"library", "of", "with", "include", "headers", "flags", "made", "elsewhere"}


def as_list(value):
    return value if isinstance(value, list) else [] if value is None else [value]


class Checkouts:
    """What checkouts.yaml lists: the folders with their commits, and how each library's names are looked up."""

    def __init__(self, path):
        content = load(path) or {}
        self.folders, self.libraries = content.get("folders"), content.get("libraries")
        if not isinstance(self.folders, dict) or not isinstance(self.libraries, list):
            raise Misuse(f"{path}: it has 'folders', a map, and 'libraries', a list")
        for name, folder in self.folders.items():
            if not isinstance(folder, dict) or set(folder) not in ({"source", "commit"}, {"package"}):
                raise Misuse(f"{path}: {name}: a folder has 'source' and 'commit', or else 'package', a version")
        for each in self.libraries:  # one that is there twice has two units, which cannot be one
            name = each.get("library")
            if not name or not each.get("of") or set(each) - KEYS:
                raise Misuse(f"{path}: {name}: a library has 'library' and 'of', and may have {', '.join(sorted(KEYS))}")
            for folder in [*each["of"], *each.get("with", [])]:
                if folder not in self.folders:
                    raise Misuse(f"{path}: {name}: there is no folder {folder}")

    def units(self, library):
        return [each for each in self.libraries if each["library"] == library]

    def proof(self, library):
        """What a library's YAML says under `proved`."""
        folders = dict.fromkeys(folder for unit in self.units(library) for folder in unit["of"])
        return [f"{name} {self.folders[name].get('commit') or self.folders[name]['package']}" for name in folders]

    def lacks(self, name, top):
        """Why a folder cannot be looked at, or nothing; and whether that is because it is not there."""
        folder = self.folders[name]
        if "package" in folder:
            done = subprocess.run(["dpkg-query", "-W", "-f", "${db:Status-Abbrev}${Version}", name],
                                  stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False)
            if not done.stdout.startswith("ii"):
                return f"the Debian package {name} is not installed ({folder['package']})", True
            version = done.stdout[2:].strip()
            same = version == folder["package"]
            return (None if same else f"{name} is at {version}; what is listed is {folder['package']}"), False
        path = os.path.join(top, name)
        if not os.path.isdir(path):
            return f"{path} is not there ({folder['source']}, {folder['commit']})", True
        commit = commit_of(path)
        if commit != folder["commit"]:
            return f"{path} is at {commit or 'no commit of its own'}; what is listed is {folder['commit']}", False
        return None, False


def unlike(checkouts, folder):
    """Prints which YAML files do not say by what they are proved; the number of them."""
    bad = 0
    listed = {each["library"] for each in checkouts.libraries}
    for name in sorted(os.path.splitext(each)[0] for each in os.listdir(folder) if each.endswith(".yaml")):
        content = load(os.path.join(folder, name + ".yaml"))
        said, proof = content.get("proved", []), checkouts.proof(name) if name in listed else []
        if said != proof:
            print(f"{name}.yaml: 'proved' is not what checkouts.yaml lists: {', '.join(proof) or 'nothing'}")
            bad += 1
        elif not said and name not in OF_NO_LIBRARY and "Debian" not in content["version"]:
            print(f"{name}.yaml: it says neither a checkout ('proved') nor the Debian release that proves its names")
            bad += 1
    return bad


def headers_of(path):
    """Those that the entries name, in the order of the file."""
    found = {}
    for value in load(path).values():
        for entry in value if isinstance(value, list) else []:
            for header in as_list(entry.get("header")) if isinstance(entry, dict) else []:
                found[header] = True
    return list(found)


def ask(library, yaml_path, checkouts, top, options):
    """What one unit of the library's headers answers, and what was wrong with them."""
    name = library["library"]
    with tempfile.TemporaryDirectory() as scratch:
        made = os.path.join(scratch, "made")
        for path, text in library.get("made", {}).items():
            os.makedirs(os.path.dirname(os.path.join(made, path)), exist_ok=True)
            with open(os.path.join(made, path), "w", encoding="utf-8") as file:
                file.write(text + "\n")
        unit = os.path.join(scratch, "unit.cpp")
        with open(unit, "w", encoding="utf-8") as file:
            file.writelines(f"#include <{header}>\n" for header in
                            dict.fromkeys([*library.get("headers", []), *headers_of(yaml_path)]))
        folders = [os.path.realpath(os.path.join(top, each)) + "/" for each in library["of"]
                   if "package" not in checkouts.folders[each]]
        # Of a package: wherever Debian puts its headers, but those that we made.
        if len(folders) < len(library["of"]):
            folders.append("/usr/")
        include = [os.path.join(os.path.realpath(top), each) for each in library.get("include", library["of"])]
        command = [options.dump, unit, "--declared", *(f"--in={folder}" for folder in folders), "--",
                   "-w", "-ferror-limit=0", "-std=c++23", f"-I{made}", *(f"-I{path}" for path in include),
                   *library.get("flags", [])]
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise Misuse(f"{name}: {' '.join(command)} exits with {done.returncode}\n{done.stderr[-2000:]}")
    if options.errors:
        sys.stderr.write(done.stderr)
    return done.stdout, done.stderr


def look(units, checkouts, top, options):
    """Looks at all units of one library, and prints what none of them proves; the number of it."""
    name = units[0]["library"]
    yaml_path = os.path.join(options.knowledge, name + ".yaml")
    answered, told = zip(*(ask(each, yaml_path, checkouts, top, options) for each in units))
    answers, said = "".join(answered), "".join(told)
    unfound = set.intersection(*(set(re.findall(r"^no header: (.*)$", each, re.MULTILINE)) for each in told))
    missing = subprocess.run([options.dump, f"--missing={name}.yaml", "-"], input=answers, stdout=subprocess.PIPE,
                             stderr=subprocess.STDOUT, text=True, check=False).stdout
    faults = dict(re.findall(rf"^fault: ({re.escape(name)}\.yaml:.*): (.*)$", said, re.MULTILINE))
    absent = list(dict.fromkeys(re.findall(r"^not proven: (.*)$", missing, re.MULTILINE)))
    entries = set(answer for answer in subprocess.run([options.dump, "--list"], stdout=subprocess.PIPE, text=True,
                                                      check=False).stdout.splitlines()
                  if answer.startswith(name + ".yaml:"))
    elsewhere = dict(pair for each in units for pair in each.get("elsewhere", {}).items())
    excused, bad, others = set(), 0, 0
    for each in absent:
        place, entry, _ = re.match(r"(\S+:\d+): (.*?): (.*)", each).groups()
        globs = [glob for glob in elsewhere if fnmatch.fnmatchcase(entry, glob)]
        if globs:
            excused.update(globs)
            others += 1
            continue
        bad += 1
        print(f"{name}: not proved: {os.path.relpath(options.knowledge)}/{each}"
              f"{': ' + faults[each] if each in faults else ''}")
    for header in [each for each in headers_of(yaml_path) if each in unfound]:
        bad += 1
        print(f"{name}: not proved: an entry names the header {header}, which is not there")
    for entry in [glob for glob in elsewhere if glob not in excused]:
        bad += 1
        print(f"{name}: {entry} is proved after all, or no entry any more: strike it from 'elsewhere'")
    lost = len(re.findall(r"^no header: ", said, re.MULTILINE))
    errors = len(re.findall(r"(?:: |^)(?:fatal )?error: ", said, re.MULTILINE))
    besides = [f"{others} are of other releases or systems"] if others else []
    besides += [f"{lost} headers that it includes are not there"] if lost else []
    besides += [f"{errors} errors in headers"] if errors else []
    print(f"{name}: {len(entries) - len(absent)} of {len(entries)} entries proved by {', '.join(checkouts.proof(name))}"
          + (f" ({'; '.join(besides)})" if besides else ""), flush=True)
    return bad


def main():
    parser = argparse.ArgumentParser(prog="./dev names", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("top", metavar="DIR", nargs="?", help="the folder with the checkouts")
    parser.add_argument("library", nargs="*", metavar="LIBRARY", help="only these, named as their YAML files")
    parser.add_argument("--errors", action="store_true", help="print what the compiler says of the headers, too")
    parser.add_argument("--check", action="store_true",
                        help="only compare what each YAML file says under 'proved' with the list")
    parser.add_argument("--dump", default="corolint-knowledge-dump", help=argparse.SUPPRESS)
    parser.add_argument("--checkouts", default=CHECKOUTS, help="another list of checkouts")
    parser.add_argument("--knowledge", default=os.path.join(ROOT, "checks", "libraries"), help=argparse.SUPPRESS)
    options = parser.parse_intermixed_args()
    try:
        checkouts = Checkouts(options.checkouts)
        if options.check:
            return NOT_PROVED if unlike(checkouts, options.knowledge) else 0
        if not options.top:
            raise Misuse("which folder? ./dev names DIR")
        if not os.path.isdir(options.top):
            raise Misuse(f"there is no folder {options.top}")
        files = {os.path.splitext(each)[0] for each in os.listdir(options.knowledge) if each.endswith(".yaml")}
        listed = {each["library"] for each in checkouts.libraries}
        for each in [*options.library, *sorted(listed - files)]:
            if each not in files:
                raise Misuse(f"{options.knowledge} has no {each}.yaml")
        code, looked = 0, 0
        for name in dict.fromkeys(each["library"] for each in checkouts.libraries):
            if options.library and name not in options.library:
                continue
            units = checkouts.units(name)
            needed = dict.fromkeys(folder for unit in units for folder in [*unit["of"], *unit.get("with", [])])
            whys = [checkouts.lacks(each, options.top) for each in needed]
            if any(why for why, _ in whys):
                print(f"{name}: not looked at: {'; '.join(why for why, _ in whys if why)}")
                if options.library or any(why and not gone for why, gone in whys):
                    code = NOT_LOOKED_AT
                continue
            if look(units, checkouts, options.top, options):
                code = code or NOT_PROVED
            looked += 1
        others = sorted(set(options.library or files) - listed)
        if others:
            print("proved by their own tests, test/knowledge/names, against what Debian packages: " + ", ".join(others))
        if not looked and not (options.library and others):
            print("nothing was looked at: none of the checkouts is there")
            return NOT_LOOKED_AT
        return code
    except Misuse as misuse:
        print(f"names: {misuse}", file=sys.stderr)
        return WRONG_USE


if __name__ == "__main__":
    sys.exit(main())
