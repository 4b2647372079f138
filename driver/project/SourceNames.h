//===- SourceNames.h - Which files are C++, by their names ----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_DRIVER_PROJECT_SOURCENAMES_H
#define COROLINT_DRIVER_PROJECT_SOURCENAMES_H

#include "llvm/ADT/StringRef.h"

namespace corolint {

bool isSourceName(llvm::StringRef Path); ///< .cpp, .cc, .c …
bool isHeaderName(llvm::StringRef Path); ///< .h, .hpp, .ipp …
/// False for what is certainly no text of C++, whose tables may be in files of any name.
bool mayBeIncluded(llvm::StringRef Path);

} // namespace corolint

#endif // COROLINT_DRIVER_PROJECT_SOURCENAMES_H
