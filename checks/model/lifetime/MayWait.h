//===- MayWait.h - Functions that may wait ---------------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_LIFETIME_MAYWAIT_H
#define COROLINT_MODEL_LIFETIME_MAYWAIT_H

#include "clang/AST/DeclCXX.h"

namespace corolint::model {

class Unit;

/// An entry says that it waits for other threads, or that it runs a loop.
bool isKnownToWait(const clang::FunctionDecl &F, const clang::CXXRecordDecl *Object, Unit &U);

/// It may wait for something: it is known to, or calls what may, or what is not seen. A coroutine
/// does not: who awaits it does.
bool mayWait(const clang::FunctionDecl &F, Unit &U);

} // namespace corolint::model

#endif // COROLINT_MODEL_LIFETIME_MAYWAIT_H
