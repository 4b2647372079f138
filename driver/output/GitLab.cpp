//===- GitLab.cpp - Code Quality of GitLab ------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "output/Fingerprint.h"
#include "output/Formats.h"
#include "output/Paths.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/xxhash.h"

using namespace llvm;

namespace corolint {

static StringRef severityOf(const Finding &F) {
  if (F.IsError)
    return "critical";
  return F.Tier == "default" ? "major" : F.Tier == "strict" ? "minor" : "info";
}

static void writeIssue(json::OStream &J, StringRef Rule, StringRef Text, StringRef Severity,
                       StringRef Fingerprint, StringRef File, unsigned Line, StringRef Body) {
  J.object([&] {
    J.attribute("type", "issue");
    J.attribute("check_name", Rule);
    J.attribute("description", utf8(Text));
    J.attributeArray("categories", [&] { J.value("Bug Risk"); });
    J.attribute("severity", Severity);
    J.attribute("fingerprint", Fingerprint);
    if (!Body.empty())
      J.attributeObject("content", [&] { J.attribute("body", utf8(Body)); });
    J.attributeObject("location", [&] {
      J.attribute("path", reportedPath(File));
      J.attributeObject("lines", [&] { J.attribute("begin", std::max(Line, 1u)); });
    });
  });
}

void printGitLab(const Report &R, raw_ostream &Out) {
  json::OStream J(Out, /*IndentSize=*/2);
  J.array([&] {
    for (const Finding &F : R.Findings) {
      if (F.Fixed)
        continue;
      std::string Body;
      for (const Note &Each : F.Notes) {
        if (!Each.At.Path.empty())
          Body += reportedPath(Each.At.Path) + ":" + std::to_string(Each.At.Line) + ": ";
        Body += Each.Text + "\n\n";
      }
      writeIssue(J, F.Rule, F.What.Text, severityOf(F), F.Fingerprint, F.What.At.Path,
                 F.What.At.Line, StringRef(Body).rtrim());
    }
    // GitLab has no place for what was not looked at, and must not show such a run as clean.
    for (const Failure &F : notAnalysed(R)) {
      std::string Known = "corolint-not-analysed\n" + reportedPath(F.File) + "\n" + F.Why;
      for (const Message &M : F.Errors)
        Known += "\n" + reportedPath(M.At.Path) + "\n" + M.Text;
      const Place At = F.Errors.empty() ? Place() : F.Errors.front().At;
      writeIssue(J, "corolint-not-analysed",
                 reportedPath(F.File) + " could not be analysed: " + F.Why, "blocker",
                 utohexstr(xxh3_64bits(Known), true, 16), At.Path.empty() ? F.File : At.Path,
                 At.Line, F.Errors.empty() ? "" : F.Errors.front().Text);
    }
  });
  Out << "\n";
}

} // namespace corolint
