//===- Say.cpp - What the command says besides its findings --------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "output/Say.h"
#include "base/Shown.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/WithColor.h"

using namespace llvm;

namespace corolint {

raw_ostream &say() {
  return errs() << "corolint: ";
}
raw_ostream &sayError() {
  return WithColor::error(errs(), "corolint");
}
raw_ostream &sayWarning() {
  return WithColor::warning(errs(), "corolint");
}

bool wantsColours(raw_ostream &Stream) {
  return WithColor::defaultAutoDetectFunction()(Stream);
}

std::string didYouMean(StringRef Word, ArrayRef<StringRef> Candidates) {
  unsigned Best = std::max<unsigned>(2, Word.size() / 3) + 1;
  StringRef Nearest;
  for (StringRef Candidate : Candidates)
    if (unsigned Distance = Word.edit_distance(Candidate, true, Best); Distance < Best) {
      Best = Distance;
      Nearest = Candidate;
    }
  return Nearest.empty() ? std::string() : ("; did you mean '" + Nearest + "'?").str();
}

std::string counted(size_t Number, StringRef One, StringRef Many) {
  if (Number != 1 && !Many.empty())
    return (Twine(Number) + " " + Many).str();
  return (Twine(Number) + " " + One + (Number == 1 ? "" : "s")).str();
}

std::string listed(ArrayRef<std::string> Names, size_t Most) {
  if (Names.size() <= Most + 1)
    Most = Names.size();
  std::string Result;
  for (StringRef Name : Names.take_front(Most))
    Result += (Result.empty() ? "" : ", ") + shown(Name);
  if (Names.size() > Most)
    Result += " and " + std::to_string(Names.size() - Most) + " more";
  return Result;
}

} // namespace corolint
