//===- Paths.cpp - One name for one file ---------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "output/Paths.h"
#include "base/Shown.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace corolint {

std::string canonicalPath(StringRef Path, StringRef Folder) {
  SmallString<256> Absolute(Path), Real;
  if (Folder.empty())
    sys::fs::make_absolute(Absolute);
  else
    sys::path::make_absolute(Folder, Absolute);
  if (!sys::fs::real_path(Absolute, Real))
    return Real.str().str();
  // The folder may exist though the file does not.
  SmallString<256> Parent = sys::path::parent_path(Absolute);
  if (!sys::fs::real_path(Parent, Real)) {
    sys::path::append(Real, sys::path::filename(Absolute));
    Absolute = Real;
  }
  sys::path::remove_dots(Absolute, /*remove_dot_dot=*/true);
  return Absolute.str().str();
}

bool isAtOrBelow(StringRef Path, StringRef Folder) {
  Folder = Folder.rtrim('/');
  return Path.consume_front(Folder) && (Path.empty() || Path.front() == '/');
}

std::string repositoryOf(StringRef Canonical) {
  for (StringRef Folder = sys::path::parent_path(Canonical); Folder.size() > 1;
       Folder = sys::path::parent_path(Folder)) {
    SmallString<256> Git(Folder);
    sys::path::append(Git, ".git");
    if (sys::fs::exists(Git))
      return Folder.str();
  }
  return "";
}

std::string relativePath(StringRef Canonical) {
  static const std::string Here = [] {
    SmallString<256> Folder;
    sys::fs::current_path(Folder);
    return canonicalPath(Folder);
  }();
  if (Canonical != Here && isAtOrBelow(Canonical, Here))
    Canonical = Canonical.drop_front(StringRef(Here).rtrim('/').size() + 1);
  return Canonical.str();
}

std::string shownPath(StringRef Canonical) {
  std::string Result = shown(relativePath(Canonical));
  // No name begins a line with what orders something of a CI system.
  const char First = Result.empty() ? '.' : Result.front();
  if (First == ':' || First == '#' || First == ' ' || First == '-')
    Result = "./" + Result;
  return Result;
}

} // namespace corolint
