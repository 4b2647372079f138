# What somebody does with a report in a browser. Called with the folder of browser.py, a report of
# report.cpp, and one of what hostile.py writes.
import sys

sys.path.insert(0, sys.argv[1])
from browser import Browser

SHOWN = "return [...document.querySelectorAll('.finding')].filter(f => f.checkVisibility()).map(f => f.id)"
COUNT = "return document.getElementById('shown').textContent"
CODE_SHOWN = "return document.querySelector('#f1 .code td').checkVisibility()"


def choose(browser, key, value):
    browser.run("const s = document.querySelector(`select[data-key=${arguments[0]}]`); s.value = arguments[1];"
                "s.dispatchEvent(new Event('input', {bubbles: true}))", key, value)


def filters(browser):
    every = browser.run(SHOWN)
    assert every == ["f1", "f2", "f3"], every
    choose(browser, "rule", "coro-nested-loop")
    assert browser.run(SHOWN) == ["f2"] and browser.run(COUNT) == "1 of 3 shown", browser.run(SHOWN)
    assert browser.run("return [...document.querySelectorAll('#by-rule .index')].filter(e => e.checkVisibility())"
                       ".map(e => e.querySelector('.rule').textContent)") == ["coro-nested-loop"]
    assert not browser.run("return document.querySelector('.meeting').checkVisibility()")
    browser.click("button[type=reset]")
    browser.until(SHOWN + ".length === 3")
    # In the text of a note, and in the code.
    for words, found in (("NAP() calls nothing", []), ("NAP calls std::this_thread", ["f1", "f3"]),
                         ("answer once", ["f2"]), ("", every)):
        browser.run("document.getElementById('search').value = ''")
        browser.type(words or " ", "#search")
        assert browser.run(SHOWN) == found, (words, browser.run(SHOWN))
    choose(browser, "topic", "awaiting")
    choose(browser, "topic", "blocking")
    assert browser.run(SHOWN) == every
    choose(browser, "topic", "")


def follows(browser):
    """From a box to the code of its step, and from where chains meet to that of each finding."""
    browser.click("#f1 svg a:nth-of-type(3)")
    browser.until("return location.hash === '#f1-2'")
    row = browser.run("const r = document.querySelector(':target'); return [r.id, r.textContent]")
    assert row[0] == "f1-2" and "calls std::this_thread::sleep_for here" in row[1], row
    browser.click("#close")
    assert browser.run("return document.querySelectorAll('.finding[open]').length") == 0
    browser.click(".meeting summary")
    browser.click(".meeting svg a[href='#f3']")
    browser.until("return document.getElementById('f3').open")
    # What a filter has left out comes back for who follows a link to it.
    choose(browser, "rule", "coro-nested-loop")
    browser.run("location.hash = '#f1-1'")
    browser.until("return document.getElementById('f1-1').checkVisibility()")
    browser.click("#f1 .facts a")
    browser.until("return document.getElementById('rule-coro-blocking-call').open")


def keys(browser):
    browser.run("document.activeElement.blur(); scrollTo(0, 0)")
    browser.type("/")
    assert browser.run("return document.activeElement.id") == "search"
    browser.run("document.activeElement.blur()")
    browser.type("jj")
    assert browser.run("return document.activeElement.parentElement.id") == "f2"
    browser.type("k")
    before = browser.run("return document.getElementById('f1').open")
    browser.type("Enter")
    assert browser.run("return document.getElementById('f1').open") != before


def themes(browser):
    colour = "return getComputedStyle(document.body).backgroundColor"
    light = browser.run(colour)
    browser.click("#theme")
    assert browser.run(colour) != light
    browser.command("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "dark"}])
    browser.run("delete document.documentElement.dataset.theme")
    assert browser.run(colour) != light


def without_a_program(browser, page):
    browser.command("Emulation.setScriptExecutionDisabled", value=True)
    browser.open(page)
    assert browser.run(SHOWN) == ["f1", "f2", "f3"]
    assert not browser.run("return document.getElementById('filters').checkVisibility()")
    browser.click("#f1 summary")
    assert not browser.run(CODE_SHOWN)
    browser.click("#by-rule summary")
    browser.click("#by-rule a[href='#f1']")
    # On paper everything is open.
    browser.command("Emulation.setEmulatedMedia", media="print")
    assert browser.run(CODE_SHOWN)
    browser.command("Emulation.setEmulatedMedia", media="")
    browser.command("Emulation.setScriptExecutionDisabled", value=False)


def main():
    page, hostile = ("file://" + path for path in sys.argv[2:])
    with Browser() as browser:
        browser.open(page)
        for part in (filters, follows, keys, themes):
            part(browser)
        assert browser.complaints() == [], browser.complaints()
        without_a_program(browser, page)
        asked = set(browser.requests())
        assert asked == {page}, asked
        browser.phone()
        browser.open(hostile)
        assert browser.run("return document.documentElement.scrollWidth <= innerWidth"), "it is too wide"
        assert browser.run(SHOWN) == ["f1", "f2"]
        assert browser.run("return document.images.length + document.scripts.length") == 1
        assert browser.run("return document.querySelector('.finding').dataset.file").startswith("<img src=x")
        assert browser.run("return typeof hacked") == "undefined" and browser.complaints() == []
        asked = browser.requests()
        assert asked == [hostile], asked
        # Should markup of a stranger ever come through, it still does not run.
        browser.run("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.ran = 1\">')")
        assert browser.until("return performance.now() > 300") and not browser.run("return window.ran")


if __name__ == "__main__":
    main()
