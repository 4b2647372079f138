//===- Conditions.h - What an entry of knowledge asks of a call ----------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_CONDITIONS_H
#define COROLINT_MODEL_CONDITIONS_H

#include "Knowledge.h"
#include "clang/AST/Decl.h"

namespace corolint::model {

struct Call;
class Unit;

/// Does the expression name the identifier, as a declaration, a literal or a macro that stands
/// there?
bool mentionsIdentifier(const clang::Expr &E, llvm::StringRef Name,
                        const clang::ASTContext &Context);

/// A constant zero of any type that can be compared with one: a number, a duration, a struct of
/// zeros, or the address of a variable that was initialised with them.
bool isZero(const clang::Expr *E, const clang::ASTContext &Context);

/// The answer to a condition about one call.
struct Holds {
  enum { No, Yes, AsParameter } Answer = No;
  unsigned Parameter = 0; ///< AsParameter: it holds if it holds for this argument of the caller
};
Holds holds(const Condition &C, const Call &Site, const clang::FunctionDecl &In, Unit &U);

/// "argument 1", "its object"
std::string argumentName(int Arg);
/// "argument 1 is zero"
std::string describe(const Condition &C);

} // namespace corolint::model

#endif // COROLINT_MODEL_CONDITIONS_H
