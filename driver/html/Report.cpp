//===- Report.cpp - A run as one page for a browser ------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// The page is whole: it loads nothing, from nowhere. It says what it says without a program; that
// in assets/report.js filters. Everything that others wrote goes through html() (Text.h), and the
// policy in the page's head lets no other program run, should that ever miss something.
//
//===----------------------------------------------------------------------===//

#include "html/Report.h"
#include "Registry.h"
#include "html/Findings.h"
#include "html/Markdown.h"
#include "html/Text.h"
#include "output/Formats.h"
#include "output/Paths.h"
#include "output/Say.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Config/llvm-config.h"
#include "llvm/Support/Base64.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/SHA256.h"
#include <ctime>

using namespace llvm;

namespace corolint {
namespace {

constexpr StringLiteral Begin = "<!DOCTYPE html>\n<html lang=en>\n<meta charset=utf-8>\n"
                                "<meta name=generator content=\"corolint ";

StringRef assetNamed(StringRef Name) {
  return find_if(embeddedAssets(), [&](const EmbeddedFile &F) { return F.Name == Name; })->Text;
}

/// How a policy names what may be used.
std::string hashOf(StringRef Text) {
  return "'sha256-" + encodeBase64(SHA256::hash(arrayRefFromStringRef(Text))) + "'";
}

class Page {
public:
  Page(const Report &R, raw_ostream &Out) : R(R), Out(Out), Writer(Out, Code) {
    number(R.Findings, "f", false);
    number(R.Hidden, "h", true);
  }

  void write() {
    writeHead();
    writeHeadline();
    writeFailures();
    writeFilters();
    Out << "<main>\n";
    writeByRule();
    writeByFile();
    std::vector<Numbered> Shown;
    copy_if(All, std::back_inserter(Shown), [](const Numbered &N) { return !N.IsHidden; });
    writeMeetings(Shown, Out);
    writeHidden();
    writePages();
    writeRun();
    Out << "</main>\n<script>" << assetNamed("report.js") << "</script>\n</html>\n";
  }

private:
  void number(ArrayRef<Finding> Findings, StringRef Prefix, bool IsHidden) {
    for (auto [Index, F] : enumerate(Findings))
      All.push_back({&F, (Prefix + Twine(Index + 1)).str(), IsHidden});
  }

  static std::string project() {
    const std::string Root = reportRoot();
    const StringRef Name = sys::path::filename(Root);
    return Name.empty() ? "/" : Name.str();
  }

  void writeHead() {
    const StringRef Style = assetNamed("report.css"), Program = assetNamed("report.js");
    Out << Begin << COROLINT_VERSION << "\">\n<meta http-equiv=Content-Security-Policy content=\""
        << "default-src 'none'; style-src " << hashOf(Style) << "; script-src " << hashOf(Program)
        << "; base-uri 'none'; form-action 'none'\">\n"
        << "<meta name=viewport content=\"width=device-width, initial-scale=1\">\n"
        << "<meta name=color-scheme content=\"light dark\">\n<meta name=referrer "
           "content=no-referrer>\n"
        << "<title>corolint: " << headline() << ": " << html(project()) << "</title>\n<style>"
        << Style << "</style>\n";
  }

  std::string headline() const {
    std::string Text = R.remaining()      ? counted(R.remaining(), "finding")
                       : R.Hidden.empty() ? "nothing found"
                                          : "nothing new found";
    if (!R.Failures.empty())
      Text += ", " + counted(R.Failures.size(), "file") + " not analysed";
    if (R.Interrupted)
      Text += ", interrupted";
    return Text;
  }

  static std::string now() {
    const std::time_t Now = std::time(nullptr);
    std::tm Local = {};
    char Text[32];
    return localtime_r(&Now, &Local) && std::strftime(Text, sizeof(Text), "%Y-%m-%d %H:%M", &Local)
               ? Text
               : "";
  }

