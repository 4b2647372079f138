//===- UserFile.cpp - Files that anybody may have put there --------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "knowledge/UserFile.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace corolint::model {
namespace {

// Real files have some thousand lines, and nest some levels.
constexpr size_t MaxFileBytes = 1 << 20;
constexpr size_t MaxBrackets = 5000, MaxOnLine = 500, MaxIndent = 500;
constexpr unsigned MaxJsonDepth = 100;

bool isBelow(StringRef Path, StringRef Folder) {
  Folder = Folder.rtrim('/');
  return Path.consume_front(Folder) && (Path.empty() || Path.front() == '/');
}

/// True when the file is a link to what is neither below its folder nor below the current one, nor
/// the file of a folder above that is read for this folder anyway.
bool leadsOut(StringRef Path) {
  SmallString<256> Folder, Real, Here;
  if (sys::fs::real_path(sys::path::parent_path(Path), Folder) || sys::fs::real_path(Path, Real))
    return true;
  if (isBelow(Real, Folder))
    return false;
  if (sys::path::filename(Real) == sys::path::filename(Path) &&
      isBelow(Folder, sys::path::parent_path(Real)))
    return false;
  if (sys::fs::real_path(".", Here))
    return true;
  return !isBelow(Folder, Here) || !isBelow(Real, Here);
}

/// An upper bound that needs no parser: whatever opens a level counts, closed or not, quoted or
/// not. In block style each level stands further to the right.
bool yamlNestsTooDeep(StringRef Text) {
  size_t Brackets = Text.count('[') + Text.count('{');
  if (Brackets > MaxBrackets)
    return true;
  for (StringRef Line : split(Text, '\n')) {
    size_t Indent = std::min(Line.find_first_not_of(" \t"), Line.size());
    size_t Signs = 0;
    for (size_t I = Indent; I < Line.size(); ++I)
      if (StringRef("-?:").contains(Line[I]) && (I + 1 == Line.size() || isSpace(Line[I + 1])))
        ++Signs;
    if (Signs > MaxOnLine || (Signs && Indent > MaxIndent))
      return true;
  }
  return false;
}

} // namespace

UserFile readUserFile(StringRef Path) {
  UserFile Result;
  SmallString<256> Name(Path);
  sys::fs::file_status Own, Status;
  if (std::error_code EC = sys::fs::make_absolute(Name);
      EC || sys::fs::status(Name, Own, /*follow=*/false) ||
      Own.type() == sys::fs::file_type::file_not_found)
    return Result;
  if (std::error_code EC = sys::fs::status(Name, Status)) {
    Result.Fault = "cannot be read: " + EC.message();
  } else if (Status.type() != sys::fs::file_type::regular_file) {
    Result.Fault = "cannot be read: it is no ordinary file";
  } else if (Own.type() == sys::fs::file_type::symlink_file && leadsOut(Name)) {
    Result.Fault = "is not read: it is a link that leads out of the project";
  } else if (Status.getSize() > MaxFileBytes) {
    Result.Fault = "is not read: it has more than a megabyte";
  } else if (auto Buffer = MemoryBuffer::getFile(Name); !Buffer) {
    Result.Fault = "cannot be read: " + Buffer.getError().message();
  } else if (yamlNestsTooDeep((*Buffer)->getBuffer())) {
    Result.Fault = "is not read: it nests too deep";
  } else {
    Result.Text = MemoryBuffer::getMemBufferCopy((*Buffer)->getBuffer(), Path);
  }
  return Result;
}

bool jsonNestsTooDeep(StringRef Text) {
  unsigned Depth = 0;
  bool InString = false;
  for (size_t I = 0; I < Text.size(); ++I) {
    const char C = Text[I];
    if (InString) {
      if (C == '\\')
        ++I;
      else if (C == '"')
        InString = false;
    } else if (C == '"') {
      InString = true;
    } else if (C == '[' || C == '{') {
      if (++Depth > MaxJsonDepth)
        return true;
    } else if ((C == ']' || C == '}') && Depth) {
      --Depth;
    }
  }
  return false;
}

} // namespace corolint::model
