//===- GitHub.cpp - Annotations of a pull request on GitHub -------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "output/Formats.h"
#include "output/Paths.h"

using namespace llvm;

namespace corolint {

/// \p InProperty: what stands between `::` and `::`, where `:` and `,` mean something.
static std::string escaped(StringRef Text, bool InProperty = false) {
  std::string Result;
  for (char C : utf8(Text))
    switch (C) {
    case '%':
      Result += "%25";
      break;
    case '\r':
      Result += "%0D";
      break;
    case '\n':
      Result += "%0A";
      break;
    case ':':
    case ',':
      Result += !InProperty ? std::string(1, C) : C == ':' ? "%3A" : "%2C";
      break;
    default:
      Result += C;
    }
  return Result;
}

static void printPlace(const Place &At, raw_ostream &Out) {
  if (At.Path.empty())
    return;
  Out << "file=" << escaped(reportedPath(At.Path), true) << ",line=" << At.Line
      << ",col=" << At.Column << ",";
}

void printGitHub(const Report &R, raw_ostream &Out) {
  for (const Finding &F : R.Findings) {
    if (F.Fixed)
      continue;
    Out << (F.IsError ? "::error " : "::warning ");
    printPlace(F.What.At, Out);
    Out << "title=" << escaped(F.Rule, true) << "::" << escaped(F.What.Text);
    for (const Note &Each : F.Notes) {
      Out << "%0A";
      if (!Each.At.Path.empty())
        Out << escaped(reportedPath(Each.At.Path)) << ":" << Each.At.Line << ": ";
      Out << escaped(Each.Text);
    }
    Out << "\n";
  }
  for (const Failure &F : notAnalysed(R)) {
    const bool HasPlace = !F.Errors.empty() && !F.Errors.front().At.Path.empty();
    Out << "::error ";
    if (HasPlace)
      printPlace(F.Errors.front().At, Out);
    else
      Out << "file=" << escaped(reportedPath(F.File), true) << ",";
    Out << "title=corolint::" << escaped(reportedPath(F.File))
        << " could not be analysed: " << escaped(F.Why);
    for (const Message &M : F.Errors)
      Out << "%0A" << escaped(M.Text);
    Out << "\n";
  }
}

} // namespace corolint
