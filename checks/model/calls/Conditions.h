//===- Conditions.h - What an entry of knowledge asks of a call ----------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_CALLS_CONDITIONS_H
#define COROLINT_MODEL_CALLS_CONDITIONS_H

#include "knowledge/Knowledge.h"
#include "clang/AST/Decl.h"

namespace corolint::model {

struct Call;
class Unit;

/// The answer to a condition about one call.
struct Holds {
  enum { No, Yes, AsParameter } Answer = No;
  unsigned Parameter = 0; ///< AsParameter: it holds if it holds for this argument of the caller
};
Holds holds(const Condition &C, const Call &Site, const clang::FunctionDecl &In, Unit &U);

/// "argument 1", "its object"
std::string argumentName(int Arg);
/// "argument 1 is zero"
std::string describe(const Condition &C);

} // namespace corolint::model

#endif // COROLINT_MODEL_CALLS_CONDITIONS_H
