#!/usr/bin/env python3
# ===- new_check.py - The files of a new check ------------------------------===//
#
# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# ===------------------------------------------------------------------------===//
"""new_check.py NAME [--root DIR]: what `./dev new-check NAME` does.

Writes checks/NAME.cpp, docs/checks/coro-name.md and test/checks/coro-name.cpp, and adds NAME to
checks/Checks.def. The check is built, registered and listed, and reports nothing: its tests are red
until what says FILL IN is filled in. docs/adding-a-check.md explains each of them.
"""

import argparse
import os
import re
import sys

from repository import kebab

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

CHECK = """\
//===- @Name@.cpp - @id@ @dashes@===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Check.h"
#include "model/Unit.h"
#include "model/code/Walk.h"

using namespace clang;

namespace corolint::checks {
namespace {

class @Name@ : public Check {
public:
  using Check::Check;

private:
  void checkFunction(const FunctionDecl &F, model::Unit &U) override;
};

} // namespace

extern const Rule @Name@Entry = {
    "@id@",
    "FILL IN: what it reports, in half a line",
    Tier::Strict, // Default when it is worth failing a build: then the README names it, too
    Topic::Structure,
    Fix::None,
    {},
    makeCheck<@Name@>,
};

namespace {

void @Name@::checkFunction(const FunctionDecl &F, model::Unit &U) {
  if (!model::isCoroutine(F))
    return;
  // FILL IN: ask the model what the code means, and decide what is wrong. Where it is not:
  //   return U.leave(F.getLocation(), [] { return "why, for `corolint why FILE:LINE`"; });
  // and where it is:
  //   if (auto Finding = report(F.getLocation(), "%0 …")) {
  //     *Finding << quoted(F);
  //     Finding->advice(F.getLocation(), "instead, …");
  //   }
}

} // namespace
} // namespace corolint::checks
"""

TEST = """\
// RUN: %check %s --profile=strict

#include "Inputs/task.h"

task<> work();

//===- bad

// EXPECT: @id@: FILL IN: the message, and above it the code that deserves it
task<> reported() { co_await work(); }

//===- good

// FILL IN: what looks like it, and is right, each with the reason.
task<> left_alone() { co_await work(); }
"""

PAGE = """\
# @id@

FILL IN: what is reported, in a sentence or two.

## Why it hurts

FILL IN: what happens to the program.

```yaml file=.corolint.yaml
profile: strict
```

```cpp wrong
#include "task.hpp"

mini::task<> work();

// FILL IN: a program with the finding; python3 test/support/pages.py --update writes the output.
mini::task<> reported() { co_await work(); }
```

corolint prints:

```text output
FILL IN
```

Instead:

```yaml file=.corolint.yaml
profile: strict
```

```cpp right
#include "task.hpp"

mini::task<> work();

// FILL IN: what to write instead.
mini::task<> right() { co_await work(); }
```

## What is reported

- FILL IN

## What is not reported

- FILL IN

## Options

None.

## How to silence it

`// NOLINT(@id@)` at the end of the line.

## Known limits

- FILL IN

## Related

- FILL IN: checks of others that look for the same, or that nobody has one.
"""

LIST = "checks/Checks.def"
LINE = re.compile(r"^CHECK\((\w+)\)$", re.M)


def fault_of(name, there):
    if not re.fullmatch(r"[A-Z][a-z0-9]+(?:[A-Z][a-z0-9]+)+", name):
        words = [w for w in re.split(r"[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])", name) if w]
        words = words[1:] if words and words[0].lower() == "coro" else words
        like = "".join(w[0].upper() + w[1:].lower() for w in words)
        like = f": {like}" if re.fullmatch(r"[A-Z][a-z0-9]+(?:[A-Z][a-z0-9]+)+", like) else ""
        return (f"'{name}' is no name of a check: two words or more, each with one capital, as in "
                f"NestedLoop{like and ', or here' + like[1:]}")
    if name in there:
        return f"there is a check '{name}' already"
    return None


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("name", metavar="NAME")
    parser.add_argument("--root", default=ROOT)
    options = parser.parse_args()
    name, root = options.name, options.root

    with open(os.path.join(root, LIST), encoding="utf-8") as file:
        listed = file.read()
    there = LINE.findall(listed)
    fault = fault_of(name, there)
    if fault:
        print(f"new-check: {fault}", file=sys.stderr)
        return 2
    id = kebab(name)
    head = f"//===- {name}.cpp - {id} "
    words = {"Name": name, "id": id, "dashes": "-" * max(3, 80 - len(head) - len("===//"))}
    texts = {f"checks/{name}.cpp": CHECK, f"docs/checks/{id}.md": PAGE,
             f"test/checks/{id}.cpp": TEST}
    for path in texts:
        if os.path.exists(os.path.join(root, path)):
            print(f"new-check: there is a file {path} already", file=sys.stderr)
            return 2

    for path, text in texts.items():
        with open(os.path.join(root, path), "w", encoding="utf-8") as out:
            out.write(re.sub(r"@(\w+)@", lambda m: words[m[1]], text))
    lines = "".join(f"CHECK({each})\n" for each in sorted([*there, name]))
    first, last = listed.index(f"CHECK({there[0]})"), listed.index(f"CHECK({there[-1]})\n")
    with open(os.path.join(root, LIST), "w", encoding="utf-8") as out:
        out.write(listed[:first] + lines + listed[last + len(f"CHECK({there[-1]})\n"):])

    print("\n".join([
        *(f"written: {path}" for path in texts), f"added to {LIST}: CHECK({name})", "",
        "Its tests are red until what says FILL IN is filled in (docs/adding-a-check.md has an example):",
        f"  ./dev test test/checks/{id}.cpp test/docs test/repo/rules.test",
        "To throw it away:", f"  rm {' '.join(texts)}",
        f"  sed -i '/^CHECK({name})$/d' {LIST}"]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
