//===- DeclaredNames.h - Entries proved by what a unit declares ----------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A proof by uses needs somebody to write a use of each name, and where the library is not
// installed, its declarations too. Here the library's own headers are enough: each name is looked
// up in them as the compiler would, and knowledge is asked about each function and class it leads
// to. An entry is proved when that gives it as an answer, and what its conditions speak of is
// there.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_TEST_SUPPORT_DECLAREDNAMES_H
#define COROLINT_TEST_SUPPORT_DECLAREDNAMES_H

#include "knowledge/Knowledge.h"
#include "knowledge/UnitNames.h"
#include "clang/AST/ASTContext.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringMap.h"
#include <string>
#include <utility>
#include <vector>

/// What is wrong with the arguments that an entry speaks of, when it is about the function \p F.
llvm::SmallVector<std::string, 1> parameterFaults(const corolint::model::Entry &E,
                                                  const clang::FunctionDecl &F);

class DeclaredNames {
public:
  /// Only what is declared in a file below one of \p Folders proves something; of the standard
  /// library, what any file declares.
  DeclaredNames(corolint::model::Knowledge &K, const clang::ASTContext &Context,
                std::vector<std::string> Folders);

  std::vector<const corolint::model::Entry *> Functions;
  std::vector<const corolint::model::TypeEntry *> Types;
  std::vector<const corolint::model::AsyncCounterpart *> Counterparts;
  std::vector<const corolint::model::Alias *> Aliases;
  /// Of entries that are not proved though their function is declared: why.
  std::vector<std::pair<const corolint::model::Entry *, std::string>> Faults;
  std::vector<std::pair<const corolint::model::AsyncCounterpart *, std::string>> TwinFaults;

private:
  /// A function, and the class through which it is called; null for one outside of a class.
  struct Candidate {
    const clang::FunctionDecl *Function;
    const clang::CXXRecordDecl *Object;
    /// The class is a template whose base depends on its arguments: knowledge, which is asked about
    /// instantiations, cannot be asked here.
    bool Dependent = false;
  };
  using Candidates = llvm::SmallVector<Candidate, 8>;

  corolint::model::Knowledge &K;
  const clang::ASTContext &Context;
  const std::vector<std::string> Folders;
  corolint::model::KnowledgeNames Names;
  llvm::StringMap<Candidates> Found; ///< by the name

  bool isBelow(const clang::Decl &D) const;
  /// The names that lead to what \p Name stands for: itself, and where an alias says so, others.
  llvm::SmallVector<std::string, 2> spellingsOf(llvm::StringRef Name) const;
  const clang::CXXRecordDecl *classNamed(llvm::StringRef Name);
  const Candidates &candidates(llvm::StringRef Name);
  void collect(llvm::StringRef Name, Candidates &Into);
  void collectMembers(const clang::CXXRecordDecl &Object, const clang::CXXRecordDecl &In,
                      llvm::StringRef Scope, llvm::StringRef Last, bool Dependent,
                      llvm::SmallPtrSetImpl<const clang::CXXRecordDecl *> &Seen, Candidates &Into);
  void collectIn(const clang::DeclContext &In, llvm::StringRef Scope, llvm::StringRef Last,
                 Candidates &Into);
  void prove(const corolint::model::Entry &E);
  void prove(const corolint::model::TypeEntry &T);
  void prove(const corolint::model::AsyncCounterpart &T);
  std::string unknownOf(const corolint::model::Condition &C);
};

#endif // COROLINT_TEST_SUPPORT_DECLAREDNAMES_H
