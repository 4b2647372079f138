//===- Registry.h - Every rule that there is -----------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_REGISTRY_H
#define COROLINT_REGISTRY_H

#include "Rule.h"

namespace corolint {

/// All rules of Checks.def, sorted by id.
llvm::ArrayRef<const Rule *> allRules();

/// The rule with this id, or null.
const Rule *findRule(llvm::StringRef Id);

/// The rule's page under docs/checks, embedded when corolint was built (Markdown).
llvm::StringRef pageOf(const Rule &R);

} // namespace corolint

#endif // COROLINT_REGISTRY_H
