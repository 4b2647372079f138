//===- Init.cpp - corolint init -----------------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "base/Shown.h"
#include "command/Commands.h"
#include "output/Paths.h"
#include "output/Say.h"
#include "project/Database.h"
#include "project/SourceNames.h"
#include "run/Interrupt.h"
#include "run/Lint.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include <map>
#include <set>

using namespace llvm;

namespace corolint {
namespace {

constexpr llvm::StringLiteral ConfigName = ".corolint.yaml";
/// What a project is made of shows in some of its units.
constexpr size_t MostUnits = 16;

bool hasCoroutines(StringRef File) {
  auto Buffer = MemoryBuffer::getFile(File);
  if (!Buffer)
    return false;
  StringRef Text = (*Buffer)->getBuffer();
  return Text.contains("co_await") || Text.contains("co_return") || Text.contains("co_yield");
}

/// Folders of other people's code, as projects mostly name them, that units or headers lie in.
std::set<std::string> foreignFolders(ArrayRef<Unit> Units, ArrayRef<std::string> Read) {
  const std::string Here = canonicalPath(".");
  std::set<std::string> Result;
  auto Add = [&](StringRef File) {
    if (!isAtOrBelow(File, Here) || File.size() <= Here.size())
      return;
    StringRef Name = File.drop_front(Here.size() + 1);
    for (auto Part = sys::path::begin(Name), End = sys::path::end(Name); Part != End; ++Part) {
      const bool IsForeign =
          is_contained({"third_party", "3rdparty", "thirdparty", "vendor", "external", "extern",
                        "deps", "_deps", "node_modules", "generated"},
                       *Part);
      if (IsForeign && Part->end() != Name.end())
        Result.insert(Name.take_front(Part->end() - Name.begin()).str() + "/");
      if (IsForeign)
        return;
    }
    for (StringRef Ending : {".pb.cc", ".pb.h"})
      if (Name.ends_with(Ending))
        Result.insert("*" + Ending.str());
  };
  for (const Unit &U : Units)
    Add(U.File);
  for (StringRef File : Read)
    Add(File);
  return Result;
}

/// What some units showed.
struct Found {
  std::set<std::string> Libraries;
  std::map<std::string, SurveyedType> Types; ///< by name
  size_t Units = 0, WithCoroutines = 0, Looked = 0, Failed = 0;
  std::set<std::string> Foreign;

