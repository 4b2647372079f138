//===- ScopeEnds.h - What the end of a scope calls ------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_CODE_SCOPEENDS_H
#define COROLINT_MODEL_CODE_SCOPEENDS_H

#include "model/code/Call.h"
#include "llvm/ADT/DenseSet.h"
#include <string>
#include <utility>
#include <vector>

namespace corolint::model {

/// The destructor of a type that does something, or null.
const clang::CXXDestructorDecl *destructorOf(clang::QualType T);

/// The calls that nobody writes: destructors, what these destroy where their bodies do not show it,
/// and what deleters and scope guards call.
class ScopeEnds {
public:
  using Variables = llvm::DenseSet<const clang::VarDecl *>;
  /// \p Touched: into these something may have been put since they were made.
  explicit ScopeEnds(const Variables &Touched) : Touched(Touched) {}

  /// The scope of a local ends, in which an object of type \p T is.
  void addLocal(const clang::VarDecl &V, clang::QualType T) { addEnd(V, T, "", 0); }
  /// What is called with the end of \p Of, or of a part of it; null: of something else.
  void add(const clang::FunctionDecl &Callee, clang::SourceLocation At,
           const clang::VarDecl *Of = nullptr, const std::string &Part = "");

  std::vector<Call> take() { return std::exchange(Found, {}); }

private:
  void addEnd(const clang::VarDecl &V, clang::QualType T, const std::string &Part, unsigned Depth);
  void addDeleter(const clang::VarDecl &V, const clang::CXXRecordDecl &C, const std::string &Part,
                  unsigned Depth);
  void addGuard(const clang::VarDecl &V, const clang::CXXRecordDecl &C);
  bool ownsNothing(const clang::VarDecl &V, unsigned Depth) const;
  bool isEmptyContainer(const clang::VarDecl &V, unsigned Depth) const;

  const Variables &Touched;
  std::vector<Call> Found;
};

} // namespace corolint::model

#endif // COROLINT_MODEL_CODE_SCOPEENDS_H
