//===- FrameLife.h - When a coroutine's frame is destroyed, and by whom ---===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_LIFETIME_FRAMELIFE_H
#define COROLINT_MODEL_LIFETIME_FRAMELIFE_H

#include "clang/AST/Decl.h"
#include "clang/AST/DeclCXX.h"
#include "llvm/ADT/ArrayRef.h"
#include <string>

namespace corolint::model {

class Unit;

/// What was proved, or what stands against it.
struct Proof {
  bool Holds = false;
  std::string Why;
};

/// No frame of a coroutine that returns the class is destroyed before it is done. All of the unit
/// is read for it; \p Coroutines are those of it that return the class.
Proof isDestroyedOnlyWhenDone(const clang::CXXRecordDecl &Task, const clang::CXXRecordDecl &Promise,
                              llvm::ArrayRef<const clang::FunctionDecl *> Coroutines, Unit &U);

/// The frame of a coroutine whose task is awaited where it is made is gone with that
/// full-expression: its task owns it, and nobody else gets hold of it.
Proof isFrameLocal(const clang::CXXRecordDecl &Task, const clang::CXXRecordDecl &Promise, Unit &U);

} // namespace corolint::model

#endif // COROLINT_MODEL_LIFETIME_FRAMELIFE_H
