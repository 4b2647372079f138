//===- Shelf.h - The knowledge files of one origin, by name ---------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_KNOWLEDGE_SHELF_H
#define COROLINT_KNOWLEDGE_SHELF_H

#include "knowledge/KnowledgeFile.h"
#include "knowledge/Words.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/StringSet.h"
#include <deque>
#include <tuple>
#include <vector>

namespace clang {
class FunctionDecl;
} // namespace clang

namespace corolint::model {

/// All files of one origin, and an index over what they say.
class Shelf {
public:
  void add(KnowledgeFile New);

  const std::deque<KnowledgeFile> &files() const { return Files; }

  /// Appends what is said under this name, of a later file first.
  void find(llvm::StringRef Name, llvm::SmallVectorImpl<const Entry *> &Into) const;
  void find(llvm::StringRef Name, llvm::SmallVectorImpl<const TypeEntry *> &Into) const;

  /// The counterpart of \p F, which is named \p Of, in coroutines that return \p In; or null.
  const AsyncCounterpart *counterpart(llvm::StringRef Of, llvm::StringRef In,
                                      const clang::FunctionDecl &F) const;

  /// The alias of exactly this name, or null.
  const Alias *alias(llvm::StringRef Name) const { return Aliases.lookup(Name); }

  /// Whether names of functions or types begin with it, as an outermost namespace.
  bool hasNamespace(llvm::StringRef Outermost) const { return Namespaces.contains(Outermost); }

  /// The names that entries are written with, by their outermost part: to be looked up in a unit
  /// that has it.
  struct Written {
    std::vector<llvm::StringRef> Functions, Types;
  };
  const llvm::StringMap<Written> &writtenByNamespace() const { return ByNamespace; }

private:
  /// An entry and when it speaks among others of the same origin: the smaller first.
  template <typename T> struct Ranked {
    const T *What;
    unsigned File;     ///< counts up; a later file speaks before an earlier one
    unsigned Position; ///< in its file

    bool operator<(const Ranked &Other) const {
      return std::tuple(Other.File, Position) < std::tuple(File, Other.Position);
    }
  };
  template <typename T>
  static void append(llvm::SmallVectorImpl<Ranked<T>> &Found,
                     llvm::SmallVectorImpl<const T *> &Into);

  void noteNamespace(llvm::StringRef Name);
  void noteWritten(llvm::StringRef Name, std::vector<llvm::StringRef> Written::*Where);
  void index(const Entry &E, unsigned File, unsigned Position);

  std::deque<KnowledgeFile> Files;
  llvm::StringMap<llvm::SmallVector<Ranked<Entry>, 1>> Exact;
  std::vector<Ranked<Entry>> Globs;
  llvm::StringMap<llvm::SmallVector<Ranked<Entry>, 1>> Last; ///< of `*::name`, by the name alone
  llvm::StringMap<llvm::SmallVector<Ranked<TypeEntry>, 1>> Types;
  llvm::StringMap<llvm::SmallVector<Ranked<AsyncCounterpart>, 1>> Counterparts;
  llvm::StringMap<const Alias *> Aliases;
  llvm::StringSet<> Namespaces;
  llvm::StringMap<Written> ByNamespace;
};

} // namespace corolint::model

#endif // COROLINT_KNOWLEDGE_SHELF_H
