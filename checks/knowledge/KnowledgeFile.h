//===- KnowledgeFile.h - One YAML file of knowledge ----------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Reads what docs/knowledge-format.md describes. Knows nothing of Clang, so that a fuzzer can try
// it on its own.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_KNOWLEDGE_KNOWLEDGEFILE_H
#define COROLINT_KNOWLEDGE_KNOWLEDGEFILE_H

#include "knowledge/Ignored.h"
#include "knowledge/Words.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/MemoryBufferRef.h"
#include <optional>
#include <string>
#include <vector>

namespace corolint::model {

struct KnowledgeFile {
  std::string Library;
  std::string Version;
  std::vector<std::string>
      Proved; ///< the checkouts whose headers have its names, each with its commit
  std::optional<std::string> Profile;
  Source ProfileFrom;
  llvm::StringMap<bool> Families;
  llvm::StringMap<Source> FamiliesFrom;
  std::vector<IgnoredFiles> Ignored;
  std::vector<Entry> Functions; ///< in the order of the file's lines
  std::vector<AsyncCounterpart> Counterparts;
  std::vector<TypeEntry> Types;
  std::vector<Alias> Aliases;
};

/// Nothing if the text is malformed: each fault was reported with file, line, column and caret.
std::optional<KnowledgeFile> readKnowledgeFile(llvm::MemoryBufferRef Yaml, Origin From,
                                               FaultReporter Report);

} // namespace corolint::model

#endif // COROLINT_KNOWLEDGE_KNOWLEDGEFILE_H
