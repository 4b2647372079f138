//===- AwaitFix.h - The fix that awaits a lost task ------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_FIX_AWAITFIX_H
#define COROLINT_MODEL_FIX_AWAITFIX_H

#include "model/tasks/Lost.h"
#include "clang/Basic/Diagnostic.h"
#include <optional>

namespace corolint::model {

/// A `co_await` before what was lost, where that compiles and changes nothing else: the result, if
/// there is one, may be dropped as well, and the type of a variable follows it.
std::optional<clang::FixItHint> awaitFix(const LostTask &Lost, const clang::FunctionDecl &F,
                                         Unit &U);

} // namespace corolint::model

#endif // COROLINT_MODEL_FIX_AWAITFIX_H
