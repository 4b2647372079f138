"""Every format on one run, each read by a program that knows the format: see formats.test."""

import json
import os
import re
import shutil
import sys
import urllib.parse
import xml.etree.ElementTree

import jsonschema
import scratch
from scratch import DROPS, FILES, NAMES, expect

COROLINT, WORK, INPUTS = sys.argv[1:4]
FORMATS = ["text", "json", "jsonl", "sarif", "github", "gitlab", "junit", "checkstyle"]

p = scratch.Project(COROLINT, WORK + "/project", {**FILES, **{name: DROPS for name in NAMES}})


def reports(*words, cwd=None, env=None, code=3):
    """All formats of one run; that on stdout is what the file has."""
    out = WORK + "/reports"
    shutil.rmtree(out, ignore_errors=True)
    os.mkdir(out)
    done = p.run("--format=json", *(f"--output={f}:{out}/{f}" for f in FORMATS), *words, cwd=cwd, env=env)
    expect("exit code of " + " ".join(words), done[0], code)
    texts = {}
    for name in FORMATS:
        with open(f"{out}/{name}", "rb") as file:
            texts[name] = file.read().decode("utf-8")
    expect("stdout and the file", done[1], texts["json"])
    return texts


def keys_of(findings):
    return sorted((f["file"], f["line"], f["rule"]) for f in findings)


def check_json(texts):
    document = json.loads(texts["json"])
    lines = [json.loads(line) for line in texts["jsonl"].splitlines()]
    expect("types of lines", [line["type"] for line in lines],
           ["finding"] * len(document["findings"]) + ["failure"] * len(document["failures"]) + ["run"])
    for line in lines:
        line.pop("type")
    expect("findings by lines", [l for l in lines if "rule" in l], document["findings"])
    expect("failures by lines", [l for l in lines if "reason" in l], document["failures"])
    rest = {k: v for k, v in document.items() if k not in ("findings", "failures")}
    expect("the run", lines[-1], rest)
    prints = [f["fingerprint"] for f in document["findings"]]
    assert all(re.fullmatch("[0-9a-f]{32}", f) for f in prints) and len(set(prints)) == len(prints), prints
    print(f"json: {len(document['findings'])} findings, {len(document['failures'])} failures")
    return document


def check_text(texts, document):
    heads = [line for line in texts["text"].splitlines() if re.search(r": warning: .* \[coro-[a-z-]+\]$", line)]
    expect("lines of text", len(heads), len(document["findings"]))
    assert "\x1b" not in texts["text"], "a report in a file has no colours"


class Escaped:
    """What a runner of GitHub makes of a line: actions/toolkit, src/command.ts, read backwards."""

    def __init__(self, line):
        head, self.message = re.fullmatch(r"::(.*?)::(.*)", line).groups()
        self.kind, _, rest = head.partition(" ")
        self.of = dict(each.split("=", 1) for each in rest.split(","))
        for name, value in self.of.items():
            self.of[name] = value.replace("%3A", ":").replace("%2C", ",").replace("%0D", "\r").replace(
                "%0A", "\n").replace("%25", "%")
        self.message = self.message.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")


def check_github(texts, document, root=""):
    assert texts["github"].endswith("\n") and "\n::" in texts["github"]
    all_lines = [Escaped(line) for line in texts["github"][:-1].split("\n")]
    found = [l for l in all_lines if l.of["title"] != "corolint"]
    expect("annotations", sorted((l.of["file"], int(l.of["line"]), l.of["title"]) for l in found),
           [(root + file, line, rule) for file, line, rule in keys_of(document["findings"])])
    for line, finding in zip(found, document["findings"]):
        expect("level", line.kind, finding["level"])
        expect("message", line.message.split("\n")[0], finding["message"])
        for note in finding["notes"]:
            assert note["message"] in line.message, (note, line.message)
    expect("errors", [l.of["file"] for l in all_lines if l.of["title"] == "corolint"],
           [root + f["file"] for f in document["failures"]])
    print("github: as a runner reads it")


