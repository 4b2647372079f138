//===- RulePage.cpp - Where the page of a rule can be read --------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "output/RulePage.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include <cstdlib>

using namespace llvm;

namespace corolint {

/// A path as a URI: what is no plain character is written as %20.
static std::string fileUri(StringRef Path) {
  std::string Uri = "file://";
  for (char C : Path)
    if (isAlnum(C) || StringRef("/-._~").contains(C))
      Uri += C;
    else
      Uri += "%" + toHex(StringRef(&C, 1));
  return Uri;
}

std::string pageLinkOf(StringRef Rule, StringRef Base) {
  if (const char *Variable = std::getenv("COROLINT_DOCS_URL"); Base.empty() && Variable)
    Base = Variable;
  if (!Base.empty())
    return (Base.rtrim('/') + "/checks/" + Rule + ".html").str();
  static int Anchor;
  const std::string Self = sys::fs::getMainExecutable("corolint", &Anchor);
  SmallString<256> Docs(sys::path::parent_path(Self));
  sys::path::append(Docs, COROLINT_DOCUMENTS);
  sys::path::remove_dots(Docs, /*remove_dot_dot=*/true);
  for (StringRef Name : {"html/checks/", "checks/"}) {
    SmallString<256> Page(Docs);
    sys::path::append(Page, Name + Rule + (Name.starts_with("html") ? ".html" : ".md"));
    if (sys::fs::exists(Page))
      return fileUri(Page);
  }
  return "";
}

} // namespace corolint
