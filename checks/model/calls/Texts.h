//===- Texts.h - What the text behind an expression says ------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_CALLS_TEXTS_H
#define COROLINT_MODEL_CALLS_TEXTS_H

#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"

namespace corolint::model {

struct Call;
class Unit;

/// What was given is constant and the address of a host, as `127.0.0.1` and `::1` are: nobody is
/// asked for it.
bool isIpAddress(const clang::Expr *E, const clang::FunctionDecl &In, Unit &U);

/// A path below /proc or /sys, or what was opened with one: a stream, a descriptor.
bool isInMemory(const clang::Expr *E, const clang::FunctionDecl &In, Unit &U);

/// The text of the expression, or of what its variable is given, has this identifier in it.
bool mentions(const clang::Expr &E, llvm::StringRef Name, const clang::FunctionDecl &In, Unit &U);

/// The parameter whose text an expression has: `host`, `host.data()`, `std::string(host).c_str()`;
/// or null, also where the function gives it another.
const clang::ParmVarDecl *textParameterIn(const clang::Expr *E, const clang::FunctionDecl &In,
                                          Unit &U);

} // namespace corolint::model

#endif // COROLINT_MODEL_CALLS_TEXTS_H
