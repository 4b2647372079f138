//===- Stale.h - A local taken before a suspension, used after --------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_STATE_STALE_H
#define COROLINT_MODEL_STATE_STALE_H

#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/ADT/SmallVector.h"
#include <optional>
#include <vector>

namespace corolint::model {

class Unit;

/// How many suspensions of a way are named.
inline constexpr size_t MaxSpanned = 16;

/// A value that a local or parameter has from a place on: from its declaration, or from an
/// assignment to it or to a part of it.
struct Taking {
  const clang::VarDecl *Variable = nullptr;
  /// The assignment; null: its declaration, or of a parameter the begin of the function.
  const clang::Expr *By = nullptr;
};

/// A use of a local after suspensions.
struct StaleUse {
  llvm::SmallVector<const clang::Expr *, 2> Suspensions; ///< those on a way …
  const clang::DeclRefExpr *Use = nullptr;               ///< … to the first use
};

/// Of each value the first use that is reached from where it is taken through one of the
/// suspensions, and not through another assignment to the variable or its declaration again. All
/// are followed at once over the control flow graph.
std::vector<std::optional<StaleUse>>
staleUses(llvm::ArrayRef<Taking> Taken, const clang::FunctionDecl &F,
          const llvm::SmallPtrSetImpl<const clang::Expr *> &Suspensions, Unit &U);

/// The variable that an expression sets, `it = c.find(k)`, also where it is an operator; or null.
const clang::VarDecl *assignedBy(const clang::Stmt &S);

/// The value that it sets it to.
const clang::Expr *assignedValue(const clang::Stmt &S);

} // namespace corolint::model

#endif // COROLINT_MODEL_STATE_STALE_H
