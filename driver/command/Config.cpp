//===- Config.cpp - corolint config --------------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// What counts for a file after everything was merged, as YAML whose comments say who said so.
//
//===----------------------------------------------------------------------===//

#include "Host.h"
#include "Registry.h"
#include "base/Shown.h"
#include "clang-tidy/GlobList.h"
#include "command/Commands.h"
#include "knowledge/Knowledge.h"
#include "knowledge/LibraryFiles.h"
#include "knowledge/Words.h"
#include "output/Paths.h"
#include "output/Say.h"
#include "project/Settings.h"
#include "project/UserFiles.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

#include <map>

using namespace llvm;
using namespace clang::tidy;
using namespace corolint::model;

namespace corolint {
namespace {

/// A value, and who set it last.
struct Said {
  std::string Value, By;
};

class Effective {
public:
  Effective(StringRef File, const Settings &With, const Knowledge &Known)
      : Sources(OptionsProvider(With, vfs::getRealFileSystem()).getRawOptions(File)), With(With),
        Known(Known) {}

  Said profile() const {
    if (!With.Profile.empty())
      return {With.Profile, "--profile"};
    for (const auto &Each : reverse(byUser()))
      if (auto Found = Each.first.CheckOptions.find(ProfileOption);
          Found != Each.first.CheckOptions.end())
        return {Found->second.Value, shown(Each.second)};
    if (Known.Profile)
      return {*Known.Profile, Known.ProfileFrom.str()};
    return {"default", "by default"};
  }

  Said rule(const Rule &R, StringRef Profile) const {
    Said Result{"off", "not in the profile " + Profile.str()};
    std::string Globs;
    for (const auto &[Options, Name] : Sources) {
      if (!Options.Checks)
        continue;
      Globs += (Globs.empty() ? "" : ",") + *Options.Checks;
      StringRef Now = GlobList(Globs).contains(R.Id) ? "on" : "off";
      if (Now != Result.Value)
        Result = {Now.str(), &Options == &Sources.front().first ? "in the profile " + Profile.str()
                                                                : shown(Name)};
    }
    return Result;
  }

  Said option(const Rule &R, const Option &O) const {
    std::string Key = (R.Id + "." + O.Name).str();
    for (const auto &Each : reverse(byUser(/*AndCommandLine=*/true)))
      if (auto Found = Each.first.CheckOptions.find(Key); Found != Each.first.CheckOptions.end())
        return {Found->second.Value, shown(Each.second)};
    for (Family F : allFamilies())
      if (auto On = Known.Families.find(nameOf(F));
          R.Id == "coro-blocking-call" && O.Name == optionNameOf(F) && On != Known.Families.end())
        return {On->second ? "true" : "false", Known.FamiliesFrom.find(nameOf(F))->second.str()};
    return {O.Default.str(), "by default"};
  }

private:
  /// All but the defaults, and but the command line.
  ArrayRef<ClangTidyOptionsProvider::OptionsSource> byUser(bool AndCommandLine = false) const {
    ArrayRef<ClangTidyOptionsProvider::OptionsSource> All(Sources);
    return AndCommandLine ? All.drop_front() : All.drop_front().drop_back();
  }
  std::string shown(StringRef Name) const {
    return sys::path::is_absolute(Name) ? shownPath(Name) : "the command line";
  }

