//===- Knowledge.h - What is known about names ---------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One question, three sources: annotations in the code (corolint/annotations.h and Clang's own
// attributes), the user's YAML, the shipped YAML. The first that speaks wins, and every answer
// keeps its source, so that a finding can show why it was made.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_KNOWLEDGE_KNOWLEDGE_H
#define COROLINT_KNOWLEDGE_KNOWLEDGE_H

#include "knowledge/Ignored.h"
#include "knowledge/Words.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace clang {
class CXXRecordDecl;
class Decl;
class FunctionDecl;
} // namespace clang
namespace llvm {
class MemoryBufferRef;
class SMDiagnostic;
} // namespace llvm

namespace corolint::model {

class Shelves;

class Knowledge {
public:
  using Reporter = FaultReporter;

  Knowledge();
  ~Knowledge();
  Knowledge(Knowledge &&);
  Knowledge &operator=(Knowledge &&);

  /// What is embedded in this binary.
  static Knowledge shipped();

  /// Adds one YAML file's content. A malformed file adds nothing: false is returned after each
  /// fault was reported with file, line and caret. Entries that are added later win over those of
  /// the same origin that were added before (a directory's file over the project's).
  bool add(llvm::MemoryBufferRef Yaml, Origin From, Reporter Report);

  /// Adds every `.corolint.yaml` from the root of the file system down to the folder of \p File.
  /// False when one of them is malformed or unreadable (reported).
  bool addUserFiles(llvm::StringRef File, Reporter Report);

  /// Adds one of libraryFiles(). False when it is malformed or unreadable (reported).
  bool addLibraryFile(llvm::StringRef Path, Reporter Report);

  /// Everything that is known about a function, the strongest first: its annotations, then user,
  /// then shipped entries; within one file in the order written. An override answers for what it
  /// overrides where it has nothing of its own. \p Object is the static class of the object
  /// of a member call: a member that it inherits is also looked up under the names of the classes
  /// on the way down (`std::future::wait` is declared in a base of std::future).
  llvm::ArrayRef<const Entry *> of(const clang::FunctionDecl &F,
                                   const clang::CXXRecordDecl *Object = nullptr);

  /// Everything that is known about a class: its annotations, then user, then shipped entries.
  /// A specialisation answers for its template; bases do not count.
  llvm::ArrayRef<const TypeEntry *> of(const clang::CXXRecordDecl &C);

  /// The awaitable counterpart of \p F in coroutines that return \p Task, or null.
  const AsyncCounterpart *counterpart(const clang::FunctionDecl &F,
                                      const clang::CXXRecordDecl *Object,
                                      const clang::CXXRecordDecl &Task);

  /// The functions of this unit that are annotated to replace \p F, in the order of the source.
  llvm::SmallVector<Replacement, 2> replacementsOf(const clang::FunctionDecl &F,
                                                   const clang::CXXRecordDecl *Object);

  /// Whether \p F is the awaitable form of a function that blocks, and that function waits for what
  /// \p Waits says: of Sleep, it is a timer.
  bool replacesFamily(const clang::FunctionDecl &F, Family Waits);

  /// The outermost namespace that \p D stands in, if a library that is described has its names
  /// there; else nothing. What its functions do is what is described, wherever its headers are.
  llvm::StringRef libraryOf(const clang::Decl &D) const;

  /// Whether users reach the function, or the class, by this name: it is its own, or leads to it by
  /// an alias, a using-declaration, or as an object that is called.
  bool isNamed(const clang::FunctionDecl &F, llvm::StringRef Name);
  bool isNamed(const clang::CXXRecordDecl &C, llvm::StringRef Name);

  /// Answers are kept per declaration. When another unit's AST comes they are forgotten, which is
  /// noticed by its ASTContext; call this where the address of a dead one could have been reused.
  void forgetUnit();

  /// By name alone, for `corolint why NAME` and the tests. Annotations are not asked.
  std::vector<const Entry *> functionsNamed(llvm::StringRef Name) const;
  std::vector<const TypeEntry *> typesNamed(llvm::StringRef Name) const;
  /// What is known of the members of a class of that name, each name with what it does. Of a
  /// namespace likewise.
  std::vector<const Entry *> membersOf(llvm::StringRef Name) const;
  /// The name that entries use for this one, if that is another.
  std::string aliasedName(llvm::StringRef Name) const;
  /// Names that resemble this one, for "did you mean".
  std::vector<std::string> namesLike(llvm::StringRef Name) const;

  /// All entries, in file order: for the tests that prove names.
  std::vector<const Entry *> allFunctions() const;
  std::vector<const TypeEntry *> allTypes() const;
  std::vector<const AsyncCounterpart *> allCounterparts() const;
  std::vector<const Alias *> allAliases() const;

  /// Set by a user's file: `profile: strict`.
  std::optional<std::string> Profile;
  Source ProfileFrom;
  /// Set by a user's file: `families: {file: off}`.
  llvm::StringMap<bool> Families;
  llvm::StringMap<Source> FamiliesFrom;
  /// Set by a user's file: `exclude` and `per-file-ignores`.
  std::vector<IgnoredFiles> Ignored;

private:
  struct UnitAnswers;

  std::unique_ptr<Shelves> Files;
  std::unique_ptr<UnitAnswers> Answers;
};

} // namespace corolint::model

#endif // COROLINT_KNOWLEDGE_KNOWLEDGE_H
