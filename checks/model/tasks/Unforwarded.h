//===- Unforwarded.h - A stop token that is not passed on --------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_TASKS_UNFORWARDED_H
#define COROLINT_MODEL_TASKS_UNFORWARDED_H

#include "clang/AST/Decl.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/Expr.h"
#include <vector>

namespace corolint::model {

struct TypeEntry;
class Unit;

/// A call whose result a coroutine awaits, and which could take what the coroutine has: a stop
/// token, a deadline, the context of a request.
struct UnforwardedContext {
  const clang::CallExpr *At = nullptr;
  const clang::FunctionDecl *Callee = nullptr;
  const clang::VarDecl *Context = nullptr;       ///< of the coroutine
  const clang::CXXRecordDecl *Class = nullptr;   ///< of the context
  const TypeEntry *Known = nullptr;              ///< that says so
  const clang::ParmVarDecl *Takes = nullptr;     ///< what could take it
  const clang::FunctionDecl *Overload = nullptr; ///< with that parameter; null: the callee itself
  unsigned Position = 0;                         ///< of Takes
  unsigned Written = 0;                          ///< how many arguments the call has
  bool ByAddress = false;                        ///< it takes a pointer to it
};

/// Those of a coroutine. A call is left alone that gets the context in another way, from what
/// stands around it or from what its arguments were made with, and one that is made because a stop
/// was requested: clean-up has to come to its end. If the coroutine has several of one type, nobody
/// knows which one is meant.
std::vector<UnforwardedContext> unforwardedContexts(const clang::FunctionDecl &F, Unit &U);

} // namespace corolint::model

#endif // COROLINT_MODEL_TASKS_UNFORWARDED_H
