//===- Throws.h - What an exception may come from ------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_TYPES_THROWS_H
#define COROLINT_MODEL_TYPES_THROWS_H

#include "clang/AST/Decl.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/Stmt.h"

namespace corolint::model {

class Unit;

/// What in the function may throw an exception that leaves its body, or null: a `throw`, a
/// `co_await` whose awaiter does not say or show that it does not, or a call of a function whose
/// body shows that it may. The first of the strongest kind, in this order. Functions of C and of
/// the C++ library do not count: most of them throw when memory is out, and only then. A handler of
/// `std::exception` counts as one of all: somebody has thought of them.
const clang::Stmt *throwIn(const clang::FunctionDecl &F, Unit &U);

/// What becomes of an exception that leaves the body of a coroutine.
enum class Unhandled {
  Unknown,  ///< its promise keeps it, throws it again, or gives it to somebody; or is not seen
  Dropped,  ///< 'unhandled_exception' does nothing
  EndsHere, ///< 'unhandled_exception' ends the program
};
Unhandled unhandledIn(const clang::CXXRecordDecl &Promise, Unit &U);

} // namespace corolint::model

#endif // COROLINT_MODEL_TYPES_THROWS_H
