//===- Makers.h - What an object was made of ------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_CALLS_MAKERS_H
#define COROLINT_MODEL_CALLS_MAKERS_H

#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"

namespace corolint::model {

struct Call;
struct Condition;
class Unit;

/// The call whose result the expression is: itself, or the initialiser of the variable it names.
const clang::CallExpr *makerOf(const clang::Expr *E);

/// All that it was made of, and is given later, comes from calls that the condition names.
bool isMadeBy(const clang::Expr *E, const Condition &C, const clang::FunctionDecl &In, Unit &U);

/// What a call has just given, by value: nobody can know whether it is ready.
bool isFresh(const clang::Expr *E, const clang::FunctionDecl &In, Unit &U);

/// The object that dies at \p Site: something that such a call made is put into it.
bool holdsWhatIsMadeBy(const Call &Site, const Condition &C, const clang::FunctionDecl &In,
                       Unit &U);

/// … it is a local that was made of nothing, and that nobody gives anything later.
bool isEmpty(const Call &Site, const clang::FunctionDecl &In, Unit &U);

/// … it was made with a count of zero, as a pool without threads is: a constant, and no other
/// number beside it.
bool isMadeWithZero(const Call &Site, Unit &U);

} // namespace corolint::model

#endif // COROLINT_MODEL_CALLS_MAKERS_H
