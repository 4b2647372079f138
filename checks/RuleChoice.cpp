//===- RuleChoice.cpp - Which rules run on a unit, and how ----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RuleChoice.h"
#include "Host.h"
#include "Registry.h"
#include "clang-tidy/ClangTidyDiagnosticConsumer.h"
#include "clang-tidy/GlobList.h"
#include "knowledge/Knowledge.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/SourceMgr.h"

using namespace llvm;
using namespace clang::tidy;

namespace corolint {

SmallVector<StringRef> globsOf(StringRef Globs) {
  SmallVector<StringRef> Result;
  SplitString(Globs, Result, ",\n");
  for (StringRef &Glob : Result)
    Glob = Glob.trim();
  return Result;
}

std::string ourChecks(StringRef Checks) {
  SmallVector<StringRef> Globs = globsOf(Checks);
  auto IsOurs = [](StringRef Glob) { return Glob.ltrim('-').starts_with("coro-"); };
  std::vector<StringRef> Kept;
  for (auto [Index, Glob] : enumerate(Globs)) {
    // "-*,coro-nested-loop" means that rule alone, here as in clang-tidy; "-*,modernize-*" says
    // nothing about us.
    bool NamesUsLater = any_of(ArrayRef(Globs).drop_front(Index),
                               [](StringRef Later) { return Later.starts_with("coro-"); });
    if (IsOurs(Glob) || (Glob == "-*" && NamesUsLater))
      Kept.push_back(Glob);
  }
  return join(Kept, ",");
}

static ClangTidyOptions ofChoice(const RuleChoice &Choice) {
  ClangTidyOptions O;
  if (!Choice.Checks.empty())
    O.Checks = Choice.Checks;
  if (!Choice.WarningsAsErrors.empty())
    O.WarningsAsErrors = Choice.WarningsAsErrors;
  for (StringRef Text : Choice.Options) {
    auto [Key, Value] = Text.split('=');
    O.CheckOptions[Key] = ClangTidyOptions::ClangTidyValue(Value);
  }
  return O;
}

std::string withoutRetiredKeys(StringRef Text, function_ref<void(StringRef, unsigned)> Tell) {
  constexpr llvm::StringLiteral Retired = "AnalyzeTemporaryDtors";
  std::string Result = Text.str();
  unsigned Line = 0;
  for (size_t Start = 0; Start < Text.size(); ++Line) {
    StringRef Here = Text.drop_front(Start).take_until([](char C) { return C == '\n'; });
    StringRef Rest = Here;
    if (Rest.consume_front(Retired) && Rest.ltrim(" \t").starts_with(":")) {
      Tell(Retired, Line + 1);
      Result[Start] = '#'; // a comment: lines and columns of the rest stay
    }
    Start += Here.size() + 1;
  }
  return Result;
}

static ErrorOr<ClangTidyOptions> parseTidyFile(MemoryBufferRef Buffer) {
  std::string Text = withoutRetiredKeys(Buffer.getBuffer(), [](StringRef, unsigned) {});
  return parseConfiguration(MemoryBufferRef(Text, Buffer.getBufferIdentifier()));
}

OptionsProvider::OptionsProvider(const RuleChoice &Choice, IntrusiveRefCntPtr<vfs::FileSystem> FS)
    : FileOptionsProvider(ClangTidyGlobalOptions(), ClangTidyOptions::getDefaults(),
                          ofChoice(Choice), std::move(FS)),
      With(Choice) {
  ConfigHandlers = {{".clang-tidy", parseTidyFile}};
}

/// `.corolint.yaml` and --knowledge may name a profile; their faults are reported elsewhere.
static std::string profileOfKnowledge(StringRef File, const RuleChoice &Choice) {
  model::Knowledge Known;
  auto Ignore = [](const SMDiagnostic &) {};
  for (const std::string &Name : Choice.Knowledge)
    if (auto Buffer = MemoryBuffer::getFile(Name))
      Known.add((*Buffer)->getMemBufferRef(), model::Origin::User, Ignore);
  Known.addUserFiles(File, Ignore);
  return Known.Profile.value_or("default");
}

/// The same list, with each glob as the names of the rules that it switches on.
static std::string withoutGlobs(StringRef Checks, Tier Profile) {
  std::vector<std::string> Result;
  for (StringRef Glob : globsOf(Checks)) {
    if (Glob.starts_with("-") || !Glob.contains('*')) {
      Result.push_back(Glob.str());
      continue;
    }
    for (const Rule *R : allRules())
      if (switchesOn(Glob, *R, Profile))
        Result.push_back(R->Id.str());
  }
  return join(Result, ",");
}

std::vector<ClangTidyOptionsProvider::OptionsSource>
OptionsProvider::getRawOptions(StringRef File) {
  std::vector<OptionsSource> Sources = FileOptionsProvider::getRawOptions(File);
  if (Sources.size() < 2)
    return Sources;
  std::string Profile;
  for (OptionsSource &Source : MutableArrayRef(Sources).drop_front().drop_back()) {
    ClangTidyOptions &O = Source.first;
    if (O.Checks)
      O.Checks = ourChecks(*O.Checks);
    if (O.HeaderFilterRegex && O.HeaderFilterRegex->empty())
      O.HeaderFilterRegex.reset();
    O.SystemHeaders.reset();
    if (auto Found = O.CheckOptions.find(ProfileOption); Found != O.CheckOptions.end())
      Profile = Found->second.Value;
  }
  if (!With.Profile.empty())
    Profile = With.Profile;
  else if (Profile.empty())
    Profile = profileOfKnowledge(File, With);

  const Tier Level = tierNamed(Profile).value_or(Tier::Default);
  for (OptionsSource &Source : MutableArrayRef(Sources).drop_front())
    if (Source.first.Checks)
      Source.first.Checks = withoutGlobs(*Source.first.Checks, Level);
  ClangTidyOptions &Base = Sources.front().first;
  Base.HeaderFilterRegex = ".*";
  Base.SystemHeaders = false;
  Base.Checks = "-*," + withoutGlobs("*", Level);
  Sources.back().first.CheckOptions[ProfileOption] = ClangTidyOptions::ClangTidyValue(Profile);
  return Sources;
}

std::vector<const Rule *> rulesFor(StringRef File, const RuleChoice &Choice) {
  OptionsProvider Provider(Choice, vfs::getRealFileSystem());
  GlobList On(Provider.getOptions(File).Checks.value_or(""));
  std::vector<const Rule *> Result;
  for (const Rule *R : allRules())
    if (On.contains(R->Id))
      Result.push_back(R);
  return Result;
}

} // namespace corolint
