# ===- browser.py - Chromium, driven by a test ------------------------------===//
#
# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# ===------------------------------------------------------------------------===//
"""A headless Chromium, through the WebDriver protocol of chromedriver.

    with Browser() as browser:
        browser.open("file:///…")
        browser.run("return document.title")

What a page may load is recorded: `requests()` says what it asked for, from where it may not.
"""

import base64
import json
import os
import re
import shutil
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
# Whatever proxy the machine has, it is not for what stays on it.
DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))
KEYS = {"Enter": "\ue007", "Tab": "\ue004", "Escape": "\ue00c"}


class Browser:
    def __init__(self, width=1200, height=900, dark=False):
        self.home = tempfile.mkdtemp(prefix="corolint-browser-")
        self.driver = subprocess.Popen(
            [shutil.which("chromedriver"), "--port=0"], stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, text=True, start_new_session=True)
        self.session = None
        try:
            self.port = next(int(found[1]) for line in self.driver.stdout
                             if (found := re.search(r"successfully on port (\d+)", line)))
            arguments = ["--headless", "--disable-gpu", "--hide-scrollbars", "--disable-dev-shm-usage",
                         f"--window-size={width},{height}", f"--user-data-dir={self.home}",
                         "--no-first-run", "--disable-background-networking",
                         # Nothing of a test leaves the machine, and what tries is seen.
                         "--host-resolver-rules=MAP * ~NOTFOUND"]
            if dark:
                arguments.append("--blink-settings=preferredColorScheme=0")
            if os.geteuid() == 0:
                arguments.append("--no-sandbox")
            made = self.call("POST", "/session", {"capabilities": {"alwaysMatch": {
                "browserName": "chrome", "goog:chromeOptions": {"args": arguments},
                "goog:loggingPrefs": {"performance": "ALL", "browser": "ALL"}}}})
            self.session = made["sessionId"]
        except BaseException:
            self.close()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        if self.session:
            self.call("DELETE", f"/session/{self.session}")
            self.session = None
        self.driver.terminate()
        self.driver.wait()
        shutil.rmtree(self.home, ignore_errors=True)

    def call(self, method, path, body=None):
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}", method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json"})
        try:
            with DIRECT.open(request, timeout=120) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as fault:
            raise RuntimeError(json.load(fault)["value"]["message"]) from None

    def ask(self, method, path, body=None):
        return self.call(method, f"/session/{self.session}{path}", body)

    def open(self, address):
        self.ask("POST", "/url", {"url": address})

    def run(self, script, *arguments):
        """What a function with this body returns."""
        return self.ask("POST", "/execute/sync", {"script": script, "args": list(arguments)})

    def find(self, selector):
        return self.ask("POST", "/element", {"using": "css selector", "value": selector})[ELEMENT]

    def click(self, selector):
        self.ask("POST", f"/element/{self.find(selector)}/click", {})

    def type(self, text, selector=None):
        """Into an element, or where the focus is; names of KEYS are keys."""
        text = KEYS.get(text, text)
        if selector:
            self.ask("POST", f"/element/{self.find(selector)}/value", {"text": text})
            return
        actions = [{"type": kind, "value": key} for key in text for kind in ("keyDown", "keyUp")]
        self.ask("POST", "/actions", {"actions": [{"type": "key", "id": "keys", "actions": actions}]})

    def until(self, script, seconds=20):
        """Waits for a value that is true, and returns it."""
        end = time.monotonic() + seconds
        while not (value := self.run(script)):
            if time.monotonic() > end:
                raise AssertionError(f"it never came to this: {script}")
            time.sleep(0.05)
        return value

    def command(self, name, **parameters):
        """One of the protocol of the developer tools."""
        return self.ask("POST", "/goog/cdp/execute", {"cmd": name, "params": parameters})

    def phone(self):
        self.command("Emulation.setDeviceMetricsOverride", width=390, height=844,
                     deviceScaleFactor=2, mobile=True)

    def screenshot(self, path, whole=False):
        shot = self.command("Page.captureScreenshot", captureBeyondViewport=whole)
        with open(path, "wb") as out:
            out.write(base64.b64decode(shot["data"]))

    def requests(self):
        """The addresses that pages asked for since the last call, but for the browser's own.

        What is in the page itself (data:) is no request."""
        found = []
        for entry in self.ask("POST", "/se/log", {"type": "performance"}):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                found.append(message["params"]["request"]["url"])
        return [address for address in found if not address.startswith(("chrome:", "data:"))]

    def complaints(self):
        """What the console says: faults of a program, what the policy did not allow."""
        return [entry["message"] for entry in self.ask("POST", "/se/log", {"type": "browser"})]
