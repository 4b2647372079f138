//===- FileConditions.h - The conditions in a knowledge file --------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Like KnowledgeFile.h it knows nothing of Clang.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_KNOWLEDGE_FILECONDITIONS_H
#define COROLINT_KNOWLEDGE_FILECONDITIONS_H

#include "knowledge/Values.h"
#include <vector>

namespace corolint::model {

/// Reads `when` and `unless` of an entry.
class FileConditions : public KnowledgeValues {
public:
  using KnowledgeValues::KnowledgeValues;

protected:
  std::vector<Condition> conditions(const YamlValue &V, llvm::StringRef Key);

private:
  std::optional<Condition> condition(const YamlValue &V);
  std::optional<int> subject(const YamlValue &V, const YamlValue *Arg);
  void with(const YamlValue &V, Condition &C);
  void is(const YamlValue &V, Condition &C);
  void count(const YamlValue &V, Condition &C);
  /// One of the questions that are answered by an identifier, or by a name.
  std::string identifier(const YamlValue &V, const llvm::Twine &Key, llvm::StringRef Or,
                         const llvm::Twine &Rule);
};

/// The same for the same conditions.
std::string conditionsKey(llvm::ArrayRef<Condition> Conditions);

} // namespace corolint::model

#endif // COROLINT_KNOWLEDGE_FILECONDITIONS_H
