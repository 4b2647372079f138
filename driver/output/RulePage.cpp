//===- RulePage.cpp - Where the page of a rule can be read --------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "output/RulePage.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include <cstdlib>

using namespace llvm;

namespace corolint {

std::string pageLinkOf(StringRef Rule) {
  if (const char *Base = std::getenv("COROLINT_DOCS_URL"); Base && *Base)
    return (StringRef(Base).rtrim('/') + "/checks/" + Rule + ".html").str();
  static int Anchor;
  const std::string Self = sys::fs::getMainExecutable("corolint", &Anchor);
  SmallString<256> Docs(sys::path::parent_path(sys::path::parent_path(Self)));
  sys::path::append(Docs, "share", "doc", "corolint");
  for (StringRef Name : {"html/checks/", "checks/"}) {
    SmallString<256> Page(Docs);
    sys::path::append(Page, Name + Rule + (Name.starts_with("html") ? ".html" : ".md"));
    if (sys::fs::exists(Page))
      return ("file://" + Page).str();
  }
  return "";
}

} // namespace corolint
