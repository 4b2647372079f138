"""Each default rule, given on stdin, is named in the README, and the page that lists what is known names
each shipped file of knowledge; the README leads there."""
import glob
import json
import os
import sys


def text_of(*path):
    with open(os.path.join(sys.argv[1], *path)) as page:
        return page.read()


readme, known = text_of("README.md"), text_of("docs", "knowledge.md")
missing = [r["id"] for r in json.load(sys.stdin)
           if r["tier"] == "default" and f"docs/checks/{r['id']}.md" not in readme]
shipped = glob.glob(os.path.join(sys.argv[1], "checks", "libraries", "*.yaml"))
missing += [name for name in map(os.path.basename, shipped) if f"`{name}`" not in known]
if not shipped:
    missing.append("checks/libraries/*.yaml")
if "(docs/knowledge.md)" not in readme:
    missing.append("docs/knowledge.md")
sys.exit(f"not named: {missing}" if missing else 0)
