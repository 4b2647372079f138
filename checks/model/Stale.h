//===- Stale.h - A local taken before a suspension, used after --------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_STALE_H
#define COROLINT_MODEL_STALE_H

#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/ADT/SmallVector.h"
#include <optional>

namespace corolint::model {

class Unit;

/// A use of a local after suspensions.
struct StaleUse {
  llvm::SmallVector<const clang::Expr *, 2> Suspensions; ///< those on the way …
  const clang::DeclRefExpr *Use = nullptr;               ///< … to the first use
};

/// The first use of the local \p V that is reached from its declaration through one of the
/// suspensions, and not through an assignment to it or its declaration again. Each block of the
/// control flow graph is visited at most twice: before a suspension, and after one.
std::optional<StaleUse> staleUse(const clang::VarDecl &V, const clang::FunctionDecl &F,
                                 const llvm::SmallPtrSetImpl<const clang::Expr *> &Suspensions,
                                 Unit &U);

} // namespace corolint::model

#endif // COROLINT_MODEL_STALE_H
