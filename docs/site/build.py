#!/usr/bin/env python3
# ===- build.py - The pages of the repository as a site -----------------------===//
#
# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# ===------------------------------------------------------------------------===//
"""build.py --corolint=COMMAND FOLDER

Writes the site to FOLDER, with Sphinx and MyST. The sources are the Markdown pages as they are; they are
read at their places in the repository, so that the links between them hold. Added are the list of all
rules and what each rule says of itself, both as `corolint rules` gives them. FOLDER is replaced if it is a
site that this wrote, and left alone if it is something else."""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
MARK = ".corolint-site"
LINK = re.compile(r"(?<!!)(\[[^\]]*\]\()([^)\s]+)(\))")
TOPICS = {"blocking": "The event loop is blocked", "awaiting": "Tasks and their results",
          "lifetime": "What a task refers to is gone", "suspension": "What must not live across a suspension",
          "runtime-authors": "For authors of task types", "structure": "Structure"}
TIERS = {"default": "worth failing a build", "strict": "true, but arguable", "pedantic": "taste"}
# The order of the pages; what is not named comes at the end of its group.
GROUPS = {
    "Use": ["docs/install", "docs/command", "docs/report", "docs/editors", "docs/ci", "docs/annotations",
            "docs/knowledge-format", "docs/knowledge", "docs/security", "docs/example/README"],
    "Rules": ["rules"],
    "aio, the runtime": ["docs/runtime/README"],
    "How it is made": ["docs/architecture", "checks/model/README", "docs/adding-a-check", "CONTRIBUTING",
                       "CHANGELOG", "SECURITY"],
}


def sources():
    """The pages, by their paths."""
    pages = [name for name in os.listdir(ROOT) if name.endswith(".md")] + ["checks/model/README.md"]
    for folder, _, files in os.walk(os.path.join(ROOT, "docs")):
        pages += [os.path.relpath(os.path.join(folder, name), ROOT) for name in files
                  if name.endswith(".md")]
    return sorted(pages)


def outside_code(text, change):
    """The text with `change` made of all but its fenced blocks."""
    parts = re.split(r"^( *```.*?^ *```[^\S\n]*\n)", text, flags=re.M | re.S)
    return "".join(part if index % 2 else change(part) for index, part in enumerate(parts))


def with_classes(text):
    """What a program of a page is there for decides its colour."""
    def fence(found):
        words = found[3].split()
        kind = ("wrong" if "wrong" in words else
                "right" if {"right", "fixed", "runs"} & set(words) else None)
        if kind is None:
            return found[0]
        return f"{found[1]}```{{code-block}} {found[2]}\n{found[1]}:class: {kind}\n\n"
    return re.sub(r"^( *)```(cpp)((?: \S+)+)\n", fence, text, flags=re.M)


def page_of(path, text, rules, copy):
    """A page as Sphinx reads it; `copy` is told of files that it leads to."""
    folder = os.path.dirname(path)

    def link(found):
        name, mark, anchor = found[2].partition("#")
        if not name or "://" in name or name.startswith("mailto:"):
            return found[0]
        target = os.path.normpath(os.path.join(folder, name))
        if target == "README.md":  # the start page
            return found[1] + os.path.relpath("index.md", folder or ".") + mark + anchor + found[3]
        if os.path.isdir(os.path.join(ROOT, target)):  # what is no page of the site
            return found[1][1:-2]
        if not name.endswith(".md"):
            copy(target)
        return found[0]

    text = with_classes(outside_code(text, lambda part: LINK.sub(link, part)))
    rule = rules.get(os.path.basename(path).removesuffix(".md")) if "docs/checks/" in path else None
    if rule:
        title, rest = text.split("\n", 1)
        text = (f"{title}\n\n```{{container}} facts\ntopic: [{rule['topic']}](../../rules.md) · tier: "
                f"{rule['tier']}, {TIERS[rule['tier']]} · fix: {rule['fix']}\n```\n{rest}")
    return text


def rules_page(rules):
    def table(of):
        lines = ["| rule | tier | fix | |", "|---|---|---|---|"]
        lines += [f"| [{r['id']}](docs/checks/{r['id']}.md) | {r['tier']} | {r['fix']} | {r['summary']} |"
                  for r in of]
        return "\n".join(lines)

    text = ["# All rules", "", "[By topic](#by-topic), and [by tier](#by-tier): the profile that switches "
            "a rule on. A fix that is safe is applied by `--fix`.", "", "## By topic", ""]
    for topic in sorted({r["topic"] for r in rules.values()},
                        key=lambda t: (list(TOPICS).index(t) if t in TOPICS else len(TOPICS), t)):
        text += [f"### {TOPICS.get(topic, topic)}", "",
                 table(r for r in rules.values() if r["topic"] == topic), ""]
    text += ["## By tier", ""]
    for tier, meaning in TIERS.items():
        text += [f"### {tier}: {meaning}", ""]
        text += [f"- [{r['id']}](docs/checks/{r['id']}.md): {r['summary']}"
                 for r in rules.values() if r["tier"] == tier]
        text += [""]
    return "\n".join(text)


