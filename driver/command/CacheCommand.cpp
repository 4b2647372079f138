//===- CacheCommand.cpp - corolint cache --------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "command/Commands.h"
#include "output/Paths.h"
#include "output/Say.h"
#include "run/Cache.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Format.h"

using namespace llvm;

namespace corolint {

static std::string megabytes(uint64_t Bytes) {
  std::string Text;
  raw_string_ostream(Text) << format("%.1f MB", Bytes / 1e6);
  return Text;
}

int runCache(StringRef Do, StringRef Folder) {
  const std::string In = Cache::folderOf(Folder);
  if (In.empty()) {
    sayError() << "there is no folder for caches here; --cache-dir names one\n";
    return WrongUse;
  }
  if (Do == "clean") {
    if (!Cache::remove(Folder))
      return NotAnalysed;
    say() << "nothing is kept in '" << shownPath(In) << "' any more\n";
    return Clean;
  }
  if (!sys::fs::exists(In)) { // looking makes none
    outs() << "folder: " << shownPath(In) << "\nresults: 0\n";
    return Clean;
  }
  std::unique_ptr<Cache> Kept = Cache::open(In);
  if (!Kept)
    return NotAnalysed;
  const CacheStats S = Kept->stats();
  outs() << "folder: " << shownPath(In) << "\nresults: " << S.Entries
         << "\nsize: " << megabytes(S.Bytes) << " of at most " << megabytes(S.Most) << "\n";
  return Clean;
}

} // namespace corolint