  void writeCount(size_t Number, std::pair<StringRef, StringRef> Of, StringRef Target,
                  StringRef Class = "") {
    Out << "<li" << (Class.empty() ? "" : (" class=" + Class).str()) << ">";
    if (Number && !Target.empty())
      Out << "<a href=\"#" << Target << "\">";
    Out << "<b>" << Number << "</b> " << Of.first << (Number == 1 ? "" : "s") << Of.second;
    if (Number && !Target.empty())
      Out << "</a>";
    Out << "</li>\n";
  }

  void writeHeadline() {
    std::map<StringRef, size_t> Files;
    for (const Finding &F : R.Findings)
      ++Files[F.What.At.Path];
    Out << "<header>\n<p class=tool>corolint</p>\n<h1>" << html(project())
        << "</h1>\n<ul class=counts>\n";
    writeCount(R.remaining(), {"finding", ""}, "findings", R.remaining() ? "found" : "none");
    writeCount(R.Failures.size(), {"failure", ""}, "failures", R.Failures.empty() ? "" : "failed");
    if (R.fixed())
      writeCount(R.fixed(), {"fixed finding", ""}, "findings");
    writeCount(R.Hidden.size(), {"hidden finding", ""}, "hidden");
    writeCount(Files.size(), {"file", " with findings"}, "findings");
    writeCount(R.Units, {"unit", ""}, "run");
    writeCount(R.Coroutines, {"coroutine", ""}, "run");
    Out << "</ul>\n<p class=facts>" << html(headline()) << " · " << now() << "</p>\n</header>\n";
  }

  /// Before all else: of what is here, nothing is known.
  void writeFailures() {
    if (R.Failures.empty() && !R.Interrupted && R.Unfinished.empty())
      return;
    Out << "<section id=failures class=failures>\n<h2>Not analysed</h2>\n"
        << "<p>What is wrong in these, nobody knows: this report is not a clean one.</p>\n";
    for (const Failure &F : R.Failures) {
      Out << "<details" << (R.Failures.size() <= 3 ? " open" : "") << "><summary><span class=where>"
          << html(reportedPath(F.File)) << "</span> " << htmlMessage(F.Why) << "</summary>\n";
      writeErrors(F.Errors);
      if (!F.Output.empty()) {
        Out << "<pre>";
        for (StringRef Line : F.Output)
          Out << html(Line) << "\n";
        Out << "</pre>\n";
      }
      Out << "</details>\n";
    }
    if (R.Interrupted || !R.Unfinished.empty())
      writeNames(R.Unfinished, counted(R.Unfinished.size(), "unit") +
                                   " not analysed when the run was interrupted");
    Out << "</section>\n";
  }

  void writeErrors(ArrayRef<Message> Errors) {
    constexpr size_t MostOpen = 5;
    for (const Message &M : Errors.take_front(MostOpen))
      Writer.writeError(M);
    if (Errors.size() <= MostOpen)
      return;
    Out << "<details><summary>" << Errors.size() - MostOpen << " more</summary>\n";
    for (const Message &M : Errors.drop_front(MostOpen))
      Writer.writeError(M);
    Out << "</details>\n";
  }

  /// For who has a program run: each choice with the number of its findings.
  void writeFilters() {
    if (All.empty())
      return;
    Out << "<form id=filters role=search aria-label=\"Filter the findings\" hidden>\n"
        << "<label>Search <input type=search id=search placeholder=\"text, code, names "
           "(/)\"></label>\n";
    auto Choice = [&](StringRef Label, StringRef Key, auto ValueOf) {
      std::map<std::string, size_t> Values;
      for (const Numbered &N : All)
        ++Values[ValueOf(*N.Of)];
      Out << "<label>" << Label << " <select data-key=" << Key
          << "><option value=\"\">all</option>";
      for (const auto &[Value, Count] : Values)
        Out << "<option value=\"" << html(Value) << "\">" << html(Value) << " (" << Count
            << ")</option>";
      Out << "</select></label>\n";
    };
    Choice("Rule", "rule", [](const Finding &F) { return F.Rule; });
    Choice("Topic", "topic", [](const Finding &F) {
      const Rule *Of = findRule(F.Rule);
      return Of ? nameOf(Of->About).str() : "";
    });
    Choice("Tier", "tier", [](const Finding &F) { return F.Tier; });
    Choice("File", "file", [](const Finding &F) { return reportedPath(F.What.At.Path); });
    Out << "<button type=button id=open>Open all</button><button type=button id=close>Close "
           "all</button>"
        << "<button type=reset>Reset</button><button type=button id=theme>Light or dark</button>\n"
        << "<output id=shown aria-live=polite></output>\n"
        << "<p class=keys>Keys: <kbd>/</kbd> search, <kbd>j</kbd> next, <kbd>k</kbd> previous, "
           "<kbd>Enter</kbd> opens</p>\n</form>\n";
  }

