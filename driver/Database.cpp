//===- Database.cpp - The units of a project and how they are compiled ---===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Database.h"
#include "Paths.h"
#include "Say.h"
#include "clang/Tooling/JSONCompilationDatabase.h"
#include "clang/Tooling/Tooling.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace corolint {

static constexpr StringLiteral FileName = "compile_commands.json";

static std::string below(StringRef Folder, StringRef Name) {
  SmallString<256> Path(Folder);
  sys::path::append(Path, Name);
  return Path.str().str();
}

/// The databases that belong to a folder: its own, and those of its build folders, by name.
static std::vector<std::string> databasesOf(StringRef Folder) {
  std::vector<std::string> Found;
  std::error_code EC;
  for (sys::fs::directory_iterator I(Folder, EC), End; !EC && I != End; I.increment(EC)) {
    StringRef Name = sys::path::filename(I->path());
    if (Name.starts_with("build") || Name.starts_with("cmake-build-") || Name == "out")
      if (std::string Path = below(I->path(), FileName); sys::fs::is_regular_file(Path))
        Found.push_back(Path);
  }
  llvm::sort(Found);
  if (std::string Path = below(Folder, FileName); sys::fs::is_regular_file(Path))
    Found.insert(Found.begin(), Path);
  return Found;
}

static void sayTheWayOut() {
  errs() << "  with CMake: configure with -DCMAKE_EXPORT_COMPILE_COMMANDS=ON\n"
            "  with make and others: bear -- make\n"
            "  without any: name the files, then -- and the compiler's flags, as in\n"
            "    corolint src/main.cpp -- -std=c++20 -Iinclude\n";
}

/// Empty, and said, when there is none.
static std::string findPath(StringRef Build, ArrayRef<std::string> From,
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

/// The command without what it writes: by that, commands are the same to us.
static std::string identityOf(const Unit &U) {
  std::string Key = U.File + '\0' + U.Directory;
  for (size_t I = 0; I < U.Arguments.size(); ++I) {
    StringRef A = U.Arguments[I];
    if (A == "-o" || A == "-MF" || A == "-MT" || A == "-MQ")
      ++I;
    else if (!A.starts_with("-o") && A != "-fPIC" && A != "-fPIE")
      Key += '\0' + A.str();
  }
  return Key;
}

/// A relative `directory` is against the rules of the format; where it is, it starts at the file.
static std::vector<Unit> unitsOf(const clang::tooling::CompilationDatabase &From,
                                 StringRef Folder) {
  std::vector<Unit> Units;
  StringSet<> Seen;
  for (clang::tooling::CompileCommand &C : From.getAllCompileCommands()) {
    std::string Directory = canonicalPath(C.Directory, Folder);
    Unit U{canonicalPath(C.Filename, Directory), Directory, std::move(C.CommandLine)};
    clang::tooling::addExpandedResponseFiles(U.Arguments, U.Directory, cl::TokenizeGNUCommandLine,
                                             *vfs::getRealFileSystem());
    if (Seen.insert(identityOf(U)).second)
      Units.push_back(std::move(U));
  }
  return Units;
}

std::optional<Database> findDatabase(StringRef Build, ArrayRef<std::string> From) {
  Database Result;
  Result.Path = findPath(Build, From, Result.Others);
  if (Result.Path.empty())
    return std::nullopt;
  std::string Shown = shownPath(Result.Path);
  auto Buffer = MemoryBuffer::getFile(Result.Path);
  if (!Buffer) {
    sayError() << "'" << Shown << "' cannot be read: " << Buffer.getError().message() << "\n";
    return std::nullopt;
  }
  auto Unusable = [&](const Twine &Why) {
    sayError() << "'" << Shown << "' is no compile database: " << Why
               << "; make it again, or choose another with -p\n";
    return std::nullopt;
  };
  // Clang reads the file as YAML and does not say where it is malformed.
  Expected<json::Value> Document = json::parse((*Buffer)->getBuffer());
  if (!Document)
    return Unusable(toString(Document.takeError()));
  std::string Why;
  auto Commands = clang::tooling::JSONCompilationDatabase::loadFromBuffer(
      (*Buffer)->getBuffer(), Why, clang::tooling::JSONCommandLineSyntax::AutoDetect);
  if (!Commands)
    return Unusable(StringRef(Why).rtrim("."));
  Result.Units = unitsOf(*Commands, sys::path::parent_path(Result.Path));
  if (Result.Units.empty())
    return Unusable("it names no file");
  return Result;
}

std::vector<Unit> unitsWithFlags(ArrayRef<std::string> Files, ArrayRef<std::string> Flags) {
  SmallString<256> Here;
  sys::fs::current_path(Here);
  std::vector<Unit> Units;
  for (const std::string &File : Files) {
    Unit U{File, Here.str().str(), {"clang++"}};
    append_range(U.Arguments, Flags);
    clang::tooling::addExpandedResponseFiles(U.Arguments, U.Directory, cl::TokenizeGNUCommandLine,
                                             *vfs::getRealFileSystem());
    if (isHeaderName(File) && !is_contained(Flags, "-x"))
      append_range(U.Arguments, std::vector<std::string>{"-x", "c++"});
    U.Arguments.push_back(File);
    Units.push_back(std::move(U));
  }
  return Units;
}

} // namespace corolint
