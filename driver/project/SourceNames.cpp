//===- SourceNames.cpp - Which files are C++, by their names --------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "project/SourceNames.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace corolint {

bool isSourceName(StringRef Path) {
  return StringSwitch<bool>(sys::path::extension(Path))
      .Cases({".cpp", ".cc", ".cxx", ".c++", ".C", ".cp", ".CPP"}, true)
      .Cases({".c", ".cppm", ".ccm", ".cxxm", ".c++m", ".ixx", ".mm"}, true)
      .Default(false);
}

bool isHeaderName(StringRef Path) {
  return StringSwitch<bool>(sys::path::extension(Path))
      .Cases({".h", ".hh", ".hpp", ".hxx", ".h++", ".H", ".hp"}, true)
      .Cases({".ipp", ".inl", ".tpp", ".txx", ".tcc", ".inc"}, true)
      .Default(false);
}

bool mayBeIncluded(StringRef Path) {
  StringRef Name = sys::path::filename(Path);
  return !Name.starts_with(".") &&
         StringSwitch<bool>(Name)
             .Cases({"CMakeLists.txt", "Makefile", "LICENSE", "README"}, false)
             .Default(true) &&
         StringSwitch<bool>(sys::path::extension(Path))
             .CasesLower({".md", ".rst", ".adoc", ".html", ".css", ".js", ".ts", ".py", ".sh"},
                         false)
             .CasesLower({".rb", ".pl", ".go", ".rs", ".java", ".json", ".yaml", ".yml"}, false)
             .CasesLower({".toml", ".xml", ".ini", ".cfg", ".cmake", ".mk", ".lock", ".svg"}, false)
             .CasesLower({".png", ".jpg", ".jpeg", ".gif", ".ico", ".pdf", ".zip", ".gz"}, false)
             .CasesLower({".xz", ".bz2", ".jar", ".a", ".o", ".so", ".patch", ".diff"}, false)
             .Default(true);
}

} // namespace corolint
