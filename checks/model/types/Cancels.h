//===- Cancels.h - Tasks that cancel when they die --------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_TYPES_CANCELS_H
#define COROLINT_MODEL_TYPES_CANCELS_H

#include "clang/AST/DeclCXX.h"

namespace clang {
class ASTContext;
} // namespace clang

namespace corolint::model {

/// When an object of the class dies, its coroutine ends: the destructor destroys the frame, or
/// calls something that is named cancel or stop, itself or through what it calls, its members and
/// a count of references. A frame that is destroyed only when the coroutine is done is not meant.
/// \p Promise may be null.
bool cancelsWhenItDies(const clang::CXXRecordDecl &C, const clang::CXXRecordDecl *Promise,
                       clang::ASTContext &Context);

} // namespace corolint::model

#endif // COROLINT_MODEL_TYPES_CANCELS_H
