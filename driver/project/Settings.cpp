//===- Settings.cpp - Which rules run on a unit, and how -----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "project/Settings.h"
#include "Host.h"
#include "Registry.h"
#include "base/Shown.h"
#include "clang-tidy/ClangTidyDiagnosticConsumer.h"
#include "clang-tidy/GlobList.h"
#include "knowledge/Knowledge.h"
#include "output/Paths.h"
#include "output/Say.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/SourceMgr.h"

using namespace llvm;
using namespace clang::tidy;

namespace corolint {

json::Value toJSON(const Settings &S) {
  return json::Object{{"checks", S.Checks},       {"warningsAsErrors", S.WarningsAsErrors},
                      {"profile", S.Profile},     {"options", S.Options},
                      {"knowledge", S.Knowledge}, {"extraArgs", S.ExtraArgs},
                      {"keepGoing", S.KeepGoing}, {"askedFile", S.AskedFile},
                      {"askedLine", S.AskedLine}, {"askedEnd", S.AskedEnd},
                      {"parts", S.Parts},         {"systemBodies", S.SystemBodies},
                      {"annotate", S.Annotate},   {"listFunctions", S.ListFunctions},
                      {"survey", S.Survey}};
}

bool fromJSON(const json::Value &V, Settings &S, json::Path P) {
  json::ObjectMapper O(V, P);
  return O && O.map("checks", S.Checks) && O.map("warningsAsErrors", S.WarningsAsErrors) &&
         O.map("profile", S.Profile) && O.map("options", S.Options) &&
         O.map("knowledge", S.Knowledge) && O.map("extraArgs", S.ExtraArgs) &&
         O.map("keepGoing", S.KeepGoing) && O.map("askedFile", S.AskedFile) &&
         O.map("askedLine", S.AskedLine) && O.map("askedEnd", S.AskedEnd) &&
         O.map("parts", S.Parts) && O.map("systemBodies", S.SystemBodies) &&
         O.map("annotate", S.Annotate) && O.map("listFunctions", S.ListFunctions) &&
         O.map("survey", S.Survey);
}

static bool checkGlobs(StringRef Option, StringRef Globs) {
  std::vector<StringRef> Ids;
  for (const Rule *R : allRules())
    Ids.push_back(R->Id);
  for (StringRef Glob : globsOf(Globs)) {
    StringRef Name = Glob.ltrim('-');
    GlobList Matches(Name);
    if (Name.empty() || any_of(Ids, [&](StringRef Id) { return Matches.contains(Id); }))
      continue;
    if (Name.contains('*'))
      sayError() << Option << ": '" << Name << "' matches no rule\n";
    else
      sayError() << Option << ": there is no rule '" << Name << "'" << didYouMean(Name, Ids)
                 << "\n";
    return false;
  }
  return true;
}

/// Says what is wrong with "rule.Name=value", or returns true.
static bool checkOption(StringRef Text) {
  auto [Key, Value] = Text.split('=');
  auto [Id, Name] = Key.split('.');
  if (Name.empty() || !Text.contains('=')) {
    sayError() << "--option: '" << Text << "' is not of the form RULE.Name=VALUE\n";
    return false;
  }
  const Rule *R = findRule(Id);
  if (!R) {
    std::vector<StringRef> Ids;
    for (const Rule *Other : allRules())
      Ids.push_back(Other->Id);
    sayError() << "--option: there is no rule '" << Id << "'" << didYouMean(Id, Ids) << "\n";
    return false;
  }
  std::vector<StringRef> Names;
  for (const Option &O : R->Options) {
    if (O.Name == Name) {
      bool IsFlag = O.Default == "true" || O.Default == "false";
      if (!IsFlag || Value == "true" || Value == "false" || Value == "1" || Value == "0")
        return true;
      sayError() << "--option: '" << Key << "' is 'true' or 'false', not '" << Value << "'\n";
      return false;
    }
    Names.push_back(O.Name);
  }
  sayError() << "--option: '" << Id << "' has no option '" << Name << "'" << didYouMean(Name, Names)
             << "\n";
  return false;
}

bool checkSettings(const Settings &S) {
  if (!checkGlobs("--checks", S.Checks) || !checkGlobs("--warnings-as-errors", S.WarningsAsErrors))
    return false;
  GlobList AtMost("*," + S.Checks);
  if (none_of(allRules(), [&](const Rule *R) { return AtMost.contains(R->Id); })) {
    sayError() << "--checks: no rule is left on\n";
    return false;
  }
  if (!S.Profile.empty() && !tierNamed(S.Profile)) {
    sayError() << "--profile: '" << S.Profile << "' is not one of default, strict, pedantic"
               << didYouMean(S.Profile, {"default", "strict", "pedantic"}) << "\n";
    return false;
  }
  return all_of(S.Options, [](StringRef Text) { return checkOption(Text); });
}

std::optional<std::string> fileToAskFor(StringRef Path) {
  std::string File = canonicalPath(Path);
  if (sys::fs::is_directory(File)) {
    SmallString<256> Inside(File);
    sys::path::append(Inside, "unit.cpp");
    return Inside.str().str();
  }
  if (sys::fs::exists(File))
    return File;
  sayError() << "there is no file or folder '" << shown(Path) << "'\n";
  return std::nullopt;
}

bool addUserKnowledge(model::Knowledge &Known, ArrayRef<std::string> Files, StringRef For) {
  auto Print = [](const SMDiagnostic &D) { printShown(D, errs()); };
  for (const std::string &File : Files) {
    auto Buffer = MemoryBuffer::getFile(File);
    if (!Buffer) {
      sayError() << "'" << shown(File) << "' cannot be read: " << Buffer.getError().message()
                 << "\n";
      return false;
    }
    if (!Known.add((*Buffer)->getMemBufferRef(), model::Origin::User, Print))
      return false;
  }
  return Known.addUserFiles(For, Print);
}

} // namespace corolint
