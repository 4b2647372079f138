//===- ErrorWatch.h - Where the compiler found errors --------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_ERRORWATCH_H
#define COROLINT_ERRORWATCH_H

#include <memory>

namespace clang {
class DiagnosticsEngine;
} // namespace clang

namespace corolint {

struct Session;

/// From now on the session is told where the compiler finds errors (UnitSettings::Errors): a host
/// that knows nothing of us does not say it, and who types leaves half a function behind. The host
/// is told everything as before.
void watchErrors(clang::DiagnosticsEngine &Engine, std::shared_ptr<Session> Of);

} // namespace corolint

#endif // COROLINT_ERRORWATCH_H
