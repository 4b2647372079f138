//===- Database.cpp - The units of a project and how they are compiled ---===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "project/Database.h"
#include "base/Shown.h"
#include "knowledge/UserFile.h"
#include "output/Paths.h"
#include "output/Say.h"
#include "project/DatabaseSearch.h"
#include "project/RegularFiles.h"
#include "clang/Tooling/JSONCompilationDatabase.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace corolint {

std::optional<Database> findDatabase(StringRef Build, ArrayRef<std::string> From) {
  Database Result;
  Result.Path = findDatabasePath(Build, From, Result.Others);
  if (Result.Path.empty())
    return std::nullopt;
  std::string Shown = shownPath(Result.Path);
  uint64_t Size = 0;
  if (!sys::fs::file_size(Result.Path, Size) && Size > (1 << 30)) {
    sayError() << "'" << Shown << "' is not read: it has more than a gigabyte\n";
    return std::nullopt;
  }
  auto Buffer = MemoryBuffer::getFile(Result.Path);
  if (!Buffer) {
    sayError() << "'" << Shown << "' cannot be read: " << Buffer.getError().message() << "\n";
    return std::nullopt;
  }
  auto Unusable = [&](const Twine &Why) {
    sayError() << "'" << Shown << "' is no compile database: " << shown(Why.str())
               << "; make it again, or choose another with -p\n";
    return std::nullopt;
  };
  if (model::jsonNestsTooDeep((*Buffer)->getBuffer()))
    return Unusable("it nests too deep");
  // Clang reads the file as YAML and does not say where it is malformed.
  Expected<json::Value> Document = json::parse((*Buffer)->getBuffer());
  if (!Document)
    return Unusable(toString(Document.takeError()));
  std::string Why;
  auto Commands = clang::tooling::JSONCompilationDatabase::loadFromBuffer(
      (*Buffer)->getBuffer(), Why, clang::tooling::JSONCommandLineSyntax::AutoDetect);
  if (!Commands)
    return Unusable(StringRef(Why).rtrim("."));
  Result.Units = unitsOf(Commands->getAllCompileCommands(), sys::path::parent_path(Result.Path));
  if (Result.Units.empty())
    return Unusable("it names no file");
  return Result;
}

} // namespace corolint