def tables_of_contents(pages):
    left = {path.removesuffix(".md") for path in pages} - {"README"}
    groups = {title: [name for name in names if name in left or name == "rules"]
              for title, names in GROUPS.items()}
    for names in groups.values():
        left -= set(names)
    for name in sorted(left):
        group = ("Rules" if name.startswith("docs/checks/") else
                 "aio, the runtime" if name.startswith("docs/runtime/") else
                 "Use" if name.startswith("docs/") else "How it is made")
        groups[group].append(name)
    return "".join(f"\n```{{toctree}}\n:hidden:\n:caption: {title}\n\n" + "\n".join(names) + "\n```\n"
                   for title, names in groups.items())


def stage(source, rules):
    """Writes what Sphinx reads."""
    pages = sources()

    def write(path, text):
        path = os.path.join(source, path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w") as out:
            out.write(text)

    def copy(path):
        target = os.path.join(source, path)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        if os.path.isfile(os.path.join(ROOT, path)):
            shutil.copyfile(os.path.join(ROOT, path), target)

    for path in pages:
        with open(os.path.join(ROOT, path)) as page:
            text = page_of(path, page.read(), rules, copy)
        if path == "README.md":
            path, text = "index.md", text + tables_of_contents(pages)
        write(path, text)
    write("rules.md", rules_page(rules))
    os.makedirs(os.path.join(source, "_static"))
    shutil.copy(os.path.join(HERE, "site.css"), os.path.join(source, "_static"))
    shutil.copy(os.path.join(HERE, "conf.py"), source)


def mend_furo(static):
    """Debian's furo asks a server for one of its styles, and its program is a module, which browsers do not
    take from files: each becomes one file. It is dark only for who asks for that on the page, not for
    whose browser is. Another furo has none of this."""
    style, program = (os.path.join(static, path) for path in ("styles/furo.css", "scripts/furo.js"))
    with open(style) as file:
        text = re.sub(r"@import url\(/(javascript/[^)]+)\);",
                      lambda found: open(os.path.join("/usr/share", found[1])).read(), file.read())
    dark = re.search(r'^ *body\[data-theme="dark"\] \{([^}]*)\}', text, flags=re.M)
    if dark and "prefers-color-scheme" not in text:
        text += ("\n@media not print { @media (prefers-color-scheme: dark) {\n"
                 f"body:not([data-theme=\"light\"]) {{{dark[1]}}}\n}} }}\n")
    with open(style, "w") as file:
        file.write(text)
    with open(program) as file:
        text = re.sub(r'^import \w+ from "\./([\w.-]+)";$',
                      lambda found: open(os.path.join(static, "scripts", found[1])).read(),
                      file.read(), flags=re.M)
    with open(program, "w") as file:
        file.write(text)


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corolint", required=True)
    parser.add_argument("folder", metavar="FOLDER")
    options = parser.parse_args()
    folder = os.path.abspath(options.folder)
    if os.path.lexists(folder) and not os.path.exists(os.path.join(folder, MARK)):
        if not os.path.isdir(folder) or os.listdir(folder):
            sys.exit(f"docs: {options.folder} is there, and is no site of ours: it is left alone")
    listed = json.loads(subprocess.run([options.corolint, "rules", "--format=json"], check=True,
                                       stdout=subprocess.PIPE, text=True).stdout)
    rules = {rule["id"]: rule for rule in listed}
    os.makedirs(os.path.dirname(folder), exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, \
            tempfile.TemporaryDirectory(dir=os.path.dirname(folder)) as beside:
        stage(os.path.join(scratch, "source"), rules)
        made = os.path.join(beside, "site")
        done = subprocess.run([sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-b", "html",
                               "-d", os.path.join(scratch, "doctrees"),
                               os.path.join(scratch, "source"), made])
        if done.returncode:
            sys.exit("docs: the site could not be built")
        mend_furo(os.path.join(made, "_static"))
        os.remove(os.path.join(made, ".buildinfo"))
        os.remove(os.path.join(made, "objects.inv"))
        open(os.path.join(made, MARK), "w").close()
        # It is there as a whole or as it was.
        if os.path.lexists(folder):
            os.rename(folder, os.path.join(beside, "old"))
        os.rename(made, folder)


if __name__ == "__main__":
    main()
