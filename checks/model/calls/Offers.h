//===- Offers.h - What the library of a task has for it -----------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_CALLS_OFFERS_H
#define COROLINT_MODEL_CALLS_OFFERS_H

#include "clang/AST/DeclCXX.h"
#include <string>
#include <vector>

namespace corolint::model {

class Unit;

/// An exception that is thrown where a coroutine awaits that was asked to stop.
struct Cancellation {
  std::string Name;
  const clang::CXXRecordDecl *Class; ///< null: this unit does not show it
  std::string Why;
};

/// What is known of the library that a task type belongs to: of the names in the outermost
/// namespace around it. Empty names: it has no such thing, or nobody has said so.
struct Offers {
  std::string Sleep;   ///< awaiting it waits for a time
  std::string Yield;   ///< awaiting it lets others run
  std::string Gather;  ///< awaiting it runs others at the same time, and waits for all
  std::string Offload; ///< runs a callable on a worker
  std::vector<Cancellation> Cancellations;
};

/// That of the task that a coroutine returns; or null: its type has no library.
const Offers *offersTo(const clang::FunctionDecl &Coroutine, Unit &U);

} // namespace corolint::model

#endif // COROLINT_MODEL_CALLS_OFFERS_H
