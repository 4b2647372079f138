//===- Ignored.cpp - Files of which a user wants no findings ------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "knowledge/Ignored.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/GlobPattern.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace corolint::model {

// What stands for millions in one text, a stranger must not write.
static constexpr size_t MostAlternatives = 1000;

/// A pattern refers to its text: it is made where it is asked.
static bool matches(StringRef Glob, ArrayRef<StringRef> Names) {
  Expected<GlobPattern> Pattern = GlobPattern::create(Glob, MostAlternatives);
  if (Pattern)
    return any_of(Names, [&](StringRef Name) { return Pattern->match(Name); });
  consumeError(Pattern.takeError());
  return false;
}

Expected<IgnoredFiles> IgnoredFiles::make(StringRef Glob, StringRef Folder) {
  IgnoredFiles Result;
  Glob.consume_front("./");
  Glob = Glob.rtrim('/');
  Result.IsName = !Glob.contains('/');
  Glob.consume_front("/");
  if (Expected<GlobPattern> Pattern = GlobPattern::create(Glob, MostAlternatives); !Pattern)
    return Pattern.takeError();
  Result.Glob = Glob.str();
  Result.Folder = Folder.str();
  return Result;
}

bool IgnoredFiles::covers(StringRef Path) const {
  StringRef Rest = Path;
  if (!Rest.consume_front(StringRef(Folder).rtrim('/')) || !Rest.consume_front("/"))
    return false;
  SmallVector<StringRef> Names;
  for (StringRef Name = Rest; !Name.empty(); Name = sys::path::parent_path(Name))
    Names.push_back(IsName ? sys::path::filename(Name) : Name);
  return matches(Glob, Names);
}

bool IgnoredFiles::covers(StringRef Path, StringRef Rule) const {
  return covers(Path) &&
         (Rules.empty() || any_of(Rules, [&](StringRef Each) { return matches(Each, Rule); }));
}

} // namespace corolint::model
