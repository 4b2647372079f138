//===- AwaitedValue.h - Values that can be awaited --------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// `expected`, `optional`, `result`: co_await hands out what is there, or ends the coroutine that
// awaits. Nothing is waited for, so nothing is lost when one is dropped.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_TYPES_AWAITEDVALUE_H
#define COROLINT_MODEL_TYPES_AWAITEDVALUE_H

#include "clang/AST/DeclCXX.h"

namespace clang {
class ASTContext;
} // namespace clang

namespace corolint::model {

/// What its awaiter does with the coroutine that awaits says that the class is a value: it ends it
/// (destroys its frame, throws) or lets it go on, and never keeps its handle or gives it to
/// anybody. Where the body is elsewhere, the shape says it: the result lies in the object itself,
/// and nothing in the object leads to a coroutine. \p Promise may be null.
bool isAwaitedValue(const clang::CXXRecordDecl &C, const clang::CXXRecordDecl *Promise,
                    clang::ASTContext &Context);

/// An object of the class leads elsewhere: a field of it, or of a part of it, is a pointer,
/// a reference, a handle or a smart pointer.
bool leadsElsewhere(const clang::CXXRecordDecl &C, clang::ASTContext &Context);

} // namespace corolint::model

#endif // COROLINT_MODEL_TYPES_AWAITEDVALUE_H
