//===- Call.h - One call, however it is written -----------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_CODE_CALL_H
#define COROLINT_MODEL_CODE_CALL_H

#include "knowledge/Knowledge.h"
#include "clang/AST/Decl.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/SmallVector.h"
#include <optional>

namespace corolint::model {

class Unit;

/// A call of a function, method, operator, constructor or destructor, written or implied.
struct Call {
  const clang::Expr *Written = nullptr; ///< null for the destructor of a local or a member
  clang::SourceLocation At;             ///< the name of a member call's member, else its begin
  const clang::FunctionDecl *Callee = nullptr;
  const clang::Expr *Object = nullptr;            ///< of a member call
  llvm::SmallVector<const clang::Expr *, 4> Args; ///< without the object; defaults included
  const clang::VarDecl *Destroyed = nullptr;      ///< the local whose scope ends
  /// Of Destroyed, the part that is destroyed with it, as Objects names it; empty: itself.
  std::string Part;
  bool Dropped = false; ///< its result is not used
  /// The default argument or member initialiser that it is written in, evaluated at At; or null.
  const clang::Expr *Around = nullptr;

  /// The static class of the object, or null.
  const clang::CXXRecordDecl *objectClass() const;

  /// What may be called at run time: the callee, or with dynamic dispatch every override that
  /// the unit knows, and the callee itself unless it is pure.
  llvm::SmallVector<const clang::FunctionDecl *, 2> targets(Unit &U) const;

  /// Callables among the arguments: the body of a lambda, or of a function named there, also where
  /// `std::bind` and the like stand around it, and the number of the argument.
  llvm::SmallVector<std::pair<const clang::FunctionDecl *, int>, 2> callables(Unit &U) const;
};

/// A call as it is written, without what only its function knows of it (Dropped, Around); or
/// nothing if it is not known what it calls.
std::optional<Call> callOf(const clang::CallExpr &E);
Call callOf(const clang::CXXConstructExpr &E);

/// The call operator of a lambda; of a generic one an instantiation, where there is one.
const clang::FunctionDecl *bodyOfLambda(const clang::LambdaExpr &Lambda);

/// What runs when a callable of this class or name is called, or null.
const clang::FunctionDecl *bodyOfCallable(const clang::Expr *E);

/// CORO_ALLOW_BLOCKING stands before the statement.
bool allowsBlocking(const clang::Stmt &S);

/// `std::move(x)`, `std::forward<T>(x)`, `std::as_const(x)`: another name of x.
bool isOtherName(const clang::CallExpr &Called);

/// The variable that an expression names, looking through `std::move`, `&` and `*`; or null.
const clang::VarDecl *variableIn(const clang::Expr *E);

/// Likewise, or the member of `*this`; what a pointer of either points to is taken for itself.
const clang::ValueDecl *objectIn(const clang::Expr *E);

/// The argument that a condition or an entry names, or null.
const clang::Expr *argument(const Call &Site, int Arg);

} // namespace corolint::model

#endif // COROLINT_MODEL_CODE_CALL_H
