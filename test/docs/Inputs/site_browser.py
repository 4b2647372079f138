# Reads the site as somebody does. Called with the folder of browser.py, and the site.
import sys

sys.path.insert(0, sys.argv[1])
from browser import Browser

SITE = "file://" + sys.argv[2]
BACKGROUND = "return getComputedStyle(document.body).backgroundColor"


def main():
    with Browser() as browser:
        browser.open(f"{SITE}/index.html")
        assert "corolint" in browser.run("return document.querySelector('h1').textContent")
        browser.click("a[href='rules.html']")
        browser.until("return location.pathname.endsWith('/rules.html')")
        browser.click("article a[href='docs/checks/coro-nested-loop.html']")
        browser.until("return location.pathname.endsWith('/coro-nested-loop.html')")
        text = browser.run("return document.querySelector('article').innerText")
        assert "waits synchronously inside a coroutine" in text, text
        # By a word that the text of one rule's page has, typed where a reader types it.
        browser.type("IntelliJ", "input[name=q]")
        browser.type("Enter", "input[name=q]")
        found = browser.until("const l = [...document.querySelectorAll('ul.search a')]; return l.length && l.map(a => a.href)")
        assert any("/docs/checks/coro-nested-loop.html" in each for each in found), found
        browser.click("ul.search a[href*='coro-nested-loop']")
        browser.until("return location.pathname.endsWith('/coro-nested-loop.html')")
        light = browser.run(BACKGROUND)
        browser.command("Emulation.setEmulatedMedia",
                        features=[{"name": "prefers-color-scheme", "value": "dark"}])
        assert browser.run(BACKGROUND) != light, "it is not dark where that is wanted"
        browser.phone()
        for page in ("index", "rules", "docs/checks/coro-nested-loop", "docs/command"):
            browser.open(f"{SITE}/{page}.html")
            width = browser.run("return [document.documentElement.scrollWidth, innerWidth]")
            assert width[0] <= width[1], (page, width)
        complaints, asked = browser.complaints(), browser.requests()
        assert complaints == [], complaints
        assert asked and all(address.startswith(SITE) for address in asked), asked


if __name__ == "__main__":
    main()
