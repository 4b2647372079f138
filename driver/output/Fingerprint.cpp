//===- Fingerprint.cpp - What a finding is known by as its file changes -===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "output/Fingerprint.h"
#include "output/Paths.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/xxhash.h"
#include <map>
#include <tuple>

using namespace llvm;

namespace corolint {

std::string withoutBlanks(StringRef Line) {
  std::string Result;
  copy_if(Line, std::back_inserter(Result), [](char C) { return !isSpace(C); });
  return Result;
}

std::string identityOf(const Finding &F) {
  return F.Rule + '\n' + F.Function + '\n' + withoutBlanks(F.What.At.Source);
}

/// Wherever the run is, and wherever the checkout.
static std::string lastingName(StringRef Path) {
  const std::string Root = repositoryOf(Path);
  return Root.empty() ? relativePath(Path) : Path.drop_front(Root.size() + 1).str();
}

void addFingerprints(std::vector<Finding> &Findings) {
  std::map<std::string, unsigned> Times;
  std::string Path, Name;
  for (Finding &F : Findings) {
    if (F.What.At.Path != Path)
      std::tie(Path, Name) = std::pair(F.What.At.Path, lastingName(F.What.At.Path));
    std::string Text = identityOf(F) + '\n' + Name;
    if (unsigned Earlier = Times[Text]++)
      Text += '\n' + std::to_string(Earlier);
    const XXH128_hash_t Hash = xxh3_128bits(arrayRefFromStringRef(Text));
    F.Fingerprint = utohexstr(Hash.high64, /*LowerCase=*/true, 16) +
                    utohexstr(Hash.low64, /*LowerCase=*/true, 16);
  }
}

} // namespace corolint
