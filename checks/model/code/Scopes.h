//===- Scopes.h - What stands in what --------------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_CODE_SCOPES_H
#define COROLINT_MODEL_CODE_SCOPES_H

#include "clang/AST/Decl.h"
#include "clang/AST/Stmt.h"
#include "llvm/ADT/DenseMap.h"
#include <utility>
#include <vector>

namespace corolint::model {

/// Where the locals of a function live, and what it executes where. What the lambdas in it do is
/// not in it.
class Scopes {
public:
  explicit Scopes(const clang::FunctionDecl &F);

  /// The statement at whose end a local dies; of a parameter, and of what is none of its locals,
  /// the body of the function.
  const clang::Stmt *scopeOf(const clang::VarDecl &V) const;
  /// \p S is executed in \p Scope.
  bool contains(const clang::Stmt &Scope, const clang::Stmt &S) const;
  /// \p S is executed, and elsewhere. What the compiler adds is nowhere.
  bool isOutside(const clang::Stmt &Scope, const clang::Stmt &S) const {
    return Numbers.contains(&S) && !contains(Scope, S);
  }
  /// \p B is written after \p A, and is no part of it.
  bool isAfter(const clang::Stmt &A, const clang::Stmt &B) const;
  /// The innermost loop in \p Scope that \p S is executed in, or null.
  const clang::Stmt *loopAround(const clang::Stmt &S, const clang::Stmt &Scope) const;

private:
  /// The number of each statement in the order of a walk, and that of the last below it.
  llvm::DenseMap<const clang::Stmt *, std::pair<unsigned, unsigned>> Numbers;
  llvm::DenseMap<const clang::VarDecl *, const clang::Stmt *> Of;
  struct Loop {
    const clang::Stmt *Written;
    size_t Around; ///< the one that it stands in, or None
  };
  static constexpr size_t None = ~size_t(0);
  std::vector<Loop> Loops; ///< in the order of the walk
  const clang::Stmt *Body;
};

} // namespace corolint::model

#endif // COROLINT_MODEL_CODE_SCOPES_H
