//===- BlockingReasons.h - Why a call is not said to block -----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// For `corolint why FILE:LINE` only: what Blocking decided is said in words.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_RUN_BLOCKINGREASONS_H
#define COROLINT_MODEL_RUN_BLOCKINGREASONS_H

#include "clang/AST/Decl.h"
#include "clang/AST/Stmt.h"
#include <string>

namespace corolint::model {

struct Call;
class Unit;
enum class Where : int;

/// What is known of the call \p Site in \p In, with which it does not block. \p Followed: its body
/// was looked into. Empty where it says nothing: a constructor of the C++ library of which nothing
/// is known.
std::string whyHarmless(const Call &Site, const clang::FunctionDecl &In, bool Followed, Unit &U);

/// Why \p F is no part of an async context.
std::string whyNotAsync(const clang::FunctionDecl &F, Unit &U);

/// Why the statement \p S of the coroutine \p F runs there, which is not the loop. \p GivenAway:
/// the lambda that it stands in, if that goes to somebody of whom nothing is known; else null.
std::string whyElsewhere(const clang::Stmt *S, Where Runs, const clang::FunctionDecl &F,
                         const clang::FunctionDecl *GivenAway, Unit &U);

} // namespace corolint::model

#endif // COROLINT_MODEL_RUN_BLOCKINGREASONS_H
