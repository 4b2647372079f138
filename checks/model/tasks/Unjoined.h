//===- Unjoined.h - Scopes that are destroyed with work in them --------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_TASKS_UNJOINED_H
#define COROLINT_MODEL_TASKS_UNJOINED_H

#include "clang/AST/Decl.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/Expr.h"
#include <string>
#include <vector>

namespace corolint::model {

class Unit;

/// Why objects of the class have to be joined before they are destroyed: an annotation or an entry
/// says so, or its destructor ends the program, and a member of it gives what can be awaited.
/// Empty: they need not be.
std::string whyToJoin(const clang::CXXRecordDecl &C, Unit &U);

/// The member call puts work into its object: one of its arguments is a task, or is known to be
/// taken over.
bool putsWorkIn(const clang::CXXMemberCallExpr &Member, const clang::FunctionDecl &F, Unit &U);

/// … and nothing else stands for that work: `co_await scope.spawn_future(f())` waits for it.
bool isForItself(const clang::CXXMemberCallExpr &Member, const clang::FunctionDecl &F, Unit &U);

/// A question to a scope, or a wish that its work may hear: it waits for nothing.
bool onlyAsksScope(const clang::CXXMethodDecl &M);

/// A local scope that is given work, and that may be destroyed before somebody has waited for it.
struct UnjoinedScope {
  enum Way {
    Never,   ///< nothing in the function waits
    OnAPath, ///< the path that ends at Leaves
    Throws,  ///< if the `co_await` Leaves throws
  } How = Never;
  const clang::VarDecl *Scope = nullptr;
  const clang::Expr *Work = nullptr;   ///< that puts work into it
  const clang::Stmt *Leaves = nullptr; ///< a return, or the `co_await`
  std::string Why;
};

/// Those of a function. On a path that is found, nothing but what stands on it decides: it has put
/// work in, and has not waited.
std::vector<UnjoinedScope> unjoinedScopes(const clang::FunctionDecl &F, Unit &U);

} // namespace corolint::model

#endif // COROLINT_MODEL_TASKS_UNJOINED_H
