#!/usr/bin/env python3
# ===- site.py - Whether a site holds together --------------------------------===//
#
# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# ===------------------------------------------------------------------------===//
"""site.py FOLDER    follows every link of its pages, to the file and to the place in it

Nothing is loaded from elsewhere: by no page, and by no style."""

import html.parser
import os
import re
import sys
import urllib.parse

# In a style: url(NAME), also of an @import.
LOADED = re.compile(r"""(url\(['"]?([^'")]*)['"]?\))""")


class Links(html.parser.HTMLParser):
    def __init__(self, path):
        super().__init__()
        self.ids, self.links, self.loaded = {"", "top"}, [], []
        with open(path, encoding="utf-8") as page:
            self.feed(page.read())

    def handle_starttag(self, tag, attributes):
        for name, value in attributes:
            if name in ("id", "name"):
                self.ids.add(value)
            elif name == "href" and tag == "a":
                self.links.append(value)
            elif name in ("src", "href", "srcset", "action") and value:
                self.loaded.append(value)


def main():
    root = os.path.realpath(sys.argv[1])
    files = [os.path.join(folder, name) for folder, _, names in os.walk(root) for name in names]
    pages = {path: Links(path) for path in files if path.endswith(".html")}
    faults, followed = [], 0
    for path, page in sorted(pages.items()):
        name = os.path.relpath(path, root)
        for link in page.links + page.loaded:
            address = urllib.parse.urlsplit(link)
            if address.scheme or address.netloc:
                if link in page.loaded:
                    faults.append(f"{name} loads {link}")
                continue
            followed += 1
            target = os.path.normpath(os.path.join(os.path.dirname(path),
                                                   urllib.parse.unquote(address.path))
                                      if address.path else path)
            if not target.startswith(root + os.sep) or not os.path.isfile(target):
                faults.append(f"{name}: a link leads nowhere: {link}")
            elif target in pages and urllib.parse.unquote(address.fragment) not in pages[target].ids:
                faults.append(f"{name}: a link leads to no place of its page: {link}")
    for path in files:
        if path.endswith(".css"):
            with open(path, encoding="utf-8") as style:
                for found, named in LOADED.findall(style.read()):
                    target = os.path.join(os.path.dirname(path), named)
                    if not named.startswith("data:") and not os.path.isfile(target):
                        faults.append(f"{os.path.relpath(path, root)} loads {found}")
    print("\n".join(faults) or f"{followed} links of {len(pages)} pages lead somewhere")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
