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
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/WithColor.h"
#include <cstdlib>

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

static bool isSet(const char *Variable) {
  const char *Value = std::getenv(Variable);
  return Value && *Value && StringRef(Value) != "0";
}

/// --color decides, then https://no-color.org and https://force-color.org, then whether it is a
/// terminal.
static bool detectColours(const raw_ostream &Stream) {
  auto &Options = cl::getRegisteredOptions();
  auto Color = Options.find("color");
  if (Color == Options.end() || !Color->second->getNumOccurrences()) {
    if (const char *None = std::getenv("NO_COLOR"); None && *None)
      return false;
    if (isSet("FORCE_COLOR") || isSet("CLICOLOR_FORCE"))
      return true;
  }
  return WithColor::defaultAutoDetectFunction()(Stream);
}

void detectColoursOurWay() {
  WithColor::setAutoDetectFunction(detectColours);
}

bool wantsColours(raw_ostream &Stream) {
  return detectColours(Stream);
}

bool wantsLinks(raw_ostream &Stream) {
  if (const char *Value = std::getenv("FORCE_HYPERLINK"); Value && *Value)
    return StringRef(Value) != "0";
  return Stream.is_displayed() && wantsColours(Stream);
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