  void writeByRule() {
    std::map<std::string, std::vector<const Numbered *>> Rules;
    for (const Numbered &N : All)
      if (!N.IsHidden)
        Rules[N.Of->Rule].push_back(&N);
    if (Rules.empty())
      return;
    Out << "<section id=by-rule>\n<h2>By rule</h2>\n";
    for (const auto &[Id, Of] : Rules) {
      const Rule *Known = findRule(Id);
      Out << "<details class=index><summary><b class=number>" << Of.size()
          << "</b> <span class=rule>" << html(Id) << "</span> ";
      if (Known)
        Out << "<span class=message>" << html(Known->Summary) << "</span> <span class=meta>"
            << "<span class=tier>" << nameOf(Known->About) << "</span> <span class=tier>"
            << nameOf(Known->Level) << "</span></span>";
      Out << "</summary>\n<p><a href=\"#rule-" << html(Id) << "\">about this rule</a></p>\n<ol>\n";
      for (const Numbered *N : Of)
        Out << "<li data-of=" << N->Id << "><a href=\"#" << N->Id << "\">"
            << html(whereOf(N->Of->What.At)) << "</a> " << htmlMessage(N->Of->What.Text)
            << "</li>\n";
      Out << "</ol></details>\n";
    }
    Out << "</section>\n";
  }

  void writeGroups(bool Hidden, bool Open) {
    StringRef Last;
    bool Any = false;
    size_t InFile = 0;
    for (const Numbered &N : All) {
      if (N.IsHidden != Hidden)
        continue;
      const StringRef Path = N.Of->What.At.Path;
      if (!Any || Path != Last) {
        InFile = count_if(All, [&](const Numbered &Other) {
          return Other.IsHidden == Hidden && Other.Of->What.At.Path == Path;
        });
        Out << (Any ? "</div>\n" : "") << "<div class=group>\n<h3>" << html(reportedPath(Path))
            << " <span class=number>" << InFile << "</span></h3>\n";
      }
      Writer.write(N, Open);
      Last = Path;
      Any = true;
    }
    Out << (Any ? "</div>\n" : "");
  }

  void writeByFile() {
    constexpr size_t MostOpen = 10;
    Out << "<section id=findings>\n<h2>Findings by file</h2>\n";
    if (R.Findings.empty())
      Out << "<p>"
          << (R.Failures.empty() && !R.Interrupted ? "There are none in what was analysed."
                                                   : "There are none in what could be analysed.")
          << "</p>\n";
    writeGroups(/*Hidden=*/false, R.Findings.size() <= MostOpen);
    Out << "</section>\n";
  }

  void writeHidden() {
    if (R.Hidden.empty())
      return;
    Out << "<section id=hidden>\n<h2>Hidden by the baseline</h2>\n<details class=index><summary>"
        << counted(R.Hidden.size(), "finding") << " that the baseline has</summary>\n";
    writeGroups(/*Hidden=*/true, false);
    Out << "</details></section>\n";
  }

