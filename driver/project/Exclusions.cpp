//===- Exclusions.cpp - Files that the user leaves out ------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "project/Exclusions.h"
#include "knowledge/Knowledge.h"
#include "output/Paths.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/SourceMgr.h"

using namespace llvm;

namespace corolint {

const std::vector<model::IgnoredFiles> &Exclusions::above(StringRef Folder) {
  auto [Slot, IsNew] = ByFolder.try_emplace(Folder);
  if (!IsNew)
    return Slot->second;
  // Their faults are reported where all of the user's files are checked.
  auto Ignore = [](const SMDiagnostic &) {};
  model::Knowledge Known;
  for (const std::string &Name : With.Knowledge)
    if (auto Buffer = MemoryBuffer::getFile(Name))
      Known.add((*Buffer)->getMemBufferRef(), model::Origin::User, Ignore);
  SmallString<256> File(Folder);
  sys::path::append(File, "unit.cpp");
  Known.addUserFiles(File, Ignore);
  std::vector<model::IgnoredFiles> Found;
  for (model::IgnoredFiles &Each : Known.Ignored)
    if (Each.Rules.empty())
      Found.push_back(std::move(Each));
  // Filled by now: nothing above asks for another folder.
  return ByFolder[Folder] = std::move(Found);
}

std::string Exclusions::of(StringRef File) {
  for (const model::IgnoredFiles &Each : above(sys::path::parent_path(File)))
    if (Each.covers(File))
      return shownPath(canonicalPath(Each.From.File)) + ":" + std::to_string(Each.From.Line);
  return "";
}

} // namespace corolint
