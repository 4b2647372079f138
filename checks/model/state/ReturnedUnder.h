//===- ReturnedUnder.h - What ends before the task that is returned ----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_STATE_RETURNEDUNDER_H
#define COROLINT_MODEL_STATE_RETURNEDUNDER_H

#include "clang/AST/Decl.h"
#include "clang/AST/StmtCXX.h"
#include <vector>

namespace corolint::model {

class Unit;

/// A lazy task that a plain function returns in a `try` or under a lock: neither is there any more
/// when it runs.
struct ReturnedUnder {
  const clang::Expr *Made = nullptr;
  const clang::ReturnStmt *By = nullptr;
  const clang::CXXTryStmt *Try = nullptr; ///< else:
  const clang::VarDecl *Guard = nullptr;
  bool Certain = true; ///< false: it may be there for something else
};

/// Those of a function, in the order of the source.
std::vector<ReturnedUnder> returnedUnder(const clang::FunctionDecl &F, Unit &U);

} // namespace corolint::model

#endif // COROLINT_MODEL_STATE_RETURNEDUNDER_H