  std::vector<std::string> lackNoDiscard() const {
    std::vector<std::string> Result;
    for (const auto &[Name, T] : Types)
      if (!T.NoDiscard && !T.IsSystem && T.Library.empty() && T.Kind != "detached" &&
          T.Kind != "handle")
        Result.push_back(shown(Name) + " (" + shownPath(T.At.Path) + ":" +
                         std::to_string(T.At.Line) + ")");
    return Result;
  }
};

void writeConfig(const Found &F, raw_ostream &Out) {
  Out << "# corolint's configuration for this folder and what is below it. `corolint config` "
         "shows\n"
         "# what counts; https://yaml.org, and docs/knowledge-format.md for each key.\n\n"
         "# default: what is worth failing a build. strict: also what is true but arguable.\n"
         "# pedantic: also matters of taste.\n"
         "profile: default\n\n"
         "# Files of which nothing is reported: other people's, and what is generated.\n";
  if (F.Foreign.empty())
    Out << "# exclude: [third_party/, \"*.pb.cc\"]\n";
  else {
    Out << "exclude:\n";
    for (const std::string &Glob : F.Foreign)
      Out << "  - '" << join(split(Glob, '\''), "''") << "'\n";
  }
  Out << "\n# Rules that are wrong for some files.\n"
         "# per-file-ignores:\n"
         "#   \"tests/*\": [coro-blocking-call]\n\n"
         "# What blocks in your project need not block in its tests or tools.\n"
         "# families: {file: off}\n\n";
  if (!F.Libraries.empty()) {
    Out << "# Described already:";
    for (const std::string &Name : F.Libraries)
      Out << " " << shown(Name) << (Name == *F.Libraries.rbegin() ? ".\n" : ",");
  }
  if (!F.Types.empty()) {
    Out << "# Task types that were found; `corolint why NAME` says how each is understood:\n";
    for (const auto &[Name, T] : F.Types)
      Out << "#   " << shown(Name) << ": " << T.Kind << (T.NoDiscard ? ", [[nodiscard]]" : "")
          << (T.Library.empty() ? "" : ", of " + T.Library) << "\n";
  }
  Out << "# What your own functions mean, where corolint cannot see it:\n"
         "# blocking:\n"
         "#   - name: app::Database::query\n"
         "#     family: database\n"
         "#     why: it waits for the server\n"
         "#     instead: co_await app::Database::async_query\n";
}

void sayNext(const Found &F, StringRef Database) {
  say() << "compile database: " << shownPath(Database) << " (" << counted(F.Units, "unit") << ", "
        << F.WithCoroutines << " with coroutines; " << F.Looked << " looked at"
        << (F.Failed ? ", " + std::to_string(F.Failed) + " of them could not be parsed" : "")
        << ")\n";
  if (!F.Libraries.empty())
    say() << "libraries in use that are described: "
          << listed(std::vector<std::string>(F.Libraries.begin(), F.Libraries.end()), 20) << "\n";
  std::vector<std::string> Names;
  for (const auto &[Name, T] : F.Types)
    Names.push_back(Name + " (" + T.Kind + ")");
  if (!Names.empty())
    say() << "task types: " << listed(Names, 20) << "\n";
  if (auto Lacking = F.lackNoDiscard(); !Lacking.empty())
    say() << "not [[nodiscard]], so that a compiler says nothing when one is dropped: "
          << listed(Lacking, 20) << "\n";
  say() << "written: " << ConfigName << "\n"
        << "\nNext:\n"
           "  corolint                     lint the project\n"
           "  corolint baseline            if there is too much to mend at once: only what is new "
           "is reported\n"
           "                               then, with --baseline\n"
        << (F.lackNoDiscard().empty()
                ? ""
                : "  corolint annotate            propose [[nodiscard]] and other attributes, as a "
                  "patch\n")
        << "  docs/ci.md, docs/editors.md  in CI, before each commit, and in your editor\n";
}

} // namespace

int runInit(const CheckRequest &Given) {
  if (sys::fs::exists(ConfigName)) {
    sayError() << "there is a " << ConfigName
               << " here already; `corolint config` shows what counts\n";
    return WrongUse;
  }
  watchForInterrupts();
  auto Database = findDatabase(Given.Build, {canonicalPath(".")});
  if (!Database)
    return WrongUse;
  Found F;
  F.Units = Database->Units.size();
  CheckRequest Asked = Given;
  std::set<std::string> Chosen;
  for (const Unit &U : Database->Units)
    if (isSourceName(U.File) && hasCoroutines(U.File) && Chosen.insert(U.File).second) {
      ++F.WithCoroutines;
      Asked.Paths.push_back(U.File);
    }
  // Some of every part: the first ones may all be examples.
  if (const size_t All = Asked.Paths.size(); All > MostUnits)
    for (size_t I = 0; I < MostUnits; ++I)
      Asked.Paths[I] = Asked.Paths[I * All / MostUnits];
  if (Asked.Paths.size() > MostUnits)
    Asked.Paths.resize(MostUnits);
  // Coroutines may all be in headers.
  for (const Unit &U : Database->Units)
    if (F.WithCoroutines == 0 && isSourceName(U.File) && Asked.Paths.size() < MostUnits &&
        Chosen.insert(U.File).second)
      Asked.Paths.push_back(U.File);
  F.Looked = Asked.Paths.size();
  std::vector<std::string> Read;
  if (F.Looked) {
    Asked.With.Survey = true;
    Asked.Build = Database->Path;
    Asked.Quiet = true;
    std::unique_ptr<Scratch> Files = Scratch::make();
    if (!Files)
      return NotAnalysed;
    Lint Run(Asked, *Files);
    std::optional<Report> R = Run.run();
    if (!R)
      return Run.exitCode();
    if (R->Interrupted)
      return 128 + interruptedBy();
    F.Failed = R->Failures.size();
    Read = R->Read;
    for (const UnitResult &U : R->Answers) {
      F.Libraries.insert(U.Libraries.begin(), U.Libraries.end());
      for (const SurveyedType &T : U.TaskTypes)
        F.Types.try_emplace(T.Name, T);
    }
  }
  F.Foreign = foreignFolders(Database->Units, Read);
  if (Error Wrong = writeToOutput(ConfigName, [&](raw_ostream &Out) {
        writeConfig(F, Out);
        return Error::success();
      })) {
    sayError() << ConfigName << " could not be written: " << toString(std::move(Wrong)) << "\n";
    return NotAnalysed;
  }
  sayNext(F, Database->Path);
  return Clean;
}

} // namespace corolint
