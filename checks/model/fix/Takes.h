//===- Takes.h - May a call be written with these arguments -----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// No Sema is there any more that could be asked, so this answers for what can be told from the
// types alone, and says no to the rest.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_FIX_TAKES_H
#define COROLINT_MODEL_FIX_TAKES_H

#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"
#include "llvm/ADT/ArrayRef.h"

namespace corolint::model {

enum class Takes {
  No, ///< or nobody can tell
  Converted,
  Exactly, ///< no argument is converted
};

/// Does a call of \p F with these arguments compile? They are those of a call of \p Other: a
/// parameter of any type takes what one of \p Other's takes that is as generic. \p Object: a
/// glvalue that comes first, as itself; or null.
Takes takes(const clang::FunctionDecl &F, const clang::Expr *Object,
            llvm::ArrayRef<const clang::Expr *> Args, const clang::FunctionDecl &Other);

/// Can \p F be called with \p Count arguments?
bool takesCount(const clang::FunctionDecl &F, unsigned Count);

} // namespace corolint::model

#endif // COROLINT_MODEL_FIX_TAKES_H
