//===- FileFunctions.h - What a knowledge file says of functions ----------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Like KnowledgeFile.h it knows nothing of Clang.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_KNOWLEDGE_FILEFUNCTIONS_H
#define COROLINT_KNOWLEDGE_FILEFUNCTIONS_H

#include "knowledge/FileConditions.h"
#include <vector>

namespace corolint::model {

struct FunctionSection;

/// The sections about functions, by the names of their keys in the file.
llvm::SmallVector<llvm::StringRef, 16> functionSections();

/// Reads the entries of these sections.
class FileFunctions : public FileConditions {
public:
  using FileConditions::FileConditions;

protected:
  /// Appends the entries of one of functionSections(), which is a list.
  void functions(const YamlValue &V, llvm::StringRef Section, std::vector<Entry> &Into);

private:
  void function(const YamlValue &V, const FunctionSection &Section, std::vector<Entry> &Into);
  void special(const YamlValue &V, llvm::StringRef Key, const FunctionSection &Section, Entry &E);
  std::vector<int> arguments(const YamlValue &V);
};

} // namespace corolint::model

#endif // COROLINT_KNOWLEDGE_FILEFUNCTIONS_H
