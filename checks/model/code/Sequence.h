//===- Sequence.h - In which order operands are evaluated ----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_CODE_SEQUENCE_H
#define COROLINT_MODEL_CODE_SEQUENCE_H

#include "clang/AST/Expr.h"

namespace corolint::model {

/// Two expressions below \p Root stand in different operands of one whose order is open: compilers
/// evaluate them as they like. So it is of arithmetic, comparisons and arguments
/// ([intro.execution], [expr.call]).
bool isUnsequenced(const clang::Expr &A, const clang::Expr &B, const clang::Expr &Root);

} // namespace corolint::model

#endif // COROLINT_MODEL_CODE_SEQUENCE_H
