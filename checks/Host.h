//===- Host.h - What a host has to know of the checks -----------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_HOST_H
#define COROLINT_HOST_H

#include "llvm/ADT/StringRef.h"

namespace clang {
class Decl;
class SourceManager;
} // namespace clang

namespace corolint {

/// May the parser skip the body of \p D? What functions of system headers do is knowledge, so
/// that the rules never look into them; only the coroutine protocol of a promise, an awaiter or
/// a task is read there as well.
bool maySkipBody(const clang::Decl &D, const clang::SourceManager &SM);

/// The global check option that carries the profile ("default", "strict", "pedantic").
inline constexpr llvm::StringLiteral ProfileOption = "CoroProfile";

} // namespace corolint

#endif // COROLINT_HOST_H
