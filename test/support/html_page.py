#!/usr/bin/env python3
# ===- html_page.py - What holds for every page that we write ----------------===//
#
# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# ===------------------------------------------------------------------------===//
"""html_page.py FILE...    the faults of pages, one a line; exits with 1 if there are any

A page is whole: it closes what it opens, names nothing twice, its links inside lead somewhere, it loads
nothing, and the only program and style in it are those that its policy names."""

import base64
import hashlib
import html.parser
import re
import sys

VOID = {"meta", "br", "input", "link", "img", "hr", "rect", "circle", "path", "col", "area"}
# An end tag may be left out: the next of its kind, or the end of what it stands in, ends it.
OPTIONAL = {"td", "tr", "li", "p", "option", "th", "html", "head", "body", "tbody"}
LOADING = {"src", "srcset", "data", "action", "formaction", "poster", "background", "manifest", "ping"}


class Page(html.parser.HTMLParser):
    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.opened, self.ids, self.links, self.faults = [], [], [], []
        self.inside = {"script": [], "style": [], "title": []}
        self.policy = ""
        self.feed(text)
        self.close()
        for tag, line in self.opened:
            if tag not in OPTIONAL:
                self.fault(f"<{tag}> of line {line} is never closed")
        for name in {each for each in self.ids if self.ids.count(each) > 1}:
            self.fault(f"the id '{name}' is there {self.ids.count(name)} times")
        for link in self.links:
            if link.startswith("#") and link[1:] not in self.ids:
                self.fault(f"a link leads nowhere: {link}")

    def fault(self, text):
        self.faults.append(text)

    def handle_starttag(self, tag, attributes):
        line = self.getpos()[0]
        for name, value in attributes:
            if name.startswith("on") or name == "style":
                self.fault(f"line {line}: <{tag}> has '{name}'")
            if name in LOADING or (name == "href" and tag not in ("a", "area")):
                self.fault(f"line {line}: <{tag}> loads {value}")
            if name == "id":
                self.ids.append(value)
            if name == "href" and tag == "a":
                self.links.append(value)
                if not re.match(r"#|https?://", value):
                    self.fault(f"line {line}: a link to {value}")
        values = dict(attributes)
        if (values.get("http-equiv") or "").lower() == "content-security-policy":
            self.policy = values["content"]
        elif tag == "meta" and "http-equiv" in values:
            self.fault(f"line {line}: <meta http-equiv={values['http-equiv']}>")
        if tag in self.inside:
            self.inside[tag].append("")
        if tag not in VOID:
            self.opened.append((tag, line))

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.opened.pop()

    def handle_data(self, data):
        if self.opened and self.opened[-1][0] in self.inside:
            self.inside[self.opened[-1][0]][-1] += data

    def handle_endtag(self, tag):
        while self.opened and self.opened[-1][0] != tag and self.opened[-1][0] in OPTIONAL:
            self.opened.pop()
        if not self.opened or self.opened[-1][0] != tag:
            self.fault(f"line {self.getpos()[0]}: </{tag}> closes nothing")
        else:
            self.opened.pop()

    def check_policy(self):
        for kind, texts in (("script", self.inside["script"]), ("style", self.inside["style"])):
            if len(texts) != 1:
                self.fault(f"there are {len(texts)} <{kind}>")
            for text in texts:
                digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
                if f"{kind}-src 'sha256-{digest}'" not in self.policy:
                    self.fault(f"its policy does not let its <{kind}> be used")
        if not self.policy.startswith("default-src 'none';"):
            self.fault("its policy lets it load something")


def main():
    faults = []
    for path in sys.argv[1:]:
        with open(path, encoding="utf-8", newline="") as file:
            page = Page(file.read())
        page.check_policy()
        faults += [f"{path}: {fault}" for fault in page.faults]
    print("\n".join(faults) or "whole")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
