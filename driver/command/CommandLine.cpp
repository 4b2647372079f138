//===- CommandLine.cpp - What the user asks for --------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "command/CommandLine.h"
#include "command/CheckOptions.h"
#include "command/Subcommands.h"
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

cl::opt<std::string> RuleName(cl::Positional, cl::desc("RULE"), cl::Required,
                              cl::sub(explainCommand()));
cl::opt<std::string> FunctionName(cl::Positional, cl::desc("NAME|FILE:LINE [-- FLAGS...]"),
                                  cl::Required, cl::sub(whyCommand()));
cl::opt<std::string> DumpPlace(cl::Positional, cl::desc("FILE[:LINE] [-- FLAGS...]"), cl::Required,
                               cl::sub(dumpCommand()));

struct Part {
  cl::opt<bool> Wanted;
  bool Always; ///< also where nobody names a part
  Part(StringRef Name, StringRef Description, bool Always = true)
      : Wanted(Name, cl::desc(Description), cl::sub(dumpCommand()), cl::cat(partsCategory())),
        Always(Always) {}
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
cl::opt<bool> SystemBodies("system-bodies", cl::sub(dumpCommand()), cl::cat(whereCategory()),
                           cl::desc("Parse the bodies of system headers, as clang-tidy does"));
cl::opt<std::string> ConfigPath(cl::Positional, cl::desc("[PATH]"), cl::sub(configCommand()));
cl::opt<std::string> LogPath(cl::Positional, cl::desc("LOG"), cl::Required,
                             cl::sub(learnCommand()));

cl::opt<std::string> CacheDo(cl::Positional, cl::desc("stats|clean"), cl::Required,
                             cl::sub(cacheCommand()));

cl::opt<std::string> ShellName(cl::Positional, cl::desc("bash|zsh|fish"), cl::Required,
                               cl::sub(completionCommand()));

constexpr StringLiteral Overview =
    "corolint finds async misuse in C++20 coroutines: calls that block the event loop, tasks\n"
    "that nobody awaits, loops started inside loops.\n"
    "\n"
    "  corolint [check] [PATH...] [-p BUILD] [-j N] [-- FLAGS...]\n"
    "                                  lint the files and folders, or the whole compile database\n"
    "  corolint report [PATH...] [-o FILE]\n"
    "                                  the same as a page for a browser (corolint-report.html)\n"
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
    "reported\n"
    "  corolint baseline [--prune]     write the findings of today to a file, which --baseline "
    "leaves "
    "out\n"
    "  corolint init                   look at the project, and write a .corolint.yaml for it\n"
    "  corolint completion SHELL       completion for bash, zsh or fish\n"
    "  corolint cache stats|clean      what is kept of earlier runs, and how to remove it\n";

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

cl::SubCommand *commandNamed(StringRef Name) {
  for (cl::SubCommand *C : allCommands())
    if (C->getName() == Name)
      return C;
  return nullptr;
}

/// The command a line begins with, or "check".
std::vector<const char *> withCommand(ArrayRef<const char *> Line) {
  std::vector<const char *> Result(Line.begin(), Line.end());
  StringRef First = Line.size() > 1 ? Line[1] : "";
  if (First == "help")
    Result.assign({Line.front(), "check", "--help"});
  else if (First == "baseline") { // a check with another end
    Result[1] = "check";
    Result.insert(Result.begin() + 2, "--write-baseline");
  } else if (!commandNamed(First) && !(First == "--version" && Line.size() == 2))
    Result.insert(Result.begin() + 1, "check");
  return Result;
}

/// "--diff REV" and "--baseline FILE" without '=', where the next word is no PATH that is meant.
void joinOptionalValues(std::vector<const char *> &Words, std::vector<std::string> &Storage) {
  for (size_t I = 1; I + 1 < Words.size(); ++I) {
    StringRef Word = StringRef(Words[I]).ltrim('-'), Next = Words[I + 1];
    if (!StringRef(Words[I]).starts_with("-") || Next.starts_with("-") || Next.empty())
      continue;
    if ((Word == "diff" && !sys::fs::exists(Next)) ||
        (Word == "baseline" && Next.ends_with(".json"))) {
      Storage.push_back((Words[I] + ("=" + Next)).str());
      Words[I] = Storage.back().c_str();
      Words.erase(Words.begin() + I + 1);
    }
  }
}

/// LLVM's libraries register a hundred options of their own, which cl would accept as well.
bool checkOptionNames(ArrayRef<const char *> Words) {
  if (Words.size() < 2 || StringRef(Words[1]).starts_with("-"))
    return true;
  cl::SubCommand *Command = commandNamed(Words[1]);
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
               (!Known.contains("j") || !Word.starts_with("-j"))) {
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

bool takeDump(Request &R) {
  R.What = Request::Dump;
  const bool Any = any_of(Parts, [](const Part &P) -> bool { return P.Wanted; });
  for (const Part &P : Parts)
    if (Any ? bool(P.Wanted) : P.Always)
      R.Lint.With.Parts.push_back(P.Wanted.ArgStr.str());
  R.Lint.With.SystemBodies = SystemBodies;
  return takePlace(DumpPlace, R.Lint);
}

bool takeCache(Request &R) {
  R.What = Request::CacheDo;
  R.Name = CacheDo;
  R.Lint.CacheFolder = cacheFolder();
  if (R.Name == "stats" || R.Name == "clean")
    return true;
  sayError() << "cache: '" << R.Name << "' is not one of stats, clean"
             << didYouMean(R.Name, {"stats", "clean"}) << "\n";
  return false;
}

/// What the command that was named takes; false, and said, when that is wrong.
bool takeCommand(Request &R) {
  if (explainCommand()) {
    R.What = Request::Explain;
    R.Name = RuleName;
  } else if (whyCommand()) {
    R.What = Request::Why;
    R.Name = FunctionName;
    R.Knowledge = knowledgeFiles();
    return isPlace(FunctionName) ? takePlace(FunctionName, R.Lint) : checkWhyName(R.Lint);
  } else if (dumpCommand()) {
    return takeDump(R);
  } else if (annotateCommand()) {
    R.What = Request::Annotate;
    R.Lint.With.Annotate = true;
    return takeCheck(R.Lint);
  } else if (configCommand()) {
    R.What = Request::Config;
    R.Name = ConfigPath;
    return takeSettings(R.Lint.With);
  } else if (learnCommand()) {
    R.What = Request::Learn;
    R.Name = LogPath;
    R.Knowledge = knowledgeFiles();
  } else if (cacheCommand()) {
    return takeCache(R);
  } else if (completionCommand()) {
    R.What = Request::Completion;
    R.Name = ShellName;
  } else if (initCommand()) {
    R.What = Request::Init;
    return takeCheck(R.Lint);
  } else if (rulesCommand()) {
    R.What = Request::Rules;
  } else {
    R.What = reportCommand() ? Request::Report : Request::Check;
    return takeCheck(R.Lint);
  }
  return true;
}

/// What is not known when options register themselves.
void prepareOptions() {
  cl::SetVersionPrinter(printVersion);
  giveReportOptions();
  for (cl::SubCommand *C : allCommands()) {
    cl::HideUnrelatedOptions(
        {&whereCategory(), &rulesCategory(), &outputCategory(), &partsCategory()}, *C);
    cl::getRegisteredOptions(*C)["help-list"]->setHiddenFlag(cl::ReallyHidden);
  }
}

} // namespace

Parsed parseCommandLine(int Argc, const char *const *Argv) {
  prepareOptions();
  Parsed Result;
  Request &R = Result.Asked;
  ArrayRef<const char *> Line(Argv, Argc);
  // What is after -- is the compiler's, whatever it looks like.
  const auto *Flags = find_if(Line, [](StringRef A) { return A == "--"; });
  if (Flags != Line.end())
    R.Lint.Flags.emplace(Flags + 1, Line.end());
  std::vector<const char *> Words = withCommand(ArrayRef(Line.begin(), Flags));

  std::vector<std::string> Joined;
  Joined.reserve(Words.size());
  joinOptionalValues(Words, Joined);

  if (!checkOptionNames(Words) ||
      !cl::ParseCommandLineOptions(Words.size(), Words.data(), Overview, &errs())) {
    Result.Exit = WrongUse;
    return Result;
  }
  std::optional<Format> As = takeFormat();
  if (!As) {
    Result.Exit = WrongUse;
    return Result;
  }
  R.As = *As;
  if (!takeCommand(R))
    Result.Exit = WrongUse;
  return Result;
}

} // namespace corolint
