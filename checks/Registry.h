//===- Registry.h - Every rule that there is -----------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_REGISTRY_H
#define COROLINT_REGISTRY_H

#include "Rule.h"

#include <optional>

namespace corolint {

/// All rules of Checks.def, sorted by id.
llvm::ArrayRef<const Rule *> allRules();

/// The rule with this id, or null.
const Rule *findRule(llvm::StringRef Id);

/// Does one item of a list of checks switch the rule on, under a profile? A name does. A glob means
/// what the profile has: `coro-*` is not meant to be all opinions. If it matches nothing of that,
/// it means the narrowest tier that it does match.
bool switchesOn(llvm::StringRef Glob, const Rule &R, Tier Profile);

/// The tier of that name, or nothing.
std::optional<Tier> tierNamed(llvm::StringRef Name);

/// The rule's page under docs/checks, embedded when corolint was built (Markdown).
llvm::StringRef pageOf(const Rule &R);

} // namespace corolint

#endif // COROLINT_REGISTRY_H
