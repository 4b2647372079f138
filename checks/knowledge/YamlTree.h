//===- YamlTree.h - YAML as a tree that keeps its places -----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// LLVM's YAML nodes are a stream that can be walked only once and recurses as deep as its input
// says. This makes a small tree of values of them. Like KnowledgeFile.h it knows nothing of Clang.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_KNOWLEDGE_YAMLTREE_H
#define COROLINT_KNOWLEDGE_YAMLTREE_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/SMLoc.h"
#include <optional>
#include <string>
#include <vector>

namespace llvm {
class MemoryBufferRef;
class SourceMgr;
} // namespace llvm

namespace corolint::model {

/// A YAML value, detached from the stream that it was read from.
struct YamlValue {
  enum Kind { Null, Scalar, List, Map };
  Kind Is = Null;
  llvm::SMRange At;             ///< in the text; where nothing is written, that of its key
  std::string Text;             ///< of a scalar
  std::vector<YamlValue> Items; ///< of a list; of a map: key, value, key, value, …

  size_t pairs() const { return Items.size() / 2; }
  const YamlValue &key(size_t I) const { return Items[2 * I]; } ///< always a scalar
  const YamlValue &value(size_t I) const { return Items[2 * I + 1]; }
};

/// For a message, as it is said after "not": "a list", "nothing", …
llvm::StringRef nameOf(YamlValue::Kind K);

/// The one document of the text; an empty text is Null. Anchors, aliases and tags are refused.
///
/// Nothing if the text is malformed. The fault goes to the handler of \p SM, where LLVM's parser
/// reports its own; it does not give a reason for all that it refuses. The places in the tree are
/// good as long as \p SM and the text are.
std::optional<YamlValue> readYaml(llvm::MemoryBufferRef Yaml, llvm::SourceMgr &SM);

} // namespace corolint::model

#endif // COROLINT_KNOWLEDGE_YAMLTREE_H
