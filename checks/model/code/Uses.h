//===- Uses.h - What becomes of a value -------------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_CODE_USES_H
#define COROLINT_MODEL_CODE_USES_H

#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/SmallVector.h"
#include <optional>

namespace corolint::model {

class Unit;

/// The expression is there to fail, so that nobody wants its value: it stands in a macro or in
/// a lambda given to a function whose name says that it throws (`EXPECT_THROW`, `REQUIRE_THROWS`,
/// `assert_throws`), or that the process ends there, which is one of its own (`EXPECT_DEATH`, and
/// `EXPECT_EXIT`, which is made of one that says so). Not where it must do neither
/// (`EXPECT_NO_THROW`): a task that never runs shows nothing there.
bool isExpectedToFail(const clang::Expr &E, const clang::FunctionDecl &F, Unit &U);

/// Likewise, but in a macro that is about throwing: what is expected is defined.
bool isExpectedToThrow(const clang::Expr &E, Unit &U);

/// A place where a local variable is named, in the function that declares it, the lambdas in it
/// included.
struct Mention {
  const clang::DeclRefExpr *Ref;
  /// The member call that is made on it (`tasks.push_back(…)`), or null.
  const clang::CXXMemberCallExpr *Member = nullptr;
  /// It is dropped as it is: `(void)t;`.
  bool Dropped = false;
};
/// It only asks the object something, and leaves it as it is.
bool isInert(const Mention &M);

/// Every mention of \p V in \p F.
llvm::ArrayRef<Mention> mentionsOf(const clang::VarDecl &V, const clang::FunctionDecl &F, Unit &U);

/// The other arm of the `?:` whose arm \p E is, or null: `a ? f() : g()` stays well-formed only if
/// both are awaited.
const clang::Expr *otherArm(const clang::Expr &E, const clang::FunctionDecl &F, Unit &U);

/// All mentions of all locals of a function, and what else takes a walk of the whole of it to find.
/// Asked for through Unit::get, which keeps it: a walk for each value is quadratic.
class Uses {
public:
  explicit Uses(const clang::FunctionDecl &F);

  llvm::ArrayRef<Mention> of(const clang::VarDecl &V) const;
  const clang::Expr *otherArm(const clang::Expr &E) const { return OtherArms.lookup(&E); }
  /// The block that has the declaration of \p V among its own statements, and its place there; or
  /// null.
  std::pair<const clang::CompoundStmt *, size_t> declaredIn(const clang::VarDecl &V) const {
    return Blocks.lookup(&V);
  }
  /// Nobody asks for the value of the expression.
  bool isDropped(const clang::Expr &E) const;
  /// The lambda is given to a function that expects it to fail.
  bool isGivenToFail(const clang::FunctionDecl &Lambda, Unit &U) const;

private:
  const clang::FunctionDecl &F;
  llvm::DenseMap<const clang::VarDecl *, llvm::SmallVector<Mention, 2>> Mentions;
  llvm::DenseMap<const clang::Expr *, const clang::Expr *> OtherArms;
  llvm::DenseMap<const clang::VarDecl *, std::pair<const clang::CompoundStmt *, size_t>> Blocks;
  mutable std::optional<llvm::DenseSet<const clang::Expr *>> Dropped;
  mutable std::optional<llvm::DenseSet<const clang::FunctionDecl *>> Failing;
};

/// Is there one at or below \p S?
bool mentions(const clang::Stmt *S, const clang::VarDecl &V);

} // namespace corolint::model

#endif // COROLINT_MODEL_CODE_USES_H
