//===- Json.cpp - The report as one JSON document ------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// Its shape is a promise to other programs: docs/command.md describes it.
//
//===----------------------------------------------------------------------===//

#include "llvm/Support/JSON.h"
#include "output/Formats.h"
#include "output/Paths.h"
#include "llvm/Config/llvm-config.h"

using namespace llvm;

namespace corolint {

static void writePlace(json::OStream &J, const Place &At) {
  if (At.Path.empty())
    return;
  J.attribute("file", utf8(relativePath(At.Path)));
  J.attribute("line", At.Line);
  J.attribute("column", At.Column);
}

static void writeMessage(json::OStream &J, const Message &M) {
  J.attribute("message", utf8(M.Text));
  writePlace(J, M.At);
}

static void writeEdits(json::OStream &J, ArrayRef<Edit> Edits) {
  J.attributeArray("fixes", [&] {
    for (const Edit &E : Edits)
      J.object([&] {
        J.attribute("file", utf8(relativePath(E.Path)));
        J.attribute("line", E.Line);
        J.attribute("column", E.Column);
        J.attribute("offset", E.Offset);
        J.attribute("length", E.Length);
        J.attribute("text", utf8(E.Text));
      });
  });
}

static void writeFinding(json::OStream &J, const Finding &F) {
  J.attribute("rule", F.Rule);
  J.attribute("level", F.IsError ? "error" : "warning");
  J.attribute("tier", F.Tier);
  J.attribute("function", utf8(F.Function));
  if (!F.Fingerprint.empty())
    J.attribute("fingerprint", F.Fingerprint);
  writeMessage(J, F.What);
  J.attributeArray("notes", [&] {
    for (const Note &Each : F.Notes)
      J.object([&] {
        J.attribute("kind", Each.Kind);
        writeMessage(J, Each);
        if (!Each.Edits.empty())
          writeEdits(J, Each.Edits);
      });
  });
  writeEdits(J, F.Edits);
  J.attribute("fixed", F.Fixed);
  J.attribute("partial", F.Partial);
}

static void writeFailure(json::OStream &J, const Failure &F) {
  J.attribute("file", utf8(relativePath(F.File)));
  J.attribute("reason", utf8(F.Why));
  J.attributeArray("errors", [&] {
    for (const Message &M : F.Errors)
      J.object([&] { writeMessage(J, M); });
  });
  J.attributeArray("output", [&] {
    for (StringRef Line : F.Output)
      J.value(utf8(Line));
  });
}

/// What is said of the run as a whole.
static void writeRun(json::OStream &J, const Report &R) {
  J.attributeArray("unreached", [&] {
    for (StringRef File : R.Unreached)
      J.value(utf8(relativePath(File)));
  });
  J.attributeArray("unusedNolints", [&] {
    for (const Message &M : R.UnusedNolints)
      J.object([&] { writeMessage(J, M); });
  });
  if (!R.Since.empty()) {
    J.attribute("since", utf8(R.Since));
    J.attribute("older", int64_t(R.Older));
  }
  J.attributeArray("excluded", [&] {
    for (const auto &Each : R.Excluded)
      J.value(utf8(relativePath(Each.first)));
  });
  J.attribute("interrupted", R.Interrupted);
  J.attributeArray("unfinished", [&] {
    for (StringRef File : R.Unfinished)
      J.value(utf8(relativePath(File)));
  });
  J.attributeObject("counts", [&] {
    J.attribute("units", R.Units);
    J.attribute("coroutines", R.Coroutines);
    J.attribute("functions", R.Functions);
    J.attribute("findings", int64_t(R.remaining()));
    J.attribute("fixed", int64_t(R.fixed()));
    J.attribute("hidden", int64_t(R.Hidden.size()));
    J.attribute("failures", int64_t(R.Failures.size()));
    J.attribute("unitsWithoutCoroutines", R.WithoutCoroutines);
    J.attribute("unitsSwitchedOff", R.SwitchedOff);
  });
}

static void writeTool(json::OStream &J) {
  J.attributeObject("tool", [&] {
    J.attribute("name", "corolint");
    J.attribute("version", COROLINT_VERSION);
    J.attribute("llvm", LLVM_VERSION_STRING);
  });
}

void printJson(const Report &R, raw_ostream &Out) {
  json::OStream J(Out, /*IndentSize=*/2);
  J.object([&] {
    J.attribute("version", 1);
    writeTool(J);
    J.attributeArray("findings", [&] {
      for (const Finding &F : R.Findings)
        J.object([&] { writeFinding(J, F); });
    });
    J.attributeArray("failures", [&] {
      for (const Failure &F : R.Failures)
        J.object([&] { writeFailure(J, F); });
    });
    writeRun(J, R);
  });
  Out << "\n";
}

static void writeLine(raw_ostream &Out, StringRef Type, function_ref<void(json::OStream &)> Rest) {
  json::OStream J(Out);
  J.object([&] {
    J.attribute("type", Type);
    Rest(J);
  });
  Out << "\n";
}

void printJsonLine(const Finding &F, raw_ostream &Out) {
  writeLine(Out, "finding", [&](json::OStream &J) { writeFinding(J, F); });
}

void printJsonLinesEnd(const Report &R, raw_ostream &Out) {
  for (const Failure &F : R.Failures)
    writeLine(Out, "failure", [&](json::OStream &J) { writeFailure(J, F); });
  writeLine(Out, "run", [&](json::OStream &J) {
    J.attribute("version", 1);
    writeTool(J);
    writeRun(J, R);
  });
}

void printJsonLines(const Report &R, raw_ostream &Out) {
  for (const Finding &F : R.Findings)
    printJsonLine(F, Out);
  printJsonLinesEnd(R, Out);
}

} // namespace corolint
