//===- StartsNothing.h - An object whose constructor starts nothing -------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_RUN_STARTSNOTHING_H
#define COROLINT_MODEL_RUN_STARTSNOTHING_H

#include "clang/AST/Decl.h"

namespace corolint::model {

class Unit;

/// The variable was made with a count of zero, and by what its constructor shows that starts
/// nothing: a pool of no threads has none to wait for at its end.
bool startsNothing(const clang::VarDecl &V, Unit &U);

} // namespace corolint::model

#endif // COROLINT_MODEL_RUN_STARTSNOTHING_H
