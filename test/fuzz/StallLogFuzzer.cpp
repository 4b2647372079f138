//===- StallLogFuzzer.cpp - Any text at all as a log of slow steps -------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "command/StallLog.h"
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *Data, size_t Size) {
  // A copy with a known end: nothing may be read behind it.
  std::string Text(reinterpret_cast<const char *>(Data), Size);
  unsigned Last = 0;
  for (const corolint::Stall &S : corolint::readStallLog(Text)) {
    // Each report is one line of the log, and they come in order.
    if (S.Line <= Last)
      std::abort();
    Last = S.Line;
    for (const corolint::Stall::Frame &F : S.Stack)
      if (llvm::StringRef(F.Function).contains('\n'))
        std::abort();
  }
  if (llvm::StringRef(corolint::plainNameOf(Text)).starts_with("::"))
    std::abort();
  return 0;
}
