//===- Fingerprint.cpp - What a finding is known by as its file changes -===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "output/Fingerprint.h"
#include "output/Paths.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/xxhash.h"
#include <map>

using namespace llvm;

namespace corolint {

std::string identityOf(const Finding &F) {
  std::string Line;
  for (char C : F.What.At.Source)
    if (!isSpace(C))
      Line += C;
  return F.Rule + '\n' + F.Function + '\n' + Line;
}

void addFingerprints(std::vector<Finding> &Findings) {
  std::map<std::string, unsigned> Times;
  for (Finding &F : Findings) {
    std::string Text = identityOf(F) + '\n' + relativePath(F.What.At.Path);
    if (unsigned Earlier = Times[Text]++)
      Text += '\n' + std::to_string(Earlier);
    const XXH128_hash_t Hash = xxh3_128bits(arrayRefFromStringRef(Text));
    F.Fingerprint = utohexstr(Hash.high64, /*LowerCase=*/true, 16) +
                    utohexstr(Hash.low64, /*LowerCase=*/true, 16);
  }
}

} // namespace corolint
