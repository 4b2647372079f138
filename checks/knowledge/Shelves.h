//===- Shelves.h - The knowledge files of all origins ---------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_KNOWLEDGE_SHELVES_H
#define COROLINT_KNOWLEDGE_SHELVES_H

#include "knowledge/Shelf.h"
#include <memory>
#include <string>

namespace clang {
class CXXRecordDecl;
class Decl;
class NamedDecl;
} // namespace clang

namespace corolint::model {

/// What all files say under a name, and which of them may speak of the declaration that has it.
class Shelves {
public:
  /// What is embedded in this binary.
  void addShipped();
  void add(KnowledgeFile File, Origin From);
  /// A file of a library speaks for what headers below \p Folder declare.
  void setFolder(llvm::StringRef LibraryFile, std::string Folder);

  llvm::SmallVector<const Shelf *, 3> strongestFirst() const;

  /// Appends what the names stand for as aliases.
  void addAliased(llvm::SmallVectorImpl<std::string> &Names) const;

  /// Appends what may be said of a declaration that is known under \p Names.
  void find(const clang::FunctionDecl &F, const clang::CXXRecordDecl *Object,
            llvm::ArrayRef<std::string> Names, llvm::SmallVectorImpl<const Entry *> &Found) const;
  void find(const clang::CXXRecordDecl &C, llvm::ArrayRef<std::string> Names,
            llvm::SmallVectorImpl<const TypeEntry *> &Found) const;
  /// The counterpart of \p F in coroutines that return \p Task, which is known under \p TaskNames.
  const AsyncCounterpart *counterpart(const clang::FunctionDecl &F,
                                      llvm::ArrayRef<std::string> Names,
                                      const clang::CXXRecordDecl &Task,
                                      llvm::ArrayRef<std::string> TaskNames) const;

  /// See Knowledge::libraryOf.
  llvm::StringRef libraryOf(const clang::Decl &D) const;

private:
  std::string aliased(llvm::StringRef Name) const;
  bool maySpeak(const Source &From, const clang::NamedDecl &About) const;
  bool isAnothers(llvm::StringRef Name) const;

  std::shared_ptr<const Shelf> Shipped; ///< may be null
  Shelf User;
  Shelf Libraries;                      ///< what came with headers
  llvm::StringMap<std::string> Folders; ///< of each file of a library: where the headers are
};

} // namespace corolint::model

#endif // COROLINT_KNOWLEDGE_SHELVES_H
