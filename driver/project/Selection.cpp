//===- Selection.cpp - What the PATHs stand for --------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "project/Selection.h"
#include "base/Shown.h"
#include "output/Paths.h"
#include "output/Say.h"
#include "project/SourceNames.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace corolint {

/// A build folder holds copies and generated files; its units are linted when the database names
/// them, but nobody looks for lost headers there.
static bool isBuildFolder(StringRef Folder) {
  SmallString<256> Cache(Folder), Ninja(Folder);
  sys::path::append(Cache, "CMakeCache.txt");
  sys::path::append(Ninja, "build.ninja");
  return sys::fs::exists(Cache) || sys::fs::exists(Ninja);
}

void Selection::addFolder(StringRef Folder) {
  std::error_code EC;
  for (sys::fs::directory_iterator I(Folder, EC, /*follow_symlinks=*/false), End; !EC && I != End;
       I.increment(EC)) {
    std::string Path = I->path();
    sys::fs::file_type Type = I->type();
    const bool IsLink = Type == sys::fs::file_type::symlink_file;
    if (IsLink || Type == sys::fs::file_type::type_unknown) {
      sys::fs::file_status Status;
      if (sys::fs::status(Path, Status)) {
        // An editor's lock is such a link as well.
        if ((isSourceName(Path) || isHeaderName(Path)) &&
            !sys::path::filename(Path).starts_with("."))
          Dangling.push_back(Path);
        continue;
      }
      Type = Status.type();
    }
    std::string Name = IsLink ? canonicalPath(Path) : Path;
    if (Type == sys::fs::file_type::directory_file) {
      if (sys::path::filename(Path).starts_with(".") || isBuildFolder(Path))
        continue;
      if (IsLink)
        Links.push_back(std::move(Name)); // followed last, when it is known what is not below
      else
        addFolder(Path);
    } else if (isSourceName(Path) || isHeaderName(Path)) {
      (isSourceName(Path) ? Sources : Headers).push_back(Name);
      if (IsLink)
        Linked.insert(Name);
    }
  }
  if (EC)
    Unreadable.emplace_back(Folder.str(), "the folder cannot be read: " + EC.message());
}

/// A link to a folder stands for it, as a link to a file does; but one that leads upwards stands
/// for no part of a project, and one out of it for what nobody asked to be searched.
void Selection::followLinks() {
  const std::string Here = canonicalPath(".");
  StringSet<> Followed;
  while (!Links.empty()) {
    std::string Folder = std::move(Links.back());
    Links.pop_back();
    auto IsBelow = [&](const std::string &Path) { return isAtOrBelow(Folder, Path); };
    if (any_of(Paths, IsBelow) || any_of(LinkedFolders, IsBelow) || !Followed.insert(Folder).second)
      continue;
    if (any_of(Paths, [&](const std::string &Path) { return isAtOrBelow(Path, Folder); }))
      continue;
    if (!isAtOrBelow(Folder, Here)) {
      NotFollowed.push_back(Folder);
      continue;
    }
    LinkedFolders.push_back(Folder);
    addFolder(Folder);
  }
}

static void sortUnique(std::vector<std::string> &Names) {
  llvm::sort(Names);
  Names.erase(llvm::unique(Names), Names.end());
}

std::optional<Selection> Selection::of(ArrayRef<std::string> Paths) {
  Selection Result;
  for (StringRef Path : Paths) {
    std::string Name = canonicalPath(Path);
    if (!sys::fs::exists(Name)) {
      sayError() << "there is no file or folder '" << shown(Path) << "'";
      if (Path.contains('*'))
        errs() << ": the pattern matched nothing";
      else
        errs() << didYouMean(Path, {"check", "rules", "explain", "why", "dump", "config", "learn"});
      errs() << "\n";
      return std::nullopt;
    }
    size_t Before = Result.Sources.size() + Result.Headers.size();
    if (sys::fs::is_directory(Name)) {
      Result.Paths.push_back(Name);
      Result.addFolder(Name);
      Result.followLinks();
      if (Result.Sources.size() + Result.Headers.size() == Before && Result.Unreadable.empty()) {
        sayError() << "there is no C++ in the folder '" << shown(Path) << "'\n";
        if (!Result.NotFollowed.empty())
          errs() << "  it has links to folders outside of the current one; name those: "
                 << listed(Result.NotFollowed) << "\n";
        return std::nullopt;
      }
    } else {
      (isHeaderName(Name) ? Result.Headers : Result.Sources).push_back(Name);
      Result.Paths.push_back(std::move(Name));
    }
  }
  sortUnique(Result.Sources);
  sortUnique(Result.Headers);
  return Result;
}

bool Selection::covers(StringRef File) const {
  auto IsAbove = [&](const std::string &Path) { return isAtOrBelow(File, Path); };
  return Paths.empty() || Linked.contains(File) || any_of(Paths, IsAbove) ||
         any_of(LinkedFolders, IsAbove);
}

} // namespace corolint
