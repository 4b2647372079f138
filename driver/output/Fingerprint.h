//===- Fingerprint.h - What a finding is known by as its file changes ---===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_DRIVER_OUTPUT_FINGERPRINT_H
#define COROLINT_DRIVER_OUTPUT_FINGERPRINT_H

#include "output/Finding.h"

namespace corolint {

/// A line of code as it is compared: however it is indented.
std::string withoutBlanks(llvm::StringRef Line);

/// What stays of a finding when code above it changes: its rule, the function that it is in, and
/// the text of its line without blanks.
std::string identityOf(const Finding &F);

/// Gives each its fingerprint: identity and file, by its name in its repository, and a number where
/// several have the same. No two of \p Findings have the same one.
void addFingerprints(std::vector<Finding> &Findings);

} // namespace corolint

#endif // COROLINT_DRIVER_OUTPUT_FINGERPRINT_H
