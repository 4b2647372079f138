# ===- lsp.py - An editor that talks to a language server -------------------===//
#
# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# ===------------------------------------------------------------------------===//
"""An editor for the tests of test/editor: it opens and changes documents, waits for what the server
says of each version of them, asks for fixes and applies them.

    with Editor([corolint_clangd], folder) as editor:
        editor.open("main.cpp")
        show(editor.diagnostics("main.cpp"))

Nothing of it is asynchronous: whoever asks waits for the answer, or for the server's end.
"""

import json
import os
import subprocess
import urllib.parse


class ServerEnded(Exception):
    pass


class Editor:
    def __init__(self, command, folder, capabilities=None, environment=None):
        self.folder = os.path.realpath(folder)
        # Nothing of the user's. What clangd indexes of the standard library takes most of a short session.
        home = os.path.join(self.folder, ".home")
        os.makedirs(os.path.join(home, "clangd"), exist_ok=True)
        with open(os.path.join(home, "clangd", "config.yaml"), "w") as config:
            config.write("Index: {StandardLibrary: No, Background: Skip}\n")
        self.log = open(os.path.join(self.folder, "server.log"), "w+")
        self.server = subprocess.Popen(
            command, cwd=self.folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.log,
            env={**os.environ, "HOME": home, "XDG_CONFIG_HOME": home, "XDG_CACHE_HOME": home,
                 **(environment or {})},
        )
        self.texts, self.versions, self.published = {}, {}, {}
        self.last_id = 0
        diagnostics = {"relatedInformation": True, "codeDescriptionSupport": True,
                       "codeActionsInline": True, "versionSupport": True}
        self.capabilities = self.request("initialize", {
            "processId": os.getpid(),
            "rootUri": self.uri(""),
            "capabilities": {
                "textDocument": {
                    "publishDiagnostics": diagnostics,
                    "codeAction": {"codeActionLiteralSupport": {
                        "codeActionKind": {"valueSet": ["quickfix", "refactor"]}}},
                },
                "workspace": {"applyEdit": True},
                **(capabilities or {}),
            },
        })["capabilities"]
        self.notify("initialized", {})

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        if kind is None:
            self.request("shutdown", None)
            self.notify("exit", None)
            self.server.stdin.close()
            self.status = self.server.wait(60)
            self.log.close()
        else:
            self.server.kill()
            self.server.wait()

    # What a person does.

    def open(self, name, text=None):
        """The file as it is on the disk, or a text that nobody has saved yet."""
        if text is None:
            with open(os.path.join(self.folder, name)) as file:
                text = file.read()
        self.texts[name], self.versions[name] = text, 1
        self.notify("textDocument/didOpen", {"textDocument": {
            "uri": self.uri(name), "languageId": "cpp", "version": 1, "text": text}})

    def change(self, name, before, after):
        """Types AFTER in the place of BEFORE, which stands there once."""
        text = self.texts[name]
        if text.count(before) != 1:
            raise ValueError(f"{name} has {text.count(before)} times: {before}")
        self.replace(name, text.replace(before, after))

    def replace(self, name, text):
        if text == self.texts[name]:
            return  # clangd says nothing anew
        self.texts[name] = text
        self.versions[name] += 1
        self.notify("textDocument/didChange", {
            "textDocument": {"uri": self.uri(name), "version": self.versions[name]},
            "contentChanges": [{"text": text}], "wantDiagnostics": True})

    def save(self, name):
        with open(os.path.join(self.folder, name), "w") as file:
            file.write(self.texts[name])
        self.notify("textDocument/didSave", {"textDocument": {"uri": self.uri(name)}})

    def close(self, name):
        self.notify("textDocument/didClose", {"textDocument": {"uri": self.uri(name)}})
        self.published.pop(self.uri(name), None)

    def diagnostics(self, name):
        """What the server says of the document as it is now."""
        while self.published.get(self.uri(name), (0, []))[0] < self.versions[name]:
            self.handle(self.read())
        return self.published[self.uri(name)][1]

    def fixes(self, name, diagnostic):
        """Title and edit of each quick-fix for a diagnostic, as a light bulb would list them."""
        actions = self.request("textDocument/codeAction", {
            "textDocument": {"uri": self.uri(name)}, "range": diagnostic["range"],
            "context": {"diagnostics": [diagnostic], "only": ["quickfix"]}})
        return [(each["title"], each["edit"]) for each in actions if "edit" in each]

    def apply(self, edit):
        """A WorkspaceEdit, to the texts that are open."""
        changes = dict(edit.get("changes", {}))
        for each in edit.get("documentChanges", []):
            changes.setdefault(each["textDocument"]["uri"], []).extend(each["edits"])
        for name in list(self.texts):
            if edits := changes.pop(self.uri(name), None):
                self.replace(name, edited(self.texts[name], edits))
        if changes:
            raise ValueError(f"files that are not open would be changed: {sorted(changes)}")

    # The protocol.

    def uri(self, name):
        return "file://" + urllib.parse.quote(os.path.join(self.folder, name).rstrip("/"))

    def notify(self, method, params):
        self.write({"method": method, "params": params})

    def request(self, method, params):
        self.last_id += 1
        self.write({"id": self.last_id, "method": method, "params": params})
        while True:
            message = self.read()
            if message.get("id") == self.last_id and "method" not in message:
                if "error" in message:
                    raise ValueError(f"{method}: {message['error']}")
                return message["result"]
            self.handle(message)

    def handle(self, message):
        if message.get("method") == "textDocument/publishDiagnostics":
            said = message["params"]
            self.published[said["uri"]] = (said.get("version", 0), said["diagnostics"])
        elif "id" in message and "method" in message:
            self.write({"id": message["id"], "result": None})

    def write(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        try:
            self.server.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
            self.server.stdin.flush()
        except BrokenPipeError:
            self.ended()

    def read(self):
        length = 0
        while (line := self.server.stdout.readline()) not in (b"\r\n", b""):
            name, _, value = line.partition(b":")
            if name == b"Content-Length":
                length = int(value)
        body = self.server.stdout.read(length)
        if not line or len(body) < length:
            self.ended()
        return json.loads(body)

    def ended(self):
        status = self.server.wait()
        self.log.seek(0)
        raise ServerEnded(f"the server ended with {status}:\n{self.log.read()}")


def offset(text, position):
    """Of a place that is counted in UTF-16, as the protocol does."""
    lines = text.split("\n")
    before = sum(len(line) + 1 for line in lines[:position["line"]])
    line = lines[position["line"]].encode("utf-16-le")
    return before + len(line[:2 * position["character"]].decode("utf-16-le"))


def edited(text, edits):
    places = [(offset(text, e["range"]["start"]), offset(text, e["range"]["end"]), e["newText"])
              for e in edits]
    for begin, end, new in sorted(places, reverse=True):
        text = text[:begin] + new + text[end:]
    return text


def place(span):
    """As compilers count: from 1."""
    start, end = span["start"], span["end"]
    return (f"{start['line'] + 1}:{start['character'] + 1}-"
            f"{end['line'] + 1}:{end['character'] + 1}")


def show(diagnostics, pages=False):
    """One line for each, the related places below; "nothing" where there is none."""
    for each in sorted(diagnostics, key=lambda d: (d["range"]["start"]["line"], d.get("code", ""))):
        severity = {1: "error", 2: "warning", 3: "information", 4: "hint"}[each["severity"]]
        message = each["message"].split("\n")[0]
        kind = f"{each.get('code', 'no code')}, {each.get('source', 'no source')}"
        print(f"{place(each['range'])} {severity}: {message} [{kind}]")
        if pages:
            print(f"  page: {each.get('codeDescription', {}).get('href')}")
        for other in each.get("relatedInformation", []):
            at = other["location"]
            print(f"  {os.path.basename(at['uri'])}:{place(at['range'])}: {other['message']}")
    if not diagnostics:
        print("nothing")
