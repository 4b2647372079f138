//===- AwaitableForm.h - What a library offers instead of a call that blocks ===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_FIX_AWAITABLEFORM_H
#define COROLINT_MODEL_FIX_AWAITABLEFORM_H

#include "knowledge/Words.h"
#include "clang/AST/Decl.h"
#include "clang/Basic/Diagnostic.h"
#include <optional>
#include <string>

namespace corolint::model {

class Unit;
struct BlockingWitness;

/// What a coroutine may await instead of a call that blocks: a function or class that says so with
/// `CORO_REPLACES`.
struct AwaitableForm {
  Replacement Of;
  std::string Name; ///< quoted, for a message
  /// The call, rewritten; nothing if its arguments or its result do not certainly fit.
  std::optional<clang::FixItHint> Fix;
};

/// The one for the last call of the chain, that the coroutine \p In may await; or nothing. One that
/// fits is preferred. Only a call of the coroutine itself is rewritten.
std::optional<AwaitableForm> awaitableForm(const BlockingWitness &C, const clang::FunctionDecl &In,
                                           Unit &U);

} // namespace corolint::model

#endif // COROLINT_MODEL_FIX_AWAITABLEFORM_H
