//===- UserFiles.cpp - Faults of .clang-tidy and .corolint.yaml ----------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// They are found before anything is analysed: a misread configuration must not look like a clean
// project.
//
//===----------------------------------------------------------------------===//

#include "project/UserFiles.h"
#include "Host.h"
#include "Registry.h"
#include "RuleChoice.h"
#include "base/Shown.h"
#include "knowledge/Knowledge.h"
#include "knowledge/UserFile.h"
#include "knowledge/Words.h"
#include "output/Paths.h"
#include "output/Say.h"
#include "project/Settings.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/SourceMgr.h"

using namespace llvm;
using namespace clang::tidy;

namespace corolint {
namespace {

class Reader {
public:
  void readKnowledge(StringRef Name) {
    auto Buffer = MemoryBuffer::getFile(Name);
    if (!Buffer) {
      unreadable(Name, Buffer.getError());
      return;
    }
    model::Knowledge Known;
    Ok &= Known.add((*Buffer)->getMemBufferRef(), model::Origin::User, report());
    checkIgnored(Known);
  }

  /// Everything that is read for the units of this folder.
  void readAbove(StringRef Folder) {
    model::Knowledge Known;
    SmallString<256> File(Folder);
    sys::path::append(File, "unit.cpp");
    Ok &= Known.addUserFiles(File, report());
    checkIgnored(Known);
    for (; !Folder.empty(); Folder = sys::path::parent_path(Folder)) {
      SmallString<256> Name(Folder);
      sys::path::append(Name, ".clang-tidy");
      if (!Seen.insert(Folder).second || !readTidy(Name))
        return;
    }
  }

  bool Ok = true;

private:
  /// The rules of `per-file-ignores`.
  void checkIgnored(const model::Knowledge &Known) {
    std::vector<StringRef> Ids;
    for (const Rule *R : allRules())
      Ids.push_back(R->Id);
    for (const model::IgnoredFiles &Each : Known.Ignored)
      for (StringRef Name : Each.Rules)
        if (!Name.contains('*') && !findRule(Name) &&
            Said.insert((Each.From.File + ":" + Twine(Each.From.Line) + Name).str()).second)
          sayWarning() << shownPath(canonicalPath(Each.From.File)) << ":" << Each.From.Line
                       << ": there is no rule '" << shown(Name) << "'" << didYouMean(Name, Ids)
                       << "\n";
  }

  /// The same fault is met from each folder below it.
  model::Knowledge::Reporter report() { return Print; }

  void unreadable(StringRef Name, std::error_code Why) {
    sayError() << "'" << shownPath(Name) << "' cannot be read: " << Why.message() << "\n";
    Ok = false;
  }

  /// True when the files above it count as well.
  bool readTidy(StringRef Name) {
    model::UserFile File = model::readUserFile(Name);
    if (!File.Text) {
      if (!File.Fault.empty()) {
        sayError() << "'" << shownPath(Name) << "' " << File.Fault << "\n";
        Ok = false;
      }
      return File.Fault.empty();
    }
    std::string Text =
        withoutRetiredKeys(File.Text->getBuffer(), [&](StringRef Key, unsigned Line) {
          sayWarning() << shownPath(Name) << ":" << Line << ": clang-tidy no longer knows '" << Key
                       << "', and stops there; it is left out\n";
        });
    auto Options =
        parseConfigurationWithDiags(MemoryBufferRef(Text, Name), [this](const SMDiagnostic &D) {
          if (D.getKind() == SourceMgr::DK_Error)
            Ok = false;
          Print(D);
        });
    if (!Options) {
      Ok = false;
      return false;
    }
    checkNames(Name, *Options);
    return Options->InheritParentConfig.value_or(false);
  }

  /// Names that are ours by their prefix but unknown: a misspelling, or an older corolint.
  void checkNames(StringRef File, const ClangTidyOptions &O) {
    std::vector<StringRef> Ids;
    for (const Rule *R : allRules())
      Ids.push_back(R->Id);
    auto Unknown = [&](StringRef Id) {
      sayWarning() << shownPath(File) << ": there is no rule '" << shown(Id) << "'"
                   << didYouMean(Id, Ids) << "\n";
    };
    SmallVector<StringRef> Globs;
    std::string Checks = ourChecks(O.Checks.value_or(""));
    SplitString(Checks, Globs, ",");
    for (StringRef Glob : Globs)
      if (StringRef Id = Glob.ltrim('-'); !Id.contains('*') && !findRule(Id))
        Unknown(Id);
    for (const auto &Entry : O.CheckOptions) {
      auto [Id, Name] = Entry.first().split('.');
      if (Entry.first() == ProfileOption) {
        StringRef Profile = Entry.second.Value;
        if (Profile != "default" && Profile != "strict" && Profile != "pedantic") {
          sayError() << shownPath(File) << ": " << ProfileOption << ": '" << shown(Profile)
                     << "' is not one of default, strict, pedantic\n";
          Ok = false;
        }
      } else if (const Rule *R = findRule(Id)) {
        if (none_of(R->Options, [&, N = Name](const Option &X) { return X.Name == N; }))
          sayWarning() << shownPath(File) << ": '" << Id << "' has no option '" << shown(Name)
                       << "'\n";
      } else if (Id.starts_with("coro-")) {
        Unknown(Id);
      }
    }
  }

  StringSet<> Seen, Said;
  std::function<void(const SMDiagnostic &)> Print = [this](const SMDiagnostic &D) {
    std::string Text;
    raw_string_ostream Out(Text);
    printShown(D, Out);
    if (Said.insert(Text).second)
      errs() << Text;
  };
};

} // namespace

bool checkUserFiles(ArrayRef<std::string> Files, const Settings &S) {
  Reader R;
  for (const std::string &Name : S.Knowledge)
    R.readKnowledge(Name);
  StringSet<> Folders;
  for (StringRef File : Files)
    if (StringRef Folder = sys::path::parent_path(File); Folders.insert(Folder).second)
      R.readAbove(Folder);
  return R.Ok;
}

} // namespace corolint
