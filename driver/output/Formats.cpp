//===- Formats.cpp - The formats that a report can have -----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "output/Formats.h"
#include "output/Paths.h"
#include "output/Say.h"
#include <cstdlib>
#include <set>

using namespace llvm;

namespace corolint {

static void printText(const Report &R, raw_ostream &Out) {
  printFindings(R, Out, wantsColours(Out));
}

ArrayRef<ReportFormat> reportFormats() {
  static constexpr ReportFormat All[] = {
      {"text", "people: as compilers write", printText},
      {"json", "programs: one document", printJson},
      {"jsonl", "programs: a line for each finding", printJsonLines},
      {"sarif", "code scanning of GitHub, Azure and others: SARIF 2.1.0", printSarif},
      {"github", "annotations of a pull request on GitHub", printGitHub},
      {"gitlab", "Code Quality of GitLab", printGitLab},
      {"junit", "test reports of Jenkins, GitLab and others", printJUnit},
      {"checkstyle", "what reads Checkstyle's XML", printCheckstyle},
      {"html", "people: one page for a browser", printHtml},
  };
  return All;
}

const ReportFormat *reportFormat(StringRef Name) {
  for (const ReportFormat &F : reportFormats())
    if (F.Name == Name)
      return &F;
  return nullptr;
}

std::vector<StringRef> reportFormatNames() {
  std::vector<StringRef> Names;
  for (const ReportFormat &F : reportFormats())
    Names.push_back(F.Name);
  return Names;
}

std::vector<Failure> notAnalysed(const Report &R) {
  std::vector<Failure> Result = R.Failures;
  // A file has a unit for each of its commands.
  for (const std::string &File : std::set<std::string>(R.Unfinished.begin(), R.Unfinished.end()))
    Result.push_back({File, "the run was interrupted", {}, {}});
  return Result;
}

std::string reportRoot() {
  const std::string Here = canonicalPath(".");
  for (const char *Variable : {"GITHUB_WORKSPACE", "CI_PROJECT_DIR"})
    if (const char *Value = std::getenv(Variable); Value && *Value)
      if (std::string Root = canonicalPath(Value); isAtOrBelow(Here, Root))
        return Root;
  return Here;
}

std::string reportedPath(StringRef Canonical) {
  static const std::string Root = reportRoot();
  if (Canonical != Root && isAtOrBelow(Canonical, Root))
    Canonical = Canonical.drop_front(StringRef(Root).rtrim('/').size() + 1);
  return utf8(Canonical);
}

} // namespace corolint