def check_gitlab(texts, document, root=""):
    issues = json.loads(texts["gitlab"])
    for issue in issues:
        for key in ("description", "check_name", "fingerprint", "severity"):
            assert isinstance(issue[key], str) and issue[key], issue
        assert issue["severity"] in ("info", "minor", "major", "critical", "blocker"), issue
        assert issue["location"]["lines"]["begin"] >= 1, issue
        assert not issue["location"]["path"].startswith(("/", "./")), issue
    prints = [i["fingerprint"] for i in issues]
    expect("fingerprints", len(set(prints)), len(prints))
    found = [i for i in issues if i["check_name"] != "corolint-not-analysed"]
    expect("issues", sorted((i["location"]["path"], i["location"]["lines"]["begin"], i["check_name"]) for i in found),
           [(root + file, line, rule) for file, line, rule in keys_of(document["findings"])])
    expect("their fingerprints", [i["fingerprint"] for i in found], [f["fingerprint"] for f in document["findings"]])
    expect("failures", [i["severity"] for i in issues if i not in found], ["blocker"] * len(document["failures"]))
    print("gitlab: as Code Quality reads it")


def as_xml(text):
    """What XML has no way to write is a '?'."""
    return "".join("?" if (c < " " and c not in "\n\t") or c in "\ufffe\uffff" else c for c in text)


def check_xml(texts, document, root=""):
    suite = xml.etree.ElementTree.fromstring(texts["junit"]).find("testsuite")
    cases = suite.findall("testcase")
    expect("counts", [int(suite.get(k)) for k in ("tests", "failures", "errors")],
           [len(cases), len(suite.findall("testcase/failure")), len(suite.findall("testcase/error"))])
    names = {as_xml(root + f["file"]) for f in document["findings"]}
    expect("files with failures", {c.get("name") for c in cases if c.find("failure") is not None}, names)
    expect("files with errors", [c.get("file") for c in cases if c.find("error") is not None],
           [root + f["file"] for f in document["failures"]])
    assert any(len(c) == 0 for c in cases), "a file without findings is a case that passes"
    text = "".join(f.text for f in suite.iter("failure"))
    root_of = xml.etree.ElementTree.fromstring(texts["checkstyle"])
    lines = sorted((f.get("name"), int(e.get("line")), e.get("source")) for f in root_of for e in f)
    expect("lines of checkstyle", [l for l in lines if l[2] != "corolint-not-analysed"],
           sorted((as_xml(root + file), line, rule) for file, line, rule in keys_of(document["findings"])))
    expect("failures in checkstyle", len([l for l in lines if l[2] == "corolint-not-analysed"]),
           len(document["failures"]))
    messages = {e.get("message") for e in root_of.iter("error")}
    for finding in document["findings"]:
        assert finding["message"] in text and finding["message"] in messages, finding["message"]
    for failure in document["failures"]:
        for error in failure["errors"]:
            assert any(error["message"] in m for m in messages), error
    print("junit and checkstyle: as a parser of XML reads them")


def validate(sarif):
    schemas = [INPUTS + "/sarif.json", *filter(None, [os.environ.get("SARIF_SCHEMA")])]
    for name in schemas:
        with open(name, encoding="utf-8") as file:
            schema = json.load(file)
        validator = jsonschema.validators.validator_for(schema)
        validator.check_schema(schema)
        wrong = [f"{list(e.absolute_path)}: {e.message[:200]}" for e in validator(schema).iter_errors(sarif)]
        assert not wrong, "\n".join([name] + wrong)


def text_at(region, name):
    """What a viewer would mark: the line by its number, the columns in characters."""
    data = p.read(name)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    line = re.split("\r\n|\n", text)[region["startLine"] - 1]
    return line[region["startColumn"] - 1:region.get("endColumn", len(line) + 1) - 1]


