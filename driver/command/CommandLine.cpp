//===- CommandLine.cpp - What the user asks for --------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "command/CommandLine.h"
#include "knowledge/Words.h"
#include "output/Paths.h"
#include "output/Say.h"
#include "clang/Basic/Version.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Config/llvm-config.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace corolint {
namespace {

// The others are named as they are called; Check is the base of the rules.
cl::SubCommand CheckCommand("check", "lint (the default command)");
cl::SubCommand Rules("rules", "list the rules and their options");
cl::SubCommand Explain("explain", "what a rule reports, why, and what to do instead");
cl::SubCommand Why("why",
                   "what is known about a function or type, and the file that says so; or what "
                   "the rules considered at a line, and why they report it or not");
cl::SubCommand Annotate("annotate", "propose attributes for the project's task types, as a patch");
cl::SubCommand Dump("dump", "what the model knows of the functions of a file");
cl::SubCommand Config("config",
                      "the effective configuration of a file or folder, and the file that "
                      "each value comes from");
cl::SubCommand Learn("learn", "knowledge from the slow steps that aio's debug mode reported");

cl::OptionCategory Where("What to lint");
cl::OptionCategory Which("Rules");
cl::OptionCategory How("Output");

cl::list<std::string> Paths(cl::Positional, cl::desc("[PATH...] [-- FLAGS...]"),
                            cl::sub(CheckCommand), cl::sub(Annotate), cl::cat(Where));
cl::opt<std::string> Build("p", cl::value_desc("build"), cl::sub(CheckCommand), cl::sub(Why),
                           cl::sub(Dump), cl::sub(Annotate), cl::cat(Where),
                           cl::desc("The compile database, or the build folder that holds it "
                                    "(default: looked for upwards and in build folders)"));
cl::opt<unsigned> Jobs("j", cl::value_desc("n"), cl::Prefix, cl::sub(CheckCommand),
                       cl::sub(Annotate), cl::cat(Where),
                       cl::desc("Number of units to analyse at once (default: one per core)"));
cl::opt<unsigned>
    Timeout("timeout", cl::value_desc("seconds"), cl::init(300), cl::sub(CheckCommand),
            cl::sub(Why), cl::sub(Dump), cl::sub(Annotate), cl::cat(Where),
            cl::desc("Give up on a unit after this much processor time (default: 300)"));
cl::list<std::string> ExtraArgs("extra-arg", cl::value_desc("flag"), cl::sub(CheckCommand),
                                cl::sub(Why), cl::sub(Dump), cl::sub(Annotate), cl::cat(Where),
                                cl::desc("Add this flag to every compile command"));

cl::opt<bool> KeepGoing("keep-going", cl::sub(CheckCommand), cl::cat(Where),
                        cl::desc("In units that do not compile, analyse the functions without "
                                 "errors; the exit code stays 3"));
cl::list<std::string>
    Askable("query-driver", cl::value_desc("globs"), cl::CommaSeparated, cl::sub(CheckCommand),
            cl::sub(Why), cl::sub(Dump), cl::sub(Annotate), cl::cat(Where),
            cl::desc("Compilers that may be run to ask them where their headers are, by absolute "
                     "path (default: none)"));

cl::opt<std::string> Checks("checks", cl::value_desc("globs"), cl::sub(CheckCommand), cl::sub(Why),
                            cl::sub(Config), cl::cat(Which),
                            cl::desc("Switch rules on and off: comma-separated, '-' switches off "
                                     "('-*,coro-nested-loop': that rule alone)"));
cl::opt<std::string> Profile(
    "profile", cl::value_desc("default|strict|pedantic"), cl::sub(CheckCommand), cl::sub(Why),
    cl::sub(Config), cl::cat(Which),
    cl::desc("Which rules run: those worth failing a build (default), arguable ones too, or all"));
cl::list<std::string> Options("option", cl::value_desc("rule.Name=value"), cl::sub(CheckCommand),
                              cl::sub(Why), cl::sub(Config), cl::cat(Which),
                              cl::desc("Set an option of a rule"));
cl::opt<std::string>
    WarningsAsErrors("warnings-as-errors", cl::value_desc("globs"), cl::ValueOptional,
                     cl::sub(CheckCommand), cl::cat(Which),
                     cl::desc("Report findings of these rules as errors (default: of all rules)"));
cl::list<std::string> Knowledge("knowledge", cl::value_desc("file"), cl::sub(CheckCommand),
                                cl::sub(Why), cl::sub(Dump), cl::sub(Config), cl::sub(Learn),
                                cl::sub(Annotate), cl::cat(Which),
                                cl::desc("A YAML file that describes functions and types"));
cl::opt<bool> List("list", cl::sub(CheckCommand), cl::cat(Which),
                   cl::desc("Show the rules that would be on, and stop"));

cl::opt<bool> Fix("fix", cl::sub(CheckCommand), cl::cat(How),
                  cl::desc("Apply the fixes that are certain, and check that the code parses"));
cl::opt<std::string> As("format", cl::value_desc("text|json"), cl::init("text"),
                        cl::sub(CheckCommand), cl::sub(Rules), cl::sub(Annotate), cl::cat(How),
                        cl::desc("The format of the output"));
cl::opt<bool> Quiet("quiet", cl::sub(CheckCommand), cl::sub(Annotate), cl::cat(How),
                    cl::desc("Print only findings and failures, no progress or counts"));
cl::opt<unsigned> ProgressEvery("progress", cl::value_desc("seconds"), cl::init(60),
                                cl::sub(CheckCommand), cl::cat(How),
                                cl::desc("If stderr is not a terminal, report progress this often "
                                         "(default: 60; 0: never)"));
cl::opt<bool> Stream("stream", cl::sub(CheckCommand), cl::cat(How),
                     cl::desc("Print findings as units are done, in that order"));
cl::opt<bool> Stats("stats", cl::sub(CheckCommand), cl::cat(How),
                    cl::desc("Print what was analysed, what was not, and the time it took"));
cl::alias QuietShort("q", cl::aliasopt(Quiet), cl::desc("Short for --quiet"));

cl::opt<std::string> RuleName(cl::Positional, cl::desc("RULE"), cl::Required, cl::sub(Explain));
cl::opt<std::string> FunctionName(cl::Positional, cl::desc("NAME|FILE:LINE [-- FLAGS...]"),
                                  cl::Required, cl::sub(Why));
cl::opt<std::string> DumpPlace(cl::Positional, cl::desc("FILE[:LINE] [-- FLAGS...]"), cl::Required,
                               cl::sub(Dump));

cl::OptionCategory WhichParts("Parts of the model (default: all but the last four)");
struct Part {
  cl::opt<bool> Wanted;
  bool Always; ///< also where nobody names a part
  Part(StringRef Name, StringRef Description, bool Always = true)
      : Wanted(Name, cl::desc(Description), cl::sub(Dump), cl::cat(WhichParts)), Always(Always) {}
};
Part Parts[] = {
    {"coroutines", "Each function, and where it suspends"},
    {"types", "The kind of task that each variable and result is"},
    {"tasks", "What becomes of each task that a function creates"},
    {"contexts", "Where each function runs"},
    {"hops", "Where each call in a coroutine runs"},
    {"blocking", "The calls that block, and why"},
    {"held", "What is held at each suspension"},
    {"borrows", "What is borrowed before a suspension, and used after it"},
    {"lifetime", "What each task borrows, when it ends, and what is gone by then", false},
    {"functions-that-block", "Which plain functions block, and why", false},
    {"uses", "Values that are dropped, and mentions of locals", false},
    {"edits", "Where a co_await may be inserted", false},
};
cl::opt<bool> SystemBodies("system-bodies", cl::sub(Dump), cl::cat(Where),
                           cl::desc("Parse the bodies of system headers, as clang-tidy does"));
cl::opt<std::string> ConfigPath(cl::Positional, cl::desc("[PATH]"), cl::sub(Config));
cl::opt<std::string> LogPath(cl::Positional, cl::desc("LOG"), cl::Required, cl::sub(Learn));

constexpr StringLiteral Overview =
    "corolint finds async misuse in C++20 coroutines: calls that block the event loop, tasks\n"
    "that nobody awaits, loops started inside loops.\n"
    "\n"
    "  corolint [check] [PATH...] [-p BUILD] [-j N] [-- FLAGS...]\n"
    "                                  lint the files and folders, or the whole compile database\n"
    "  corolint rules [--format=json]  list the rules and their options\n"
    "  corolint explain RULE           what a rule reports, why, and what to do instead\n"
    "  corolint why NAME               what is known about a function or type, and which file "
    "says so\n"
    "  corolint why FILE:LINE          what the rules considered there, and why they report it or "
    "not\n"
    "  corolint dump FILE[:LINE]       what the model knows of the functions there\n"
    "  corolint annotate [PATH...]     attributes that the project's task types could have, as a "
    "patch\n"
    "  corolint config [PATH]          the effective configuration there, and where each value is "
    "from\n"
    "  corolint learn LOG              knowledge from the slow steps that aio's debug mode "
    "reported\n";

constexpr StringLiteral Closing =
    "\n--color and --color=0 switch colours on and off; by default a terminal has them.\n"
    "\nA `.clang-tidy` above a file sets options of rules, a `.corolint.yaml` knowledge and the\n"
    "profile. NOLINT comments are honoured.\n"
    "\nExit code: 0 clean, 1 findings, 2 wrong use, 3 something could not be analysed.\n";
cl::extrahelp MoreHelp(Closing);

void printVersion(raw_ostream &Out) {
  Out << "corolint " << COROLINT_VERSION << "\n  built for LLVM " << LLVM_VERSION_STRING
      << ", running with " << clang::getClangFullVersion() << "\n";
}

/// The command a line begins with, or "check".
std::vector<const char *> withCommand(ArrayRef<const char *> Line) {
  std::vector<const char *> Result(Line.begin(), Line.end());
  StringRef First = Line.size() > 1 ? Line[1] : "";
  if (First == "help")
    Result.assign({Line.front(), "check", "--help"});
  else if (!is_contained(
               {"check", "rules", "explain", "why", "dump", "annotate", "config", "learn"},
               First) &&
           !(First == "--version" && Line.size() == 2))
    Result.insert(Result.begin() + 1, "check");
  return Result;
}

/// LLVM's libraries register a hundred options of their own, which cl would accept as well.
bool checkOptionNames(ArrayRef<const char *> Words) {
  if (Words.size() < 2 || StringRef(Words[1]).starts_with("-"))
    return true;
  cl::SubCommand *Command = nullptr;
  for (cl::SubCommand *C :
       {&CheckCommand, &Rules, &Explain, &Why, &Dump, &Annotate, &Config, &Learn})
    if (C->getName() == Words[1])
      Command = C;
  auto &Known = cl::getRegisteredOptions(*Command);
  for (size_t I = 2; I < Words.size(); ++I) {
    StringRef Word = Words[I];
    if (!Word.starts_with("-") || Word == "-")
      continue;
    auto [Name, Value] = Word.ltrim('-').split('=');
    if (auto Found = Known.find(Name); Found != Known.end()) {
      bool TakesNext = Found->second->getValueExpectedFlag() == cl::ValueRequired;
      I += TakesNext && !Word.contains('=');
    } else if (Name != "h" && Name != "color" &&
               ((Command != &CheckCommand && Command != &Annotate) || !Word.starts_with("-j"))) {
      std::vector<StringRef> Names;
      for (const auto &Entry : Known)
        if (Entry.first.size() > 1 && Entry.second->getOptionHiddenFlag() == cl::NotHidden)
          Names.push_back(Entry.first);
      llvm::sort(Names);
      std::string Nearest = didYouMean(Name, Names);
      size_t Quote = Nearest.find('\'');
      if (Quote != std::string::npos)
        Nearest.insert(Quote + 1, "--");
      sayError() << "there is no option '" << Word.split('=').first << "'" << Nearest << "\n  '"
                 << "corolint " << Words[1] << " --help' lists them\n";
      return false;
    }
  }
  return true;
}

/// What check and config have in common.
void takeSettings(Settings &With) {
  With.Checks = Checks;
  With.Profile = Profile;
  With.Options.assign(Options.begin(), Options.end());
  for (const std::string &File : Knowledge)
    With.Knowledge.push_back(canonicalPath(File));
}

bool takeCheck(CheckRequest &R) {
  for (const std::string &Path : Paths)
    R.Paths.push_back(Path);
  R.Build = Build;
  R.Askable.assign(Askable.begin(), Askable.end());
  R.Jobs = Jobs;
  R.Timeout = Timeout;
  R.Fix = Fix;
  R.Quiet = Quiet;
  R.List = List;
  R.Stats = Stats;
  R.Stream = Stream;
  R.ProgressEvery = ProgressEvery;
  R.With.KeepGoing = KeepGoing;
  takeSettings(R.With);
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
  if (Stream && (Fix || As == "json")) {
    sayError() << "--stream and " << (Fix ? "--fix" : "--format=json")
               << " cannot be used together: "
               << (Fix ? "the remaining findings are known only at the end"
                       : "that is one document, in order")
               << "\n";
    return false;
  }
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

/// What is asked about: FILE:LINE, FILE:LINE:COLUMN, FILE:LINE-LINE.
bool isPlace(StringRef Text) {
  auto [File, Line] = Text.rsplit(':');
  return !File.empty() && !File.ends_with(":") && !Line.empty() && isDigit(Line.front()) &&
         Line.find_first_not_of("0123456789-") == StringRef::npos;
}

/// \p Text is FILE or one of these.
bool takePlace(StringRef Text, CheckRequest &R) {
  StringRef File = Text;
  if (isPlace(Text)) {
    StringRef Lines;
    std::tie(File, Lines) = Text.rsplit(':');
    if (isPlace(File)) // the column that a message has
      std::tie(File, Lines) = File.rsplit(':');
    auto [First, Last] = Lines.split('-');
    unsigned &Begin = R.With.AskedLine, &End = R.With.AskedEnd;
    if (First.getAsInteger(10, Begin) || !Begin ||
        (Lines.contains('-') ? Last.getAsInteger(10, End) || End < Begin : (End = Begin, false))) {
      sayError() << "'" << Lines << "' is not a line or a range such as 12-20, counted from 1\n";
      return false;
    }
  }
  R.Paths = {File.str()};
  R.Quiet = true;
  if (!takeCheck(R))
    return false;
  R.Quiet = true;
  if (sys::fs::is_directory(File)) {
    sayError() << "'" << File << "' is a folder: a file is needed\n";
    return false;
  }
  R.With.AskedFile = canonicalPath(File);
  return true;
}

/// What is for FILE:LINE alone, and would be ignored.
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

} // namespace

Parsed parseCommandLine(int Argc, const char *const *Argv) {
  Parsed Result;
  Request &R = Result.Asked;
  ArrayRef<const char *> Line(Argv, Argc);
  // What is after -- is the compiler's, whatever it looks like.
  const auto *Flags = find_if(Line, [](StringRef A) { return A == "--"; });
  if (Flags != Line.end())
    R.Lint.Flags.emplace(Flags + 1, Line.end());
  std::vector<const char *> Words = withCommand(ArrayRef(Line.begin(), Flags));

  cl::SetVersionPrinter(printVersion);
  for (cl::SubCommand *C :
       {&CheckCommand, &Rules, &Explain, &Why, &Dump, &Annotate, &Config, &Learn}) {
    cl::HideUnrelatedOptions({&Where, &Which, &How, &WhichParts}, *C);
    cl::getRegisteredOptions(*C)["help-list"]->setHiddenFlag(cl::ReallyHidden);
  }
  if (!checkOptionNames(Words) ||
      !cl::ParseCommandLineOptions(Words.size(), Words.data(), Overview, &errs())) {
    Result.Exit = WrongUse;
    return Result;
  }
  if (As != "text" && As != "json") {
    sayError() << "--format: '" << As << "' is not one of text, json"
               << didYouMean(As, {"text", "json"}) << "\n";
    Result.Exit = WrongUse;
    return Result;
  }
  R.As = R.Lint.As = As == "json" ? Format::Json : Format::Text;
  if (Explain) {
    R.What = Request::Explain;
    R.Name = RuleName;
  } else if (Why) {
    R.What = Request::Why;
    R.Name = FunctionName;
    R.Knowledge.assign(Knowledge.begin(), Knowledge.end());
    if (isPlace(FunctionName) ? !takePlace(FunctionName, R.Lint) : !checkWhyName(R.Lint))
      Result.Exit = WrongUse;
  } else if (Dump) {
    R.What = Request::Dump;
    const bool Any = any_of(Parts, [](const Part &P) -> bool { return P.Wanted; });
    for (const Part &P : Parts)
      if (Any ? bool(P.Wanted) : P.Always)
        R.Lint.With.Parts.push_back(P.Wanted.ArgStr.str());
    R.Lint.With.SystemBodies = SystemBodies;
    if (!takePlace(DumpPlace, R.Lint))
      Result.Exit = WrongUse;
  } else if (Annotate) {
    R.What = Request::Annotate;
    R.Lint.With.Annotate = true;
    if (!takeCheck(R.Lint))
      Result.Exit = WrongUse;
  } else if (Config) {
    R.What = Request::Config;
    R.Name = ConfigPath;
    takeSettings(R.Lint.With);
  } else if (Learn) {
    R.What = Request::Learn;
    R.Name = LogPath;
    R.Knowledge.assign(Knowledge.begin(), Knowledge.end());
  } else if (Rules) {
    R.What = Request::Rules;
  } else if (!takeCheck(R.Lint)) {
    Result.Exit = WrongUse;
  }
  return Result;
}

} // namespace corolint
