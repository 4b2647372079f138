"""Each default rule, given on stdin, and each shipped file of knowledge is named in the README."""
import glob
import json
import os
import sys

NAMES = {"posix": "POSIX", "std": "the C++ library", "asio": "Asio", "folly": "folly", "qt": "Qt",
         "sqlite": "SQLite", "logging": "spdlog"}
source = sys.argv[1]
with open(os.path.join(source, "README.md")) as page:
    readme = page.read()
missing = [r["id"] for r in json.load(sys.stdin)
           if r["tier"] == "default" and f"docs/checks/{r['id']}.md" not in readme]
for file in glob.glob(os.path.join(source, "checks", "knowledge", "*.yaml")):
    name = os.path.basename(file).removesuffix(".yaml")
    if NAMES.get(name, name) not in readme:
        missing.append(file)
sys.exit(f"not in the README: {missing}" if missing else 0)
