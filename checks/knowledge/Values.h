//===- Values.h - The values of a knowledge file --------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What the keys' values look like, whatever they mean: texts, numbers, names to look up, one of
// some words, maps of known keys. Like KnowledgeFile.h it knows nothing of Clang.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_KNOWLEDGE_VALUES_H
#define COROLINT_KNOWLEDGE_VALUES_H

#include "knowledge/Words.h"
#include "knowledge/YamlTree.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/SourceMgr.h"

namespace corolint::model {

/// "a, b, c"
std::string listed(llvm::ArrayRef<llvm::StringRef> Choices);

/// For a message: what was written, cut where it would drown the sentence.
std::string quoted(llvm::StringRef Text);

bool isIdentifier(llvm::StringRef S);

/// Reads values of one kind. What is not of that kind is reported with its place and with what
/// would be right, and gives nothing.
class KnowledgeValues {
public:
  /// Takes over the handler of \p SM: what LLVM's parser reports is counted as well.
  KnowledgeValues(llvm::SourceMgr &SM, Origin From, llvm::StringRef File, FaultReporter Report);

  bool failed() const { return Faults != 0; }

protected:
  void error(const YamlValue &V, const llvm::Twine &Message);
  Source sourceOf(const YamlValue &V) const;

  /// One line that is not empty.
  std::optional<std::string> text(const YamlValue &V, const llvm::Twine &What);
  /// From 0 to 255.
  std::optional<unsigned> number(const YamlValue &V, const llvm::Twine &What);
  std::optional<bool> onOff(const YamlValue &V, const llvm::Twine &What);
  /// A qualified name as plainName() makes it, with a `*` in it if it is a \p Glob. A name of
  /// another shape would never match, and nobody would notice.
  std::optional<std::string> name(const YamlValue &V, bool Glob);
  /// Of an entry \p V with `name` or `names`, which are \p One and \p Many: null where it is
  /// absent.
  using PlacedNames = std::vector<std::pair<std::string, const YamlValue *>>;
  PlacedNames names(const YamlValue &V, const YamlValue *One, const YamlValue *Many, bool Glob);
  /// The position of the word in \p Choices. \p Plural is what a message calls all of them.
  std::optional<size_t> oneOf(const YamlValue &V, const llvm::Twine &What,
                              const llvm::Twine &Plural, llvm::ArrayRef<llvm::StringRef> Choices);

  /// The values of a map by the position of their key in \p Keys; null where a key is absent.
  using Fields = llvm::SmallVector<const YamlValue *, 12>;
  std::optional<Fields> fields(const YamlValue &V, const llvm::Twine &What,
                               llvm::ArrayRef<llvm::StringRef> Keys);
  bool list(const YamlValue &V, const llvm::Twine &What);

  /// Reports \p V if something was said of \p Key before.
  void once(const YamlValue &V, const llvm::Twine &Key, const llvm::Twine &What);

  const Origin From;
  unsigned Faults = 0; ///< reported so far, or left out because there were so many

private:
  void report(const llvm::SMDiagnostic &D);

  llvm::SourceMgr &SM;
  llvm::StringRef File;
  FaultReporter Report;
  llvm::StringMap<unsigned> Seen; ///< what was said already, with its line
};

} // namespace corolint::model

#endif // COROLINT_KNOWLEDGE_VALUES_H
