//===- Burden.h - What must not live across a suspension --------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_BURDEN_H
#define COROLINT_MODEL_BURDEN_H

#include "clang/AST/DeclCXX.h"
#include "clang/AST/Type.h"
#include <optional>

namespace corolint::model {

struct TypeEntry;
class Unit;

/// Why an object must not live across a suspension.
struct Burden {
  enum { Lock, Hostile } Is = Lock;
  /// The class that says so: that of the object, or of a member of it.
  const clang::CXXRecordDecl *Class = nullptr;
  /// What is known of that class; null for a guard that is one by its attribute.
  const TypeEntry *Known = nullptr;
  const clang::FieldDecl *Member = nullptr; ///< of the object, where it is a member's class
  bool Optional = false; ///< the object is a `std::optional` or `std::unique_ptr` of it
};

/// What an object of this type brings across a suspension, if anything. A guard is decided by its
/// mutex: that of a mutex which is awaited may be held.
std::optional<Burden> burdenOf(clang::QualType T, Unit &U);

/// The same of a class. Asked for through Unit::burden, which keeps it.
std::optional<Burden> findBurden(const clang::CXXRecordDecl &C, Unit &U);

} // namespace corolint::model

#endif // COROLINT_MODEL_BURDEN_H
