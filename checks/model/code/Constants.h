//===- Constants.h - What an expression says by itself -------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_CODE_CONSTANTS_H
#define COROLINT_MODEL_CODE_CONSTANTS_H

#include "clang/AST/ASTContext.h"
#include "clang/AST/Expr.h"
#include "llvm/ADT/StringRef.h"
#include <optional>
#include <string>

namespace corolint::model {

class Unit;

/// Does the expression name the identifier, as a declaration, a literal or a macro that stands
/// there?
bool mentionsIdentifier(const clang::Expr &E, llvm::StringRef Name,
                        const clang::ASTContext &Context);

/// A constant zero of any type that can be compared with one: a number, a duration, a struct of
/// zeros, or the address of a variable that was initialised with them.
bool isZero(const clang::Expr *E, const clang::ASTContext &Context);

/// The text of an expression as it is written, or nothing if a macro is in the way.
std::optional<std::string> textOf(const clang::Expr &E, Unit &U);

} // namespace corolint::model

#endif // COROLINT_MODEL_CODE_CONSTANTS_H