  std::vector<ClangTidyOptionsProvider::OptionsSource> Sources;
  const Settings &With;
  const Knowledge &Known;
};

void line(const Twine &Text, const Twine &By) {
  std::string Written = shown(Text.str());
  outs() << Written << std::string(Written.size() < 46 ? 46 - Written.size() : 1, ' ') << "# "
         << shown(By.str()) << "\n";
}

std::string quotedIfNeeded(StringRef Value) {
  bool Plain = !Value.empty() && all_of(Value, [](char C) {
    return isAlnum(C) || C == '-' || C == '_' || C == '.' || C == '/';
  });
  return Plain ? Value.str() : ("'" + Value + "'").str();
}

/// What the user's files say of functions and types.
void printEntries(const Knowledge &Known) {
  std::map<std::string, std::vector<std::string>> ByName;
  auto Add = [&](StringRef Name, const Twine &Is, const Source &From) {
    if (From.From == Origin::User)
      ByName[("\"" + Name + "\": " + Is).str()].push_back(From.str());
  };
  for (const Entry *E : Known.allFunctions())
    Add(E->Name,
        E->What == Role::Blocks ? ("blocks (" + nameOf(E->Waits) + ")").str()
                                : nameOf(E->What).str(),
        E->From);
  for (const TypeEntry *T : Known.allTypes())
    Add(T->Name, nameOf(T->Is), T->From);
  for (const AsyncCounterpart *T : Known.allCounterparts())
    Add(T->Of, "has a counterpart in " + T->In, T->From);
  if (ByName.empty())
    return;
  outs() << "entries:\n";
  for (const auto &[Text, By] : ByName)
    line("  - " + Text, listed(By));
}

std::vector<std::string> libraryFilesBelow(StringRef Folder) {
  std::vector<std::string> Result;
  std::error_code EC;
  for (sys::fs::recursive_directory_iterator I(Folder, EC, /*follow_symlinks=*/false), End;
       !EC && I != End; I.increment(EC)) {
    StringRef Name = sys::path::filename(I->path());
    if (I->type() == sys::fs::file_type::directory_file) {
      if (Name.starts_with("."))
        I.no_push();
    } else if (Name.size() > LibraryFileSuffix.size() && Name.ends_with(LibraryFileSuffix)) {
      Result.push_back(I->path());
    }
  }
  llvm::sort(Result);
  return Result;
}

void printKnowledge(const Knowledge &Known) {
  size_t Shipped = 0;
  StringSet<> Files;
  std::map<std::string, size_t> Own;
  auto Count = [&](const Source &From) {
    if (From.From == Origin::Shipped) {
      ++Shipped;
      Files.insert(From.File);
    } else {
      ++Own[From.File];
    }
  };
  for (const Entry *E : Known.allFunctions())
    Count(E->From);
  for (const TypeEntry *T : Known.allTypes())
    Count(T->From);
  for (const AsyncCounterpart *T : Known.allCounterparts())
    Count(T->From);
  outs() << "knowledge:\n";
  auto Entries = [](size_t N) { return std::to_string(N) + (N == 1 ? " entry" : " entries"); };
  for (const auto &[File, Number] : Own)
    line("  - " + quotedIfNeeded(shownPath(File)), Entries(Number));
  // Which of them count is known when a unit's headers are; that they are there can be said.
  for (StringRef File : libraryFilesBelow(canonicalPath(".")))
    line("  - " + quotedIfNeeded(shownPath(File)),
         "of headers below its folder, where they are included");
  line("  - shipped", Entries(Shipped) + " in " + counted(Files.size(), "file"));
}

} // namespace

int runConfig(StringRef Path, const Settings &With) {
  std::optional<std::string> File = fileToAskFor(Path.empty() ? "." : Path);
  if (!File || !checkSettings(With) || !checkUserFiles({*File}, With))
    return WrongUse;
  Knowledge Known = Knowledge::shipped();
  if (!addUserKnowledge(Known, With.Knowledge, *File))
    return WrongUse;

  Effective Counts(*File, With, Known);
  Said Profile = Counts.profile();
  line("profile: " + Profile.Value, Profile.By);
  outs() << "rules:\n";
  for (const Rule *R : allRules()) {
    Said On = Counts.rule(*R, Profile.Value);
    line("  " + R->Id + ": " + On.Value, On.By);
  }
  outs() << "options:\n";
  for (const Rule *R : allRules())
    for (const Option &O : R->Options) {
      Said Value = Counts.option(*R, O);
      line("  " + R->Id + "." + O.Name + ": " + quotedIfNeeded(Value.Value), Value.By);
    }
  if (!Known.Ignored.empty())
    outs() << "ignored:\n";
  for (const IgnoredFiles &Each : Known.Ignored)
    line("  - " + quotedIfNeeded(Each.text()) + ": " +
             (Each.Rules.empty() ? "everything" : join(Each.Rules, ", ")),
         Each.From.str());
  printKnowledge(Known);
  printEntries(Known);
  return Clean;
}

} // namespace corolint
