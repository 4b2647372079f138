//===- Xml.cpp - JUnit and Checkstyle -----------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "output/Formats.h"
#include "output/Paths.h"
#include "llvm/ADT/StringExtras.h"
#include <map>
#include <set>

using namespace llvm;

namespace corolint {

/// XML 1.0 has no way to write most control characters.
static std::string xml(StringRef Text) {
  std::string Clean = utf8(Text), Result;
  for (char &C : Clean)
    if (static_cast<unsigned char>(C) < 0x20 && C != '\n' && C != '\t')
      C = '?';
  for (StringRef None : {"\xEF\xBF\xBE", "\xEF\xBF\xBF"}) // U+FFFE and U+FFFF
    for (size_t At; (At = Clean.find(None)) != std::string::npos;)
      Clean.replace(At, None.size(), "?");
  raw_string_ostream Out(Result);
  printHTMLEscaped(Clean, Out);
  // In an attribute a line break or a tab would be read as a blank.
  std::string Whole;
  for (char C : Result)
    Whole += C == '\n' ? "&#10;" : C == '\t' ? "&#9;" : std::string(1, C);
  return Whole;
}

static std::map<std::string, std::vector<const Finding *>> byFile(const Report &R) {
  std::map<std::string, std::vector<const Finding *>> Result;
  for (const Finding &F : R.Findings)
    if (!F.Fixed)
      Result[F.What.At.Path].push_back(&F);
  return Result;
}

static std::string wholeText(const Failure &F) {
  std::string Text = "could not be analysed: " + F.Why;
  for (const Message &M : F.Errors) {
    Text += "\n";
    if (!M.At.Path.empty())
      Text += reportedPath(M.At.Path) + ":" + std::to_string(M.At.Line) + ": ";
    Text += M.Text;
  }
  for (const std::string &Line : F.Output)
    Text += "\n" + Line;
  return Text;
}

/// A file is a test case that fails by its findings, and one that could not be analysed has an
/// error.
void printJUnit(const Report &R, raw_ostream &Out) {
  auto ByFile = byFile(R);
  const std::vector<Failure> Failures = notAnalysed(R);
  std::map<std::string, std::vector<const Failure *>> Failed;
  for (const Failure &F : Failures)
    Failed[F.File].push_back(&F);
  std::set<std::string> Names(R.Analysed.begin(), R.Analysed.end());
  for (const auto &Each : ByFile)
    Names.insert(Each.first);
  for (const auto &Each : Failed)
    Names.insert(Each.first);

  Out << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n  <testsuite name=\"corolint\""
      << " tests=\"" << Names.size() << "\" failures=\"" << ByFile.size() << "\" errors=\""
      << Failed.size() << "\" skipped=\"0\">\n";
  for (const std::string &File : Names) {
    auto Findings = ByFile.find(File);
    auto Failure = Failed.find(File);
    Out << "    <testcase classname=\"corolint\" name=\"" << xml(reportedPath(File)) << "\" file=\""
        << xml(reportedPath(File)) << "\"";
    if (Findings == ByFile.end() && Failure == Failed.end()) {
      Out << "/>\n";
      continue;
    }
    Out << ">\n";
    if (Findings != ByFile.end()) {
      const auto &All = Findings->second;
      Out << "      <failure type=\"" << xml(All.front()->Rule) << "\" message=\""
          << xml(All.size() == 1 ? All.front()->What.Text
                                 : std::to_string(All.size()) + " findings")
          << "\">";
      for (const Finding *F : All) {
        Out << xml(reportedPath(File) + ":" + std::to_string(F->What.At.Line) + ":" +
                   std::to_string(F->What.At.Column) + ": " + F->What.Text + " [" + F->Rule +
                   "]\n");
        for (const Note &Each : F->Notes)
          Out << xml("  " +
                     (Each.At.Path.empty() ? std::string()
                                           : reportedPath(Each.At.Path) + ":" +
                                                 std::to_string(Each.At.Line) + ": ") +
                     Each.Text + "\n");
      }
      Out << "</failure>\n";
    }
    if (Failure != Failed.end()) { // a test case has one error
      Out << "      <error type=\"not-analysed\" message=\"" << xml(Failure->second.front()->Why)
          << "\">";
      for (const struct Failure *F : Failure->second)
        Out << xml(wholeText(*F) + "\n");
      Out << "</error>\n";
    }
    Out << "    </testcase>\n";
  }
  Out << "  </testsuite>\n</testsuites>\n";
}

void printCheckstyle(const Report &R, raw_ostream &Out) {
  auto ByFile = byFile(R);
  const std::vector<Failure> Failures = notAnalysed(R);
  std::map<std::string, std::vector<const Failure *>> Failed;
  for (const Failure &F : Failures) {
    Failed[F.File].push_back(&F);
    ByFile[F.File];
  }
  Out << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"8.0\">\n";
  for (const auto &[File, Findings] : ByFile) {
    Out << "  <file name=\"" << xml(reportedPath(File)) << "\">\n";
    auto Error = [&](unsigned Line, unsigned Column, StringRef Severity, StringRef Text,
                     StringRef Source) {
      Out << "    <error line=\"" << Line << "\" column=\"" << Column << "\" severity=\""
          << Severity << "\" message=\"" << xml(Text) << "\" source=\"" << xml(Source) << "\"/>\n";
    };
    for (const Finding *F : Findings)
      Error(F->What.At.Line, F->What.At.Column, F->IsError ? "error" : "warning", F->What.Text,
            F->Rule);
    for (const Failure *F : Failed[File])
      Error(1, 1, "error", wholeText(*F), "corolint-not-analysed");
    Out << "  </file>\n";
  }
  Out << "</checkstyle>\n";
}

} // namespace corolint
