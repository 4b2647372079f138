//===- Loans.h - What a value needs to live on --------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A task needs what its coroutine refers to: what reference parameters are bound to, what views and
// pointers lead to, the object that a member coroutine is called on, the closure of a lambda. A
// loan is one such object, as the function sees it that makes the task. What a call's result needs
// of its arguments is read from the body, through any number of functions that only pass it on.
//
// Both are defined through each other, so one header declares them.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_LIFETIME_LOANS_H
#define COROLINT_MODEL_LIFETIME_LOANS_H

#include "clang/AST/Decl.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/PointerIntPair.h"
#include "llvm/ADT/SmallVector.h"
#include <optional>
#include <vector>

namespace corolint::model {

class Unit;

/// What the result of a function refers to, of what it was called with.
struct Need {
  int Arg = 0;              ///< the number of a parameter, or Condition::Object
  bool ByReference = false; ///< of the argument itself, else of what its value refers to
  /// The coroutine that has it, which may be another than the one that is called.
  const clang::FunctionDecl *Of = nullptr;
  const clang::ValueDecl *Holder = nullptr; ///< the parameter of that; null: its object
  const clang::Stmt *UsedAt = nullptr;      ///< where it uses it after it was suspended, or null
  bool Assumed = false;                     ///< its body is not seen
  /// The argument is called, and the task of that may need the callable: if its closure is used
  /// after the coroutine was suspended.
  bool Callable = false;
  bool Dead = false; ///< … which is gone before, whatever the caller does
  bool operator==(const Need &) const = default;
};

/// Those of the result of a function: of a coroutine what it uses after it was suspended; of one
/// that passes a task, a reference or a view on, what that refers to.
struct ResultNeeds {
  using Result = std::vector<Need>;
  static constexpr bool AsksForItself = true;
  static Result make(const clang::FunctionDecl &F, Unit &U);
};

/// An object that a value refers to, as one function sees it.
struct Loan {
  enum Root {
    Temporary, ///< made by At, and gone with its full-expression
    Local,     ///< the local Variable
    Parameter, ///< the parameter Variable, which is gone when the call has ended
    Borrowed,  ///< what the parameter Variable refers to: it is the caller's
    Receiver,  ///< the object that the function is called on
    Captured,  ///< in the closure that the function is called on, as Variable
  } From = Temporary;
  const clang::Expr *At = nullptr; ///< the object, where it is named or made
  const clang::VarDecl *Variable = nullptr;
  bool Inside = false;   ///< of Borrowed: what the value of the parameter refers to
  bool Referred = false; ///< of a callable: what has it refers to it
  bool Owned = false;    ///< by a smart pointer, which is the Variable

  /// The call that lends it, and to what; no call where it is captured or pointed to.
  const clang::Expr *By = nullptr;
  Need For;
  /// The lambda that refers to it by a capture.
  const clang::LambdaExpr *Capturing = nullptr;

  /// The closure of the very lambda that is called.
  bool isClosure() const;
};

using LoanList = llvm::SmallVector<Loan, 2>;

/// The loans of one function's expressions.
class Loans {
public:
  Loans(const clang::FunctionDecl &F, Unit &U) : F(F), U(U) {}

  /// What a reference to the object of \p E refers to.
  LoanList ofReference(const clang::Expr &E);
  /// What the value of \p E refers to: a pointer, a view, a closure, a task, and what is made of
  /// these.
  LoanList ofValue(const clang::Expr &E);
  /// What a view refers to that is made of \p E, implicitly or not.
  LoanList ofView(const clang::Expr &E);
  /// Likewise, what a local or parameter holds.
  LoanList ofVariable(const clang::VarDecl &V);
  /// What a local is another name of, or leads to.
  LoanList ofName(const clang::VarDecl &V);

private:
  LoanList referenceTo(const clang::Expr &E);
  LoanList referenceTo(const clang::DeclRefExpr &Ref);
  LoanList valueOf(const clang::Expr &E);
  LoanList valueNamed(const clang::DeclRefExpr &Ref);
  LoanList ofCall(const clang::CallExpr &Called);
  LoanList ofConstruction(const clang::CXXConstructExpr &Made, clang::QualType As);
  LoanList ofLambda(const clang::LambdaExpr &Lambda);
  LoanList ofList(const clang::InitListExpr &List);
  LoanList ofCallable(const clang::Expr &Given);
  const clang::Expr *rangeOf(const clang::VarDecl &Element);
  bool isSoleOwner(const clang::Expr &Shared);
  bool isCapturedByValue(const clang::VarDecl &V) const;

  const clang::FunctionDecl &F;
  Unit &U;
  unsigned Depth = 0;
  using Question = llvm::PointerIntPair<const clang::Expr *, 1, bool>; ///< of a reference?
  llvm::DenseMap<Question, LoanList> Known;
  llvm::DenseMap<const clang::VarDecl *, LoanList> OfVariables;
  std::optional<llvm::DenseMap<const clang::VarDecl *, const clang::Expr *>> Ranges;
};

/// \p More, as well, but for what is there already.
void addTo(LoanList &Into, const LoanList &More);

} // namespace corolint::model

#endif // COROLINT_MODEL_LIFETIME_LOANS_H
