//===- Roles.h - What a call does with what it is given ------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_CALLS_ROLES_H
#define COROLINT_MODEL_CALLS_ROLES_H

#include "knowledge/Words.h"
#include "clang/AST/Decl.h"

namespace corolint::model {
struct Call;
class Unit;
} // namespace corolint::model

namespace corolint::model {

/// Does the entry speak of this call of \p In: do its conditions hold?
bool speaks(const Entry &Known, const Call &Site, const clang::FunctionDecl &In, Unit &U);

/// Does the call \p Site of \p In give this role (offloads it, calls it in place, …) to the
/// callable or task in its argument \p Arg?
bool givesRole(const Call &Site, int Arg, Role R, const clang::FunctionDecl &In, Unit &U);

/// The entry that says so, or null.
const Entry *roleOf(const Call &Site, int Arg, Role R, const clang::FunctionDecl &In, Unit &U);

} // namespace corolint::model

#endif // COROLINT_MODEL_CALLS_ROLES_H
