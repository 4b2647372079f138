//===- KnowledgeFuzzer.cpp - Any text at all as knowledge ----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "knowledge/KnowledgeFile.h"
#include "llvm/Support/MemoryBufferRef.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/raw_ostream.h"
#include <cstdlib>

using namespace corolint::model;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *Data, size_t Size) {
  for (Origin From : {Origin::User, Origin::Shipped}) {
    // A copy with a known end: the parser must not read behind it, whatever the text is.
    std::string Text(reinterpret_cast<const char *>(Data), Size);
    bool Reported = false;
    std::optional<KnowledgeFile> Read = readKnowledgeFile(
        llvm::MemoryBufferRef(Text, "fuzz.yaml"), From, [&](const llvm::SMDiagnostic &D) {
          Reported = true;
          std::string Printed;
          llvm::raw_string_ostream OS(Printed);
          D.print(nullptr, OS, /*ShowColors=*/false);
        });
    // Exactly one of the two: knowledge, or a reason why not.
    if (Read.has_value() == Reported)
      std::abort();
    if (Read)
      for (const Entry &E : Read->Functions)
        if (E.Name.empty() || (E.What == Role::Blocks && E.Why.empty()))
          std::abort();
  }
  return 0;
}