def check_sarif(texts, document):
    sarif = json.loads(texts["sarif"])
    validate(sarif)
    (run,) = sarif["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    listed = json.loads(p.run("rules", "--format=json")[1])
    expect("rules", rules, [rule["id"] for rule in listed])
    expect("results", len(run["results"]), len(document["findings"]))
    for result, finding in zip(run["results"], document["findings"]):
        expect("ruleIndex", rules[result["ruleIndex"]], finding["rule"])
        expect("ruleId", result["ruleId"], finding["rule"])
        expect("fingerprint", result["partialFingerprints"]["corolint/v1"], finding["fingerprint"])
        where = result["locations"][0]
        expect("uri", urllib.parse.unquote(where["physicalLocation"]["artifactLocation"]["uri"]), finding["file"])
        expect("function", where["logicalLocations"][0]["fullyQualifiedName"], finding["function"])
        called = finding["message"].split("'")[1].split("::")[-1]
        assert text_at(where["physicalLocation"]["region"], finding["file"]).startswith(called), (result, called)
        placed = [note for note in finding["notes"] if "file" in note]
        expect("related", [r["message"]["text"] for r in result.get("relatedLocations", [])],
               [note["message"] for note in placed])
        steps = [note["message"] for note in placed if note["kind"] == "step"]
        flows = [s["location"]["message"]["text"] for f in result.get("codeFlows", [])
                 for s in f["threadFlows"][0]["locations"]]
        expect("chain", flows, [finding["message"]] + steps if steps else [])
    assert any("codeFlows" in r for r in run["results"]), "no chain"
    (invocation,) = run["invocations"]
    expect("success", invocation["executionSuccessful"], not document["failures"])
    expect("notifications", len(invocation["toolExecutionNotifications"]), len(document["failures"]))
    print("sarif: valid, its regions and rules are right")
    return run["results"]


def apply(results):
    """What an editor does with the fixes, by the offsets in bytes."""
    edits = {}
    for result in results:
        for fix in result.get("fixes", []):
            if not fix["description"]["text"].startswith("Apply the fix"):
                continue
            for change in fix["artifactChanges"]:
                name = urllib.parse.unquote(change["artifactLocation"]["uri"])
                for r in change["replacements"]:
                    region = r["deletedRegion"]
                    edits.setdefault(name, set()).add((region["byteOffset"], region["byteLength"],
                                                       r.get("insertedContent", {}).get("text", "")))
    contents = {}
    for name, all_edits in edits.items():
        data = p.read(name)
        for offset, length, text in sorted(all_edits, reverse=True):
            data = data[:offset] + text.encode("utf-8") + data[offset + length:]
        contents[name] = data
    return contents


def fingerprints(document):
    return {(f["file"], f["line"]): f["fingerprint"] for f in document["findings"]}


texts = reports()
document = check_json(texts)
check_text(texts, document)
check_github(texts, document)
check_gitlab(texts, document)
check_xml(texts, document)
results = check_sarif(texts, document)

# The folder that GitHub and GitLab checked out is what they know names by, wherever the run is; the
# fingerprint is the repository's as well. JSON and text stay with the current folder.
(p.folder / ".git").mkdir()
p.write("sub/again.cpp", DROPS.replace("task.h", "../task.h"))
p.write("sub/bad.cpp", FILES["bad.cpp"])
p.database()
for variable in ("GITHUB_WORKSPACE", "CI_PROJECT_DIR"):
    inside = reports("again.cpp", "bad.cpp", cwd=p.folder / "sub", env={variable: str(p.folder)})
    below = check_json(inside)
    expect("name in JSON", [f["file"] for f in below["findings"]], ["again.cpp"])
    check_github(inside, below, "sub/")
    check_gitlab(inside, below, "sub/")
    sarif = json.loads(inside["sarif"])["runs"][0]["results"]
    expect("uri", sarif[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "sub/again.cpp")
    assert 'name="sub/again.cpp"' in inside["junit"] and 'name="sub/again.cpp"' in inside["checkstyle"]
elsewhere = reports("again.cpp", cwd=p.folder / "sub", env={"GITHUB_WORKSPACE": WORK + "/reports"}, code=1)
assert json.loads(elsewhere["gitlab"])[0]["location"]["path"] == "again.cpp"
outside = json.loads(p.run("--format=json", "-p", str(p.folder), cwd="/")[1])
wanted = fingerprints(p.json())
expect("fingerprints from another folder",
       {(os.path.relpath(k[0], p.folder), k[1]): v for k, v in
        {("/" + k[0].lstrip("/"), k[1]): v for k, v in fingerprints(outside).items()}.items()}, wanted)
print("fingerprints: the same from every folder")

# They stay as code above changes, and tell equal lines apart.
old = fingerprints(p.json("fix.cpp"))
p.write("fix.cpp", p.read("fix.cpp").replace(b"task fix", b"// new\r\n// lines\r\ntask fix").replace(b"  leaf", b"   leaf"))
expect("after code above", {(k[0], k[1] - 2): v for k, v in fingerprints(p.json("fix.cpp")).items()}, old)
print(f"fingerprints: {len(set(old.values()))} of {len(old)} lines, as they move")
p.write("fix.cpp", FILES["fix.cpp"])

# With fixes applied by whoever read the SARIF, the files are what --fix makes of them.
wanted = apply(results)
code, out, err = p.run("--fix", "--quiet", *(["./" + name for name in wanted]))
for name, data in wanted.items():
    expect("fixed " + name, p.read(name), data)
assert b"*/ co_await leaf" in p.read("fix.cpp") and b"*/ co_await leaf" in p.read("latin.cpp")
print(f"fixes: {len(wanted)} files, as by --fix")
fixed = reports("--fix", "fix.cpp", code=0)
expect("nothing is left", json.loads(fixed["gitlab"]), [])
