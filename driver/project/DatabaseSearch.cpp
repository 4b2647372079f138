//===- DatabaseSearch.cpp - Where a project's compile database is --------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "project/DatabaseSearch.h"
#include "output/Paths.h"
#include "output/Say.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace corolint {

static constexpr StringLiteral FileName = "compile_commands.json";

static std::string below(StringRef Folder, StringRef Name) {
  SmallString<256> Path(Folder);
  sys::path::append(Path, Name);
  return Path.str().str();
}

static bool isBuildFolderName(StringRef Name) {
  return Name.starts_with_insensitive("build") || Name.starts_with("_build") ||
         Name.starts_with(".build") || Name.starts_with("cmake-build") || Name == "out";
}

/// A build folder's own database, and those of the configurations in it: build/Release,
/// out/build/x64-Debug.
static void addDatabases(StringRef Folder, unsigned Depth,
                         std::vector<std::pair<unsigned, std::string>> &Found) {
  constexpr unsigned Deepest = 2;
  if (std::string Path = below(Folder, FileName); sys::fs::is_regular_file(Path))
    Found.emplace_back(Depth, canonicalPath(Path));
  if (Depth == Deepest)
    return;
  std::error_code EC;
  for (sys::fs::directory_iterator I(Folder, EC, /*follow_symlinks=*/false), End; !EC && I != End;
       I.increment(EC)) {
    StringRef Name = sys::path::filename(I->path());
    if (I->type() == sys::fs::file_type::directory_file && !Name.starts_with(".") &&
        Name != "CMakeFiles" && Name != "_deps")
      addDatabases(I->path(), Depth + 1, Found);
  }
}

/// The databases that belong to a folder: its own, and those of its build folders; what lies less
/// deep comes first, then it goes by name.
static std::vector<std::string> databasesOf(StringRef Folder) {
  std::vector<std::pair<unsigned, std::string>> Found;
  std::error_code EC;
  for (sys::fs::directory_iterator I(Folder, EC), End; !EC && I != End; I.increment(EC))
    if (isBuildFolderName(sys::path::filename(I->path())) && sys::fs::is_directory(I->path()))
      addDatabases(I->path(), 0, Found);
  llvm::sort(Found);
  std::vector<std::string> Result;
  if (std::string Path = below(Folder, FileName); sys::fs::is_regular_file(Path))
    Result.push_back(canonicalPath(Path)); // often a link to one of them
  for (const auto &[Depth, Path] : Found)
    if (!is_contained(Result, Path))
      Result.push_back(Path);
  return Result;
}

static void sayTheWayOut() {
  errs() << "  in another folder: -p FOLDER\n"
            "  with CMake: cmake -B build -DCMAKE_EXPORT_COMPILE_COMMANDS=ON\n"
            "  with Meson: meson setup build\n"
            "  with make and others: bear -- make\n"
            "  without any: name the files, then -- and the compiler's flags, as in\n"
            "    corolint src/main.cpp -- -std=c++20 -Iinclude\n";
}

std::string findDatabasePath(StringRef Build, ArrayRef<std::string> From,
                             std::vector<std::string> &Others) {
  if (!Build.empty()) {
    std::string Path = canonicalPath(Build);
    if (sys::fs::is_directory(Path))
      Path = below(Path, FileName);
    if (sys::fs::is_regular_file(Path))
      return Path;
    sayError() << "-p: there is no compile database '" << shownPath(Path) << "'\n";
    sayTheWayOut();
    return "";
  }
  StringSet<> Seen;
  for (StringRef Start : From)
    for (StringRef Folder = Start; !Folder.empty(); Folder = sys::path::parent_path(Folder)) {
      if (!Seen.insert(Folder).second)
        break;
      std::vector<std::string> Found = databasesOf(Folder);
      if (Found.empty())
        continue;
      for (StringRef Other : ArrayRef(Found).drop_front())
        Others.push_back(shownPath(Other));
      return Found.front();
    }
  sayError() << "no compile database (" << FileName << ") in '" << shownPath(From.front())
             << "', nor in any folder above or a build folder there; it says how the files are "
                "compiled\n";
  sayTheWayOut();
  return "";
}

} // namespace corolint
