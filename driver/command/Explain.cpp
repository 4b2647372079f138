//===- Explain.cpp - corolint explain ------------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Registry.h"
#include "command/Commands.h"
#include "output/Markdown.h"
#include "output/Say.h"
#include "llvm/Support/Process.h"

using namespace llvm;

namespace corolint {

int runExplain(StringRef Name) {
  const Rule *R = findRule(Name);
  // The prefix says nothing in this place.
  if (!R)
    R = findRule(("coro-" + Name).str());
  if (!R) {
    std::vector<StringRef> Ids;
    for (const Rule *Other : allRules())
      Ids.push_back(Other->Id);
    sayError() << "there is no rule '" << Name << "'" << didYouMean(Name, Ids)
               << "\n  'corolint rules' lists them\n";
    return WrongUse;
  }
  unsigned Columns = sys::Process::StandardOutColumns();
  unsigned Width = Columns ? std::clamp(Columns, 40u, 100u) : 80;
  renderMarkdown(pageOf(*R), outs(), Width, wantsColours(outs()));
  return Clean;
}

} // namespace corolint
