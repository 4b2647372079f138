//===- ValueFix.h - A value where a reference was -------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_FIX_VALUEFIX_H
#define COROLINT_MODEL_FIX_VALUEFIX_H

#include "clang/AST/Decl.h"
#include "clang/Basic/Diagnostic.h"
#include <optional>

namespace corolint::model {

/// Takes the `&` or `&&` out of the declaration of the reference \p V, so that it is a copy of what
/// it is bound to, or is moved from that. Nothing if that would be ill-formed, or another class.
std::optional<clang::FixItHint> asValue(const clang::VarDecl &V);

} // namespace corolint::model

#endif // COROLINT_MODEL_FIX_VALUEFIX_H
