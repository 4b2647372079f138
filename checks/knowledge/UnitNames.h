//===- UnitNames.h - The names by which users reach a declaration ---------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// plainName() is the one name that a declaration has of its own. Libraries are used, and described,
// under others: a typedef, an alias template, another namespace, a using-declaration, an object
// whose operator() is called. Each name that knowledge speaks of is looked up in the unit, as the
// compiler would: what it leads to is known under it.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_KNOWLEDGE_UNITNAMES_H
#define COROLINT_KNOWLEDGE_UNITNAMES_H

#include "clang/AST/DeclBase.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"
#include <string>

namespace clang {
class ASTContext;
class CXXRecordDecl;
class FunctionDecl;
class NamedDecl;
} // namespace clang

namespace corolint::model {

class KnowledgeNames {
public:
  explicit KnowledgeNames(const clang::ASTContext &Context) : Context(&Context) {}

  /// Looks up a name that an entry about functions, or about a type, is written with.
  void addFunction(llvm::StringRef Name);
  void addType(llvm::StringRef Name);

  /// What a qualified name leads to: a namespace, the definition of a class or the pattern of its
  /// template, a variable, a function. Null where this unit has no such name.
  const clang::Decl *declarationNamed(llvm::StringRef Name);

  /// Whether both names lead to one thing, or the first to a specialisation of the second.
  bool meansTheSame(llvm::StringRef Name, llvm::StringRef Of);

  /// plainName() and the other names of a class. Those of a specialisation are its template's, and
  /// of what stands for it alone.
  llvm::SmallVector<std::string, 2> of(const clang::CXXRecordDecl &C) const;

  /// The names under which a function is known, the most special first. \p Object: see
  /// Knowledge::of.
  llvm::SmallVector<std::string, 2> of(const clang::FunctionDecl &F,
                                       const clang::CXXRecordDecl *Object) const;

private:
  using NameList = llvm::SmallVector<std::string, 1>;
  using Found = llvm::SmallVector<const clang::NamedDecl *, 4>;

  void lookUp(const clang::DeclContext &In, llvm::StringRef Name, Found &Into, unsigned Depth);
  void note(llvm::DenseMap<const clang::Decl *, NameList> &In, const clang::Decl &D,
            llvm::StringRef Name);
  void noteClass(const clang::CXXRecordDecl &C, llvm::StringRef Name);

  const clang::ASTContext *Context;
  llvm::StringMap<const clang::Decl *> Scopes; ///< that were looked up; null: there is none
  llvm::DenseMap<const clang::Decl *, NameList> Classes;
  llvm::DenseMap<const clang::Decl *, NameList> Functions;
  llvm::DenseMap<const clang::Decl *, NameList> Objects; ///< by the class that has the operator()
};

} // namespace corolint::model

#endif // COROLINT_KNOWLEDGE_UNITNAMES_H