  void writePages() {
    std::map<std::string, const Rule *> Rules;
    for (const Numbered &N : All)
      if (const Rule *Of = findRule(N.Of->Rule))
        Rules.emplace(Of->Id, Of);
    if (Rules.empty())
      return;
    Out << "<section id=rules>\n<h2>The rules</h2>\n";
    for (const auto &[Id, Of] : Rules) {
      Out << "<details class=\"index page\" id=\"rule-" << Id << "\"><summary><span class=rule>"
          << Id << "</span> <span class=message>" << html(Of->Summary) << "</span></summary>\n"
          << "<div class=body><p class=facts>topic: " << nameOf(Of->About)
          << " · tier: " << nameOf(Of->Level) << " · fix: " << nameOf(Of->Fixes) << "</p>\n";
      writeMarkdown(pageOf(*Of), Out, [&](StringRef Target) -> std::string {
        if (Target.starts_with("https://") || Target.starts_with("http://"))
          return Target.str();
        const StringRef Page = Target.split('#').first;
        const bool IsHere = Page.ends_with(".md") && Rules.count(Page.drop_back(3).str());
        return IsHere ? "#rule-" + Page.drop_back(3).str() : "";
      });
      Out << "</div></details>\n";
    }
    Out << "</section>\n";
  }

  void writeNames(ArrayRef<std::string> Names, const Twine &Title) {
    Out << "<details><summary>" << Title << "</summary>\n<ul>\n";
    for (StringRef Name : Names)
      Out << "<li class=where>" << html(reportedPath(Name)) << "</li>\n";
    Out << "</ul></details>\n";
  }

  void writeRun() {
    Out << "<section id=run>\n<h2>What was looked at</h2>\n<p>" << counted(R.Units, "unit")
        << " with " << counted(R.Coroutines, "coroutine") << " and "
        << counted(R.Functions, "function") << ", by corolint " << COROLINT_VERSION << " (LLVM "
        << LLVM_VERSION_STRING << ").</p>\n";
    if (R.WithoutCoroutines)
      Out << "<p>" << counted(R.WithoutCoroutines, "unit")
          << " not parsed: C, assembly or C++ before 20, where there are no coroutines.</p>\n";
    if (R.SwitchedOff)
      Out << "<p>" << counted(R.SwitchedOff, "unit")
          << " not parsed: their .clang-tidy leaves no rule on.</p>\n";
    if (!R.Analysed.empty())
      writeNames(R.Analysed, counted(R.Analysed.size(), "unit") + " analysed");
    if (!R.Unreached.empty())
      writeNames(R.Unreached, counted(R.Unreached.size(), "file") +
                                  " below the given folders not analysed: no unit of the database "
                                  "compiles or includes them");
    if (!R.Unfollowed.empty())
      writeNames(R.Unfollowed, counted(R.Unfollowed.size(), "coroutine") +
                                   " too large to follow what lives across a suspension");
    if (!R.NotFollowed.empty())
      writeNames(R.NotFollowed, "links to " + counted(R.NotFollowed.size(), "folder") +
                                    " outside of the current one not followed");
    if (!R.LibraryFiles.empty())
      writeNames(R.LibraryFiles,
                 "knowledge that came with headers: " + counted(R.LibraryFiles.size(), "file"));
    Out << "</section>\n";
  }

  const Report &R;
  raw_ostream &Out;
  Sources Code;
  FindingWriter Writer;
  std::vector<Numbered> All;
};

} // namespace

void printHtml(const Report &R, raw_ostream &Out) {
  Page(R, Out).write();
}

std::string whyNoReportGoesTo(StringRef Path) {
  sys::fs::file_status Status;
  // What a link leads to is not looked at: the link itself would be replaced.
  if (sys::fs::status(Path, Status, /*Follow=*/false))
    return "";
  if (Status.type() == sys::fs::file_type::directory_file)
    return "it is a folder";
  if (Status.type() == sys::fs::file_type::symlink_file)
    return "it is a link";
  if (Status.type() != sys::fs::file_type::regular_file)
    return "it is no file";
  uint64_t Size = 0;
  if (!sys::fs::file_size(Path, Size) && Size == 0)
    return "";
  ErrorOr<std::unique_ptr<MemoryBuffer>> Text =
      MemoryBuffer::getFileSlice(Path, std::min<uint64_t>(Size, Begin.size()), 0);
  if (Text && (*Text)->getBuffer() == Begin)
    return "";
  return "it is there, and is no report of corolint's";
}

} // namespace corolint
