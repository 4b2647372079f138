//===- Formats.h - The formats that a report can have -------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_DRIVER_OUTPUT_FORMATS_H
#define COROLINT_DRIVER_OUTPUT_FORMATS_H

#include "output/Output.h"
#include <vector>

namespace corolint {

/// One way to write a report, for people or for one kind of program.
struct ReportFormat {
  llvm::StringLiteral Name; ///< what --format and --output take
  llvm::StringLiteral For;  ///< who reads it
  void (*Write)(const Report &R, llvm::raw_ostream &Out);
};

llvm::ArrayRef<ReportFormat> reportFormats();
/// Null when there is none of that name.
const ReportFormat *reportFormat(llvm::StringRef Name);
/// Their names, as a message lists them.
std::vector<llvm::StringRef> reportFormatNames();

void printJson(const Report &R, llvm::raw_ostream &Out);
void printJsonLines(const Report &R, llvm::raw_ostream &Out);
/// The line of jsonl for one finding.
void printJsonLine(const Finding &F, llvm::raw_ostream &Out);
/// And the lines after those of the findings.
void printJsonLinesEnd(const Report &R, llvm::raw_ostream &Out);
/// SARIF 2.1.0: https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/sarif-v2.1.0-os.html
void printSarif(const Report &R, llvm::raw_ostream &Out);
/// Workflow commands:
/// https://docs.github.com/actions/reference/workflow-commands-for-github-actions
void printGitHub(const Report &R, llvm::raw_ostream &Out);
/// Code Quality: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
void printGitLab(const Report &R, llvm::raw_ostream &Out);
void printJUnit(const Report &R, llvm::raw_ostream &Out);
void printCheckstyle(const Report &R, llvm::raw_ostream &Out);
/// One page for a browser (html/Report.cpp).
void printHtml(const Report &R, llvm::raw_ostream &Out);

/// What was not looked at: the failures, and what an interrupted run did not come to. Of a format
/// that has no word for it, an error: such a run must not look clean.
std::vector<Failure> notAnalysed(const Report &R);

/// A file as a CI system names it: relative to the checkout ($GITHUB_WORKSPACE, $CI_PROJECT_DIR)
/// where the current folder is in one, else to the current folder. With '/' between folders.
std::string reportedPath(llvm::StringRef Canonical);
/// The folder that these are relative to.
std::string reportRoot();

} // namespace corolint

#endif // COROLINT_DRIVER_OUTPUT_FORMATS_H
