//===- Registry.cpp - Checks.def -> allRules() ---------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Registry.h"
#include "base/Embedded.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/GlobPattern.h"

namespace corolint {

namespace checks {
#define CHECK(Name) extern const Rule Name##Entry;
#include "Checks.def"
} // namespace checks

llvm::ArrayRef<const Rule *> allRules() {
  static const Rule *const Rules[] = {
#define CHECK(Name) &checks::Name##Entry,
#include "Checks.def"
  };
  return Rules;
}

const Rule *findRule(llvm::StringRef Id) {
  const auto *Found = llvm::find_if(allRules(), [&](const Rule *R) { return R->Id == Id; });
  return Found == allRules().end() ? nullptr : *Found;
}

bool switchesOn(llvm::StringRef Glob, const Rule &R, Tier Profile) {
  llvm::Expected<llvm::GlobPattern> Pattern = llvm::GlobPattern::create(Glob);
  if (!Pattern) {
    llvm::consumeError(Pattern.takeError());
    return false;
  }
  if (!Pattern->match(R.Id))
    return false;
  return R.Level <= Profile || llvm::none_of(allRules(), [&](const Rule *Each) {
           return Each->Level < R.Level && Pattern->match(Each->Id);
         });
}

std::optional<Tier> tierNamed(llvm::StringRef Name) {
  for (Tier Each : {Tier::Default, Tier::Strict, Tier::Pedantic})
    if (Name == nameOf(Each))
      return Each;
  return std::nullopt;
}

llvm::StringRef pageOf(const Rule &R) {
  for (const EmbeddedFile &Page : embeddedPages())
    if (Page.Name.drop_back(llvm::StringRef(".md").size()) == R.Id)
      return Page.Text;
  llvm_unreachable("the build embeds a page for every rule of Checks.def");
}

llvm::StringRef nameOf(Tier T) {
  switch (T) {
  case Tier::Default:
    return "default";
  case Tier::Strict:
    return "strict";
  case Tier::Pedantic:
    return "pedantic";
  }
  llvm_unreachable("all tiers are named");
}

llvm::StringRef nameOf(Topic T) {
  switch (T) {
  case Topic::Blocking:
    return "blocking";
  case Topic::Awaiting:
    return "awaiting";
  case Topic::Lifetime:
    return "lifetime";
  case Topic::Suspension:
    return "suspension";
  case Topic::RuntimeAuthors:
    return "runtime-authors";
  case Topic::Structure:
    return "structure";
  }
  llvm_unreachable("all topics are named");
}

llvm::StringRef nameOf(NoteKind K) {
  switch (K) {
  case NoteKind::Step:
    return "step";
  case NoteKind::Related:
    return "related";
  case NoteKind::Advice:
    return "advice";
  }
  llvm_unreachable("all kinds are named");
}

llvm::StringRef nameOf(Fix F) {
  switch (F) {
  case Fix::None:
    return "none";
  case Fix::Suggested:
    return "suggested";
  case Fix::Safe:
    return "safe";
  }
  llvm_unreachable("all kinds of fix are named");
}

} // namespace corolint
