//===- Selection.cpp - What the PATHs stand for --------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Selection.h"
#include "Paths.h"
#include "Say.h"
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
  for (sys::fs::recursive_directory_iterator I(Folder, EC, /*follow_symlinks=*/false), End;
       !EC && I != End; I.increment(EC)) {
    StringRef Path = I->path();
    if (I->type() == sys::fs::file_type::directory_file) {
      if (sys::path::filename(Path).starts_with(".") || isBuildFolder(Path))
        I.no_push();
    } else if (isSourceName(Path)) {
      Sources.push_back(canonicalPath(Path));
    } else if (isHeaderName(Path)) {
      Headers.push_back(canonicalPath(Path));
    }
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
      sayError() << "there is no file or folder '" << Path << "'";
      if (Path.contains('*'))
        errs() << ": the pattern matched nothing";
      else
        errs() << didYouMean(Path, {"check", "rules", "explain", "why"});
      errs() << "\n";
      return std::nullopt;
    }
    size_t Before = Result.Sources.size() + Result.Headers.size();
    if (sys::fs::is_directory(Name)) {
      Result.addFolder(Name);
      if (Result.Sources.size() + Result.Headers.size() == Before) {
        sayError() << "there is no C++ in the folder '" << Path << "'\n";
        return std::nullopt;
      }
    } else {
      (isHeaderName(Name) ? Result.Headers : Result.Sources).push_back(Name);
    }
    Result.Paths.push_back(std::move(Name));
  }
  sortUnique(Result.Sources);
  sortUnique(Result.Headers);
  return Result;
}

bool Selection::covers(StringRef File) const {
  return Paths.empty() ||
         any_of(Paths, [&](const std::string &Path) { return isAtOrBelow(File, Path); });
}

} // namespace corolint
