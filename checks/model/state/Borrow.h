//===- Borrow.h - Iterators and references into shared containers -----------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_STATE_BORROW_H
#define COROLINT_MODEL_STATE_BORROW_H

#include "model/state/Meanwhile.h"
#include <vector>

namespace corolint::model {

/// The borrows of \p F's own locals that are used after a suspension on some path, without having
/// been taken again; each with the first such use. Left out is what a lock protects that is awaited
/// and still held, and what nobody else has.
std::vector<StaleBorrow> staleBorrows(const clang::FunctionDecl &F, Unit &U);

} // namespace corolint::model

#endif // COROLINT_MODEL_STATE_BORROW_H
