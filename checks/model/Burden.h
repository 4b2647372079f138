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
  bool Optional =
      false; ///< the object may be without one: a `std::optional`, a pointer, a container
  bool Container = false; ///< … and may have any number of them
  bool Holder = false;    ///< the object is a `std::pair`, a tuple or an array with one
  bool Base = false;      ///< a base class is one
  bool Own = false; ///< somebody's own class, whose constructor locks and whose destructor unlocks
  /// Where the class shows it, if nobody said it.
  clang::SourceLocation ReadAt{};
};

/// What an object of this type brings across a suspension, if anything. A guard is decided by its
/// mutex: that of a mutex which is awaited may be held.
std::optional<Burden> burdenOf(clang::QualType T, Unit &U);

/// A mutex that blocks its thread, by what is known of the class or by its methods.
bool isMutexOfThreads(const clang::CXXRecordDecl &C, Unit &U);

/// The same of a class. Asked for through Unit::burden, which keeps it.
std::optional<Burden> findBurden(const clang::CXXRecordDecl &C, Unit &U);

} // namespace corolint::model

#endif // COROLINT_MODEL_BURDEN_H
