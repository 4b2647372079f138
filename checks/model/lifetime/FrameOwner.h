//===- FrameOwner.h - What destroys a coroutine's frame -------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_LIFETIME_FRAMEOWNER_H
#define COROLINT_MODEL_LIFETIME_FRAMEOWNER_H

#include "clang/AST/DeclCXX.h"

namespace corolint::model {

class Unit;

/// An object that destroys the frame of the coroutine that its handle leads to.
struct FrameOwner {
  const clang::CXXDestructorDecl *Destructor = nullptr;
  const clang::CXXRecordDecl *Promise = nullptr; ///< of the coroutine

  explicit operator bool() const { return Destructor && Promise; }
};

/// What an object of the class destroys when it dies, whatever else happened: not one that counts
/// its owners. Read from its destructor, and those of its bases and fields.
FrameOwner frameOwner(const clang::CXXRecordDecl &C, Unit &U);

} // namespace corolint::model

#endif // COROLINT_MODEL_LIFETIME_FRAMEOWNER_H
