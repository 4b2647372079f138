//===- CheckOptions.cpp - What check, and what reads units like it, is asked ===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "command/CheckOptions.h"
#include "Registry.h"
#include "base/Shown.h"
#include "command/Subcommands.h"
#include "output/Paths.h"
#include "output/Say.h"
#include "run/Baseline.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include <cstdlib>

using namespace llvm;

namespace corolint {
namespace {

cl::list<std::string> Paths(cl::Positional, cl::desc("[PATH...] [-- FLAGS...]"),
                            cl::sub(checkCommand()), cl::sub(annotateCommand()),
                            cl::cat(whereCategory()));
cl::opt<std::string> Build("p", cl::value_desc("build"), cl::sub(checkCommand()),
                           cl::sub(whyCommand()), cl::sub(dumpCommand()),
                           cl::sub(annotateCommand()), cl::sub(initCommand()),
                           cl::cat(whereCategory()),
                           cl::desc("The compile database, or the build folder that holds it "
                                    "(default: looked for upwards and in build folders)"));
cl::opt<unsigned> Jobs("j", cl::value_desc("n"), cl::Prefix, cl::sub(checkCommand()),
                       cl::sub(annotateCommand()), cl::sub(initCommand()), cl::cat(whereCategory()),
                       cl::desc("Number of units to analyse at once (default: one per core)"));
cl::opt<unsigned>
    Timeout("timeout", cl::value_desc("seconds"), cl::init(300), cl::sub(checkCommand()),
            cl::sub(whyCommand()), cl::sub(dumpCommand()), cl::sub(annotateCommand()),
            cl::sub(initCommand()), cl::cat(whereCategory()),
            cl::desc("Give up on a unit after this much processor time (default: 300)"));
cl::list<std::string> ExtraArgs("extra-arg", cl::value_desc("flag"), cl::sub(checkCommand()),
                                cl::sub(whyCommand()), cl::sub(dumpCommand()),
                                cl::sub(annotateCommand()), cl::sub(initCommand()),
                                cl::cat(whereCategory()),
                                cl::desc("Add this flag to every compile command"));

cl::opt<std::string>
    Diff("diff", cl::value_desc("revision"), cl::ValueOptional, cl::sub(checkCommand()),
         cl::cat(whereCategory()),
         cl::desc("Only findings on lines that changed since a revision of git (default: HEAD), or "
                  "that the change made elsewhere"));
cl::opt<std::string> NewFrom("new-from", cl::value_desc("revision"), cl::sub(checkCommand()),
                             cl::cat(whereCategory()),
                             cl::desc("Only findings that a revision of git did not have"));
cl::opt<std::string>
    BaselineName("baseline", cl::value_desc("file"), cl::ValueOptional, cl::sub(checkCommand()),
                 cl::cat(whereCategory()),
                 cl::desc("Leave out the findings that 'corolint baseline' has written to a file "
                          "(default: .corolint-baseline.json)"));
cl::opt<bool> WriteBaseline("write-baseline", cl::Hidden, cl::sub(checkCommand()),
                            cl::cat(whereCategory()), cl::desc("What 'corolint baseline' does"));
cl::opt<bool> PruneBaseline("prune", cl::Hidden, cl::sub(checkCommand()), cl::cat(whereCategory()),
                            cl::desc("Of 'corolint baseline': only remove what is found no more"));
cl::opt<std::string> AddNolint("add-nolint", cl::value_desc("reason"), cl::sub(checkCommand()),
                               cl::cat(outputCategory()),
                               cl::desc("Suppress each finding by a comment with its rule and "
                                        "this reason"));
cl::opt<bool> NoCache("no-cache", cl::sub(checkCommand()), cl::cat(whereCategory()),
                      cl::desc("Analyse units again that did not change"));
cl::opt<std::string> CacheFolder("cache-dir", cl::value_desc("folder"), cl::sub(checkCommand()),
                                 cl::sub(cacheCommand()), cl::cat(whereCategory()),
                                 cl::desc("Where results are kept (default: COROLINT_CACHE_DIR, or "
                                          "corolint/ in the user's folder for caches)"));
cl::opt<bool> KeepGoing("keep-going", cl::sub(checkCommand()), cl::cat(whereCategory()),
                        cl::desc("In units that do not compile, analyse the functions without "
                                 "errors; the exit code stays 3"));
cl::list<std::string>
    Askable("query-driver", cl::value_desc("globs"), cl::CommaSeparated, cl::sub(checkCommand()),
            cl::sub(whyCommand()), cl::sub(dumpCommand()), cl::sub(annotateCommand()),
            cl::sub(initCommand()), cl::cat(whereCategory()),
            cl::desc("Compilers that may be run to ask them where their headers are, by absolute "
                     "path (default: none)"));

cl::opt<std::string> Checks("checks", cl::value_desc("globs"), cl::sub(checkCommand()),
                            cl::sub(whyCommand()), cl::sub(configCommand()),
                            cl::cat(rulesCategory()),
                            cl::desc("Switch rules on and off: comma-separated, '-' switches off "
                                     "('-*,coro-nested-loop': that rule alone)"));
cl::opt<std::string> Profile(
    "profile", cl::value_desc("default|strict|pedantic"), cl::sub(checkCommand()),
    cl::sub(whyCommand()), cl::sub(configCommand()), cl::cat(rulesCategory()),
    cl::desc("Which rules run: those worth failing a build (default), arguable ones too, or all"));
cl::list<std::string> Options("option", cl::value_desc("rule.Name=value"), cl::sub(checkCommand()),
                              cl::sub(whyCommand()), cl::sub(configCommand()),
                              cl::cat(rulesCategory()), cl::desc("Set an option of a rule"));
cl::opt<std::string>
    WarningsAsErrors("warnings-as-errors", cl::value_desc("globs"), cl::ValueOptional,
                     cl::sub(checkCommand()), cl::cat(rulesCategory()),
                     cl::desc("Report findings of these rules as errors (default: of all rules)"));
cl::list<std::string> Knowledge("knowledge", cl::value_desc("file"), cl::sub(checkCommand()),
                                cl::sub(whyCommand()), cl::sub(dumpCommand()),
                                cl::sub(configCommand()), cl::sub(learnCommand()),
                                cl::sub(annotateCommand()), cl::cat(rulesCategory()),
                                cl::desc("A YAML file that describes functions and types"));
cl::opt<bool> List("list", cl::sub(checkCommand()), cl::cat(rulesCategory()),
                   cl::desc("Show the rules that would be on, and stop"));

cl::opt<bool> ShowFixes("show-fixes", cl::sub(checkCommand()), cl::cat(outputCategory()),
                        cl::desc("Print what --fix would change, as a diff, and change nothing"));
cl::opt<bool> UnsafeFixes("unsafe-fixes", cl::sub(checkCommand()), cl::cat(outputCategory()),
                          cl::desc("With --fix or --show-fixes: take the edits that notes propose, "
                                   "too; review them"));
cl::opt<bool> ExitZero("exit-zero", cl::sub(checkCommand()), cl::cat(outputCategory()),
                       cl::desc("Exit with 0, not with 1, when there are findings"));
cl::opt<unsigned> ErrorLimit("error-limit", cl::value_desc("n"), cl::sub(checkCommand()),
                             cl::cat(outputCategory()),
                             cl::desc("Print the first n findings only (text)"));
cl::opt<bool> Statistics("statistics", cl::sub(checkCommand()), cl::cat(outputCategory()),
                         cl::desc("Print how often each rule was found, in place of the findings"));
cl::opt<bool> WatchFiles("watch", cl::sub(checkCommand()), cl::cat(whereCategory()),
                         cl::desc("Run again whenever a file that was read changes"));
cl::opt<std::string> StdinName("stdin-filename", cl::value_desc("file"), cl::sub(checkCommand()),
                               cl::cat(whereCategory()),
                               cl::desc("With '-' as the PATH: the file whose content is on the "
                                        "standard input"));
cl::opt<bool> Apply("fix", cl::sub(checkCommand()), cl::cat(outputCategory()),
                    cl::desc("Apply the fixes that are certain, and check that the code parses"));
cl::opt<std::string>
    As("format", cl::value_desc("text|json|jsonl|sarif|github|gitlab|..."), cl::init("text"),
       cl::sub(checkCommand()), cl::cat(outputCategory()),
       cl::desc("The format of what is printed: text (default), json, jsonl, sarif, "
                "github, gitlab, junit, checkstyle, html"));
cl::list<std::string> Outputs("output", cl::value_desc("format:file"), cl::sub(checkCommand()),
                              cl::cat(outputCategory()),
                              cl::desc("Write a report to a file as well; may be repeated"));
cl::opt<std::string> PlainAs("format", cl::value_desc("text|json"), cl::init("text"),
                             cl::sub(rulesCommand()), cl::sub(annotateCommand()),
                             cl::cat(outputCategory()), cl::desc("The format of the output"));
cl::opt<bool> Quiet("quiet", cl::sub(checkCommand()), cl::sub(annotateCommand()),
                    cl::cat(outputCategory()),
                    cl::desc("Print only findings and failures, no progress or counts"));
cl::opt<unsigned> ProgressEvery("progress", cl::value_desc("seconds"), cl::init(60),
                                cl::sub(checkCommand()), cl::cat(outputCategory()),
                                cl::desc("If stderr is not a terminal, report progress this often "
                                         "(default: 60; 0: never)"));
cl::opt<bool> Stream("stream", cl::sub(checkCommand()), cl::cat(outputCategory()),
                     cl::desc("Print findings as units are done, in that order"));
cl::opt<bool> Stats("stats", cl::sub(checkCommand()), cl::cat(outputCategory()),
                    cl::desc("Print what was analysed, what was not, and the time it took"));
cl::alias QuietShort("q", cl::aliasopt(Quiet), cl::desc("Short for --quiet"));

} // namespace

/// "topic:lifetime" and "-tier:pedantic" as the names of their rules; false, and said, when there
/// is none of that name.
static bool expandGroups(std::string &Globs) {
  SmallVector<StringRef> Items;
  SplitString(Globs, Items, ",");
  std::vector<std::string> Result;
  for (StringRef Item : Items) {
    Item = Item.trim();
    StringRef Name = Item.ltrim('-');
    const bool IsTopic = Name.consume_front("topic:");
    if (!IsTopic && !Name.consume_front("tier:")) {
      Result.push_back(Item.str());
      continue;
    }
    std::vector<StringRef> Known;
    bool Any = false;
    for (const Rule *Each : allRules()) {
      StringRef Group = IsTopic ? nameOf(Each->About) : nameOf(Each->Level);
      if (!is_contained(Known, Group))
        Known.push_back(Group);
      if (Group != Name)
        continue;
      Any = true;
      Result.push_back((Item.starts_with("-") ? "-" : "") + Each->Id.str());
    }
    if (!Any) {
      sayError() << "--checks: there is no " << (IsTopic ? "topic" : "tier") << " '" << shown(Name)
                 << "'" << didYouMean(Name, Known) << "\n  there are " << join(Known, ", ") << "\n";
      return false;
    }
  }
  Globs = join(Result, ",");
  return true;
}

bool takeSettings(Settings &With) {
  With.Checks = Checks;
  if (!expandGroups(With.Checks))
    return false;
  With.Profile = Profile;
  With.Options.assign(Options.begin(), Options.end());
  for (const std::string &File : Knowledge)
    With.Knowledge.push_back(canonicalPath(File));
  return true;
}

std::vector<std::string> knowledgeFiles() {
  return {Knowledge.begin(), Knowledge.end()};
}

std::string cacheFolder() {
  return CacheFolder;
}

std::optional<Format> takeFormat() {
  if (PlainAs == "text" || PlainAs == "json")
    return PlainAs == "json" ? Format::Json : Format::Text;
  sayError() << "--format: '" << PlainAs << "' is not one of text, json"
             << didYouMean(PlainAs, {"text", "json"}) << "\n";
  return std::nullopt;
}

/// Null, and said, when there is none of that name.
static const ReportFormat *formatOf(StringRef Option, StringRef Name) {
  const ReportFormat *Found = reportFormat(Name);
  if (!Found) {
    const std::vector<StringRef> Names = reportFormatNames();
    sayError() << Option << ": '" << shown(Name) << "' is not one of " << join(Names, ", ")
               << didYouMean(Name, Names) << "\n";
  }
  return Found;
}

/// --format and --output.
static bool takeReports(CheckRequest &R) {
  R.As = formatOf("--format", As);
  if (!R.As)
    return false;
  for (StringRef Text : Outputs) {
    auto [Name, File] = Text.split(':');
    if (File.empty()) {
      sayError() << "--output: '" << shown(Text) << "' is not of the form FORMAT:FILE\n";
      return false;
    }
    const ReportFormat *Of = formatOf("--output", Name);
    if (!Of)
      return false;
    if (File == "-") {
      sayError() << "--output: '-' is no file; --format says how stdout is written\n";
      return false;
    }
    StringRef Folder = sys::path::parent_path(File);
    if (sys::fs::is_directory(File) || (!Folder.empty() && !sys::fs::is_directory(Folder))) {
      sayError() << "--output: '" << shown(File)
                 << (sys::fs::is_directory(File) ? "' is a folder"
                                                 : "' is in no folder that exists")
                 << "\n";
      return false;
    }
    // A pipe has no name behind its link.
    const bool IsPipe = sys::fs::exists(File) && !sys::fs::is_regular_file(File);
    R.Outputs.emplace_back(Of, IsPipe ? File.str() : canonicalPath(File));
  }
  if (Stream && (!R.Since.empty() || !R.Baseline.empty() || R.NolintReason)) {
    sayError()
        << "--stream cannot be used with --diff, --new-from, --baseline or --add-nolint: what "
           "is shown is known only at the end\n";
    return false;
  }
  if (Stream && (Apply || (As != "text" && As != "jsonl"))) {
    sayError() << "--stream and " << (Apply ? "--fix" : "--format=" + As)
               << " cannot be used together: "
               << (Apply ? "the remaining findings are known only at the end"
                         : "that is one document, in order")
               << "\n";
    return false;
  }
  return true;
}

/// What is on the standard input, and what becomes of fixes.
static bool takeHabits(CheckRequest &R) {
  R.ShowFixes = ShowFixes;
  R.UnsafeFixes = UnsafeFixes;
  R.ExitZero = ExitZero;
  R.Watch = WatchFiles;
  R.Statistics = Statistics;
  if (ErrorLimit.getNumOccurrences())
    R.ErrorLimit = ErrorLimit;
  if ((ErrorLimit.getNumOccurrences() || Statistics || ShowFixes) && (As != "text" || Stream)) {
    sayError() << (Statistics  ? "--statistics"
                   : ShowFixes ? "--show-fixes"
                               : "--error-limit")
               << " is for text that is printed at the end, not for "
               << (Stream ? "--stream" : "--format=" + As) << "\n";
    return false;
  }
  if (UnsafeFixes && !Apply && !ShowFixes) {
    sayError() << "--unsafe-fixes needs --fix, or --show-fixes to look at them first\n";
    return false;
  }
  if (Apply && ShowFixes) {
    sayError() << "--fix and --show-fixes cannot be used together\n";
    return false;
  }
  R.Fix = Apply || ShowFixes;
  const bool Reads = is_contained(R.Paths, "-");
  if (Reads != (StdinName.getNumOccurrences() != 0) || (Reads && R.Paths.size() != 1)) {
    sayError()
        << "'-' as the only PATH and --stdin-filename=FILE go together: the file says how it "
           "is compiled\n";
    return false;
  }
  if (Reads && (Apply || ShowFixes || !R.Since.empty() || R.NolintReason)) {
    sayError() << "what is on the standard input is linted; it cannot be fixed or compared\n";
    return false;
  }
  if (WatchFiles && (Reads || Apply || R.NolintReason || WriteBaseline)) {
    sayError()
        << "--watch only looks: it goes with neither '-' nor --fix, --add-nolint or 'corolint "
           "baseline'\n";
    return false;
  }
  if (Reads) {
    R.StdinFile = canonicalPath(StdinName);
    R.Paths = {StdinName};
  }
  return true;
}

/// --diff, --new-from, --baseline and --add-nolint.
static bool takeKnown(CheckRequest &R) {
  if (Diff.getNumOccurrences() && NewFrom.getNumOccurrences()) {
    sayError() << "--diff and --new-from cannot be used together\n";
    return false;
  }
  R.OnlyNew = NewFrom.getNumOccurrences();
  if (R.OnlyNew && NewFrom.empty()) {
    sayError() << "--new-from: a revision is needed\n";
    return false;
  }
  // Where pre-commit compares two revisions, the working tree is the newer one: HEAD has no
  // changes.
  const char *Older = std::getenv("PRE_COMMIT_FROM_REF");
  if (Diff.getNumOccurrences())
    R.Since = !Diff.empty() ? Diff.c_str() : Older && *Older ? Older : "HEAD";
  else
    R.Since = NewFrom;
  R.With.ListFunctions = !R.Since.empty();
  if (BaselineName.getNumOccurrences() || WriteBaseline)
    R.Baseline = canonicalPath(BaselineName.empty() ? StringRef(Baseline::DefaultName)
                                                    : StringRef(BaselineName));
  if (PruneBaseline && !WriteBaseline) {
    sayError() << "--prune is for 'corolint baseline'\n";
    return false;
  }
  if (WriteBaseline)
    R.BaselineDo = PruneBaseline ? CheckRequest::PruneBaseline : CheckRequest::WriteBaseline;
  if (WriteBaseline && (!R.Since.empty() || Apply || Stream || AddNolint.getNumOccurrences())) {
    sayError() << "baseline: all findings are written; --diff, --new-from, --fix, --add-nolint and "
                  "--stream cannot be used with it\n";
    return false;
  }
  if (!AddNolint.getNumOccurrences())
    return true;
  // Behind a backslash the comment would go on, and have the code in it.
  if (StringRef Reason = StringRef(AddNolint).trim();
      Reason.empty() || any_of(Reason, [](char C) { return !isPrint(C) && !(C & 0x80); }) ||
      Reason.ends_with("\\") || Reason.ends_with("?\?/")) {
    sayError() << "--add-nolint: a reason of one line is needed, without a backslash at its end\n";
    return false;
  }
  if (Apply) {
    sayError() << "--fix and --add-nolint cannot be used together\n";
    return false;
  }
  R.NolintReason = StringRef(AddNolint).trim().str();
  return true;
}

bool takeCheck(CheckRequest &R) {
  for (const std::string &Path : Paths)
    R.Paths.push_back(Path);
  R.Build = Build;
  R.Askable.assign(Askable.begin(), Askable.end());
  R.Jobs = Jobs;
  R.Timeout = Timeout;
  R.Quiet = Quiet;
  R.List = List;
  R.Stats = Stats;
  R.Stream = Stream;
  R.ProgressEvery = ProgressEvery;
  if (!takeKnown(R) || !takeHabits(R))
    return false;
  R.Fix |= R.NolintReason.has_value();
  // One that is named says that it is wanted, whatever the environment says of others.
  R.UsesCache = !NoCache && (CacheFolder.getNumOccurrences() || !std::getenv("COROLINT_NO_CACHE"));
  R.CacheFolder = CacheFolder;
  R.With.KeepGoing = KeepGoing;
  if (!takeSettings(R.With))
    return false;
  R.With.ExtraArgs.assign(ExtraArgs.begin(), ExtraArgs.end());
  if (WarningsAsErrors.getNumOccurrences())
    R.With.WarningsAsErrors = WarningsAsErrors.empty() ? "*" : WarningsAsErrors.c_str();
  if (Jobs.getNumOccurrences() && (Jobs == 0 || Jobs > 1024)) {
    sayError() << "-j: a number from 1 to 1024 is needed\n";
    return false;
  }
  for (StringRef Glob : R.Askable)
    if (!sys::path::is_absolute(Glob)) {
      sayError() << "--query-driver: '" << Glob << "' is not an absolute path\n";
      return false;
    }
  if (Timeout == 0) {
    sayError() << "--timeout: at least a second is needed\n";
    return false;
  }
  if (!takeReports(R))
    return false;
  if (R.Flags && !R.Build.empty()) {
    sayError() << "-p and -- cannot be used together: files are compiled as the database says, or "
                  "with the flags after --\n";
    return false;
  }
  if (R.Flags && R.Paths.empty()) {
    sayError() << "name the files or folders to compile with the flags after --\n";
    return false;
  }
  return checkSettings(R.With);
}

bool checkWhyName(const CheckRequest &R) {
  auto IsNamed = [](const cl::Option &O) {
    if (O.getNumOccurrences())
      sayError() << "-" << (O.ArgStr.size() > 1 ? "-" : "") << O.ArgStr
                 << " is for 'corolint why FILE:LINE'\n";
    return O.getNumOccurrences() != 0;
  };
  if (IsNamed(Build) || IsNamed(Timeout) || IsNamed(ExtraArgs) || IsNamed(Askable) ||
      IsNamed(Checks) || IsNamed(Profile) || IsNamed(Options))
    return false;
  if (R.Flags)
    sayError() << "flags after -- are for 'corolint why FILE:LINE'\n";
  return !R.Flags;
}

} // namespace corolint
