//===- Conditions.h - What an entry of knowledge asks of a call ----------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_CONDITIONS_H
#define COROLINT_MODEL_CONDITIONS_H

#include "Knowledge.h"
#include "clang/AST/Decl.h"

namespace corolint::model {

struct Call;
class Unit;

/// Does the function make the descriptor that the object holds one that does not wait, by itself or
/// through a function that it gives it to? Of a member, any method of its class.
bool isUnblocked(const clang::ValueDecl &Descriptor, const clang::FunctionDecl &In, Unit &U);

/// The answer to a condition about one call.
struct Holds {
  enum { No, Yes, AsParameter } Answer = No;
  unsigned Parameter = 0; ///< AsParameter: it holds if it holds for this argument of the caller
};
Holds holds(const Condition &C, const Call &Site, const clang::FunctionDecl &In, Unit &U);

} // namespace corolint::model

#endif // COROLINT_MODEL_CONDITIONS_H
