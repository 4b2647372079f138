//===- Report.cpp - corolint report --------------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "html/Report.h"
#include "base/Shown.h"
#include "command/Commands.h"
#include "command/Subcommands.h"
#include "output/Formats.h"
#include "output/Paths.h"
#include "output/Say.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace corolint {

static cl::opt<std::string>
    ReportFile("o", cl::value_desc("file"), cl::init("corolint-report.html"),
               cl::sub(reportCommand()), cl::cat(outputCategory()),
               cl::desc("Where the page goes (default: corolint-report.html; -: stdout)"));

void giveReportOptions() {
  cl::SubCommand &Report = reportCommand(), &Check = checkCommand();
  Report.PositionalOpts = Check.PositionalOpts;
  for (const auto &[Name, Option] : Check.OptionsMap)
    if (!is_contained({"list", "stream", "watch", "write-baseline", "prune"}, Name))
      Report.OptionsMap.try_emplace(Name, Option);
}

/// What goes to stdout when nobody asks for anything.
static constexpr ReportFormat Nothing = {"nothing", "nobody", [](const Report &, raw_ostream &) {}};

/// Where the page goes, by its own name: a link is never followed to what is elsewhere.
static std::string pathOfReport() {
  if (ReportFile == "-")
    return "-";
  SmallString<128> Path(ReportFile);
  sys::fs::make_absolute(Path);
  const std::string Folder = canonicalPath(sys::path::parent_path(Path));
  return (Folder == "/" ? "" : Folder) + "/" + sys::path::filename(Path).str();
}

int runReport(CheckRequest Asked) {
  const std::string Path = pathOfReport();
  std::string Why = Path == "-" ? "" : whyNoReportGoesTo(Path);
  if (Path != "-" && !sys::fs::is_directory(sys::path::parent_path(Path)))
    Why = "it is in no folder that exists";
  if (!Why.empty()) {
    sayError() << "the report does not go to '" << shown(ReportFile) << "': " << Why
               << "\n  -o names another file\n";
    return WrongUse;
  }
  auto isNamed = [](StringRef Option) {
    const cl::Option *Known = reportCommand().OptionsMap.lookup(Option);
    return Known && Known->getNumOccurrences();
  };
  for (StringRef Option : {"format", "statistics", "show-fixes"})
    if (Path == "-" && isNamed(Option)) {
      sayError() << "--" << Option << " and -o - cannot be used together: both go to stdout\n";
      return WrongUse;
    }
  if (!isNamed("format"))
    Asked.As = &Nothing;
  Asked.Outputs.emplace_back(reportFormat("html"), Path);
  if (Path != "-")
    Asked.Page = Path;
  return runCheck(Asked);
}

} // namespace corolint
