//===- Scratch.cpp - A folder for what the processes tell each other ------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "run/Scratch.h"
#include "output/Say.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace corolint {

std::unique_ptr<Scratch> Scratch::make() {
  SmallString<128> Folder;
  if (std::error_code EC = sys::fs::createUniqueDirectory("corolint", Folder)) {
    sayError() << "no folder for temporary files can be made: " << EC.message()
               << "; TMPDIR says where\n";
    return nullptr;
  }
  return std::unique_ptr<Scratch>(new Scratch(Folder.str().str()));
}

Scratch::~Scratch() {
  sys::fs::remove_directories(Folder, /*IgnoreErrors=*/true);
}

std::string Scratch::path(const Twine &Name) const {
  SmallString<128> Path(Folder);
  sys::path::append(Path, Name);
  return Path.str().str();
}

} // namespace corolint
